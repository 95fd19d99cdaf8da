package st36

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// parties reads B700: applicants, inventors, proprietors, representatives.
func (r *reader) parties(n *xmlrec.Node) {
	for _, list := range [...]struct {
		bag, each string
		role      record.Role
	}{
		{"B710", "B711", record.Applicant},
		{"B720", "B721", record.Inventor},
		{"B730", "B731", record.Holder},
		{"B740", "B741", record.Agent},
	} {
		for _, p := range n.Child(list.bag).All(list.each) {
			r.party(p, list.role)
		}
	}
}

// party reads somebody. Of a representative the first line of the address is
// usually the firm's name; it stays there.
func (r *reader) party(n *xmlrec.Node, role record.Role) {
	p := record.Party{Role: role, Ident: n.Child("iid").Value()}
	name, rest, _ := strings.Cut(n.Child("snm").Text(nil), " c/o ")
	n.Child("sfx") // "et al": that there are more than are named
	if name != "" {
		p.Names = []record.Text{{Lang: r.lang, Text: name}}
	}
	adr := n.Child("adr")
	var lines []string
	if rest != "" {
		lines = append(lines, "c/o "+rest)
	}
	for _, part := range adr.All("str", "city") {
		if v := part.Value(); v != "" {
			lines = append(lines, v)
		}
	}
	p.Address, p.Country = strings.Join(lines, ", "), adr.Child("ctry").Value()
	if len(p.Names) > 0 || p.Address != "" {
		r.doc.Parties = append(r.doc.Parties, p)
	}
}
