package redbook

import (
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// citations reads what was cited, a line each, as the front page lists it:
// "US4313443A,1982.02,Frosch et al." with a star where the examiner cited it.
func (r *reader) citations() {
	for _, list := range [...]*xmlrec.Node{r.bib.Child("references-cited"), r.bib.Child("us-references-cited")} {
		for _, n := range list.All("citation", "us-citation") {
			if line := r.citation(n); line != "" {
				r.doc.Cited = append(r.doc.Cited, line)
			}
		}
	}
}

func (r *reader) citation(n *xmlrec.Node) string {
	line := ""
	if patent := n.Child("patcit"); patent != nil {
		patent.Attr("num")
		id := r.id(patent)
		line = usfield.Join(",", id.office+id.number+id.code, usfield.CitedDay(r.Value(id.date)), id.name)
		if line == "" {
			line = r.Value(patent.Child("text"))
		}
	}
	if other := n.Child("nplcit"); other != nil {
		other.Attr("num")
		text := other.Child("othercit", "text")
		if text == nil {
			text = other
		}
		line = usfield.Join(",", line, r.Value(text))
	}
	if r.Value(n.Child("category")) == "cited by examiner" && line != "" {
		line += " *"
	}
	return line
}
