package ops

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func read(t testing.TB, data string) []entry.Entry {
	t.Helper()
	if !Format(1).Detect("x", []byte(data)) {
		t.Fatalf("not known: %.200s", data)
	}
	got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range got {
		if e.Row != int64(i+1) {
			t.Errorf("entry %d is row %d", i+1, e.Row)
		}
	}
	return got
}

// documents reads an answer in which nothing is rejected.
func documents(t testing.TB, data string) []*record.Document {
	t.Helper()
	var out []*record.Document
	for _, e := range read(t, data) {
		if e.Reject != nil {
			t.Fatalf("rejected: %v", e.Reject)
		}
		out = append(out, e.Doc)
	}
	return out
}

func equal(t *testing.T, want []*record.Document, got []*record.Document) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// ep returns a document of the EPO of which little is known.
func ep(number, code string, published date.Date, facts ...record.Fact) *record.Document {
	d := &record.Document{Office: "EP", Number: number, Code: code, Kind: record.Invention, Facts: facts}
	d.Published, d.Issued = published, published
	return d
}

func TestBibliographicAnswersAreDocuments(t *testing.T) {
	var parts []string
	want := sourcetest.Documents(5, 20)
	for _, d := range want {
		parts = append(parts, sourcetest.ExchangeDocument(d, ""))
	}
	list := `<exchange-documents>` + strings.Join(parts, "") + `</exchange-documents>`
	for _, answer := range []string{
		answerOf(list),
		answerOf(`<ops:biblio-search total-result-count="20"><ops:query syntax="CQL">ti=x</ops:query><ops:range begin="1" end="20"/><ops:search-result>` + list + `</ops:search-result></ops:biblio-search>`),
		answerOf(`<ops:biblio-search>` + list + `</ops:biblio-search>`),
	} {
		got := documents(t, answer)
		if len(got) != len(want) {
			t.Fatalf("%d documents, want %d", len(got), len(want))
		}
		for i := range got {
			if diff := cmp.Diff(want[i].Keys(), got[i].Keys()); diff != "" {
				t.Errorf("document %d (-gazette +answer)\n%s", i, diff)
			}
		}
	}
}

func TestFoundNumbersHaveTheirFamily(t *testing.T) {
	equal(t, []*record.Document{
		ep("9000001", "A1", 0, record.Fact{Name: record.FactFamily, Text: "71"}), ep("9000002", "A1", 0),
	}, documents(t, answerOf(`<ops:biblio-search><ops:search-result>`+
		ref(`publication-reference system="ops.epo.org" family-id="71"`, "EP 9000001 A1")+ref("publication-reference", "EP 9000002 A1")+
		`</ops:search-result></ops:biblio-search>`)))
}

func TestMembersOfAFamilyNameEachOther(t *testing.T) {
	priority := `<priority-claim sequence="1" kind="national">` + ref("x", "CN 201610000001 A 20160101")[3:]
	priority = strings.TrimSuffix(priority, "</x>") + `<priority-active-indicator>YES</priority-active-indicator></priority-claim>`
	got := documents(t, answerOf(`<ops:patent-family legal="false" total-result-count="5">`+ref("ops:publication-reference", "EP 9000001 A1")+
		member("71", "EP 9000001 A1 20180704 epodoc=EP9000001", "EP 17000001 A 20170101", priority)+
		member("71", "EP 9000001 B1 20200101", "EP 17000001 A 20170101")+
		member("71", "CN 109000001 A 20190101", "CN 201610000001 A 20160101", priority)+
		member("71", "WO 2017100001 A1 20170601", "CN 2017070001 W")+
		member("99", "US 2018000001 A1 20180101", "US 201715000001 A")+`</ops:patent-family>`))
	var ids, keys, related []string
	for _, d := range got {
		ids = append(ids, d.DocID())
		keys = append(keys, strings.Join(d.Keys(), " "))
		var others []string
		for _, f := range d.Filings {
			if f.Relation == record.RelFamily {
				others = append(others, f.Office+f.Number+f.Code)
			}
		}
		related = append(related, strings.Join(others, " "))
	}
	check := string(record.CheckDigit("201610000001"))
	for _, c := range []struct {
		what      string
		want, got []string
	}{
		{"documents", []string{"EP9000001A1", "EP9000001B1", "CN109000001A", "WO2017100001A1", "US20180000001A1"}, ids},
		{"keys", []string{"app:EP17000001 pub:EP9000001A", "app:EP17000001 pub:EP9000001B", "app:CN201610000001." + check + " pub:CN109000001",
			"app:WOPCT/CN2017/070001 pub:WO2017100001A", "app:US15000001 pub:US20180000001A"}, keys},
		{"families", []string{"CN109000001A WO2017100001A1", "CN109000001A WO2017100001A1", "EP9000001A1 EP9000001B1 WO2017100001A1",
			"EP9000001A1 EP9000001B1 CN109000001A", ""}, related},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", c.what, diff)
		}
	}
	if f := got[0].Filings[0]; f.Relation != record.RelPriority || f.Number != "201610000001."+check {
		t.Errorf("priority %+v", f)
	}
	if len(got[2].Filings) != 3 {
		t.Errorf("a right's own application is among its filings: %+v", got[2].Filings)
	}
}

func TestAFamilyWithBibliographicData(t *testing.T) {
	d := sourcetest.Documents(6, 1)[0]
	number := d.Office + " " + d.Number + " " + d.Code
	got := documents(t, answerOf(`<ops:patent-family>`+
		member("7000001", number, "", sourcetest.ExchangeDocument(d, ""))+member("7000001", "EP 9000001 A1", "")+`</ops:patent-family>`))
	if len(got) != 2 || cmp.Diff(d.Titles, got[0].Titles) != "" || len(got[0].Filings) != 1 || got[0].Filings[0].Number != "9000001" || got[1].Filings[0].Number != d.Number {
		t.Errorf("read as %+v", got)
	}
}

func TestAFamilyTooLargeToListIsFlagged(t *testing.T) {
	a := answer{budget: 3}
	d := &record.Document{}
	if got := a.spend(d, []int{1, 2}); len(got) != 2 || len(d.Flags) != 0 {
		t.Errorf("%v, %v", got, d.Flags)
	}
	if got := a.spend(d, []int{1, 2}); got != nil || len(d.Flags) != 1 || d.Flags[0].Code != "family.large" {
		t.Errorf("%v, %v", got, d.Flags)
	}
}

func TestLegalEventsAreNoticesByDayAndCode(t *testing.T) {
	got := documents(t, answerOf(`<ops:patent-family legal="true">`+member("71", "EP 9000001 A1 20180704", "EP 17000001 A 20170101",
		legalEvent("PG25", "LAPSED IN A CONTRACTING STATE", "2020-06-30", "L501EP Ref Country Code: AT", "L510EP Free Format Text: LAPSE BECAUSE OF NON-PAYMENT", "L525EP Effective DATE: 20200101"),
		legalEvent("REG", "REFERENCE TO A NATIONAL CODE", "2020-02-05", "L501EP Ref Country Code: GB", "L502EP Ref Legal Event Code|EUROPEAN PATENT GRANTED: FG4D"),
		legalEvent("PG25", "LAPSED IN A CONTRACTING STATE", "2020-06-30", "L501EP Ref Country Code: SE"),
		legalEvent("PGFP", "ANNUAL FEE PAID", "2020-07-31", "L518EP Payment DATE: 20200620", "L520EP Year of Fee Payment: 04"),
		legalEvent("RAP1", "PARTY DATA CHANGED", "2020-08-05", "L509EP OWNER: EXAMPLE UNIVERSITY", "L516EP IPC CLASSIFICATION: H01M 10/05", "L519EP OPPONENT: NOBODY"),
		legalEvent("AK", "DESIGNATED CONTRACTING STATES", "2020-01-01", "L506EP Kind Code of Ref Document: B1", "L507EP Designated State(s): AT BE"),
		legalEvent("REF", "CORRESPONDS TO", "rubbish", "L503EP Ref Document Number: 1208179", "L504EP Country of Ref Document: AT", "L506EP Kind Code of Ref Document: T", "L505EP DATE OF REF DOCUMENT: 20200115"),
		`<ops:legal code="" desc="nothing"/>`,
	)+`</ops:patent-family>`))
	notice := func(day date.Date, events ...record.Event) *record.Document {
		for i := range events {
			events[i].Office = "EP"
		}
		d := &record.Document{Office: "EP", Notice: true, Application: record.Application{Number: "17000001"}, Events: events}
		d.Published, d.Issued = day, day
		return d
	}
	in := func(states ...string) (out []record.Fact) {
		for _, s := range states {
			out = append(out, record.Fact{Name: record.FactDesignated, Text: s})
		}
		return out
	}
	unclear := notice(0, record.Event{Code: "EP:REF", Number: "AT1208179T", Text: "CORRESPONDS TO; DATE OF REF DOCUMENT: 20200115"})
	unclear.Flags = []record.Flag{{Code: "date.unreadable", Field: "L007EP", Raw: "rubbish"}}
	equal(t, []*record.Document{
		notice(20200630,
			record.Event{Date: 20200101, Code: "EP:PG25", Text: "LAPSED IN A CONTRACTING STATE; LAPSE BECAUSE OF NON-PAYMENT", Facts: in("AT")},
			record.Event{Date: 20200630, Code: "EP:PG25", Text: "LAPSED IN A CONTRACTING STATE", Facts: in("SE")}),
		notice(20200205, record.Event{Date: 20200205, Code: "EP:REG", Text: "REFERENCE TO A NATIONAL CODE; FG4D EUROPEAN PATENT GRANTED", Facts: in("GB")}),
		notice(20200731, record.Event{Date: 20200620, Code: "EP:PGFP", Text: "ANNUAL FEE PAID", Facts: []record.Fact{{Name: record.FactAnnuityYear, Text: "4"}}}),
		notice(20200805, record.Event{Date: 20200805, Code: "EP:RAP1", Text: "PARTY DATA CHANGED; IPC CLASSIFICATION: H01M 10/05; OPPONENT: NOBODY",
			Parties: []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: "en", Text: "EXAMPLE UNIVERSITY"}}}}}),
		notice(20200101, record.Event{Date: 20200101, Code: "EP:AK", Text: "DESIGNATED CONTRACTING STATES; Kind Code of Ref Document: B1", Facts: in("AT", "BE")}),
		unclear,
	}, got[1:])
	if id := got[1].DocID(); id != "notice:app:EP17000001@20200630/EP:PG25" {
		t.Errorf("the notice is %s", id)
	}
}

func TestFullTextIsCountedAndNotKept(t *testing.T) {
	language := func(claims bool, tag string) record.Fact {
		if claims {
			return record.Fact{Name: record.FactClaimsLanguage, Text: tag}
		}
		return record.Fact{Name: record.FactDescriptionLanguage, Text: tag}
	}
	a, b, c := ep("9000001", "A1", 0, language(true, "en"), language(true, "de")), ep("9000002", "B1", 0, language(false, "en")), ep("9000003", "A1", 0, language(true, "und"))
	a.Claims, c.Claims = 3, 2
	equal(t, []*record.Document{a, b, c}, documents(t, answerOf(`<ftxt:fulltext-documents>
<ftxt:fulltext-document system="ops.epo.org" fulltext-format="text-only"><bibliographic-data>`+ref("publication-reference", "EP 9000001 A1")+`</bibliographic-data>
<claims lang="EN"><claim><claim-text>1. A cell with</claim-text><claim-text>2 electrodes.</claim-text><claim-text>which are two.</claim-text><claim-text>3. A cell of claim 1.</claim-text></claim></claims>
<claims lang="DE"><claim><claim-text>1. Zelle</claim-text></claim></claims></ftxt:fulltext-document>
<ftxt:fulltext-document lang="en" country="EP" doc-number="9000002" kind="B1"><description><p>Text.</p></description></ftxt:fulltext-document>
<ftxt:fulltext-document country="EP" doc-number="9000003" kind="A1"><claims><claim><claim-text>A cell.</claim-text><claim-text>Another.</claim-text></claim></claims></ftxt:fulltext-document>
</ftxt:fulltext-documents>`)))
	equal(t, []*record.Document{ep("9000001", "A1", 0, language(false, "en"), language(true, "en"))}, documents(t, answerOf(`<ops:fulltext-inquiry>`+
		ref("ops:publication-reference", "EP 9000001 A1")+`<ops:inquiry-result>`+ref("publication-reference", "EP 9000001 A1")+
		`<ops:fulltext-instance system="ops.epo.org" lang="EN" desc="description"><ops:fulltext-format-options><ops:fulltext-format>text-only</ops:fulltext-format></ops:fulltext-format-options></ops:fulltext-instance>`+
		`<ops:fulltext-instance lang="EN" desc="claims"/></ops:inquiry-result></ops:fulltext-inquiry>`)))
}

func TestConvertedNumbersAndEquivalents(t *testing.T) {
	convert := func(in, out string) string {
		return answerOf(`<ops:standardization inputFormat="docdb" outputFormat="epodoc"><ops:input>` + in + `</ops:input><ops:output>` + out + `</ops:output></ops:standardization>`)
	}
	equal(t, []*record.Document{ep("9000001", "A1", 20180704)},
		documents(t, convert(ref("publication-reference", "EP 9000001 A1 20180704"), ref("publication-reference", "epodoc=EP9000001"))))
	equal(t, []*record.Document{{Office: "US", Kind: record.Invention, Application: record.Application{Raw: "11/012,345", Number: "11012345"}}},
		documents(t, convert(ref("application-reference", "US 1234504 A"), ref("application-reference", "original=11/012,345"))))
	equal(t, []*record.Document{{Office: "WO", Kind: record.PCT, Application: record.Application{Raw: "2017070001", Number: "PCT/CN2017/070001"}}},
		documents(t, convert(ref("application-reference", "CN 2017070001 W"), "")))
	family := ep("9000001", "A1", 0)
	family.Filings = []record.Filing{{Relation: record.RelFamily, Office: "US", Number: "20180000001"}, {Relation: record.RelFamily, Office: "CA", Number: "2744162"}}
	result := func(n string) string {
		return `<ops:inquiry-result>` + ref("publication-reference", "epodoc="+n) + `</ops:inquiry-result>`
	}
	equal(t, []*record.Document{family}, documents(t, answerOf(`<ops:equivalents-inquiry>`+ref("ops:publication-reference", "EP 9000001 A1")+
		result("EP9000001")+result("US2018000001")+result("CA2744162")+`</ops:equivalents-inquiry>`)))
}

func TestAnswersWithoutRightsSayWhy(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`<fault xmlns="http://ops.epo.org"><code>404</code><message>Not found</message><description>Nothing</description></fault>`, "ops.fault code=404 message=Not found. Nothing"},
		{answerOf(`<ops:fault><code>CLIENT.InvalidReference</code></ops:fault>`), "ops.fault code=CLIENT.InvalidReference message="},
		{answerOf(`<ops:document-inquiry><a/></ops:document-inquiry>`), "ops.no_right answer=document-inquiry"},
		{answerOf(`<ops:classification-scheme/>`), "ops.no_right answer=classification-scheme"},
		{answerOf(`<ops:classification-search/>`), "ops.no_right answer=classification-search"},
		{answerOf(`<ops:news/>`), "ops.unknown element=news"},
		{answerOf(), "ops.empty"},
		{answerOf(`<ops:standardization/>`), "ops.empty"},
		{answerOf(`<exchange-documents/>`), "ops.empty"},
		{answerOf(`<exchange-documents><exchange-document status="not found" country="EP" doc-number="1"/></exchange-documents>`), "exchange.not_found number=EP1"},
		{answerOf(`<ops:patent-family>` + member("1", "EP", "") + `</ops:patent-family>`), "exchange.number_missing"},
		{answerOf(`<ops:patent-family><ops:family-member><exchange-document/></ops:family-member></ops:patent-family>`), "exchange.number_missing"},
		{answerOf(`<ops:equivalents-inquiry/>`), "exchange.number_missing"},
		{answerOf(`<ops:standardization><ops:input>` + ref("application-reference", "CN 5 A") + `</ops:input></ops:standardization>`), "exchange.number_unreadable number=5"},
		{registerAnswer("ti=x", registerEntry("", "<events-data></events-data>")), "ops.no_number"},
		{`<ops:world-patent-data><a></b></ops:world-patent-data>`, "xml.malformed error=</b> ends no open element"},
		{`<ops:world-patent-data><a>`, "xml.unended"},
	} {
		got := read(t, c.in)
		if len(got) != 1 || got[0].Reject == nil || got[0].Reject.Error() != c.want {
			t.Errorf("%s is read as %+v, want %s", c.in, got, c.want)
		}
	}
	empty := `<?xml-stylesheet type='text/xsl' href='../../style/cpc.xsl' ?>`
	if !Format(1).Detect("x", []byte(empty)) {
		t.Fatal("an empty answer is not known")
	}
	if _, _, err := sourcetest.Entries(Format(1), []byte(empty), entry.Limits{}); err == nil || err.Error() != "ops.empty" {
		t.Errorf("an empty answer ends with %v", err)
	}
	for _, in := range []string{"", "<fault><code>1</code></fault>", "<exchange-documents/>", "<?xml-stylesheet href='other.css'?>", "text"} {
		if Format(1).Detect("x", []byte(in)) {
			t.Errorf("%q is taken for an answer", in)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(answerOf(`<ops:patent-family>` + member("71", "EP 9000001 A1 20180704", "EP 17000001 A 20170101", legalEvent("PG25", "X", "2020-06-30", "L501EP R: AT")) + `</ops:patent-family>`)))
	f.Add([]byte(answerOf(`<exchange-documents>` + sourcetest.ExchangeDocument(sourcetest.Documents(1, 1)[0], "") + `</exchange-documents>`)))
	f.Add([]byte(registerAnswer("publication=EP9000001", registerEntry(`date-produced="20251025"`, dossierBody))))
	f.Add([]byte(answerOf(`<ops:equivalents-inquiry>` + ref("publication-reference", "EP 1 A") + `</ops:equivalents-inquiry>`)))
	f.Add([]byte(answerOf(`<ftxt:fulltext-documents><ftxt:fulltext-document country="EP" doc-number="3" kind="A1"><claims lang="en"><claim><claim-text>1. A</claim-text></claim></claims></ftxt:fulltext-document></ftxt:fulltext-documents>`)))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 1 << 20})
		for _, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) {
				t.Fatalf("%+v is neither read nor rejected", e)
			}
			if e.Doc != nil && len(e.Doc.Keys()) == 0 {
				t.Fatalf("%+v belongs to no right", e.Doc)
			}
		}
	})
}
