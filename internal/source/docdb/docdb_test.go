package docdb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

// file writes documents as a bulk file does, with its wrapper.
func file(body string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE exch:exchange-documents SYSTEM "docdb-entities.dtd">` +
		`<exch:exchange-documents xmlns:exch="http://www.epo.org/exchange" date-of-exchange="20240218" file="X">` + body + `</exch:exchange-documents>`
}

func read(t testing.TB, data string) ([]entry.Entry, map[string]int64) {
	t.Helper()
	got, unread, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return got, unread
}

// one reads a file of a single document.
func one(t testing.TB, data string) *record.Document {
	t.Helper()
	got, _ := read(t, data)
	if len(got) != 1 || got[0].Doc == nil {
		t.Fatalf("read as %+v", got)
	}
	return got[0].Doc
}

func TestChineseDocumentsHaveTheKeysOfTheGazette(t *testing.T) {
	for i, d := range sourcetest.Documents(3, 300) {
		prefix := []string{"exch:", "", "x:"}[i%3]
		data := sourcetest.ExchangeDocument(d, prefix)
		if i%2 == 0 {
			data = file(data)
		}
		if !Format(1).Detect("x", []byte(data)) {
			t.Fatalf("not known: %.200s", data)
		}
		got, unread := read(t, data)
		if len(got) != 1 || got[0].Doc == nil || len(unread) != 0 {
			t.Fatalf("read as %+v, unread %v", got, unread)
		}
		doc := got[0].Doc
		if diff := cmp.Diff(d.Keys(), doc.Keys()); diff != "" || doc.DocID() != d.DocID() {
			t.Fatalf("%s: keys (-gazette +exchange)\n%s", doc.DocID(), diff)
		}
		want := *d
		want.Issued = d.Published // a copy of what China's office has published
		want.Application.Raw, _, _ = strings.Cut(d.Application.Number, ".")
		want.Parties, want.Classes, want.Filings = nil, nil, nil
		want.Facts = []record.Fact{{Name: record.FactFamily, Text: "7000001"}}
		want.Gazette, want.Claims, want.Cited, want.Flags = "", 0, nil, nil
		for _, role := range [...]record.Role{record.Applicant, record.Holder, record.Inventor} {
			for _, p := range d.Parties {
				if p.Role == role {
					to := role
					if role == record.Holder {
						to = record.Applicant
					}
					want.Parties = append(want.Parties, record.Party{Role: to, Country: "CN", Names: p.Names[:1]})
				}
			}
		}
		doc.Classes = nil
		for k := range doc.Parties {
			if n := len(doc.Parties[k].Names); n != 2 || doc.Parties[k].Names[0].Lang != "en" {
				t.Fatalf("names %+v", doc.Parties[k].Names)
			}
			doc.Parties[k].Names = doc.Parties[k].Names[1:]
		}
		if diff := cmp.Diff(&want, doc); diff != "" {
			t.Fatalf("document %d (-written +read)\n%s\n%s", i, diff, data)
		}
	}
}

// full has what only some documents have.
const full = `<exch:exchange-document country="EP" doc-number="9000001" kind="B1" date-publ="20200102" family-id="71" date-of-last-exchange="20230101" status="A">
<exch:bibliographic-data>
<exch:publication-reference data-format="docdb"><document-id><country>EP</country><doc-number>9000001</doc-number><kind>B1</kind><date>20200101</date></document-id></exch:publication-reference>
<exch:classification-ipc><edition>7</edition><main-classification> 7H 01M  10/05   A</main-classification><further-classification>rubbish</further-classification></exch:classification-ipc>
<exch:patent-classifications>
<patent-classification sequence="1"><classification-scheme office="EP" scheme="CPCI"><date>20130101</date></classification-scheme><classification-symbol>H01M  10/0525    </classification-symbol><classification-value>A</classification-value></patent-classification>
<patent-classification sequence="2"><classification-scheme office="EP" scheme="CPCI"><date>20130101</date></classification-scheme><section>H</section><class>01</class><subclass>M</subclass><main-group>10</main-group><subgroup>0525</subgroup><classification-value>I</classification-value></patent-classification>
<patent-classification sequence="3"><classification-scheme office="EP" scheme="CPCI"/><classification-symbol>H01</classification-symbol></patent-classification>
<patent-classification sequence="4"><classification-scheme office="EP" scheme="UC"/><classification-symbol>429/209</classification-symbol></patent-classification>
<patent-classification sequence="5"><classification-scheme office="JP" scheme="FTERM"/><classification-symbol>5H029</classification-symbol></patent-classification>
</exch:patent-classifications>
<exch:application-reference data-format="docdb"><document-id><country>EP</country><doc-number>17000001</doc-number><kind>A</kind><date>20170101</date></document-id></exch:application-reference>
<exch:language-of-filing>en</exch:language-of-filing><exch:language-of-publication>de</exch:language-of-publication>
<exch:priority-claims>
<exch:priority-claim sequence="1" data-format="docdb"><document-id><country>CN</country><doc-number>201610000001</doc-number><kind>A</kind><date>20160101</date></document-id></exch:priority-claim>
<exch:priority-claim sequence="1" data-format="epodoc"><document-id><doc-number>CN201610000001</doc-number></document-id></exch:priority-claim>
<exch:priority-claim sequence="2" data-format="docdb"><document-id><country>US</country><doc-number>1234505</doc-number><kind>A</kind></document-id></exch:priority-claim>
<exch:priority-claim sequence="3" data-format="docdb"><document-id><country>CN</country><doc-number>2017070001</doc-number><kind>W</kind></document-id></exch:priority-claim>
<exch:priority-claim sequence="1" data-format="original"><document-id><doc-number>PCT/CN2017/070001</doc-number></document-id></exch:priority-claim>
<exch:priority-claim sequence="3" data-format="original"><document-id><doc-number>11/012,345</doc-number></document-id></exch:priority-claim>
</exch:priority-claims>
<exch:parties><exch:applicants>
<exch:applicant sequence="1" data-format="docdb"><exch:applicant-name><name>EXAMPLE UNIV [CN]</name></exch:applicant-name></exch:applicant>
<exch:applicant sequence="1" data-format="docdba"><exch:applicant-name><name>Example University,</name></exch:applicant-name><exch:address><text>1 Sample Road</text></exch:address></exch:applicant>
<exch:applicant sequence="1" data-format="original"><exch:applicant-name><name>示例大学</name></exch:applicant-name></exch:applicant>
<exch:applicant sequence="2" data-format="docdba"><exch:applicant-name><name></name></exch:applicant-name></exch:applicant>
</exch:applicants></exch:parties>
<exch:designation-of-states><exch:designation-epc><exch:contracting-states><country>AT</country><country>DE</country><country>DE</country></exch:contracting-states></exch:designation-epc>
<exch:designation-pct><exch:regional><region><country>EP</country></region><country>FR</country></exch:regional><exch:regional><region><country>AP</country></region><country>BW</country></exch:regional><exch:national><country>CN</country></exch:national></exch:designation-pct></exch:designation-of-states>
<exch:invention-title lang="en">Sample <i>battery</i></exch:invention-title><exch:invention-title lang="en">Again</exch:invention-title>
<exch:references-cited>
<exch:citation sequence="1"><patcit num="1" dnum="CN1719946A"><document-id><country>CN</country><doc-number>1719946</doc-number><kind>A</kind><date>20060111</date></document-id></patcit></exch:citation>
<exch:citation sequence="2"><patcit num="2" dnum="CN1719946A"><document-id><country>CN</country><doc-number>1719946</doc-number><kind>A</kind><date>20060111</date></document-id></patcit></exch:citation>
<exch:citation sequence="3"><patcit num="3" dnum="XX99"/></exch:citation>
<exch:citation sequence="4"><nplcit num="1"><text>A. AUTHOR: "Cells &ndash; a sample"</text></nplcit></exch:citation>
</exch:references-cited>
</exch:bibliographic-data>
<exch:abstract lang="en"><exch:p>One.</exch:p><exch:p>Two.</exch:p></exch:abstract>
<exch:patent-family>
<exch:family-member><exch:application-reference data-format="docdb"><document-id><country>EP</country><doc-number>17000001</doc-number><kind>A</kind></document-id></exch:application-reference><exch:publication-reference data-format="docdb" sequence="1"><document-id><country>EP</country><doc-number>9000001</doc-number><kind>A1</kind></document-id></exch:publication-reference></exch:family-member>
<exch:family-member><exch:application-reference data-format="docdb"><document-id><country>CN</country><doc-number>201610000001</doc-number><kind>A</kind></document-id></exch:application-reference><exch:publication-reference data-format="docdb" sequence="1"><document-id><country>CN</country><doc-number>109000001</doc-number><kind>A</kind></document-id></exch:publication-reference><exch:publication-reference data-format="docdb" sequence="2"><document-id><country>CN</country><doc-number>109000001</doc-number><kind>B</kind></document-id></exch:publication-reference></exch:family-member>
<exch:family-member><exch:application-reference data-format="docdb"><document-id><country>US</country><doc-number>201815000001</doc-number><kind>A</kind></document-id></exch:application-reference></exch:family-member>
</exch:patent-family>
</exch:exchange-document>`

func TestWhatOnlySomeDocumentsHave(t *testing.T) {
	got := one(t, file(full))
	want := &record.Document{Office: "EP", Number: "9000001", Code: "B1", Kind: record.Invention, Published: 20200101, Issued: 20240218,
		Application: record.Application{Raw: "17000001", Number: "17000001", Filed: 20170101},
		Titles:      []record.Text{{Lang: "en", Text: "Sample battery"}},
		Abstracts:   []record.Text{{Lang: "en", Text: "One.\nTwo."}},
		Parties: []record.Party{{Role: record.Applicant, Country: "CN", Address: "1 Sample Road",
			Names: []record.Text{{Lang: "en", Text: "Example University"}, {Lang: "zh", Text: "示例大学"}}}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/05", Version: "7"},
			{Scheme: record.CPC, Symbol: "H01M10/0525", Version: "2013.01", Value: "I"}, {Scheme: record.USPC, Symbol: "429/209"}},
		Filings: []record.Filing{
			{Relation: record.RelPriority, Office: "CN", Number: "201610000001." + string(record.CheckDigit("201610000001")), Date: 20160101, Code: "A"},
			{Relation: record.RelPriority, Office: "US", Number: "11012345", Code: "A"},
			{Relation: record.RelPCT, Office: "WO", Number: "PCT/CN2017/070001", Code: "W"},
			{Relation: record.RelFamily, Office: "CN", Number: "109000001", Code: "A"},
			{Relation: record.RelFamily, Office: "CN", Number: "109000001", Code: "B"},
			{Relation: record.RelFamily, Office: "US", Number: "15000001", Code: "A"},
		},
		Cited: []string{"CN1719946A,2006.01.11", "XX99", `A. AUTHOR: "Cells – a sample"`},
		Facts: []record.Fact{{Name: record.FactFilingLanguage, Text: "en"}, {Name: record.FactPublicationLanguage, Text: "de"},
			{Name: record.FactDesignated, Text: "FR"}, {Name: record.FactDesignated, Text: "AP"}, {Name: record.FactDesignated, Text: "CN"},
			{Name: record.FactDesignated, Text: "AT"}, {Name: record.FactDesignated, Text: "DE"}, {Name: record.FactFamily, Text: "71"}},
		Flags: []record.Flag{{Code: "date.disagrees", Field: "date-publ"},
			{Code: "class.unreadable", Field: "further-classification patent-classification", Raw: "rubbish"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestPublicationsOfOneRightMeet(t *testing.T) {
	doc := func(office, number, code, application string) string {
		return `<exchange-document country="` + office + `" doc-number="` + number + `" kind="` + code + `"><bibliographic-data>` +
			`<application-reference data-format="docdb"><document-id><country>` + office + `</country><doc-number>` + application + `</doc-number><kind>A</kind></document-id></application-reference>` +
			`</bibliographic-data></exchange-document>`
	}
	for _, c := range [][2]string{
		{doc("EP", "9000001", "A1", "17000001"), doc("EP", "9000001", "B1", "17000001")},
		{doc("US", "2018000001", "A1", "201615919370"), doc("US", "10000001", "B2", "201615919370")},
		{doc("CN", "1719946", "A", "97101765"), doc("CN", "1100001", "C", "97101765")},
	} {
		a, b := one(t, c[0]).Keys(), one(t, c[1]).Keys()
		if len(a) != 2 || len(b) != 2 || a[0] != b[0] {
			t.Errorf("%v and %v do not meet", a, b)
		}
	}
}

func TestWhatIsNoDocument(t *testing.T) {
	attrs := func(s string) string { return `<exch:exchange-document ` + s + `/>` }
	for in, want := range map[string]string{
		attrs(`country="EP" doc-number="1" kind="A1" status="D"`):               "exchange.deleted number=EP1A1",
		attrs(`country="EP" doc-number="1" kind="A1" status="not found"`):       "exchange.not_found number=EP1A1",
		attrs(`country="EP" kind="A1"`):                                         "exchange.number_missing",
		attrs(`country="EP" doc-number="?!" kind="A1"`):                         "exchange.number_unreadable number=EP ?! A1",
		`<exch:exchange-document country="EP"><a></exch:exchange-document>`:     "xml.malformed",
		`<exch:exchange-document country="EP"><a></b></exch:exchange-document>`: `xml.malformed error=</b> ends no open element`,
	} {
		got, _ := read(t, file(in))
		if len(got) != 1 || got[0].Reject == nil || got[0].Reject.Error() != want && !strings.HasPrefix(got[0].Reject.Code, want) {
			t.Errorf("%s is read as %+v", in, got[0].Reject)
		}
	}
}

func TestDoubtsAreFlagged(t *testing.T) {
	for in, want := range map[string]string{
		`<exchange-document country="EP" doc-number="5" kind="A1" date-publ="x"><bibliographic-data><publication-reference data-format="docdb"><document-id><country>EP</country><doc-number>6</doc-number></document-id></publication-reference></bibliographic-data></exchange-document>`:                                                                                                                                                                                                                                                                        "number.disagrees kind_code.missing date.unreadable",
		`<exchange-document country="EP" doc-number="5" kind="A1"><bibliographic-data><publication-reference data-format="epodoc"><document-id><doc-number>EP5</doc-number><date>20200101</date></document-id></publication-reference><application-reference><document-id><country>DE</country><doc-number>7</doc-number></document-id></application-reference><classifications-ipcr><classification-ipcr><text>no</text></classification-ipcr><classification-ipcr><text/></classification-ipcr></classifications-ipcr></bibliographic-data></exchange-document>`: "application_number.unreadable class.unreadable",
	} {
		var codes []string
		for _, f := range one(t, in).Flags {
			codes = append(codes, f.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("flagged %q, want %q", got, want)
		}
	}
}

func TestOtherFilesAreNotTaken(t *testing.T) {
	for _, in := range []string{"", "x", "<doc/>", `<ops:world-patent-data><exchange-documents><exchange-document/></exchange-documents></ops:world-patent-data>`} {
		if Format(1).Detect("x.xml", []byte(in)) {
			t.Errorf("%q is taken for DOCDB", in)
		}
	}
	if got := exchangeDay([]byte(`<exchange-documents date-of-exchange="20249999"><exchange-document >`)); got != 0 {
		t.Errorf("read as %v", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(file(full)))
	for _, d := range sourcetest.Documents(1, 3) {
		f.Add([]byte(sourcetest.ExchangeDocument(d, "")))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 1 << 20})
		for _, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) {
				t.Fatalf("%+v is neither read nor rejected", e)
			}
			if e.Doc != nil && (e.Doc.Number == "" || e.Doc.Office == "" || e.Doc.Kind == "") {
				t.Fatalf("%+v has no number or kind", e.Doc)
			}
		}
	})
}

// BenchmarkRead reads a bulk file of bibliographic data. Bytes are the file's.
func BenchmarkRead(b *testing.B) {
	var body strings.Builder
	for range 50 {
		body.WriteString(full)
		for _, d := range sourcetest.Documents(1, 10) {
			body.WriteString(sourcetest.ExchangeDocument(d, "exch:"))
		}
	}
	data := []byte(file(body.String()))
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		got, _, err := sourcetest.Entries(Format(1), data, entry.Limits{})
		if err != nil || len(got) != 550 {
			b.Fatal(len(got), err)
		}
	}
}
