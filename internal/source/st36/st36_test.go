package st36

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

// invented is a document as the European Patent Office writes it, with
// everything that is read. Nothing in it belongs to anybody.
const invented = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ep-patent-document PUBLIC "-//EPO//EP PATENT DOCUMENT 1.0//EN" "ep-patent-document-v1-0.dtd">
<ep-patent-document lang="en" country="EP" doc-number="1999999" kind="B1" date-publ="20060607">
<SDOBI lang="en"><B100><B110>1999999</B110><B130>B1</B130><B140><date>20060607</date></B140><B190>EP</B190></B100>
<B200><B210>04999999.8</B210><B220><date>20041029</date></B220><B240><B241><date>20050824</date></B241><B242><date>20051129</date></B242></B240></B200>
<B300><B310>999238 P</B310><B320><date>20031031</date></B320><B330><ctry>US</ctry></B330><B310>2003-1</B310><B320><date>20031101</date></B320></B300>
<B400><B405><date>20060607</date><bnum>200623</bnum></B405><B430><date>20051130</date><bnum>200548</bnum></B430><B450><date>20060607</date><bnum>200623</bnum></B450><B452EP><date>20060214</date></B452EP></B400>
<B500><B510><B516>7</B516><B511> 7C 07D 403/04 A</B511><B512>C07D403:06</B512></B510>
<B510EP><classification-ipcr sequence="1"><text>C07D 403/04        20060101AFI20050526BHEP        </text></classification-ipcr><classification-ipcr sequence="2"><text>A61K  31/41        20060101ALN20050526BHEP        </text></classification-ipcr></B510EP>
<B540><B541>de</B541><B542>Erfundenes</B542><B541>en</B541><B542>Invented H<sub>2</sub>O</B542></B540>
<B560><B561><text>EP-A- 0 999 999</text></B561><B562><text>NOBODY: "NOTHING"</text></B562></B560></B500>
<B600><B620><parent><pdoc><dnum><anum>03999999.1</anum></dnum><date>20030101</date></pdoc></parent></B620></B600>
<B700><B710><B711><snm>Applicant Ltd</snm><iid>1</iid><adr><str>1 Street</str><city>Town</city><ctry>GB</ctry></adr></B711></B710>
<B720><B721><snm>Somebody, Some
c/o Applicant Ltd</snm><adr><city>Town</city><ctry>GB</ctry></adr></B721></B720>
<B730><B731><snm>Holder GmbH</snm><adr><ctry>DE</ctry></adr></B731></B730>
<B740><B741><snm>Agent, An</snm><sfx>et al</sfx></B741></B740></B700>
<B800><B840><ctry>AT</ctry><ctry>DE</ctry></B840><B860><B861><dnum><anum>US2004999999</anum></dnum><date>20041029</date></B861></B860><B870><B871><dnum><pnum>WO2005999999</pnum></dnum><date>20050519</date></B871></B870></B800></SDOBI>
<abstract id="a" lang="en"><p id="p1" num="1">First.<img id="i" file="a.tif" wi="1" he="1" img-content="drawing" img-format="tif"/></p><p>Second.</p></abstract>
<description><p>Long.</p></description>
<claims id="c" lang="en"><claim/><claim/></claims><claims lang="de"><claim/></claims>
<drawings id="d" lang="en"><figure id="f" num="1"><img id="i2" file="b.tif" wi="1" he="1" img-content="drawing" img-format="tif"/></figure></drawings>
</ep-patent-document>`

const table = `<?xml version="1.0"?>
<!DOCTYPE Application-body [
<!ELEMENT Application-body (Document+)>
<!ATTLIST Application-body id CDATA #REQUIRED>
]>
<Application-body id="1999999" country="EP" kind="A1" appnum="04999999" ipc="C07D040304 A61K00314155 H04N0001 none" pubdate="2006/06/07" dtd="v0.01" lang="FR" status="">
<Document><ExtRef FileName="DOC00001.xml"/><ExtRef FileName="imga0001.tif"/></Document></Application-body>`

func one(t testing.TB, f entry.Format, data string) (*record.Document, map[string]int64) {
	t.Helper()
	got, unread, err := sourcetest.Entries(f, []byte(data), entry.Limits{})
	if err != nil || len(got) != 1 || got[0].Doc == nil {
		t.Fatalf("%+v, %v\n%s", got, err, data)
	}
	return got[0].Doc, unread
}

func name(s string) []record.Text { return []record.Text{{Lang: "en", Text: s}} }

func TestADocumentIsReadWhole(t *testing.T) {
	if !Format(1).Detect("x", []byte(invented)) || TocFormat(1).Detect("x", []byte(invented)) {
		t.Error("the document is not known by its element")
	}
	got, unread := one(t, Format(1), invented)
	want := &record.Document{
		Office: "EP", Number: "1999999", Code: "B1", Kind: record.Invention, Published: 20060607, Gazette: "200623", Issued: 20060607,
		Application: record.Application{Raw: "04999999.8", Number: "04999999", Filed: 20041029},
		Titles:      []record.Text{{Lang: "de", Text: "Erfundenes"}, {Lang: "en", Text: "Invented H2O"}},
		Abstracts:   name("First.\nSecond."),
		Parties: []record.Party{
			{Role: record.Applicant, Names: name("Applicant Ltd"), Address: "1 Street, Town", Country: "GB", Ident: "1"},
			{Role: record.Inventor, Names: name("Somebody, Some"), Address: "c/o Applicant Ltd, Town", Country: "GB"},
			{Role: record.Holder, Names: name("Holder GmbH"), Country: "DE"},
			{Role: record.Agent, Names: name("Agent, An")},
		},
		Classes: []record.Class{
			{Scheme: record.IPC, Symbol: "C07D403/04", Version: "2006.01", Value: "I"}, {Scheme: record.IPC, Symbol: "A61K31/41", Version: "2006.01", Value: "N"},
			{Scheme: record.IPC, Symbol: "C07D403/04", Version: "7"}, {Scheme: record.IPC, Symbol: "C07D403/06", Version: "7"},
		},
		Events: []record.Event{{Date: 20050824, Code: record.EventExamination}, {Date: 20051129, Code: "EP:B242", Office: "EP"},
			{Date: 20060607, Code: record.EventGranted}, {Date: 20060214, Code: "EP:B452EP", Office: "EP"}},
		Claims: 2,
		Filings: []record.Filing{
			{Relation: record.RelPriority, Office: "US", Number: "999238 P", Date: 20031031}, {Relation: record.RelPriority, Number: "2003-1", Date: 20031101},
			{Relation: record.RelEarlier, Office: "EP", Number: "1999999", Date: 20051130}, {Relation: record.RelDivisional, Office: "EP", Number: "03999999.1", Date: 20030101},
			{Relation: record.RelPCT, Office: "US", Number: "2004999999", Date: 20041029}, {Relation: record.RelPCTPub, Office: "WO", Number: "2005999999", Date: 20050519},
		},
		Cited:  []string{"EP-A- 0 999 999", `NOBODY: "NOTHING"`},
		Facts:  []record.Fact{{Name: record.FactDesignated, Text: "AT"}, {Name: record.FactDesignated, Text: "DE"}},
		Images: []record.Image{{Use: "drawing", Name: "a.tif", Format: "TIF"}, {Use: "drawing", Name: "b.tif", Format: "TIF", Text: "1"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int64{"st36: description": 1}, unread); diff != "" {
		t.Errorf("unread (-want +got)\n%s", diff)
	}
}

func TestATableOfContentsIsRead(t *testing.T) {
	if !TocFormat(1).Detect("x", []byte(table)) || Format(1).Detect("x", []byte(table)) {
		t.Error("the table is not known by its element")
	}
	got, _ := one(t, TocFormat(1), table)
	want := &record.Document{
		Office: "EP", Number: "1999999", Code: "A1", Kind: record.Invention, Published: 20060607, Issued: 20060607,
		Application: record.Application{Raw: "04999999", Number: "04999999"},
		Classes:     []record.Class{{Scheme: record.IPC, Symbol: "C07D403/04"}, {Scheme: record.IPC, Symbol: "A61K31/4155"}},
		Images:      []record.Image{{Use: "drawing", Name: "imga0001.tif", Format: "TIF"}},
		Flags:       []record.Flag{{Code: "class.unreadable", Field: "ipc", Raw: "H04N0001"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestOddities(t *testing.T) {
	for _, c := range []struct {
		name, old, new, flags string
		check                 func(*record.Document) bool
	}{
		{"another number in the root", `doc-number="1999999"`, `doc-number="1999998"`, "number.disagrees", nil},
		{"another day in the root", `date-publ="20060607"`, `date-publ="20060608"`, "date.disagrees", nil},
		{"a day in the root alone", `<B140><date>20060607</date></B140>`, "", "", func(d *record.Document) bool { return d.Published == 20060607 }},
		{"a number in the root alone", `<B110>1999999</B110>`, "", "", func(d *record.Document) bool { return d.Number == "1999999" }},
		{"no language", ` lang="en" country`, ` country`, "", func(d *record.Document) bool { return d.Parties[0].Names[0].Lang == "en" }},
		{"no title", `<B541>de</B541><B542>Erfundenes</B542><B541>en</B541><B542>Invented H<sub>2</sub>O</B542>`, "", "title.missing", nil},
		{"a class that cannot be read", "C07D 403/04        2006", "C0 403/04        2006", "class.unreadable", func(d *record.Document) bool { return len(d.Classes) == 3 }},
		{"an old class that cannot be read", "C07D403:06", "C0", "class.unreadable", nil},
		{"a day that is none", "<B220><date>20041029", "<B220><date>20041329", "date.unreadable", nil},
		{"filed after it was published", "<B220><date>20041029", "<B220><date>20141029", "date.order", nil},
		{"a utility model", "<B130>B1", "<B130>U1", "number.disagrees", func(d *record.Document) bool { return d.Kind == record.UtilityModel }},
	} {
		changed := strings.Replace(invented, c.old, c.new, 1)
		if changed == invented {
			t.Fatalf("%s: nothing to replace", c.name)
		}
		d, _ := one(t, Format(1), changed)
		var flags []string
		for _, f := range d.Flags {
			flags = append(flags, f.Code)
		}
		if got := strings.Join(flags, " "); got != c.flags || c.check != nil && !c.check(d) {
			t.Errorf("%s: flags %q, read as %+v", c.name, got, *d)
		}
	}
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		format     entry.Format
		data, code string
	}{
		{Format(1), `<ep-patent-document/>`, "number.missing"},
		{Format(1), `<ep-patent-document doc-number="1"/>`, "number.none"},
		{Format(1), `<ep-patent-document><a></b></ep-patent-document>`, "xml.malformed"},
		{Format(1), `<ep-patent-document>`, "xml.unended"},
		{TocFormat(1), `<Application-body country="EP"/>`, "number.missing"},
	} {
		got, _, err := sourcetest.Entries(c.format, []byte(c.data), entry.Limits{})
		if err != nil || len(got) != 1 || got[0].Reject == nil || got[0].Reject.Code != c.code {
			t.Errorf("%s: %+v, %v", c.data, got, err)
		}
	}
}

func TestConcatenatedDocuments(t *testing.T) {
	var all strings.Builder
	for i := range 3 {
		all.WriteString(strings.ReplaceAll(invented, "1999999", fmt.Sprint(1999990+i)) + "\n")
	}
	got, _, err := sourcetest.Entries(Format(1), []byte(all.String()), entry.Limits{})
	if err != nil || len(got) != 3 || got[2].Doc.DocID() != "EP1999992B1" || got[2].Row != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(invented))
	f.Add([]byte(table))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []entry.Format{Format(1), TocFormat(1)} {
			got, _, _ := sourcetest.Entries(format, data, entry.Limits{Record: 64 << 10, XMLDepth: 20, Attributes: 30})
			for i, e := range got {
				if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) || e.Doc != nil && (e.Doc.Number == "" || e.Doc.Kind == "") {
					t.Fatalf("entry %d is %+v", i, e)
				}
			}
		}
	})
}
