package redbook

import (
	"slices"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

func (r *reader) parties() {
	d := r.doc
	around := r.bib.Child("us-parties", "parties")
	applicants, inventors := r.people(around.Child("us-applicants", "applicants").All("us-applicant", "applicant"))
	usfield.Add(d, usfield.As(record.Applicant, applicants)...)
	named := around.Child("inventors").All("inventor", "deceased-inventor")
	if len(named) > 0 {
		inventors, _ = r.people(named)
	}
	usfield.Add(d, usfield.As(record.Inventor, inventors)...)
	for _, list := range [...]*xmlrec.Node{r.bib.Child("assignees"), around.Child("assignees")} {
		holders, _ := r.people(list.All("assignee"))
		usfield.Add(d, usfield.As(record.Holder, holders)...)
	}
	for _, n := range around.Child("agents").All("agent") {
		n.Attr("rep-type") // agent or attorney
		list, _ := r.people([]*xmlrec.Node{n})
		role := record.Agent
		if n.Child("addressbook").Child("orgname") != nil {
			role = record.Agency
		}
		usfield.Add(d, usfield.As(role, list)...)
	}
}

// people reads parties of one role, and those of them who are inventors too:
// before version 4.3 the law knew no other applicants.
func (r *reader) people(list []*xmlrec.Node) (all, inventors []record.Party) {
	for _, n := range list {
		n.Attr("sequence")
		n.Attr("designation")
		p := r.party(n)
		all = append(all, p)
		if strings.Contains(n.Attr("app-type"), "inventor") {
			inventors = append(inventors, p)
		}
	}
	return all, inventors
}

func (r *reader) party(n *xmlrec.Node) record.Party {
	book := n.Child("addressbook")
	if book == nil {
		book = n
	}
	value := func(name string) string { return r.Value(book.Child(name)) }
	name := usfield.Join(" ", value("prefix"), value("first-name"), value("middle-name"), value("last-name"))
	name = usfield.Join(", ", name, value("suffix"))
	firm := usfield.Join(", ", value("orgname"), value("name"))
	p := record.Party{Names: usfield.English(usfield.Join(", ", name, firm))}
	r.address(&p, book.Child("address"))
	if p.Country == "" {
		p.Country = r.Value(n.At("residence", "country"))
	}
	for _, about := range [...]string{"residence", "nationality"} {
		if said := peek(n, about, "country"); said == p.Country || said == "omitted" || said == "unknown" {
			n.Child(about).Use() // says nothing more
		}
	}
	return p
}

// address reads an address: lines, town and state in one piece, the state apart
// once more.
func (r *reader) address(p *record.Party, n *xmlrec.Node) {
	if n == nil {
		return
	}
	value := func(name string) string { return r.Value(n.Child(name)) }
	p.Region, p.Postcode, p.Country = value("state"), value("postcode"), value("country")
	p.Address = usfield.Join(", ", value("address-1"), value("address-2"), value("address-3"), value("room"), value("address-floor"),
		value("building"), value("pobox"), value("street"), value("city"), value("county"), p.Region, value("text"))
}

// peek returns the text at a path, without reading it.
func peek(n *xmlrec.Node, path ...string) string {
	for _, name := range path {
		i := slices.IndexFunc(n.Children, func(c *xmlrec.Node) bool { return c.Name == name })
		if i < 0 {
			return ""
		}
		n = n.Children[i]
	}
	return n.Peek()
}
