package export

import (
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// column is a column of a table of rights.
type column struct {
	head  string  // a message
	width float64 // in a workbook, in characters
	cell  func(r *Right, lang string) any
}

// columns are those of every table of rights. A cell is a text, a whole number or
// a day.
var columns = []column{
	{"web.brief.id", 10, func(r *Right, _ string) any { return r.View.ID }},
	{"web.inid.11", 20, func(r *Right, _ string) any { return numbers(r.View) }},
	{"web.inid.21", 20, func(r *Right, _ string) any { return r.View.Application.Number }},
	{"web.facet.kind", 16, func(r *Right, _ string) any { return r.Kind }},
	{"web.inid.54", 48, func(r *Right, lang string) any { t, _ := titles(r.View, lang); return t }},
	{"export.other-title", 32, func(r *Right, lang string) any { _, t := titles(r.View, lang); return t }},
	{"web.brief.holder", 36, func(r *Right, lang string) any { return holders(r.View, lang) }},
	{"export.region-code", 10, func(r *Right, _ string) any { return r.RegionCode }},
	{"web.facet.region", 18, func(r *Right, _ string) any { return r.Region }},
	{"web.facet.holder-type", 16, func(r *Right, _ string) any { return r.HolderType }},
	{"web.facet.field", 28, func(r *Right, _ string) any { return r.Field }},
	{"export.classes", 28, func(r *Right, _ string) any { return classes(r.View) }},
	{"web.inid.22", 12, func(r *Right, _ string) any { return r.View.Application.Filed }},
	{"export.published", 12, func(r *Right, _ string) any { return published(r.View) }},
	{"web.life.state", 16, func(r *Right, _ string) any { return r.State }},
	{"export.certainty", 16, func(r *Right, _ string) any { return r.Certainty }},
	{"web.life.term", 12, func(r *Right, _ string) any { return r.Ends }},
}

func numbers(v *register.View) string {
	var all []string
	for i := range v.Documents {
		all = append(all, v.Documents[i].ID)
	}
	return strings.Join(all, "; ")
}

// titles returns the title in the reader's language, else the first one, and
// another one.
func titles(v *register.View, lang string) (first, second string) {
	if len(v.Titles) == 0 {
		return v.Title(), ""
	}
	at := max(0, slices.IndexFunc(v.Titles, func(t register.Text) bool { return t.Lang == lang }))
	for i := range v.Titles {
		if i != at && second == "" {
			second = v.Titles[i].Text.Text
		}
	}
	return v.Titles[at].Text.Text, second
}

// holders names the holders, where there are none the applicants.
func holders(v *register.View, lang string) string {
	for _, role := range []record.Role{record.Holder, record.Applicant} {
		var all []string
		for i := range v.Parties {
			if p := &v.Parties[i]; p.Role == role && len(p.Names) > 0 {
				at := max(0, slices.IndexFunc(p.Names, func(n record.Text) bool { return n.Lang == lang }))
				all = append(all, p.Names[at].Text)
			}
		}
		if len(all) > 0 {
			return strings.Join(all, "; ")
		}
	}
	return ""
}

// classes lists the symbols of all schemes, each with the scheme's name where it
// is not the IPC.
func classes(v *register.View) string {
	var all []string
	for i := range v.Classes {
		c := &v.Classes[i].Class
		symbol := c.Symbol
		if c.Scheme != record.IPC {
			symbol = strings.ToUpper(string(c.Scheme)) + " " + symbol
		}
		if !slices.Contains(all, symbol) {
			all = append(all, symbol)
		}
	}
	return strings.Join(all, "; ")
}

func published(v *register.View) date.Date {
	var last date.Date
	for i := range v.Documents {
		last = max(last, v.Documents[i].Published)
	}
	return last
}
