package ops

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
)

// dossierBody is an entry of the register with everything that is read, as it
// was at two times.
const dossierBody = `<ep-patent-statuses><ep-patent-status change-date="20200801" status-code="7">No opposition filed</ep-patent-status>
<ep-patent-status change-date="20190801" status-code="8">Granted</ep-patent-status><ep-patent-status change-date="" status-code=""/></ep-patent-statuses>
<bibliographic-data id="EP17000001P">
<publication-reference change-gazette-num="2018/27"><document-id><country>EP</country><doc-number>9000001</doc-number><kind>A1</kind><date>20180704</date></document-id></publication-reference>
<publication-reference><document-id><country>EP</country><doc-number>9000001</doc-number><kind>B1</kind><date>20190904</date></document-id></publication-reference>
<publication-reference><document-id><country>WO</country><doc-number>2017100001</doc-number><kind>A1</kind><date>20170601</date></document-id></publication-reference>
<publication-reference><document-id><country>EP</country><doc-number>?</doc-number></document-id></publication-reference>
<classifications-ipcr change-date="20180101"><classification-ipcr><text>A01B1/00</text></classification-ipcr></classifications-ipcr>
<classifications-ipcr change-date="20190524"><classification-ipcr><text>H04W84/20,  // H04W88/04;; rubbish</text></classification-ipcr></classifications-ipcr>
<application-reference><document-id><country>EP</country><doc-number>17000001</doc-number><date>20170101</date></document-id></application-reference>
<language-of-filing>zh</language-of-filing>
<priority-claims change-date="20190101"><priority-claim kind="national" sequence="1"><country>CN</country><doc-number>201610000001</doc-number><date>20160101</date></priority-claim></priority-claims>
<parties>
<applicants change-date="20180101"><applicant sequence="1"><addressbook><name>Former Ltd.</name></addressbook></applicant></applicants>
<applicants change-date="20190101"><applicant sequence="1"><addressbook><name>Example University</name><address><address-1>1 Sample Road</address-1><address-2>Nanjing, Jiangsu 210000</address-2><country>CN</country></address></addressbook></applicant>
<applicant sequence="2"><addressbook><name>Other SA</name><address><country/></address></addressbook><residence><country>FR</country></residence></applicant>
<applicant sequence="3"><addressbook><name/></addressbook></applicant></applicants>
<inventors><inventor sequence="01"><addressbook><name>DOE, Jane</name></addressbook></inventor></inventors>
<agents><agent sequence="1"><addressbook><name>Sample LLP</name></addressbook></agent></agents>
</parties>
<designation-of-states><designation-pct><regional><region><country>EP</country></region><country>AT</country><country>DE</country></regional></designation-pct></designation-of-states>
<invention-title lang="en" change-date="20180101">Old title</invention-title><invention-title lang="en" change-date="20190101">New title</invention-title><invention-title lang="de">Titel</invention-title>
<term-of-grant change-date="20210101"><lapsed-in-country><country>AT</country><date>20190904</date></lapsed-in-country></term-of-grant>
<term-of-grant change-date="20200101"><lapsed-in-country><country>BE</country><date>20190904</date></lapsed-in-country></term-of-grant>
<dates-rights-effective><request-for-examination><date>20180801</date></request-for-examination></dates-rights-effective>
<references-cited><citation><patcit><document-id><country>WO</country><doc-number>02054790</doc-number></document-id><text>(X)</text></patcit></citation></references-cited>
<opposition-data change-date="20200801"><opposition-not-filed><date>20200605</date></opposition-not-filed></opposition-data>
<related-documents><division><relation><parent-doc><document-id document-id-type="application number"><country>EP</country><doc-number>20160000009</doc-number><kind>D</kind></document-id><document-id document-id-type="publication number"><country>EP</country><doc-number>4409306</doc-number><kind>D</kind></document-id></parent-doc></relation></division></related-documents>
</bibliographic-data>
<events-data><dossier-event id="E1" event-type="new"><event-date><date>20220708</date></event-date><event-code>0009250</event-code><event-text event-text-type="DESCRIPTION">Lapse</event-text><gazette-reference><gazette-num>2022/32</gazette-num><date>20220810</date></gazette-reference></dossier-event></events-data>
<events-data><dossier-event><event-date><date>20170101</date></event-date><event-code>X</event-code></dossier-event><dossier-event><event-code>Y</event-code></dossier-event></events-data>
<procedural-data><procedural-step id="S1"><procedural-step-code>RFEE</procedural-step-code><procedural-step-text step-text-type="STEP_DESCRIPTION">Renewal fee payment</procedural-step-text><procedural-step-text step-text-type="YEAR">03</procedural-step-text><procedural-step-date step-date-type="DATE_OF_PAYMENT"><date>20200620</date></procedural-step-date></procedural-step>
<procedural-step><procedural-step-code>EXRE</procedural-step-code><procedural-step-text>Communication</procedural-step-text><procedural-step-text/><procedural-step-date><date>20170201</date></procedural-step-date><procedural-step-date step-date-type="DATE_OF_REPLY"><date>20170601</date></procedural-step-date><time-limit time-limit-unit="months">04</time-limit></procedural-step>
<procedural-step><procedural-step-code>NONE</procedural-step-code></procedural-step></procedural-data>`

func TestTheRegisterStatesARight(t *testing.T) {
	got := documents(t, registerAnswer("publication=EP9000001", registerEntry(`date-produced="20251025" status="No opposition filed"`, dossierBody)))
	a1, b1 := ep("9000001", "A1", 20180704), ep("9000001", "B1", 20190904)
	for _, d := range []*record.Document{a1, b1} {
		d.Application = record.Application{Raw: "17000001", Number: "17000001", Filed: 20170101}
	}
	en := func(name string) []record.Text { return []record.Text{{Lang: "en", Text: name}} }
	at := []record.Fact{{Name: record.FactDesignated, Text: "AT"}}
	state := &record.Document{Office: "EP", Notice: true, Published: 20251025, Issued: 20251025, Application: record.Application{Number: "17000001"},
		Status: &record.Status{Text: "No opposition filed", Date: 20200801},
		Titles: []record.Text{{Lang: "en", Text: "New title"}, {Lang: "de", Text: "Titel"}},
		Parties: []record.Party{
			{Role: record.Applicant, Names: en("Example University"), Address: "1 Sample Road, Nanjing, Jiangsu 210000", Country: "CN"},
			{Role: record.Applicant, Names: en("Other SA"), Country: "FR"},
			{Role: record.Inventor, Names: en("DOE, Jane")}, {Role: record.Agency, Names: en("Sample LLP")}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H04W84/20"}, {Scheme: record.IPC, Symbol: "H04W88/04"}},
		Events: []record.Event{
			{Date: 20200801, Code: "EP:status-7", Text: "No opposition filed", Office: "EP"},
			{Date: 20190801, Code: "EP:status-8", Text: "Granted", Office: "EP"},
			{Date: 20180801, Code: "EP:request-for-examination", Text: "request for examination", Office: "EP"},
			{Date: 20200605, Code: "EP:opposition-not-filed", Text: "opposition not filed", Office: "EP"},
			{Date: 20190904, Code: "EP:lapsed-in-country", Text: "lapsed in country", Office: "EP", Facts: at}},
		Filings: []record.Filing{
			{Relation: record.RelPriority, Office: "CN", Number: "201610000001." + string(record.CheckDigit("201610000001")), Date: 20160101},
			{Relation: record.RelDivisional, Office: "EP", Number: "16000009"},
			{Relation: record.RelPCTPub, Office: "WO", Number: "2017100001", Date: 20170601, Code: "A1"}},
		Cited: []string{"WO2002054790"},
		Facts: []record.Fact{{Name: record.FactFilingLanguage, Text: "zh"}, at[0], {Name: record.FactDesignated, Text: "DE"}},
		Flags: []record.Flag{{Code: "number.disagrees", Field: "publication-reference", Raw: "?"}, {Code: "class.unreadable", Field: "classification-ipcr", Raw: "rubbish"}},
	}
	event := func(e record.Event) *record.Document {
		e.Office = "EP"
		d := &record.Document{Office: "EP", Notice: true, Issued: 20251025, Application: record.Application{Number: "17000001"}, Events: []record.Event{e}}
		d.Published = e.Date
		return d
	}
	lapse := event(record.Event{Date: 20220708, Code: "EP:0009250", Text: "Lapse"})
	lapse.Published, lapse.Gazette = 20220810, "2022/32"
	equal(t, []*record.Document{a1, b1, state, lapse, event(record.Event{Date: 20170101, Code: "EP:X"}),
		event(record.Event{Date: 20200620, Code: "EP:RFEE", Text: "Renewal fee payment", Facts: []record.Fact{{Name: record.FactAnnuityYear, Text: "3"}}}),
		event(record.Event{Date: 20170201, Code: "EP:EXRE", Text: "Communication; date of reply 2017-06-01; time limit 4 months"}),
	}, got)
}

func TestListsOfTheRegisterSpeakOfThePublication(t *testing.T) {
	body := `<bibliographic-data><publication-reference><document-id><country>EP</country><doc-number>9000001</doc-number><date>20251022</date></document-id></publication-reference>
<application-reference><document-id><country>EP</country><doc-number>25000001</doc-number></document-id></application-reference><invention-title lang="en">Cell</invention-title></bibliographic-data>`
	want := ep("9000001", "", 20251022)
	want.Application = record.Application{Raw: "25000001", Number: "25000001"}
	want.Titles = []record.Text{{Lang: "en", Text: "Cell"}}
	want.Flags = []record.Flag{{Code: "kind_code.missing", Field: "kind"}}
	got := documents(t, registerAnswer("ti=cell", registerEntry("", body), registerEntry("", body)))
	equal(t, []*record.Document{want, want}, got)
}

func TestStepsBelongToTheRightThatWasAskedFor(t *testing.T) {
	body := dossierBody[strings.Index(dossierBody, "<procedural-data>"):]
	for query, want := range map[string]string{
		"publication=EP9000001": "pub:EP9000001A", `pn = "EP9000001.A1"`: "pub:EP9000001A", "application=EP17000001": "app:EP17000001",
	} {
		got := documents(t, registerAnswer(query, registerEntry(`date-produced="20251025"`, body)))
		if len(got) != 2 || cmp.Diff([]string{want}, got[0].Keys()) != "" || !got[0].Notice {
			t.Errorf("%s: %+v", query, got)
		}
	}
	status := documents(t, registerAnswer("pn=EP9000001", registerEntry(`date-produced="never"`, `<ep-patent-statuses><ep-patent-status change-date="20200801" status-code="16">The application has been published</ep-patent-status></ep-patent-statuses>`)))
	if len(status) != 1 || status[0].Status.Date != 20200801 || status[0].Status.Code != "published" || len(status[0].Flags) != 1 || status[0].Flags[0].Code != "date.unreadable" {
		t.Errorf("read as %+v", status)
	}
	for _, e := range read(t, registerAnswer("pn=EP9000001", registerEntry("", body), registerEntry("", body))) {
		if e.Reject == nil || e.Reject.Code != "ops.no_number" {
			t.Errorf("steps of two rights are read as %+v", e)
		}
	}
}
