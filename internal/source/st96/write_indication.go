package st96

import (
	"cmp"

	"onewindow/internal/record"
)

// indication writes a GIApplication.
func (w *xmlWriter) indication(d *record.Document) {
	lang := defaultLanguage(d.Office)
	if len(d.Titles) > 0 {
		lang = d.Titles[0].Lang
	}
	w.root("GIApplication", "gin", "GeographicalIndication", "xmlns:tmk", namespace+"Trademark")
	defer w.end()
	w.in("gin:GIData", func() { w.indicationData(d) }, "com:officeCode", d.Office, "com:languageCode", lang)
	for _, p := range byRole(d.Parties, record.Group) {
		w.in("gin:AuthorizedUser", func() { w.contacts(p) })
	}
	w.in("gin:ApplicantBag", func() {
		for i, p := range byRole(d.Parties, record.Applicant, record.Holder) {
			w.in("gin:Applicant", func() {
				w.leaf("com:PartyIdentifier", p.Ident)
				w.contacts(p)
			}, "com:sequenceNumber", place(i))
		}
	})
	w.representatives(d)
	w.priorities("gin:GIPriorityBag", "gin:GIPriority", d)
	for i, f := range factsOf(d, record.FactProtection) {
		w.leaf("gin:NationalProtectionDescriptionText", f.Text, "com:languageCode", f.Lang, "com:sequenceNumber", place(i))
	}
}

func (w *xmlWriter) indicationData(d *record.Document) {
	w.in("com:ApplicationNumber", func() { w.leaf("com:ApplicationNumberText", writtenApplication(d)) })
	w.day("com:ApplicationDate", d.Application.Filed)
	w.leaf("com:RegistrationNumber", d.Number)
	w.day("com:RegistrationDate", dayOf(d, record.DayRegistered))
	w.in("gin:GINameBag", func() {
		for i, t := range d.Titles[:min(len(d.Titles), 1)] {
			w.leaf("gin:GINameText", t.Text, "com:languageCode", t.Lang, "com:sequenceNumber", place(i))
		}
		for i, f := range factsOf(d, record.FactForeignName) {
			w.leaf("gin:GINameTransliterationText", f.Text, "com:languageCode", f.Lang, "com:sequenceNumber", place(i))
		}
		for i, t := range d.Titles[min(len(d.Titles), 1):] {
			w.leaf("gin:GINameTranslationText", t.Text, "com:languageCode", t.Lang, "com:sequenceNumber", place(i))
		}
	})
	w.in("gin:ProductIndicationBag", func() { w.products(d) })
	w.in("gin:FeatureDescriptionBag", func() {
		for _, f := range factsOf(d, record.FactDescription) {
			w.in("gin:FeatureDescription", func() { w.leaf("gin:FeatureDescriptionText", f.Text, "com:languageCode", f.Lang) })
		}
	})
	w.in("gin:GeographicRegionDescriptionBag", func() {
		for i, f := range factsOf(d, record.FactArea) {
			w.in("gin:GeographicRegionDescription", func() {
				w.leaf("gin:GeographicRegionDescriptionText", f.Text, "com:languageCode", f.Lang, "com:sequenceNumber", place(i))
			})
		}
	})
	scheme := ""
	if list := factsOf(d, record.FactScheme); len(list) > 0 {
		scheme = theirs(indicationSchemes, list[0].Text)
	}
	w.leaf("gin:GICategory", cmp.Or(scheme, "Geographical Indication"))
	if list := factsOf(d, record.FactAnnouncement); len(list) > 0 {
		w.leaf("com:RecordIdentifier", list[0].Text)
	}
	w.publications("gin:GIPublicationBag", "gin:GIPublication", d)
	if d.Status != nil {
		w.leaf("gin:GIStatusCategory", theirs(indicationStates, d.Status.Code))
	}
	w.day("com:ExpiryDate", dayOf(d, record.DayExpires))
}

// products writes the goods of an indication, and its product classes as
// national ones.
func (w *xmlWriter) products(d *record.Document) {
	w.goods(d)
	var classes []string
	for _, c := range byScheme(d, record.Product) {
		classes = append(classes, c.Symbol)
	}
	if len(classes) > 0 {
		w.in("tmk:GoodsServices", func() { w.goodsClasses(nil, classes) })
	}
}
