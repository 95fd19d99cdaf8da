package tsdr

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// reader reads one transaction of ST.66.
type reader struct {
	usfield.Notes
	data, mark, more *xmlrec.Node
	doc              *record.Document
}

func readST66(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	data := root.Local().Child("TransactionData")
	root.Child("TransactionCode")
	r := reader{data: data, mark: data.At("TradeMarkDetails", "TradeMark"), doc: &record.Document{Kind: record.Trademark}}
	r.more = r.mark.Child("TradeMarkExt")
	d := r.doc
	d.Office = r.text(r.mark, "RegistrationOfficeCode")
	raw := r.text(r.mark, "ApplicationNumber")
	d.Application = record.Application{Raw: raw, Number: usfield.MarkNumber(raw), Filed: r.day(r.mark.Child("ApplicationDate"))}
	d.Number = usfield.MarkNumber(r.text(r.mark, "RegistrationNumber"))
	switch {
	case d.Application.Number == "" && d.Number == "":
		return nil, entry.Refuse("number.missing", ierr.Args{"column": "ApplicationNumber"}, "")
	case d.Office != usfield.Office:
		return nil, entry.Refuse("uspto.number", ierr.Args{"number": entry.Clip(d.Office + raw)}, "")
	}
	r.mark.Child("FilingPlace")
	r.days()
	r.sign()
	r.goods()
	r.history()
	r.owners()
	r.facts()
	usfield.IssuedLast(d)
	d.Flags = r.List
	return d, nil
}

// text returns the text at a path.
func (r *reader) text(n *xmlrec.Node, path ...string) string { return r.Value(n.At(path...)) }

// day returns the date in n, which a zone follows.
func (r *reader) day(n *xmlrec.Node) date.Date {
	if n == nil {
		return 0
	}
	return r.DayOf(day(r.Value(n)), n.Name)
}

func (r *reader) days() {
	d := r.doc
	usfield.DayNamed(d, record.DayRegistered, r.day(r.mark.Child("RegistrationDate")))
	d.Status = usfield.MarkStatus(r.text(r.mark, "MarkCurrentStatusCode"), r.day(r.mark.Child("MarkCurrentStatusDate")))
	for _, p := range r.mark.Child("PublicationDetails").All("Publication") {
		r.Value(p.Child("PublicationIdentifier"))
		if on := r.day(p.Child("PublicationDate")); on != 0 {
			d.Published = on
			usfield.DayNamed(d, record.DayApproved, on)
		}
	}
	for _, n := range r.more.All("AdditionalMarkDetails") {
		usfield.DayNamed(d, record.DayRenewed, r.day(n.Child("RenewalDate")))
		useNo(n)
	}
}

// useNo marks what says no in n as read.
func useNo(n *xmlrec.Node) {
	if n == nil {
		return
	}
	for _, c := range n.Children {
		if c.Peek() == "false" {
			c.Use()
		}
	}
}

func (r *reader) sign() {
	n := r.mark
	words := n.Child("WordMarkSpecification")
	m := &record.Mark{Words: usfield.English(r.text(words, "MarkVerbalElementText")), Form: usfield.MarkForm(r.text(r.more, "MarkFeatureCode"))}
	n.Child("MarkFeature").Use() // the same in words
	words.Child("MarkStandardCharacterIndicator").Use()
	for _, c := range n.Child("MarkDescriptionDetails").All("MarkDescription") {
		m.Description = append(m.Description, usfield.English(r.Value(c))...)
	}
	for _, c := range n.Child("MarkDisclaimerDetails").All("MarkDisclaimer") {
		m.Disclaimer = append(m.Disclaimer, usfield.English(r.Value(c))...)
	}
	for kind := range strings.SplitSeq(strings.ToLower(r.text(n, "KindMark")), ",") {
		switch {
		case strings.Contains(kind, "collective"):
			m.Types = append(m.Types, record.MarkCollective)
		case strings.Contains(kind, "certification"):
			m.Types = append(m.Types, record.MarkCertification)
		case strings.Contains(kind, "service"):
			m.Types = append(m.Types, record.MarkService)
		}
	}
	for _, image := range n.Child("MarkImageDetails").All("MarkImage") {
		m.Colours = usfield.Join(" ", m.Colours, r.text(image, "MarkImageColourClaimedText"), r.text(image, "MarkImageColourPartClaimedText"))
		if name := r.text(image, "MarkImageFilename"); name != "" {
			r.doc.Images = append(r.doc.Images, record.Image{Use: "mark", Name: name, Format: r.text(image, "MarkImageFileFormat")})
		}
		useNo(image)
	}
	r.doc.Mark = m
	r.statement("Translation", words.Child("MarkTranslation"))
	r.statement("Transliteration", words.Child("MarkTransliteration"))
	r.statement("Distinctiveness", n.Child("TradeDistinctivenessText"))
}

func (r *reader) statement(name string, n *xmlrec.Node) {
	if text := r.Value(n); text != "" {
		usfield.FactNamed(r.doc, record.FactStatement, "en", name+": "+text)
	}
}

func (r *reader) goods() {
	list := r.mark.Child("GoodsServicesDetails")
	list.At("NationalGoodsServicesExt", "NationalClassTotalNumber").Use()
	for _, g := range list.All("GoodsServices") {
		for _, n := range g.Child("ClassDescriptionDetails").All("ClassDescription") {
			goods := record.Goods{Class: usfield.NiceClass(r.doc, r.text(n, "ClassNumber")), Texts: usfield.English(r.text(n, "GoodsServicesDescription"))}
			more := n.Child("ClassDescriptionExt")
			n.Child("ClassNumberStatusCode").Use() // the same as in words
			if state := r.text(more, "ClassNumberStatusDescriptionText"); state != "ACTIVE" {
				goods.Status = state
			}
			more.Child("PrimeClassText").Use()
			more.Child("NiceClassTitleText").Use() // the classification's own words
			basis := more.Child("FilingBasisDetails")
			goods.Since = r.day(basis.Child("FirstUseDateNumber"))
			usfield.DayNamed(r.doc, record.DayFirstUse, goods.Since)
			usfield.DayNamed(r.doc, record.DayFirstCommerce, r.day(basis.Child("FirstUseInCommerceDate")))
			r.bases(basis.Child("BasisCurrently"))
			r.doc.Goods = append(r.doc.Goods, goods)
		}
	}
}

// bases reads the present bases of filing, each once.
func (r *reader) bases(n *xmlrec.Node) {
	for _, b := range [...]struct{ element, basis string }{
		{"BasisUseIndicator", "1(a)"}, {"BasisIntentToUseIndicator", "1(b)"},
		{"BasisForeignApplicationIndicator", "44(d)"}, {"BasisForeignRegistrationIndicator", "44(e)"},
		{"BasisRequestforExtentionOfProtectionIndicator", "66(a)"}, {"BasisInternationalRegistrationIndicator", "66(a)"},
		{"BasisNoIndicator", "none"}, {"NoBasisIndicator", "none"},
	} {
		fact := record.Fact{Name: record.FactBasis, Text: b.basis}
		if r.text(n, b.element) == "true" && !stated(r.doc, fact) {
			r.doc.Facts = append(r.doc.Facts, fact)
		}
	}
}

func stated(d *record.Document, fact record.Fact) bool {
	for _, f := range d.Facts {
		if f == fact {
			return true
		}
	}
	return false
}

// facts reads what the office adds to the standard.
func (r *reader) facts() {
	d, n := r.doc, r.more
	if register := r.text(n, "RegisterCategory"); register != "" && d.Number != "" {
		usfield.FactNamed(d, record.FactRegister, "", strings.ToLower(register))
	}
	usfield.FactNamed(d, record.FactLocation, "en", r.text(n, "OfficeDetails", "CurrentLocationText"))
	r.bases(n.At("FilingBasisDetails", "BasisCurrently"))
	for _, when := range [...]string{"BasisWhenFiled", "BasisAmended"} {
		useNo(n.At("FilingBasisDetails", when))
	}
	useNo(n.Child("AdditionalInformation"))
	r.statement("Amendment to the certificate", n.Child("AmentmentToRegistationCertificateText"))
	r.statement("Certificate of correction", n.Child("CertificateCorrectingRegistrationText"))
	for _, m := range n.All("AdditionalMarkDetails") {
		r.statement("Restriction", m.Child("RestrictionStatementText"))
	}
	r.statement("State", n.Child("MarkCurrentStatusExternalDescriptionText"))
	for _, m := range n.All("RelatedMarkDetails") {
		r.Value(m.Child("RelationshipKindText"))
		number := r.text(m, "InternationalRegistrationNumber")
		if number == "" {
			number = r.text(m, "InternationalApplicationNumber")
		}
		usfield.AddFiling(d, record.Filing{Relation: record.RelInternational, Office: "WO", Number: number})
	}
	for _, p := range r.mark.Child("PriorityDetails").All("Priority") {
		more := p.Child("PriorityExt")
		on := r.day(p.Child("PriorityDate"))
		if on == 0 {
			on = r.day(more.Child("ForeignApplicationFilingDate"))
		}
		r.text(more, "ForeignPriorityClaimedIndicator")
		more.Child("PriorityCountryName").Use()
		usfield.AddFiling(d, record.Filing{Relation: record.RelPriority, Office: r.text(p, "PriorityCountryCode"), Number: r.text(p, "PriorityNumber"), Date: on})
	}
}
