package exchange

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// nameForms order the forms of a name: as the office printed it, in its own
// letters and in those of Rome, before what the EPO makes of it.
var nameForms = map[string]int{"original": 4, "docdba": 3, "": 2, "epodoc": 1, "docdb": 0}

func (r *reader) parties() {
	all := r.bib.Child("parties")
	r.people(all.Child("applicants").All("applicant"), "applicant-name", record.Applicant)
	r.people(all.Child("inventors").All("inventor"), "inventor-name", record.Inventor)
	r.people(all.Child("agents").All("agent"), "agent-name", record.Agency)
}

// people reads everybody of one role. Elements of one sequence name the same one
// in several forms; of the forms in one script the best is kept.
func (r *reader) people(list []*xmlrec.Node, element string, role record.Role) {
	type form struct{ rank int }
	at := map[string]int{}
	ranks := map[string]form{}
	for _, n := range list {
		seq, rank := n.Attr("sequence"), nameForms[n.Attr("data-format")]
		name, country := r.name(n, element)
		if name == "" {
			continue
		}
		i, known := at[seq]
		if !known || seq == "" {
			i = len(r.doc.Parties)
			at[seq] = i
			r.doc.Parties = append(r.doc.Parties, record.Party{Role: role})
		}
		p := &r.doc.Parties[i]
		if p.Country == "" {
			p.Country = country
		}
		p.Address = strings.TrimSpace(p.Address + r.address(n))
		tag := Script(name, p.Country)
		key := seq + " " + tag
		before, has := ranks[key]
		switch {
		case !known || seq == "" || !has:
			p.Names = AddText(p.Names, tag, name)
		case rank > before.rank:
			replace(p.Names, tag, name)
		default:
			continue
		}
		ranks[key] = form{rank}
	}
}

func replace(names []record.Text, tag, name string) {
	for i := range names {
		if names[i].Lang == tag {
			names[i].Text = name
		}
	}
}

// name returns a name and the country that stands beside it, or in brackets
// behind it.
func (r *reader) name(n *xmlrec.Node, element string) (name, country string) {
	held := n.Child(element)
	if held == nil {
		held = n.Child("addressbook")
	}
	name = strings.TrimRight(held.Child("name").Value(), " ,;")
	if end := len(name) - 1; end > 4 && name[end] == ']' && name[end-3] == '[' {
		name, country = strings.TrimSpace(name[:end-3]), name[end-2:end]
	}
	if c := n.At("residence", "country").Value(); c != "" {
		country = c
	}
	return name, country
}

// address returns an address where the source gives one.
func (r *reader) address(n *xmlrec.Node) string {
	var lines []string
	address := n.Child("address")
	if address == nil {
		address = n.At("addressbook", "address")
	}
	for _, line := range address.All("text", "address-1", "address-2", "address-3", "address-4", "address-5", "street", "city", "postcode") {
		if v := line.Value(); v != "" {
			lines = append(lines, v)
		}
	}
	return strings.Join(lines, ", ")
}
