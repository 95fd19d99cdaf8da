package st96

import (
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// readIndication reads a GIApplication. Its authorised users are the producers
// who may use the indication.
func readIndication(root, _ *xmlrec.Node) (*record.Document, *entry.Reject) {
	n := root.Child("GIData")
	appNode := n.Child("ApplicationNumber")
	if appNode == nil {
		appNode = root.Child("ApplicationNumber")
	}
	appOffice, raw := number(appNode)
	office, reject := officeOf(n.Attr("officeCode"), root.Attr("officeCode"), appOffice)
	if reject != nil {
		return nil, reject
	}
	d := &record.Document{Office: office, Kind: record.Indication}
	r := &reader{doc: d, lang: strings.ToLower(n.Attr("languageCode"))}
	if r.lang == "" {
		r.lang = defaultLanguage(office)
	}
	d.Number = record.RegistrationNumber(d.Kind, n.Child("RegistrationNumber").Value())
	d.Application = record.Application{Raw: raw, Number: record.RegistrationNumber(d.Kind, raw), Filed: r.day(n.Child("ApplicationDate"))}
	if day := r.day(root.Child("ApplicationDate")); d.Application.Filed == 0 {
		d.Application.Filed = day
	}
	if d.Number == "" && d.Application.Number == "" {
		return nil, entry.Refuse("number.missing", ierr.Args{"column": "RegistrationNumber"}, "")
	}
	names := n.Child("GINameBag")
	d.Titles = r.texts(names.All("GINameText", "GINameRichText", "GINameTranslationText"), " ")
	for _, t := range r.texts(names.All("GINameTransliterationText"), " ") {
		r.fact(record.FactForeignName, t.Lang, t.Text)
	}
	for _, g := range n.Child("ProductIndicationBag").All("GoodsServices") {
		r.goods(g, record.Product)
	}
	r.indicationFacts(root, n)
	r.add(record.DayRegistered, r.day(n.Child("RegistrationDate")))
	r.add(record.DayExpires, r.day(n.Child("ExpiryDate")))
	if word := n.Child("GIStatusCategory").Value(); word != "" {
		d.Status = &record.Status{Code: ours(indicationStates, word), Text: word}
	}
	for _, from := range [...]*xmlrec.Node{n, root} {
		for _, p := range from.Child("GIPublicationBag").All("GIPublication") {
			r.publication(p)
		}
	}
	r.priorities(root.Child("GIPriorityBag"), "GIPriority")
	for _, p := range root.Child("ApplicantBag").All("Applicant") {
		who, _ := r.party(p, record.Applicant)
		r.keep(who)
	}
	for _, p := range append(n.All("AuthorizedUser"), root.All("AuthorizedUser")...) {
		who, _ := r.party(p, record.Group)
		r.keep(who)
	}
	r.agents(root.Child("RepresentativeBag").All("Representative"))
	if len(d.Titles) == 0 {
		r.Add("title.missing", "GINameText", "")
	}
	return r.finish(), nil
}

// indicationFacts reads what only indications have.
func (r *reader) indicationFacts(root, n *xmlrec.Node) {
	r.fact(record.FactScheme, "", ours(indicationSchemes, n.Child("GICategory").Value()))
	r.fact(record.FactAnnouncement, "", n.Child("RecordIdentifier").Value())
	for _, f := range n.Child("FeatureDescriptionBag").All("FeatureDescription") {
		for _, t := range r.texts(f.All("FeatureDescriptionText", "MainFeatureDescriptionText"), "\n") {
			r.fact(record.FactDescription, t.Lang, t.Text)
		}
	}
	for _, g := range n.Child("GeographicRegionDescriptionBag").All("GeographicRegionDescription") {
		for _, t := range g.All("GeographicRegionDescriptionText") {
			t.Attr("geographicRegionDescriptionCategory")
		}
		for _, t := range r.texts(g.All("GeographicRegionDescriptionText"), "\n") {
			r.fact(record.FactArea, t.Lang, t.Text)
		}
	}
	for _, t := range r.texts(root.All("NationalProtectionDescriptionText"), "\n") {
		r.fact(record.FactProtection, t.Lang, t.Text)
	}
}
