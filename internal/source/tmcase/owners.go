package tmcase

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// owners reads the owners and their representatives.
func (r *reader) owners() {
	var list []usfield.Owner
	for _, n := range r.root.Child("case-file-owners").All("case-file-owner") {
		n.Child("entry-number")
		list = append(list, usfield.Owner{Party: r.owner(n), Type: r.Value(n.Child("party-type"))})
	}
	usfield.AddOwners(r.doc, list)
	for _, element := range [...]string{"attorney-name", "domestic-representative-name"} {
		if name := r.Value(r.head.Child(element)); name != "" {
			usfield.Add(r.doc, record.Party{Role: record.Agent, Names: usfield.English(name)})
		}
	}
}

func (r *reader) owner(n *xmlrec.Node) record.Party {
	value := func(name string) string { return r.Value(n.Child(name)) }
	p := record.Party{Names: usfield.English(value("party-name")), Region: value("state"), Postcode: value("postcode"),
		Country: r.Country(value("country"), "case-file-owner/country")}
	p.Address = usfield.Join(", ", value("address-1"), value("address-2"), value("city"), p.Region, value("other"))
	home := n.Child("nationality")
	if c := home.Child("country"); p.Country == "" {
		p.Country = r.Country(r.Value(c), "nationality/country")
	}
	return p
}
