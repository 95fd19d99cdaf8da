package st96

import (
	"slices"
	"strings"
	"unicode"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// name is somebody's name in the forms that one Name element gives.
type name struct{ person, organisation, entity string }

func nameOf(n *xmlrec.Node) name {
	out := name{
		organisation: n.At("OrganizationName", "OrganizationStandardName").Value(),
		entity:       n.Child("EntityName").Value(),
	}
	if n.Child("PersonName") != nil {
		out.person = personName(n.Child("PersonName"))
	}
	return out
}

// personName puts a person's name together, the last name first where it is Chinese.
func personName(n *xmlrec.Node) string {
	if full := n.Child("PersonFullName").Value(); full != "" {
		return full
	}
	n = n.Child("PersonStructuredName")
	first, last := n.Child("FirstName").Value(), n.Child("LastName").Value()
	if strings.IndexFunc(last, func(c rune) bool { return unicode.Is(unicode.Han, c) }) == 0 {
		return last + first
	}
	var parts []string
	for _, p := range [...]string{n.Child("NamePrefix").Value(), first, n.Child("MiddleName").Value(), last, n.Child("SecondLastName").Value(), n.Child("NameSuffix").Value()} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " ")
}

// party reads somebody in a role. Contacts of one party name it in several
// languages; the first address is the party's.
func (r *reader) party(n *xmlrec.Node, role record.Role) (p record.Party, natural bool) {
	n.Attr("sequenceNumber")
	n.Attr("id")
	p = record.Party{Role: role, Ident: n.Child("PartyIdentifier").Value()}
	if len(n.All("Contact", "PublicationContact")) == 0 && n.Child("Name") != nil {
		natural = r.named(&p, n)
	}
	for _, c := range n.All("Contact", "PublicationContact") {
		if r.named(&p, c) {
			natural = true
		}
		r.address(&p, c)
	}
	for _, code := range [...]string{"NationalityCode", "IncorporationCountryCode", "ResidenceCountryCode"} {
		if v := n.Child(code).Value(); p.Country == "" && len(v) == 2 {
			p.Country = v
		}
	}
	return p, natural
}

// named adds the name that a contact gives, and tells whether it is a person's.
func (r *reader) named(p *record.Party, contact *xmlrec.Node) (natural bool) {
	n := contact.Child("Name")
	tag := r.language(contact)
	if own := n.Child("EntityName").Attr("languageCode"); own != "" {
		tag = strings.ToLower(own)
	}
	names := nameOf(n)
	text := names.organisation
	if text == "" {
		text = names.entity
	}
	if text == "" {
		text, natural = names.person, names.person != ""
	}
	for _, other := range [...]string{names.entity, names.person} {
		if other != "" && other != text {
			r.Add("name.several", n.Name, other)
		}
	}
	if text != "" && !slices.ContainsFunc(p.Names, func(t record.Text) bool { return t.Lang == tag }) {
		p.Names = append(p.Names, record.Text{Lang: tag, Text: text})
	}
	return natural
}

// address reads the address of a contact, where the party has none yet.
func (r *reader) address(p *record.Party, contact *xmlrec.Node) {
	if p.Address != "" || p.Region != "" || p.Country != "" || p.Postcode != "" {
		return
	}
	bag := contact.At("PostalAddressBag", "PostalAddress")
	at := bag.Child("PostalStructuredAddress")
	if at == nil {
		at = contact // PublicationContact has the place without an address around it
	}
	var lines []string
	for _, n := range append(bag.All("PostalAddressText"), append(at.All("AddressLineText"), at.All("CityName")...)...) {
		n.Attr("sequenceNumber")
		if v := n.Value(); v != "" {
			lines = append(lines, v)
		}
	}
	p.Region = at.Child("GeographicRegionName").Value()
	at.Child("GeographicRegionName").Attr("geographicRegionCategory")
	p.Postcode = at.Child("PostalCode").Value()
	if v := at.Child("CountryCode").Value(); len(v) == 2 {
		p.Country = v
	} else if v != "" {
		lines = append(lines, v)
	}
	p.Address = strings.Join(lines, ", ")
}

// agents reads representatives: a person is an agent, anything else an agency.
func (r *reader) agents(list []*xmlrec.Node) {
	for _, n := range list {
		p, natural := r.party(n, record.Agency)
		if natural {
			p.Role = record.Agent
		}
		if id := n.Child("RegisteredPractitionerRegistrationNumber").Value(); p.Ident == "" {
			p.Ident = id
		}
		n.Child("RegisteredPractitionerCategory", "RepresentativeCategory")
		r.keep(p)
	}
}

// keep adds a party that has a name or an address to the document.
func (r *reader) keep(p record.Party) {
	if len(p.Names) > 0 || p.Address != "" {
		r.doc.Parties = append(r.doc.Parties, p)
	}
}
