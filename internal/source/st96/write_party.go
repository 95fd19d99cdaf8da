package st96

import "onewindow/internal/record"

// nameForm is the form that a name is written in.
type nameForm int

const (
	entityName       nameForm = iota // a person or a body, which nobody knows
	personFullName                   // a person
	organisationName                 // a body
)

// formOf returns the form of the names of a role: inventors and agents are
// people, agencies are firms.
func formOf(role record.Role) nameForm {
	switch role {
	case record.Inventor, record.Agent:
		return personFullName
	case record.Agency:
		return organisationName
	}
	return entityName
}

func (w *xmlWriter) name(text string, form nameForm) {
	w.in("com:Name", func() {
		switch form {
		case personFullName:
			w.in("com:PersonName", func() { w.leaf("com:PersonFullName", text) })
		case organisationName:
			w.in("com:OrganizationName", func() { w.leaf("com:OrganizationStandardName", text) })
		default:
			w.leaf("com:EntityName", text)
		}
	})
}

// contacts writes a contact for each name of a party, the address in the first.
func (w *xmlWriter) contacts(p *record.Party) {
	names := p.Names
	if len(names) == 0 {
		names = []record.Text{{}}
	}
	for i, n := range names {
		w.in("com:Contact", func() {
			w.name(n.Text, formOf(p.Role))
			if i == 0 {
				w.address(p)
			}
		}, "com:languageCode", n.Lang)
	}
}

// published writes a party of a patent publication: without an address as the
// publication names it, with one as a contact.
func (w *xmlWriter) published(p *record.Party) {
	if p.Address != "" || p.Postcode != "" || len(p.Names) == 0 {
		w.contacts(p)
		return
	}
	for i, n := range p.Names {
		w.in("com:PublicationContact", func() {
			w.name(n.Text, formOf(p.Role))
			if i == 0 {
				w.leaf("com:GeographicRegionName", p.Region)
				w.leaf("com:CountryCode", p.Country)
			}
		}, "com:languageCode", n.Lang)
	}
}

func (w *xmlWriter) address(p *record.Party) {
	w.in("com:PostalAddressBag", func() {
		w.in("com:PostalAddress", func() {
			w.in("com:PostalStructuredAddress", func() {
				w.leaf("com:AddressLineText", p.Address, "com:sequenceNumber", "1")
				w.leaf("com:GeographicRegionName", p.Region)
				w.leaf("com:CountryCode", p.Country)
				w.leaf("com:PostalCode", p.Postcode)
			})
		})
	})
}

// byRole returns the parties of roles in order.
func byRole(list []record.Party, roles ...record.Role) []*record.Party {
	var out []*record.Party
	for i := range list {
		for _, role := range roles {
			if list[i].Role == role {
				out = append(out, &list[i])
			}
		}
	}
	return out
}

// representatives writes agents and agencies in the common bag.
func (w *xmlWriter) representatives(d *record.Document) {
	w.in("com:RepresentativeBag", func() {
		for i, p := range byRole(d.Parties, record.Agency, record.Agent) {
			w.in("com:Representative", func() {
				w.leaf("com:PartyIdentifier", p.Ident)
				w.contacts(p)
			}, "com:sequenceNumber", place(i))
		}
	})
}
