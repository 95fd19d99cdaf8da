package tmcase

import (
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// owners reads the owners. Their party type tells when each came in: 10 to 19
// before publication, 20 to 29 after it, 30 and on since registration. Those of
// the highest type own the mark now; the others are former owners, unless they are
// the same ones.
func (r *reader) owners() {
	list := r.root.Child("case-file-owners").All("case-file-owner")
	types := make([]int, len(list))
	latest := 0
	for i, n := range list {
		n.Child("entry-number")
		types[i], _ = strconv.Atoi(r.Value(n.Child("party-type"))) // one that is no number came first
		latest = max(latest, types[i])
	}
	now := record.Applicant
	if r.doc.Number != "" {
		now = record.Holder
	}
	for i, n := range list {
		if types[i] == latest {
			usfield.Add(r.doc, r.owner(n, now))
		}
	}
	for i, n := range list {
		if p := r.owner(n, record.Former); types[i] != latest && !r.named(now, p.Name()) {
			usfield.Add(r.doc, p)
		}
	}
	for _, element := range [...]string{"attorney-name", "domestic-representative-name"} {
		if name := r.Value(r.head.Child(element)); name != "" {
			usfield.Add(r.doc, record.Party{Role: record.Agent, Names: usfield.English(name)})
		}
	}
}

func (r *reader) named(role record.Role, name string) bool {
	for i := range r.doc.Parties {
		if p := &r.doc.Parties[i]; p.Role == role && strings.EqualFold(p.Name(), name) {
			return true
		}
	}
	return false
}

func (r *reader) owner(n *xmlrec.Node, role record.Role) record.Party {
	value := func(name string) string { return r.Value(n.Child(name)) }
	p := record.Party{Role: role, Names: usfield.English(value("party-name")), Region: value("state"), Postcode: value("postcode"),
		Country: r.Country(value("country"), "case-file-owner/country")}
	p.Address = usfield.Join(", ", value("address-1"), value("address-2"), value("city"), p.Region, value("other"))
	home := n.Child("nationality")
	if c := home.Child("country"); p.Country == "" {
		p.Country = r.Country(r.Value(c), "nationality/country")
	}
	return p
}
