package web

import (
	"fmt"
	"net/http"
	"slices"

	"onewindow/internal/i18n"
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

// helpTopics are the sections of the help with the number of their examples. The
// messages help.<id>.<number from 1> say what each means; the same with .query is
// the query itself, as readers of the language type it.
var helpTopics = []struct {
	id       string
	examples int
}{{"words", 4}, {"numbers", 3}, {"fields", 4}, {"logic", 4}, {"dates", 3}, {"near", 1}}

// HelpExamples returns the queries that the help shows in a language. Each is one
// that the query language takes, whatever the register holds.
func HelpExamples(p *i18n.Printer) []string {
	var queries []string
	for _, section := range helpSections(p) {
		for _, e := range section.Examples {
			queries = append(queries, e.Query)
		}
	}
	return queries
}

func helpSections(p *i18n.Printer) []helpSection {
	var sections []helpSection
	for _, topic := range helpTopics {
		s := helpSection{ID: topic.id, Title: "help." + topic.id + ".title", Text: "help." + topic.id + ".text"}
		for i := range topic.examples {
			key := fmt.Sprintf("help.%s.%d", topic.id, i+1)
			s.Examples = append(s.Examples, Example{p.T(key+".query", nil), p.T(key, nil)})
		}
		sections = append(sections, s)
	}
	return sections
}

func serveHelp(v *visit) error {
	body := helpPage{Fields: v.site.Register.Fields(v.lang)}
	for i, f := range body.Fields { // an alias that repeats the label says nothing
		body.Fields[i].Aliases = slices.DeleteFunc(slices.Clone(f.Aliases), func(a string) bool { return a == f.Label })
	}
	body.Sections = helpSections(v.print)
	return v.render(http.StatusOK, "help", page{Section: "help", Quick: true, Title: v.print.T("help.title", nil), Body: body})
}
