package st96

import (
	"regexp"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// readPatent reads a PatentPublication.
func readPatent(root, _ *xmlrec.Node) (*record.Document, *entry.Reject) {
	bib := root.Child("BibliographicData")
	bib.Attr("st96Version")
	r := &reader{doc: &record.Document{}}
	id := bib.Child("PatentPublicationIdentification")
	office, reject := officeOf(id.Child("IPOfficeCode").Value(), root.Child("IPOfficeCode").Value())
	if reject != nil {
		return nil, reject
	}
	if r.lang = strings.ToLower(root.Attr("languageCode")); r.lang == "" {
		r.lang = defaultLanguage(office)
	}
	app := bib.Child("ApplicationIdentification")
	category := app.Child("InventionSubjectMatterCategory").Value()
	d := r.doc
	_, raw := number(app.Child("ApplicationNumber"))
	if d.Office = office; id != nil || raw == "" {
		reject = r.identify(office, id.Child("PublicationNumber").Value(), id.Child("PatentDocumentKindCode").Value(), category)
	} else if d.Kind = record.KindOfApplicationCN(r.applicationNumber(office, raw)); d.Kind == "" {
		d.Kind = exchange.Kind(record.Publication{Office: office})
	}
	if reject != nil {
		return nil, reject
	}
	d.Published = r.day(id.Child("PublicationDate"))
	if stated := root.Attr("documentPublicationDate"); d.Published == 0 {
		d.Published = cnfield.Day(stated, "documentPublicationDate", &r.Flags)
	}
	if d.Issued = cnfield.Day(root.Attr("creationDate"), "creationDate", &r.Flags); d.Issued == 0 {
		d.Issued = d.Published
	}
	app.Child("IPOfficeCode").Use()
	r.application(app)
	r.patentClasses(bib.Child("PatentClassificationBag"))
	d.Titles = r.texts(bib.Child("InventionTitleBag").All("InventionTitle"), " ")
	for _, n := range bib.Child("InventionTitleBag").All("InventionTitle") {
		n.Attr("inventionTitleCategory")
	}
	for _, n := range root.All("Abstract") {
		n.Attr("id")
		tag := r.language(n)
		for _, t := range r.texts(n.All("P"), "\n") {
			d.Abstracts = append(d.Abstracts, record.Text{Lang: tag, Text: t.Text})
		}
		for _, p := range n.All("P") {
			p.Attr("pNumber")
		}
	}
	r.related(bib)
	r.citations(bib.Child("ReferenceCitationBag"))
	r.patentParties(bib.Child("PartyBag"))
	if d.Claims = quantity(bib.Child("ClaimTotalQuantity")); d.Claims == 0 {
		d.Claims = claims(root.Child("Claims"))
	}
	for _, n := range bib.Child("PublicAvailabilityDataBag").All("GazetteReference") {
		if day := r.day(n.Child("PublicationDate")); day == d.Published {
			d.Gazette = n.Child("GazetteNumber").Value()
		}
	}
	for _, part := range bib.Child("StateDesignation").All("RegionalDesignation", "NationalDesignation") {
		part.Child("RegionalOfficeCode")
		for _, c := range part.All("DesignatedCountryCode") {
			r.fact(record.FactDesignated, "", c.Value())
		}
	}
	r.add(record.DayNational, r.day(bib.Child("PCTNationalPhaseEntryDate")))
	r.drawings(root.Child("Drawings"))
	if len(d.Titles) == 0 {
		r.Add("title.missing", "InventionTitle", "")
	}
	return r.finish(), nil
}

// identify fills in the publication number and the kind of right.
func (r *reader) identify(office, number, code, category string) *entry.Reject {
	if number == "" {
		return entry.Refuse("number.missing", ierr.Args{"column": "PublicationNumber"}, "")
	}
	p, reject := publicationOf(office, number, code)
	if reject != nil {
		return reject
	}
	d := r.doc
	d.Office, d.Number, d.Code, d.Kind = p.Office, p.Digits, p.Code, exchange.Kind(p)
	if category == "Design" {
		d.Kind = record.Design
	}
	return nil
}

// publicationOf normalises a publication number as the EPO's files have it, so
// that what both state meets.
func publicationOf(office, number, code string) (record.Publication, *entry.Reject) {
	p, err := exchange.Publication(office, number, code)
	if err != nil || digits(p.Digits) == "" || office == "CN" && p.Kind() == "" {
		return p, entry.Refuse("number.none", ierr.Args{"number": entry.Clip(office + number + code)}, "")
	}
	return p, nil
}

func (r *reader) application(n *xmlrec.Node) {
	d := r.doc
	_, raw := number(n.Child("ApplicationNumber"))
	d.Application.Raw = raw
	d.Application.Number = r.applicationNumber(d.Office, raw)
	d.Application.Filed = r.day(n.Child("FilingDate"))
}

// pctNumber is the number of an international application.
var pctNumber = regexp.MustCompile(`^PCT/[A-Z]{2}[0-9]{4}/[0-9]{6}$`)

// applicationNumber normalises a patent application number: China's with its
// check digit, the European Patent Office's without, international ones as they
// are printed, others in digits.
func (r *reader) applicationNumber(office, raw string) string {
	switch {
	case office == "CN":
		return cnfield.Application(raw, "ApplicationNumberText", &r.Flags)
	case office == "WO" && pctNumber.MatchString(raw):
		return raw
	case office == "EP":
		raw, _, _ = strings.Cut(raw, ".")
	}
	return digits(raw)
}

// relations names the related documents that have a parent, by their element.
var relations = []struct{ element, relation string }{
	{"Addition", record.RelAddition},
	{"Division", record.RelDivisional},
	{"Continuation", record.RelContinues},
	{"PartialContinuation", record.RelPart},
	{"Reissue", record.RelReissue},
	{"ContinuingReissue", record.RelReissue},
	{"DivisionalReissue", record.RelReissue},
	{"Reexamination", record.RelReexamined},
	{"Substitution", record.RelDomestic},
	{"Substitution", record.RelSubstitutes},
	{"UtilityModelBasis", record.RelBasedOn},
}

// related reads the other filings that a publication names.
func (r *reader) related(bib *xmlrec.Node) {
	for _, n := range bib.Child("PriorityClaimBag").All("PriorityClaim") {
		n.Attr("sequenceNumber")
		_, text := number(n.Child("ApplicationNumber"))
		n.Child("ApplicationFilingCategory")
		r.filing(record.Filing{Relation: record.RelPriority, Office: n.Child("IPOfficeCode").Value(), Number: text, Date: r.day(n.Child("FilingDate"))})
	}
	bag := bib.Child("RelatedDocumentBag")
	for _, rel := range relations {
		if rel.element == "Substitution" && (rel.relation == record.RelSubstitutes) != (r.doc.Office == "US") {
			continue // in the United States it is a substitute, elsewhere a domestic priority, (66)
		}
		for _, n := range bag.All(rel.element) {
			parent := n.Child("ParentDocument")
			r.identified(rel.relation, parent.Child("PatentDocumentIdentification"))
			r.identified(record.RelPCT, parent.Child("PCTDocumentParent"))
			n.Child("ChildDocument").Use() // the document itself
		}
	}
	for _, n := range bag.All("ProvisionalApplication") {
		r.identified(record.RelProvision, n.Child("PatentDocumentIdentification"))
	}
	for _, n := range bag.All("RelatedPublication") {
		for _, id := range n.All("PatentDocumentIdentification") {
			r.identified(record.RelEarlier, id)
		}
	}
	for _, n := range bib.All("InternationalFilingData") {
		r.identified(record.RelPCT, n)
		if day := r.day(n.Child("NationalStageFilingDate")); day != 0 {
			r.filing(record.Filing{Relation: record.RelNational, Date: day})
		}
	}
	for _, n := range bib.All("InternationalPublishingData") {
		r.identified(record.RelPCTPub, n.Child("PatentDocumentIdentification"))
	}
}

// identified keeps the filings that an identification names.
func (r *reader) identified(relation string, n *xmlrec.Node) {
	for _, id := range n.All("ApplicationIdentification") {
		_, text := number(id.Child("ApplicationNumber"))
		r.filing(record.Filing{Relation: relation, Office: id.Child("IPOfficeCode").Value(), Number: text, Date: r.day(id.Child("FilingDate"))})
	}
	for _, id := range n.All("PatentPublicationIdentification", "PatentGrantIdentification") {
		r.filing(record.Filing{Relation: relation, Office: id.Child("IPOfficeCode").Value(), Number: id.Child("PublicationNumber", "GrantNumber").Value(),
			Code: id.Child("PatentDocumentKindCode").Value(), Date: r.day(id.Child("PublicationDate", "GrantDate"))})
	}
}

func (r *reader) citations(bag *xmlrec.Node) {
	for _, n := range bag.All("ReferenceCitation") {
		n.Attr("citingPartyCategory")
		if c := n.Child("PatentCitation"); c != nil {
			c.Attr("sequenceNumber")
			for _, id := range c.All("CitedPatentDocumentIdentification") {
				r.cited(id)
			}
			r.print(c.Child("PatentCitationText").Value())
		}
		if c := n.Child("NPLCitation"); c != nil {
			c.Attr("sequenceNumber")
			r.print(c.Child("NPLCitationText").Value())
		}
	}
	for _, n := range bag.All("ReferenceCitationFreeFormat") {
		r.print(n.Text(nil))
	}
}

func (r *reader) patentParties(bag *xmlrec.Node) {
	for _, list := range [...]struct {
		bag, each string
		role      record.Role
	}{
		{"ApplicantBag", "Applicant", record.Applicant},
		{"InventorBag", "Inventor", record.Inventor},
		{"OwnerBag", "Owner", record.Holder},
		{"AssigneeBag", "Assignee", record.Holder},
	} {
		for _, n := range bag.Child(list.bag).All(list.each) {
			p, _ := r.party(n, list.role)
			n.Child("ApplicantCategory")
			r.keep(p)
		}
	}
	r.agents(bag.Child("RegisteredPractitionerBag").All("RegisteredPractitioner"))
}

// drawings reads the pictures of the drawings.
func (r *reader) drawings(n *xmlrec.Node) {
	n.Attr("id")
	for _, page := range n.All("PageImage") {
		page.Attr("id")
		if file := page.Child("FileName").Value(); file != "" {
			r.doc.Images = append(r.doc.Images, record.Image{Use: "drawing", Name: file, Format: page.Child("ImageFormatCategory").Value()})
		}
	}
}

// patentClasses reads IPC in both its forms, CPC, Locarno and the classes of the
// United States.
func (r *reader) patentClasses(bag *xmlrec.Node) {
	for _, n := range bag.Child("IPCRClassificationBag").All("IPCRClassification") {
		n.Attr("sequenceNumber")
		r.symbol(record.IPC, n)
	}
	for _, n := range bag.All("IPCClassification") {
		edition := n.Child("Edition").Value()
		for _, s := range n.All("MainClassification", "FurtherClassification") {
			if c, err := record.ParseIPC(s.Value()); err == nil {
				c.Version = edition
				r.class(c)
			} else {
				r.Add("class.unreadable", s.Name, s.Value())
			}
		}
	}
	cpc := bag.Child("CPCClassificationBag")
	for _, part := range [...]*xmlrec.Node{cpc.Child("MainCPC"), cpc.Child("FurtherCPC")} {
		for _, n := range part.All("CPCClassification") {
			r.symbol(record.CPC, n)
		}
		for _, set := range part.All("CPCCombinationSet") {
			for _, rank := range set.All("CPCCombinationRank") {
				r.symbol(record.CPC, rank.Child("CPCClassification"))
			}
		}
	}
	r.locarno(bag)
	r.national(bag.All("NationalClassification"))
}

// locarno reads Locarno classes with their edition.
func (r *reader) locarno(bag *xmlrec.Node) {
	for _, n := range bag.All("LocarnoClassificationBag") {
		edition := n.Child("LocarnoClassificationEdition").Value()
		for _, s := range append(n.All("LocarnoClassificationText"), n.All("LocarnoClassification")...) {
			c, err := record.ParseLocarno(s.Value())
			if err != nil {
				r.Add("class.unreadable", s.Name, s.Value())
				continue
			}
			if c.Version == "" {
				c.Version = edition
			}
			r.class(c)
		}
	}
}

// national reads national classes; those of the United States have a scheme.
func (r *reader) national(list []*xmlrec.Node) {
	for _, n := range list {
		if n.Child("IPOfficeCode").Value() != "US" {
			continue
		}
		for _, s := range n.All("MainNationalClassification", "FurtherNationalClassification") {
			symbol := s.Child("NationalClass").Value()
			if sub := s.Child("NationalSubclass").Value(); sub != "" {
				symbol += "/" + sub
			}
			r.class(record.Class{Scheme: record.USPC, Symbol: symbol})
		}
	}
}

// symbol reads one symbol of IPC or CPC from its parts or in one piece.
func (r *reader) symbol(scheme record.Scheme, n *xmlrec.Node) {
	if n == nil {
		return
	}
	c := record.Class{Scheme: scheme, Symbol: n.Child("PatentClassificationSymbolText").Value()}
	if free := n.Child("PatentClassificationText").Value(); free != "" {
		parsed, err := record.ParseIPC(free)
		if err != nil {
			r.Add("class.unreadable", n.Name, free)
			return
		}
		c = parsed
		c.Scheme = scheme
	}
	if section := n.Child("Section", "CPCSection").Value(); section != "" {
		c.Symbol = section + n.Child("Class").Value() + n.Child("Subclass").Value() + n.Child("MainGroup").Value()
		if sub := n.Child("Subgroup").Value(); sub != "" {
			c.Symbol += "/" + sub
		}
	}
	if day := n.Child("ClassificationVersionDate").Value(); len(day) >= 7 {
		c.Version = day[:4] + "." + day[5:7]
	}
	if c.Value == "" {
		c.Value = value(n.Child("IPCClassificationValueCode", "CPCClassificationValueCode").Value())
	}
	for _, name := range [...]string{"PatentClassificationLevelCode", "SymbolPositionCode", "ActionDate", "IPCClassificationStatusCode",
		"CPCClassificationStatusCode", "PatentClassificationDataSourceCode", "GeneratingOfficeCode"} {
		n.Child(name)
	}
	r.class(c)
}

// value turns CPC's letter for additional information into IPC's.
func value(code string) string {
	if code == "A" {
		return "N"
	}
	if slices.Contains([]string{"I", "N"}, code) {
		return code
	}
	return ""
}

// claims returns how many claims an element holds that was passed over.
func claims(n *xmlrec.Node) int {
	if n == nil {
		return 0
	}
	n.Attr("id")
	return n.Count
}
