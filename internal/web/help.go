package web

import (
	"net/http"
	"slices"
)

// helpPage is the body of the help on the query language.
type helpPage struct {
	Sections []helpSection
	Fields   []Field
}

// helpSection explains one thing that queries can say.
type helpSection struct {
	ID       string
	Title    string // a message
	Text     string // a message
	Examples []Example
}

// HelpExamples returns the queries that the help shows. Each is one that the
// query language takes, whatever the register holds.
func HelpExamples() []string {
	var queries []string
	for _, s := range helpTopics {
		queries = append(queries, s.queries...)
	}
	return queries
}

// helpTopics are the sections of the help. The meaning of each query is the
// message help.<id>.<number from 1>.
var helpTopics = []struct {
	id      string
	queries []string
}{
	{"words", []string{`battery`, `锂电池`, `"solid state battery"`, `batter*`}},
	{"numbers", []string{`CN109996757A`, `201710601862.3`, `2019-07-09`}},
	{"fields", []string{`ti=battery`, `标题=电池`, `pa=university`, `ipc=H01M`}},
	{"logic", []string{`ti=battery and not ab=lead`, `(ti=battery or ti=capacitor) and kind=invention`, `ti any "battery capacitor"`, `ti all "battery electrode"`}},
	{"dates", []string{`pd=2019`, `pd within "2019-07-01 2019-07-31"`, `fd>=2018-01-01`}},
	{"near", []string{`battery near/5 electrode`}},
}

func serveHelp(v *visit) error {
	body := helpPage{Fields: v.site.Register.Fields(v.lang)}
	for i, f := range body.Fields { // an alias that repeats the label says nothing
		body.Fields[i].Aliases = slices.DeleteFunc(slices.Clone(f.Aliases), func(a string) bool { return a == f.Label })
	}
	for _, topic := range helpTopics {
		section := helpSection{ID: topic.id, Title: "help." + topic.id + ".title", Text: "help." + topic.id + ".text"}
		for i, q := range topic.queries {
			meaning := v.print.T("help."+topic.id+"."+string(rune('1'+i)), nil)
			section.Examples = append(section.Examples, Example{q, meaning})
		}
		body.Sections = append(body.Sections, section)
	}
	return v.render(http.StatusOK, "help", page{Section: "help", Title: v.print.T("help.title", nil), Body: body})
}
