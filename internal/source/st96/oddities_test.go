package st96

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func codes(d *record.Document) string {
	var out []string
	for _, f := range d.Flags {
		out = append(out, f.Code)
	}
	return strings.Join(out, " ")
}

func day(d *record.Document, name string) date.Date { return dayOf(d, name) }

const markHead = `<x:TrademarkApplication xmlns:x="http://www.wipo.int/standards/XMLSchema/ST96/Trademark" xmlns="http://www.wipo.int/standards/XMLSchema/ST96/Common"><x:TrademarkBag>`

func marks(bodies ...string) string {
	return markHead + "<x:Trademark>" + strings.Join(bodies, "</x:Trademark><x:Trademark>") + "</x:Trademark></x:TrademarkBag></x:TrademarkApplication>"
}

const american = `<RegistrationOfficeCode>US</RegistrationOfficeCode><ApplicationNumber><ApplicationNumberText>88 000,001</ApplicationNumberText></ApplicationNumber>`

func TestMarksAsOfficesWriteThem(t *testing.T) {
	owner := func(seq, name, comment string) string {
		return `<x:Applicant sequenceNumber="` + seq + `"><Contact><Name><OrganizationName><OrganizationStandardName>` + name +
			`</OrganizationStandardName></OrganizationName><EntityName>` + name + `</EntityName></Name></Contact><CommentText>` + comment + `</CommentText></x:Applicant>`
	}
	for _, c := range []struct {
		name, body, flags string
		check             func(*record.Document) bool
	}{
		{"nothing more", "", "", func(d *record.Document) bool { return d.Number == "" && d.DocID() == "tm-app:US88000,001" }},
		{"zone behind a day", "<x:ApplicationDate>1995-02-07-05:00</x:ApplicationDate>", "", func(d *record.Document) bool { return d.Application.Filed == 19950207 }},
		{"a year and a month", "<x:NationalFilingBasis><x:FirstUsedDate>19960100</x:FirstUsedDate></x:NationalFilingBasis>", "date.unreadable",
			func(d *record.Document) bool { return len(d.Days) == 0 }},
		{"owners one after the other", "<x:ApplicantBag>" + owner("10", "A", "ORIGINAL APPLICANT") + owner("30", "B", "ORIGINAL REGISTRANT") + owner("31", "C", "NEW OWNER") + owner("32", "C", "OWNER") + "</x:ApplicantBag>", "",
			func(d *record.Document) bool {
				return len(d.Parties) == 3 && d.Principal().Name() == "C" && d.First(record.Former).Name() == "B" && d.First(record.Applicant).Name() == "A"
			}},
		{"whose part is said in a version", `<x:ApplicantBag><x:Applicant><Contact><Name><EntityName>A</EntityName></Name></Contact><Version><CommentText>OWNER</CommentText></Version></x:Applicant></x:ApplicantBag>`, "",
			func(d *record.Document) bool { return d.First(record.Holder) != nil }},
		{"an owner of a registered mark", `<RegistrationDate>2020-01-01</RegistrationDate><x:ApplicantBag><x:Applicant><Contact><Name><EntityName>A</EntityName></Name></Contact></x:Applicant></x:ApplicantBag>`, "",
			func(d *record.Document) bool { return d.First(record.Holder) != nil }},
		{"two names in one", `<x:ApplicantBag><x:Applicant><Contact><Name><PersonName><PersonFullName>P</PersonFullName></PersonName><EntityName>E</EntityName></Name></Contact></x:Applicant></x:ApplicantBag>`, "name.several",
			func(d *record.Document) bool { return d.Parties[0].Name() == "E" }},
		{"a picture that there is not", `<x:MarkRepresentation><x:MarkReproduction><x:MarkImageBag><x:MarkImage><ImageFileName>No image available</ImageFileName></x:MarkImage></x:MarkImageBag></x:MarkReproduction></x:MarkRepresentation>`, "",
			func(d *record.Document) bool { return d.Images == nil && d.Mark == nil }},
		{"drawing code", `<x:MarkRepresentation><x:MarkDescriptionBag><x:NationalMarkDescription><x:MarkFeatureCode>4000</x:MarkFeatureCode></x:NationalMarkDescription></x:MarkDescriptionBag></x:MarkRepresentation>`, "",
			func(d *record.Document) bool { return d.Mark.Form == "word" }},
		{"significant words alone", `<x:MarkRepresentation><x:MarkReproduction><x:WordMarkSpecification><x:MarkSignificantVerbalElementText>W</x:MarkSignificantVerbalElementText></x:WordMarkSpecification></x:MarkReproduction></x:MarkRepresentation>`, "",
			func(d *record.Document) bool { return d.Mark.Words[0] == record.Text{Lang: "en", Text: "W"} }},
		{"status code of the office's own", `<x:MarkCurrentStatusCode>800</x:MarkCurrentStatusCode><x:NationalTrademarkInformation><x:MarkCurrentStatusExternalDescriptionText>Renewed.</x:MarkCurrentStatusExternalDescriptionText></x:NationalTrademarkInformation>`, "",
			func(d *record.Document) bool { return d.Status.Code == "" && d.Status.Text == "800: Renewed." }},
		{"status of the standard", `<x:MarkCurrentStatusCode>Opposition pending</x:MarkCurrentStatusCode>`, "",
			func(d *record.Document) bool {
				return d.Status.Code == "opposed" && d.Status.Text == "Opposition pending"
			}},
		{"two publications", `<x:PublicationBag><x:Publication><PublicationIdentifier>2</PublicationIdentifier><PublicationDate>2020-03-01</PublicationDate></x:Publication><x:Publication><PublicationIdentifier>1</PublicationIdentifier><PublicationDate>2019-03-01</PublicationDate></x:Publication></x:PublicationBag>`, "",
			func(d *record.Document) bool {
				return d.Published == 20200301 && d.Gazette == "2" && day(d, record.DayApproved) == 20190301
			}},
		{"two publications the other way", `<x:PublicationBag><x:Publication><PublicationDate>2019-03-01</PublicationDate></x:Publication><x:Publication><PublicationDate>2020-03-01</PublicationDate></x:Publication></x:PublicationBag>`, "",
			func(d *record.Document) bool {
				return d.Published == 20200301 && day(d, record.DayApproved) == 20190301
			}},
		{"filed after it was published", `<ApplicationDate>2021-01-01</ApplicationDate><x:PublicationBag><x:Publication><PublicationDate>2019-03-01</PublicationDate></x:Publication></x:PublicationBag>`, "date.order", nil},
		{"an event without a code", `<x:MarkEventBag><x:MarkEvent><x:MarkEventCategory>Appeal pending</x:MarkEventCategory><x:MarkEventDate>2020-01-01</x:MarkEventDate></x:MarkEvent></x:MarkEventBag>`, "",
			func(d *record.Document) bool { return d.Events[0].Code == "US:Appeal pending" && d.Issued == 20200101 }},
		{"goods of several classes", `<x:GoodsServicesBag><x:GoodsServices><x:GoodsServicesClassificationBag><x:GoodsServicesClassification><x:ClassificationKindCode>Nice</x:ClassificationKindCode><x:ClassNumber>009</x:ClassNumber></x:GoodsServicesClassification></x:GoodsServicesClassificationBag><x:ClassDescriptionBag><x:ClassDescription><x:ClassNumber>9</x:ClassNumber><x:GoodsServicesDescriptionText>a</x:GoodsServicesDescriptionText><x:GoodsServicesDescriptionText>b</x:GoodsServicesDescriptionText></x:ClassDescription><x:ClassDescription><x:ClassNumber>35</x:ClassNumber></x:ClassDescription></x:ClassDescriptionBag></x:GoodsServices></x:GoodsServicesBag>`, "",
			func(d *record.Document) bool {
				return len(d.Goods) == 2 && d.Goods[0].Class == "09" && d.Goods[0].Texts[0].Text == "a; b" && len(d.Classes) == 2
			}},
		{"an address in words", `<x:NationalRepresentative><Contact><Name><PersonName><PersonStructuredName><FirstName>三</FirstName><LastName>张</LastName></PersonStructuredName></PersonName></Name><PostalAddressBag><PostalAddress><PostalAddressText>1 Street</PostalAddressText></PostalAddress></PostalAddressBag></Contact></x:NationalRepresentative>`, "",
			func(d *record.Document) bool {
				p := d.Parties[0]
				return p.Role == record.Agent && p.Name() == "张三" && p.Address == "1 Street"
			}},
		{"a country in words", `<x:RecordAttorney><Contact><Name><EntityName>Firm</EntityName></Name><PostalAddressBag><PostalAddress><PostalStructuredAddress><AddressLineText>1 Street</AddressLineText><CityName>Town</CityName><CountryCode>UNITED STATES</CountryCode></PostalStructuredAddress></PostalAddress></PostalAddressBag></Contact></x:RecordAttorney>`, "",
			func(d *record.Document) bool {
				return d.Parties[0].Address == "1 Street, Town, UNITED STATES" && d.Parties[0].Country == ""
			}},
		{"a transfer without bags", `<x:AssignmentBag><x:Assignment><x:AssignmentRecordedDate>2020-01-01</x:AssignmentRecordedDate><x:Assignor><Contact><Name><EntityName>A</EntityName></Name></Contact></x:Assignor><x:Assignee><Contact><Name><EntityName>B</EntityName></Name></Contact></x:Assignee></x:Assignment></x:AssignmentBag>`, "",
			func(d *record.Document) bool {
				return len(d.Events[0].Parties) == 2 && d.Events[0].Parties[1].Role == record.Holder
			}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, _, err := sourcetest.Entries(Format(1), []byte(marks(american+c.body)), entry.Limits{})
			if err != nil || len(got) != 1 || got[0].Doc == nil {
				t.Fatalf("%+v, %v", got, err)
			}
			d := got[0].Doc
			if codes(d) != c.flags {
				t.Errorf("flags %q, want %q", codes(d), c.flags)
			}
			if c.check != nil && !c.check(d) {
				t.Errorf("read as %+v", *d)
			}
		})
	}
}

func TestSeveralRightsInOneApplication(t *testing.T) {
	chinese := func(n string) string {
		return `<RegistrationOfficeCode>CN</RegistrationOfficeCode><ApplicationNumber><ApplicationNumberText>` + n + `</ApplicationNumberText></ApplicationNumber>`
	}
	data := "<?xml version='1.0'?>" + marks(chinese("1"), chinese("2"), "<x:MarkCategory>Trademark</x:MarkCategory>") + "\n" + marks(chinese("3")) +
		`<dgn:DesignApplication><RegistrationOfficeCode>XX</RegistrationOfficeCode><ApplicantBag><Applicant><Contact><Name><EntityName>A</EntityName></Name></Contact></Applicant></ApplicantBag><DesignBag><Design><RegistrationNumber>1-1</RegistrationNumber></Design><Design><DesignIdentifier>D2</DesignIdentifier></Design></DesignBag></dgn:DesignApplication>`
	got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
	if err != nil || len(got) != 6 {
		t.Fatalf("%+v, %v", got, err)
	}
	var ids []string
	for i, e := range got {
		if e.Row != int64(i+1) {
			t.Errorf("entry %d has row %d", i, e.Row)
		}
		if e.Doc != nil {
			ids = append(ids, e.Doc.DocID())
		} else {
			ids = append(ids, e.Reject.Code)
		}
	}
	if diff := cmp.Diff([]string{"tm:CN1", "tm:CN2", "office.missing", "tm:CN3", "XX11", "XXD2"}, ids); diff != "" {
		t.Error(diff)
	}
	if got[5].Doc.Parties[0].Name() != "A" {
		t.Errorf("the second design has no applicant: %+v", got[5].Doc)
	}
}

func TestRecordsThatCannotBeRead(t *testing.T) {
	for _, c := range []struct{ data, code string }{
		{`<pat:PatentPublication/>`, "office.missing"},
		{`<pat:PatentPublication><com:IPOfficeCode>US</com:IPOfficeCode></pat:PatentPublication>`, "number.missing"},
		{`<pat:PatentPublication><pat:BibliographicData><pat:PatentPublicationIdentification><com:IPOfficeCode>US</com:IPOfficeCode><pat:PublicationNumber>none</pat:PublicationNumber></pat:PatentPublicationIdentification></pat:BibliographicData></pat:PatentPublication>`, "number.none"},
		{`<pat:PatentPublication><pat:BibliographicData><pat:PatentPublicationIdentification><com:IPOfficeCode>CN</com:IPOfficeCode><pat:PublicationNumber>12</pat:PublicationNumber></pat:PatentPublicationIdentification></pat:BibliographicData></pat:PatentPublication>`, "number.none"},
		{`<pat:PatentPublication><a></b></pat:PatentPublication>`, "xml.malformed"},
		{`<pat:PatentPublication><a>`, "xml.unended"},
		{`<tmk:TrademarkApplication/>`, "xml.no_record"},
		{`<tmk:TrademarkApplication><tmk:TrademarkBag><tmk:Trademark><com:RegistrationOfficeCode>US</com:RegistrationOfficeCode></tmk:Trademark></tmk:TrademarkBag></tmk:TrademarkApplication>`, "number.missing"},
		{`<dgn:DesignApplication><com:RegistrationOfficeCode>CN</com:RegistrationOfficeCode><dgn:DesignBag><dgn:Design/></dgn:DesignBag></dgn:DesignApplication>`, "number.missing"},
		{`<dgn:DesignApplication><com:RegistrationOfficeCode>CN</com:RegistrationOfficeCode><dgn:DesignBag><dgn:Design><com:RegistrationNumber>1</com:RegistrationNumber></dgn:Design></dgn:DesignBag></dgn:DesignApplication>`, "number.none"},
		{`<dgn:DesignApplication><dgn:DesignBag><dgn:Design/></dgn:DesignBag></dgn:DesignApplication>`, "office.missing"},
		{`<dgn:DesignApplication><com:RegistrationOfficeCode>XX</com:RegistrationOfficeCode><dgn:DesignBag><dgn:Design><com:RegistrationNumber>none</com:RegistrationNumber></dgn:Design></dgn:DesignBag></dgn:DesignApplication>`, "number.none"},
		{`<gin:GIApplication><gin:GIData com:officeCode="FR"/></gin:GIApplication>`, "number.missing"},
		{`<gin:GIApplication><gin:GIData/></gin:GIApplication>`, "office.missing"},
		{`<!DOCTYPE x [<!ENTITY a "b">]><gin:GIApplication>&a;</gin:GIApplication>`, "xml.entities"},
	} {
		got, _, err := sourcetest.Entries(Format(1), []byte(c.data), entry.Limits{})
		if err != nil || len(got) != 1 || got[0].Reject == nil || got[0].Reject.Code != c.code {
			t.Errorf("%s: %+v, %v", c.data, got, err)
		}
	}
	if Format(1).Detect("x", []byte(`<PatentPublication xmlns="http://example.org/">`)) {
		t.Error("an element of another namespace is known")
	}
}

func TestOtherFormsOfPatents(t *testing.T) {
	head := `<PatentPublication xmlns="http://www.wipo.int/standards/XMLSchema/ST96/Patent"><IPOfficeCode>US</IPOfficeCode><BibliographicData>`
	tail := `</BibliographicData><Claims><Claim/><Claim/></Claims></PatentPublication>`
	number := `<PatentPublicationIdentification><PublicationNumber>1234567</PublicationNumber></PatentPublicationIdentification>`
	for _, c := range []struct {
		name, body, flags string
		check             func(*record.Document) bool
	}{
		{"claims that are counted", number, "title.missing", func(d *record.Document) bool { return d.Claims == 2 && d.Kind == record.Invention }},
		{"a design", number + `<ApplicationIdentification><InventionSubjectMatterCategory>Design</InventionSubjectMatterCategory></ApplicationIdentification>`, "title.missing",
			func(d *record.Document) bool { return d.Kind == record.Design }},
		{"an application alone", `<ApplicationIdentification><ApplicationNumber><ST13ApplicationNumber>US502020123456789</ST13ApplicationNumber></ApplicationNumber></ApplicationIdentification>`, "title.missing",
			func(d *record.Document) bool { return d.Number == "" && d.Application.Number == "502020123456789" }},
		{"classes in one piece", number + `<PatentClassificationBag><IPCRClassificationBag><IPCRClassification><ClassificationVersionDate>2010-01-01</ClassificationVersionDate><PatentClassificationSymbolText>H01M10/05</PatentClassificationSymbolText></IPCRClassification><IPCRClassification><PatentClassificationText>none</PatentClassificationText></IPCRClassification></IPCRClassificationBag><IPCClassification><Edition>7</Edition><MainClassification>none</MainClassification></IPCClassification><LocarnoClassificationBag><LocarnoClassificationText>x</LocarnoClassificationText></LocarnoClassificationBag></PatentClassificationBag>`, "class.unreadable title.missing",
			func(d *record.Document) bool { return len(d.Classes) == 1 && d.Classes[0].Version == "2010.01" }},
		{"owners and free citations", number + `<PartyBag><OwnerBag><Owner><Contact><Name><EntityName>A</EntityName></Name></Contact></Owner></OwnerBag></PartyBag><ReferenceCitationBag><ReferenceCitationFreeFormat>See <I>this</I></ReferenceCitationFreeFormat></ReferenceCitationBag>`, "title.missing",
			func(d *record.Document) bool {
				return d.Principal().Role == record.Holder && d.Cited[0] == "See this"
			}},
	} {
		got, _, err := sourcetest.Entries(Format(1), []byte(head+c.body+tail), entry.Limits{})
		if err != nil || len(got) != 1 || got[0].Doc == nil {
			t.Fatalf("%s: %+v, %v", c.name, got, err)
		}
		if d := got[0].Doc; codes(d) != c.flags || !c.check(d) {
			t.Errorf("%s: flags %q, read as %+v", c.name, codes(d), *d)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, d := range invent(9, 16) {
		f.Add(written(f, d))
	}
	f.Add([]byte(marks(american, american)))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 64 << 10, XMLDepth: 30, Attributes: 30})
		for i, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) {
				t.Fatalf("entry %d is %+v", i, e)
			}
			if e.Doc == nil {
				continue
			}
			if e.Doc.Kind == "" || e.Doc.Number == "" && e.Doc.Application.Number == "" && e.Doc.Application.Raw == "" {
				t.Fatalf("entry %d is a document without a number: %+v", i, e.Doc)
			}
			back, _, err := sourcetest.Entries(Format(1), written(t, e.Doc), entry.Limits{})
			if err != nil || len(back) != 1 {
				t.Fatalf("what was read is written and cannot be read again: %+v, %v", back, err)
			}
		}
	})
}
