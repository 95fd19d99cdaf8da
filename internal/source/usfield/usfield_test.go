package usfield

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

func TestDocumentNumber(t *testing.T) {
	for in, want := range map[string]string{
		"07521043": "7521043", "D0586076": "D586076", "RE038765": "RE38765", "PP017234": "PP17234", "H0002208": "H2208",
		"20050004437": "20050004437", "10000000": "10000000", "3,677,769": "3677769", "2004/0137123": "20040137123", "d59760": "D59760",
		"": "", "D": "", "0000": "", "ABC1": "", "123456789012": "", "12A4": "",
	} {
		if got := DocumentNumber(in); got != want {
			t.Errorf("%q is normalised to %q, want %q", in, got, want)
		}
	}
}

func TestApplication(t *testing.T) {
	for _, c := range []struct{ raw, series, want, flag string }{
		{"29297569", "29", "29297569", ""},
		{"09/413,215", "", "09413215", ""},
		{"413215", "09", "09413215", ""},
		{"9901", "09", "09009901", ""},
		{"413215", "", "", "application_number.unreadable"},
		{"PCT/JP2018/015561", "", "", "application_number.unreadable"},
		{"123456789", "", "", "application_number.unreadable"},
		{"", "09", "", "application_number.missing"},
	} {
		var r Notes
		got := r.Application(c.raw, c.series, "x")
		if got != c.want || (len(r.List) > 0) != (c.flag != "") || c.flag != "" && r.List[0].Code != c.flag {
			t.Errorf("%q of series %q is %q with %v", c.raw, c.series, got, r.List)
		}
	}
}

func TestGrantCode(t *testing.T) {
	for number, want := range map[string]string{
		"D586528": "S", "PP18398": "P", "RE38765": "E", "H2208": "H", "6167568": "A", "6167569": "B", "999999": "A", "10916753": "B",
	} {
		if got := GrantCode(number); got != want {
			t.Errorf("%s has the code %s, want %s", number, got, want)
		}
	}
}

func TestUSPC(t *testing.T) {
	for in, want := range map[string]string{
		"709202": "709/202", "428 641": "428/64.1", "4304951": "430/495.1", " 15104002": "15/104.002", "  2 695": "2/69.5",
		"D 1121": "D1/121", "D10  9": "D10/9", "D073962": "D7/396.2", "D28 93 X": "D28/93X", " 24265 WS": "24/265WS", " 16DIG 19": "16/DIG19",
		"600300000": "600/300", "705014400": "705/14.4", "D1106": "D1/106", "220 6": "220/6", "4675": "4/675", "99403 ": "99/403",
	} {
		if got, ok := USPC(in); !ok || got.Symbol != want || got.Scheme != record.USPC {
			t.Errorf("%q is read as %+v, %v; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "D1", "   ", "428?64", "      ", "42864 lower"} {
		if got, ok := USPC(in); ok {
			t.Errorf("%q is read as %+v", in, got)
		}
	}
}

func TestIPCBeforeItsReform(t *testing.T) {
	for in, want := range map[string]string{
		"G06F015/00": "G06F15/00", "A61B 5/024": "A61B5/024", "B32B  302": "B32B3/02", "H03M 1300": "H03M13/00", "E03C 104": "E03C1/04", "A01H": "A01H",
	} {
		if got, ok := IPC(in, "07"); !ok || got.Symbol != want || got.Version != "7" {
			t.Errorf("%q is read as %+v, %v; want %s", in, got, ok, want)
		}
	}
	for _, in := range []string{"", "0101", "B60R 2228 x", "Z01M10/05"} {
		if got, ok := IPC(in, "7"); ok {
			t.Errorf("%q is read as %+v", in, got)
		}
	}
}

func TestSymbolsInParts(t *testing.T) {
	got, ok := Symbol(record.CPC, "Y", "10", "T", "16", "16", "20150115", "A")
	if want := (record.Class{Scheme: record.CPC, Symbol: "Y10T16/16", Version: "2015.01", Value: "N"}); !ok || got != want {
		t.Errorf("%+v, %v", got, ok)
	}
	if got, ok := Symbol(record.IPC, "H", "01", "M", "", "", "", ""); !ok || got.Symbol != "H01M" {
		t.Errorf("%+v, %v", got, ok)
	}
	if got, ok := Symbol(record.IPC, "", "", "", "1", "2", "", ""); ok {
		t.Errorf("%+v", got)
	}
	if got, ok := Locarno("09-03", "12"); !ok || got.Symbol != "09-03" || got.Version != "12" {
		t.Errorf("%+v, %v", got, ok)
	}
}

func TestDaysOfCitations(t *testing.T) {
	for in, want := range map[string]string{"19820200": "1982.02", "19820000": "1982", "19820203": "1982.02.03", "1982": "1982", "": "", "00000000": ""} {
		if got := CitedDay(in); got != want {
			t.Errorf("%q is written %q, want %q", in, got, want)
		}
	}
}

func TestEntities(t *testing.T) {
	got := Entities([]byte("&agr; &lsqb;x&rsqb; &b.alpha; &#945; &nowhere; &notit; & b; &amp;&agr; &toolongforanentityofanysetthatthereis; &af"))
	want := map[string]string{"agr": "α", "lsqb": "[", "rsqb": "]", "b.alpha": "𝛂", "amp": "&"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestUnresolvedEntitiesAreFlagged(t *testing.T) {
	for in, want := range map[string]string{
		"<a>AT&amp;T &odd; x</a>": "&odd;", "<a>AT&amp;T; and so on; more</a>": "&T;", "<a>R&amp;D, and; x</a>": "", "<a>plain</a>": "",
	} {
		n, reject := xmlrec.Parse([]byte(in), nil, entry.DefaultLimits())
		if reject != nil {
			t.Fatal(reject)
		}
		var r Notes
		r.Value(n)
		got := ""
		if len(r.List) > 0 {
			got = r.List[0].Raw
		}
		if got != want {
			t.Errorf("%s is flagged %q, want %q", in, got, want)
		}
	}
}

func TestMarks(t *testing.T) {
	for in, want := range map[string]string{"": "", "0": "", "1": "word", "2000": "figurative", "3": "combined", "4": "word", "5": "word", "6": "other"} {
		if got := MarkForm(in); got != want {
			t.Errorf("drawing code %q is %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"0000000": "", "0000001": "1", "75/181,334": "", "75181334": "75181334", "x": ""} {
		if got := MarkNumber(in); got != want {
			t.Errorf("number %q is %q, want %q", in, got, want)
		}
	}
	if MarkStatus("", 20200101) != nil {
		t.Error("a status without a code")
	}
	if got := MarkStatus("900", 20200101); *got != (record.Status{Code: "expired", Text: "900 EXPIRED", Date: 20200101}) {
		t.Errorf("%+v", *got)
	}
}

// Every state that a status code stands for is one of the trademarks' life cycle.
func TestStatesAreOfTheLifeCycle(t *testing.T) {
	known := map[string]bool{"": true, "filed": true, "examination": true, "preliminarily_approved": true, "opposed": true, "registered": true,
		"refused": true, "abandoned": true, "cancelled": true, "expired": true}
	if len(states()) < 150 {
		t.Errorf("%d states", len(states()))
	}
	for code, s := range states() {
		if !known[s.state] || s.text == "" || len(code) != 3 {
			t.Errorf("%s: %+v", code, s)
		}
	}
}

func TestNiceClasses(t *testing.T) {
	var d record.Document
	for _, c := range []string{"009", "9", "045", "046", "A", "200"} {
		NiceClass(&d, c)
	}
	want := []record.Class{{Scheme: record.Nice, Symbol: "09"}, {Scheme: record.Nice, Symbol: "45"}}
	if diff := cmp.Diff(want, d.Classes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOwnersByTheirTypes(t *testing.T) {
	owner := func(name, kind string) Owner {
		return Owner{Party: record.Party{Names: English(name)}, Type: kind}
	}
	d := record.Document{Number: "1"}
	AddOwners(&d, []Owner{owner("First", "10"), owner("Second", "x"), owner("Third", "31"), owner("Fourth", "31"), owner("THIRD", "30")})
	var got []string
	for _, p := range d.Parties {
		got = append(got, string(p.Role)+" "+p.Name())
	}
	if diff := cmp.Diff([]string{"holder Third", "holder Fourth", "former First", "former Second"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestFilingsAreWrittenAlike(t *testing.T) {
	var d record.Document
	AddFiling(&d, record.Filing{})
	AddFiling(&d, record.Filing{Office: "US", Number: "60/115,394", Code: "00"})
	AddFiling(&d, record.Filing{Office: "US", Number: "PCT/NO98/00107"})
	AddFiling(&d, record.Filing{Office: "WO", Number: "WO 99/20849"})
	AddFiling(&d, record.Filing{Office: "JP", Number: "10/186098"})
	AddFiling(&d, record.Filing{Date: date.Of(2020, 1, 2)})
	want := []record.Filing{{Office: "US", Number: "60115394"}, {Office: "WO", Number: "PCT/NO98/00107"}, {Office: "WO", Number: "99/20849"},
		{Office: "JP", Number: "10/186098"}, {Date: 20200102}}
	if diff := cmp.Diff(want, d.Filings); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	d.Application = record.Application{Raw: "10/000,001", Number: "10000001"}
	for number, want := range map[string]bool{"10/000,001": true, "10000001": true, "60/115394": true, "1": false} {
		if Names(&d, number) != want {
			t.Errorf("%s is named: %v", number, !want)
		}
	}
}

func TestSayingThatADocumentCannotBe(t *testing.T) {
	var r Notes
	r.CheckPatent(&record.Document{Published: 20200101, Application: record.Application{Filed: 20200102}})
	if len(r.List) != 2 {
		t.Errorf("flags %v", r.List)
	}
	layout := Layout{Read: func(*xmlrec.Node) (*record.Document, *entry.Reject) { return &record.Document{}, nil }}
	var u entry.Unread
	d, _ := layout.Decode(xmlrec.Found{Data: []byte("<a/>"), Recoded: true}, entry.DefaultLimits(), &u)
	if len(d.Flags) != 1 || d.Flags[0].Code != "encoding.undeclared" {
		t.Errorf("flags %v", d.Flags)
	}
	if _, reject := layout.Decode(xmlrec.Found{Data: []byte("<a><b></a>")}, entry.DefaultLimits(), &u); reject == nil || reject.Raw != "<a><b></a>" {
		t.Errorf("%+v", reject)
	}
}
