package cnipa

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func written(t testing.TB, d *record.Document) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func writtenOld(t testing.TB, d *record.Document, o OldOptions) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteOld(&b, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// one reads a file of a single record.
func one(t testing.TB, f entry.Format, data string) (*record.Document, map[string]int64) {
	t.Helper()
	got, unread, err := sourcetest.Entries(f, []byte(data), entry.Limits{})
	if err != nil || len(got) != 1 || got[0].Reject != nil {
		t.Fatalf("read as %+v, %v", got, err)
	}
	return got[0].Doc, unread
}

func codes(d *record.Document) string {
	var out []string
	for _, f := range d.Flags {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

// asRead returns a document as the present layout gives it back: parties by
// role, each class with the value that its printed text carries.
func asRead(d *record.Document, roles ...record.Role) *record.Document {
	out := *d
	out.Parties = nil
	agents := byRole(d, record.Agent)
	for _, role := range roles {
		for i, p := range byRole(d, role) {
			out.Parties = append(out.Parties, *p)
			if role == record.Agency && i < len(agents) {
				out.Parties = append(out.Parties, *agents[i])
			}
		}
	}
	for i := len(byRole(d, record.Agency)); i < len(agents); i++ {
		out.Parties = append(out.Parties, *agents[i])
	}
	return &out
}

var byRelations = cmpopts.SortSlices(func(a, b record.Filing) bool {
	return a.Relation+a.Number < b.Relation+b.Number
})

func TestWhatIsWrittenIsRead(t *testing.T) {
	for i, d := range sourcetest.Documents(1, 400) {
		data := written(t, d)
		if !Format(1).Detect("x", []byte(data)) || OldFormat(1).Detect("x", []byte(data)) {
			t.Fatal("the layout is not known by its element")
		}
		got, _ := one(t, Format(1), data)
		want := asRead(d, record.Applicant, record.Inventor, record.Holder, record.Agency)
		want.Flags = []record.Flag{}
		for _, f := range got.Flags {
			if f.Code != "placeholder.zero" {
				t.Errorf("document %d is flagged %s", i, f.Code)
			}
		}
		got.Flags = []record.Flag{}
		if diff := cmp.Diff(want, got, byRelations); diff != "" {
			t.Fatalf("document %d (-written +read)\n%s\n%s", i, diff, data)
		}
	}
}

func TestWhatIsWrittenInTheOldLayoutIsRead(t *testing.T) {
	for i, d := range sourcetest.Documents(2, 400) {
		o := OldOptions{BOM: i%2 == 0, NoEncoding: i%3 == 0}
		data := writtenOld(t, d, o)
		if !OldFormat(1).Detect("x", []byte(data)) || Format(1).Detect("x", []byte(data)) {
			t.Fatal("the layout is not known by its element")
		}
		got, _ := one(t, OldFormat(1), data)
		want := asRead(d, record.Applicant, record.Inventor, record.Holder, record.Agency)
		want.Issued, want.Cited = want.Published, nil
		for j := range want.Parties {
			want.Parties[j].Country = ""
		}
		if diff := cmp.Diff(want, got, byRelations); diff != "" {
			t.Fatalf("document %d (-written +read)\n%s\n%s", i, diff, data)
		}
	}
}

func TestFieldsThatFewDocumentsHave(t *testing.T) {
	d := &record.Document{Office: "CN", Number: "85100312", Code: "A", Kind: record.Invention, Published: 19870204, Issued: 20171219, Gazette: "3-05",
		Application: record.Application{Raw: "85100312", Number: "85100312", Filed: 19850401},
		Titles:      []record.Text{{Lang: "zh", Text: "除尘器"}, {Lang: "en", Text: "Duster"}},
		Abstracts:   []record.Text{{Lang: "zh", Text: "第一段。\n第二段。"}, {Lang: "en", Text: "One."}},
		Parties: []record.Party{{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "样例学院"}, {Lang: "en", Text: "Sample College"}},
			Ident: "91350100M000100Y43", Region: "辽宁省沈阳市和平区", Address: "样例路一号", Country: "CN"}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "B03C3/09", Version: "4"}, {Scheme: record.IPC, Symbol: "F28F1/38", Version: "4"}, {Scheme: record.IPC, Symbol: "H01M", Version: "4"}},
		Claims:  5,
	}
	got, _ := one(t, Format(1), written(t, d))
	if diff := cmp.Diff(d, got, cmpopts.IgnoreFields(record.Document{}, "Flags")); diff != "" {
		t.Errorf("(-written +read)\n%s", diff)
	}
	d.Titles, d.Abstracts, d.Issued = d.Titles[:1], d.Abstracts[:1], d.Published
	p := &d.Parties[0]
	p.Names, p.Ident, p.Country = p.Names[:1], "", ""
	got, _ = one(t, OldFormat(1), writtenOld(t, d, OldOptions{}))
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("old layout (-written +read)\n%s", diff)
	}
}

// sample is a document whose file the tests below damage.
func sample() *record.Document {
	return &record.Document{Office: "CN", Number: "109000001", Code: "A", Kind: record.Invention, Published: 20190709, Issued: 20190801, Gazette: "35-28",
		Application: record.Application{Raw: "201810000001", Filed: 20180102},
		Titles:      []record.Text{{Lang: "zh", Text: "样例装置"}},
		Abstracts:   []record.Text{{Lang: "zh", Text: "一种样例。"}},
		Parties: []record.Party{
			{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "样例公司"}}, Address: "江苏省样例市", Postcode: "215300"},
			{Role: record.Agency, Names: []record.Text{{Lang: "zh", Text: "样例事务所"}}, Ident: "32100"}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/05", Version: "2010.01"}},
	}
}

func TestOdditiesOfThePresentLayout(t *testing.T) {
	data := written(t, sample())
	for _, c := range []struct {
		name, old, new string
		flags          string // beyond placeholder.zero
		check          func(*record.Document) bool
	}{
		{"as it is", "", "", "", nil},
		{"root says another number", `docNumber="109000001"`, `docNumber="109000002"`, "number.disagrees", nil},
		{"root says another day", `datePublication="20190709"`, `datePublication="20190710"`, "date.disagrees", nil},
		{"no day of production", ` dateProduced="20190801"`, "", "", func(d *record.Document) bool { return d.Issued == 20190709 }},
		{"no publication number but in the root", "<base:DocNumber>109000001</base:DocNumber>", "<base:DocNumber>0</base:DocNumber>", "",
			func(d *record.Document) bool { return d.DocID() == "CN109000001A" }},
		{"no day but in the root", "<base:Date>20190709</base:Date>", "<base:Date>00000000</base:Date>", "",
			func(d *record.Document) bool { return d.Published == 20190709 }},
		{"impossible day", "<base:Date>20180102</base:Date>", "<base:Date>20181302</base:Date>", "date.unreadable", nil},
		{"wrong check digit", "201810000001<", "201810000001.9<", "application_number.check_digit", nil},
		{"another kind", "201810000001<", "201820000001<", "application_number.kind", nil},
		{"no application number", "201810000001<", "0<", "application_number.missing", nil},
		{"parts disagree", "<business:Subgroup>05<", "<business:Subgroup>06<", "class.disagrees", nil},
		{"no text of the class", "H01M   10/05    (2010.01)", "", "", func(d *record.Document) bool {
			return d.Classes[0].Symbol == "H01M10/05" && d.Classes[0].Version == "2010.01"
		}},
		{"unreadable class", "H01M   10/05    (2010.01)", "H01M??", "class.unreadable", func(d *record.Document) bool { return len(d.Classes) == 0 }},
		{"value of the class", "<base:Text>H01M", "<business:ClassificationValue>N</business:ClassificationValue><base:Text>H01M", "",
			func(d *record.Document) bool { return d.Classes[0].Value == "N" }},
		{"postcodes disagree", "<base:PostCode>215300<", "<base:PostCode>215301<", "postcode.disagrees", nil},
		{"unclear postcode", "215300 江苏省", "2153001江苏省", "postcode.unclear", nil},
		{"levels of the region", "<base:Province>0</base:Province>", "<base:City>市辖区</base:City><base:Province>北京市</base:Province>", "",
			func(d *record.Document) bool { return d.Parties[0].Region == "北京市" }},
		{"agency without its code", "样例事务所 32100", "样例事务所", "", func(d *record.Document) bool { return d.Parties[1].Ident == "" }},
		{"agency's code apart", "样例事务所 32100</base:OrganizationName>", "样例事务所</base:OrganizationName>", "", nil},
		{"no title", "样例装置", "", "title.missing", nil},
		{"entity of a DTD that is not at hand", "一种样例。", "&alpha;&hearts;&leqslant;&amp; AT&T;样例", "entity.unknown",
			func(d *record.Document) bool { return d.Abstracts[0].Text == "α♥&leqslant;& AT&T;样例" }},
		{"formula in CDATA", "一种样例。", "令<![CDATA[<math xmlns='x'><mi>&alpha;</mi><mo>&leqslant;</mo></math>]]>则", "",
			func(d *record.Document) bool { return d.Abstracts[0].Text == "令α⩽则" }},
		{"picture in the text", "一种样例。", `甲<base:Image file="a.tif"/>乙`, "", func(d *record.Document) bool { return d.Abstracts[0].Text == "甲乙" }},
		{"party without a name", "<base:Name>样例公司</base:Name>", "<base:Name>0</base:Name>", "",
			func(d *record.Document) bool {
				return len(d.Parties) == 2 && d.Parties[0].Name() == "" && d.Parties[0].Address != ""
			}},
		{"filed after it was published", "20180102", "20200102", "date.order", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.ReplaceAll(data, c.old, c.new)
			if c.old != "" && changed == data {
				t.Fatalf("nothing to replace: %s", data)
			}
			d, _ := one(t, Format(1), changed)
			got := strings.Join(strings.Fields(strings.ReplaceAll(codes(d), "placeholder.zero", "")), " ")
			if got != c.flags {
				t.Errorf("flags %q, want %q", got, c.flags)
			}
			if c.check != nil && !c.check(d) {
				t.Errorf("read as %+v", *d)
			}
		})
	}
}

func TestOdditiesOfTheOldLayout(t *testing.T) {
	data := writtenOld(t, sample(), OldOptions{})
	for _, c := range []struct {
		name, old, new string
		flags          string
		check          func(*record.Document) bool
	}{
		{"as it is", "", "", "", nil},
		{"the kind in other words", `appl-type="发明专利"`, `appl-type="实用新型"`, "kind.disagrees", nil},
		{"the gazette says another day", "35-28</gazette-num>\n<date>20190709", "35-28</gazette-num>\n<date>20190710", "date.disagrees", nil},
		{"a day in the gazette alone", "<kind>A</kind>\n<date>20190709</date>", "<kind>A</kind>", "", func(d *record.Document) bool { return d.Published == 20190709 && d.Issued == 20190709 }},
		{"the representative's place", `cn-representative-is="215300 江苏省样例市"`, `cn-representative-is="210000 江苏省"`, "",
			func(d *record.Document) bool {
				return d.Parties[0].Region == "江苏省" && d.Parties[0].Postcode == "215300"
			}},
		{"the representative's place alone", `cn-representative-is="215300 江苏省样例市"`, `cn-representative-is="210000 江苏省"`, "", nil},
		{"no postcode but the representative's", "<text>215300 江苏省样例市</text>", "<text>江苏省样例市东</text>", "",
			func(d *record.Document) bool {
				return d.Parties[0].Postcode == "215300" && d.Parties[0].Region == "江苏省样例市"
			}},
		{"edition of the class", "<classifications-ipcr>", "<classification-ipc><ipc-version>7</ipc-version><main-classification>H01M10/04</main-classification></classification-ipc><classifications-ipcr>", "",
			func(d *record.Document) bool { return d.Classes[1].Version == "7" }},
		{"priority at home", "<cn-related-documents>", "<cn-domestic-priority-claim><substitution><relation><parent-doc><document-id><country>CN</country><doc-number>201710000001.1</doc-number><date>20170101</date></document-id></parent-doc></relation></substitution></cn-domestic-priority-claim><cn-related-documents>", "",
			func(d *record.Document) bool {
				return d.Filings[0].Relation == "domestic_priority" && d.Filings[0].Date == 20170101
			}},
		{"a deposit is no part of the abstract", "一种样例。</p>", `一种样例。</p><p num="bio"><bio-deposit num="1"><depositary>CGMCC</depositary></bio-deposit></p>`, "",
			func(d *record.Document) bool { return d.Abstracts[0].Text == "一种样例。" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.ReplaceAll(data, c.old, c.new)
			if c.old != "" && changed == data {
				t.Fatalf("nothing to replace: %s", data)
			}
			d, _ := one(t, OldFormat(1), changed)
			if codes(d) != c.flags {
				t.Errorf("flags %q, want %q", codes(d), c.flags)
			}
			if c.check != nil && !c.check(d) {
				t.Errorf("read as %+v", *d)
			}
		})
	}
}

func TestDesignsOfThePresentLayout(t *testing.T) {
	d := sample()
	d.Number, d.Code, d.Kind = "309000001", "S", record.Design
	d.Classes = []record.Class{{Scheme: record.Locarno, Symbol: "09-03", Version: "12"}, {Scheme: record.Locarno, Symbol: "09-05", Version: "12"}}
	d.Application.Raw = ""
	d.Parties[0].Address, d.Parties[0].Postcode = "", ""
	data := strings.ReplaceAll(written(t, d), "<base:Text></base:Text>", "")
	data = strings.Replace(data, "<business:Parties>",
		"<business:PatentNumber>201830000001</business:PatentNumber><business:CorrespondenceAddress><base:AddressBook><base:Address><base:Text>215300 江苏省某市</base:Text></base:Address></base:AddressBook></business:CorrespondenceAddress><business:Parties>", 1)
	got, _ := one(t, Format(1), data)
	if got.Application.Raw != "201830000001" || got.Application.Number == "" || got.Abstracts[0].Text != "一种样例。" || got.Titles[0].Text != "样例装置" {
		t.Errorf("read as %+v", *got)
	}
	if diff := cmp.Diff(d.Classes, got.Classes); diff != "" {
		t.Error(diff)
	}
	if p := got.Principal(); p.Address != "江苏省某市" || p.Postcode != "215300" || !strings.Contains(codes(got), "address.correspondence") {
		t.Errorf("owner %+v, flags %s", *p, codes(got))
	}
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		format     entry.Format
		data, code string
	}{
		{Format(1), "<business:PatentDocumentAndRelated/>", "number.missing"},
		{Format(1), `<business:PatentDocumentAndRelated docNumber="12" kind="A" country="CN"/>`, "number.unreadable"},
		{Format(1), `<business:PatentDocumentAndRelated docNumber="109000001" kind="A" country="US"/>`, "number.unreadable"},
		{Format(1), `<business:PatentDocumentAndRelated><a></business:PatentDocumentAndRelated>`, "xml.unended"},
		{Format(1), `<business:PatentDocumentAndRelated><a></b></business:PatentDocumentAndRelated>`, "xml.malformed"},
		{OldFormat(1), "<cn-patent-document/>", "number.missing"},
		{OldFormat(1), `<!DOCTYPE x [<!ENTITY a "b">]><cn-patent-document>&a;</cn-patent-document>`, "xml.entities"},
	} {
		got, _, err := sourcetest.Entries(c.format, []byte(c.data), entry.Limits{})
		if err != nil || len(got) != 1 || got[0].Reject == nil || got[0].Reject.Code != c.code {
			t.Errorf("%s: %+v, %v", c.data, got, err)
		}
	}
}

func TestConcatenatedFilesAndOtherEncodings(t *testing.T) {
	docs := sourcetest.Documents(3, 20)
	var all strings.Builder
	for _, d := range docs {
		all.WriteString(written(t, d) + "\n")
	}
	got, unread, err := sourcetest.Entries(Format(1), []byte(all.String()), entry.Limits{})
	if err != nil || len(got) != len(docs) {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	for i, e := range got {
		if e.Doc.DocID() != docs[i].DocID() || e.Row != int64(i+1) || !strings.HasPrefix(all.String()[e.Offset:], "<"+root) {
			t.Errorf("entry %d is %+v", i, e)
		}
	}
	if unread["cnipa-xml: @status"] != 20 || unread["cnipa-xml: @docNumber"] != 0 {
		t.Errorf("unread %v", unread)
	}
	var gb bytes.Buffer
	if _, err := charset.GB18030.NewWriter(&gb).Write([]byte(writtenOld(t, sample(), OldOptions{NoEncoding: true}))); err != nil {
		t.Fatal(err)
	}
	d, _ := one(t, OldFormat(1), gb.String())
	if d.Titles[0].Text != "样例装置" || codes(d) != "encoding.undeclared" {
		t.Errorf("read as %+v", *d)
	}
}

func FuzzRead(f *testing.F) {
	for _, d := range sourcetest.Documents(9, 4) {
		f.Add([]byte(written(f, d)))
		f.Add([]byte(writtenOld(f, d, OldOptions{BOM: true})))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		limits := entry.Limits{Record: 64 << 10, XMLDepth: 20, Attributes: 30}
		for _, format := range []entry.Format{Format(1), OldFormat(1)} {
			got, _, _ := sourcetest.Entries(format, data, limits)
			for i, e := range got {
				if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) {
					t.Fatalf("entry %d is %+v", i, e)
				}
				if e.Doc != nil && (e.Doc.Kind == "" || e.Doc.Number == "") {
					t.Fatalf("entry %d is a document without a number: %+v", i, e.Doc)
				}
			}
		}
	})
}

// BenchmarkRead reads documents with their full text, as bulk files carry it.
func BenchmarkRead(b *testing.B) {
	text := "<business:Description>" + strings.Repeat("<base:Paragraphs id=\"p1\" num=\"0001\">"+strings.Repeat("说明书的一段正文，", 20)+"</base:Paragraphs>\n", 150) + "</business:Description>"
	var data strings.Builder
	for _, d := range sourcetest.Documents(1, 50) {
		data.WriteString(strings.Replace(written(b, d), "</business:PatentDocumentAndRelated>", text+"</business:PatentDocumentAndRelated>", 1))
	}
	b.SetBytes(int64(data.Len()))
	for b.Loop() {
		if got, _, err := sourcetest.Entries(Format(1), []byte(data.String()), entry.Limits{}); err != nil || len(got) != 50 {
			b.Fatal(len(got), err)
		}
	}
}
