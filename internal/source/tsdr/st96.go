package tsdr

import (
	"slices"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/st96"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// readST96 reads a mark by the standard, and then what this office means by
// elements in a way of its own.
func readST96(n *xmlrec.Node) (*record.Document, *entry.Reject) {
	n.Local()
	if office := n.Child("RegistrationOfficeCode").Value(); office != usfield.Office {
		return st96.Trademark(n)
	}
	d, reject := st96.Trademark(n)
	if reject != nil {
		return nil, reject
	}
	r := reader{mark: n, more: n.Child("NationalTrademarkInformation"), doc: d}
	d.Number, d.Application.Number = usfield.MarkNumber(d.Number), usfield.MarkNumber(d.Application.Number)
	d.Gazette = "" // the name of the gazette, not the number of an issue
	d.Status = usfield.MarkStatus(r.text(n, "MarkCurrentStatusCode"), r.day(n.Child("MarkCurrentStatusDate")))
	usfield.DayNamed(d, record.DayApproved, d.Published)
	r.ownersST96()
	r.goodsST96()
	r.factsST96()
	usfield.IssuedLast(d)
	d.Flags = append(d.Flags, r.List...)
	return d, nil
}

// ownersST96 reads the owners anew: the number of their place in the list is the
// type by which the office orders them.
func (r *reader) ownersST96() {
	d := r.doc
	agents := slices.DeleteFunc(d.Parties, func(p record.Party) bool {
		return p.Role == record.Holder || p.Role == record.Applicant || p.Role == record.Former
	})
	var list []usfield.Owner
	for _, n := range r.mark.Child("ApplicantBag").All("Applicant") {
		contact := n.Child("Contact")
		name := r.text(contact, "Name", "EntityName")
		if name == "" {
			name = r.text(contact, "Name", "OrganizationName", "OrganizationStandardName")
		}
		if name == "" {
			name = r.text(contact, "Name", "PersonName", "PersonFullName")
		}
		at := contact.At("PostalAddressBag", "PostalAddress", "PostalStructuredAddress")
		var lines []string
		for _, line := range at.All("AddressLineText") {
			line.Attr("sequenceNumber")
			lines = append(lines, r.Value(line))
		}
		p := record.Party{Names: usfield.English(name), Region: r.text(at, "GeographicRegionName"), Postcode: r.text(at, "PostalCode"),
			Country: r.Country(r.text(at, "CountryCode"), "CountryCode")}
		p.Address = usfield.Join(", ", append(lines, r.text(at, "CityName"), p.Region)...)
		list = append(list, usfield.Owner{Party: p, Type: n.Attr("sequenceNumber")})
	}
	d.Parties = nil
	usfield.AddOwners(d, list)
	d.Parties = append(d.Parties, agents...)
}

// goodsST96 puts together what is said of one class in several elements. A class
// that is active has no state of its own.
func (r *reader) goodsST96() {
	var list []record.Goods
	for _, g := range r.doc.Goods {
		if g.Status == "ACTIVE" {
			g.Status = ""
		}
		usfield.DayNamed(r.doc, record.DayFirstUse, g.Since)
		i := slices.IndexFunc(list, func(have record.Goods) bool { return have.Class == g.Class })
		if i < 0 {
			list = append(list, g)
			continue
		}
		have := &list[i]
		have.Texts = append(have.Texts, g.Texts...)
		if have.Status == "" {
			have.Status = g.Status
		}
		if have.Since == 0 {
			have.Since = g.Since
		}
	}
	r.doc.Goods = list
}

// factsST96 reads what the office adds to the standard.
func (r *reader) factsST96() {
	d := r.doc
	if register := strings.ToLower(r.text(r.more, "RegisterCategory")); register != "" && d.Number != "" {
		if register == "primary" {
			register = "principal"
		}
		usfield.FactNamed(d, record.FactRegister, "", register)
	}
	usfield.FactNamed(d, record.FactLocation, "en", r.text(r.more, "NationalCaseLocation", "CurrentLocationText"))
	r.bases(r.mark.At("NationalFilingBasis", "CurrentBasis"))
	var told usfield.Notes // what is wrong with these dates is flagged already
	for _, g := range r.mark.Child("GoodsServicesBag").All("GoodsServices") {
		basis := g.Child("NationalFilingBasis")
		r.bases(basis.Child("CurrentBasis"))
		usfield.DayNamed(d, record.DayFirstCommerce, told.DayOf(day(basis.Child("FirstUsedCommerceDate").Value()), ""))
	}
	for _, basis := range [...]string{"FilingBasis", "AmendedBasis"} {
		useNo(r.mark.At("NationalFilingBasis", basis))
	}
	useNo(r.more)
	r.statement("Amendment to the certificate", r.more.Child("RegistationCertificateAmendmentText"))
	r.statement("Restriction", r.more.Child("RestrictionStatementText"))
	r.statement("State", r.more.Child("MarkCurrentStatusExternalDescriptionText"))
	words := r.mark.At("MarkRepresentation", "MarkReproduction", "WordMarkSpecification")
	words.Child("MarkStandardCharacterIndicator").Use()
	r.statement("Translation", words.Child("MarkTranslationText"))
	r.statement("Transliteration", words.Child("MarkTransliteration"))
	for _, m := range r.mark.Child("AssociatedMarkBag").All("AssociatedMark") {
		if !strings.HasPrefix(r.text(m, "AssociationCategory"), "International") {
			continue
		}
		number := r.text(m, "InternationalApplicationNumber", "ApplicationNumberText")
		if number == "" {
			number = r.text(m, "ApplicationNumber", "ApplicationNumberText")
		}
		r.text(m, "ApplicationNumber", "IPOfficeCode")
		usfield.AddFiling(d, record.Filing{Relation: record.RelInternational, Office: "WO", Number: number})
	}
}
