package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"onewindow/internal/ierr"
	"onewindow/internal/query"
)

// Composer is what the page of advanced search asks.
type Composer interface {
	// Choices lists what the form offers.
	Choices(lang string) Choices
	// Compose writes the query that rows ask for; its values may be faulty.
	Compose(rows []query.Row) string
	// TakeApart parses a query, tells how it is understood and, where it fits,
	// what rows it is made of. Errors are as of Register.Search.
	TakeApart(lang, q string) (Parts, error)
}

// Choices is what the form of advanced search offers, from definitions.
type Choices struct {
	Fields []FieldChoice // that a row can ask about, in the order of the language
	Lists  []ListChoice  // fields whose values are chosen from a list
	IPC    []Choice      // sections, classes and subclasses with their titles
}

// FieldChoice is a field that a row can ask about.
type FieldChoice struct {
	Choice
	Sort string // text, name, number, class or listed
}

// ListChoice is a field whose value is chosen from a list.
type ListChoice struct {
	Choice
	Groups []ChoiceGroup
}

// ChoiceGroup is values under a heading, "" for none.
type ChoiceGroup struct {
	Label   string
	Choices []Choice
}

// Choice is a value and its text.
type Choice struct{ Value, Label string }

// Parts is a query taken apart.
type Parts struct {
	Query      string // in its canonical form
	Understood query.Step
	Notes      []string
	Rows       []query.Row
	Fits       bool
}

// Limits of the form.
const (
	maxRows   = 30
	leastRows = 4
)

// advancedPage is the body of the page of advanced search.
type advancedPage struct {
	Choices
	Rows    []rowView
	Lists   []listView
	Days    []dayView
	Query   string
	Parts   *Parts
	Problem *problem
	Unfit   bool
	More    int // rows that the next form has at least
	Joins   []Choice
	Matches []Choice
}

// rowView is a row in the form.
type rowView struct {
	query.Row
	N     int
	First bool
}

// listView is a list with the value that is chosen.
type listView struct {
	ListChoice
	Chosen string
}

// dayView is a field of days with the two that are set.
type dayView struct {
	Choice
	From, To string
}

// dayFields are the fields of days that the form has a place of their own for.
var dayFields = []string{"pd", "fd"}

// serveAdvanced shows the form: empty, filled with the parts of the query q, or
// with what was typed into it and the query that this makes.
func serveAdvanced(v *visit) error {
	typed, err := v.rows()
	if err != nil {
		return err
	}
	q, err := v.text("q", MaxQuery)
	if err != nil {
		return err
	}
	do, err := v.choice("do", "", "add", "search")
	if err != nil {
		return err
	}
	body := advancedPage{Choices: v.site.Register.Choices(v.lang), Query: q}
	rows := typed
	if len(typed) > 0 {
		body.Query = v.site.Register.Compose(typed)
		if utf8.RuneCountInString(body.Query) > MaxQuery {
			return ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": "q", "limit": MaxQuery})
		}
	}
	if body.Query != "" {
		parts, err := v.site.Register.TakeApart(v.lang, body.Query)
		switch {
		case err != nil:
			if body.Problem = problemOf(v.print, body.Query, err); body.Problem == nil {
				return err
			}
		case do == "search":
			return v.redirect(searchURL(v.lang, parts.Query))
		default:
			body.Parts, body.Query = &parts, parts.Query
			if len(typed) == 0 {
				rows, body.Unfit = parts.Rows, !parts.Fits
			}
		}
	} else if do == "search" {
		return v.redirect(searchURL(v.lang, ""))
	}
	v.fill(&body, rows, do == "add")
	status := http.StatusOK
	if body.Problem != nil {
		status = http.StatusUnprocessableEntity
	}
	return v.render(status, "advanced", page{Section: "home", Title: v.print.T("web.advanced.title", nil), NoIndex: body.Query != "", Body: body})
}

// rows reads the rows of the form, and as rows what was chosen from its lists.
func (v *visit) rows() ([]query.Row, error) {
	given := v.r.URL.Query()
	var out []query.Row
	n := min(len(given["f"]), maxRows)
	at := func(name string, i int) string {
		if i < len(given[name]) {
			return given[name][i]
		}
		return ""
	}
	for i := range n {
		out = append(out, query.Row{Join: at("j", i), Field: at("f", i), Match: at("m", i), Value: at("v", i)})
	}
	for _, l := range v.site.Register.Choices(v.lang).Lists {
		out = append(out, query.Row{Join: query.JoinAnd, Field: l.Value, Value: given.Get("l." + l.Value)})
	}
	for _, f := range dayFields {
		out = append(out, query.Row{Join: query.JoinAnd, Field: f, Value: given.Get(f + ".from"), To: given.Get(f + ".to")})
	}
	some := false
	for i := range out {
		r := &out[i]
		for _, s := range []string{r.Value, r.To} {
			if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
				return nil, ierr.New(ierr.Invalid, "web.encoding", ierr.Args{"name": r.Field})
			}
			if utf8.RuneCountInString(s) > MaxQuery {
				return nil, ierr.New(ierr.Invalid, "web.long", ierr.Args{"name": r.Field, "limit": MaxQuery})
			}
			some = some || strings.TrimSpace(s) != ""
		}
	}
	if !some {
		return nil, nil
	}
	return out, nil
}

// fill lays rows out: what a list or a pair of days can hold goes there, the rest
// stays a row, with a few empty ones behind.
func (v *visit) fill(p *advancedPage, rows []query.Row, more bool) {
	for _, l := range p.Choices.Lists {
		p.Lists = append(p.Lists, listView{ListChoice: l})
	}
	for _, f := range dayFields {
		p.Days = append(p.Days, dayView{Choice: Choice{f, v.print.T("query.field."+f, nil)}})
	}
	for i, r := range rows {
		if strings.TrimSpace(r.Value) == "" && strings.TrimSpace(r.To) == "" || p.place(rows, i) {
			continue
		}
		if r.To != "" || slices.Contains(dayFields, r.Field) {
			p.Unfit = p.Unfit || p.Parts != nil
			continue
		}
		p.Rows = append(p.Rows, rowView{Row: r})
	}
	want := max(leastRows, len(p.Rows)+1)
	if more {
		want = max(want, min(len(v.r.URL.Query()["f"]), maxRows)+2)
	}
	for len(p.Rows) < min(want, maxRows) {
		p.Rows = append(p.Rows, rowView{})
	}
	for i := range p.Rows {
		p.Rows[i].N, p.Rows[i].First = i+1, i == 0
	}
	for _, j := range []string{query.JoinAnd, query.JoinOr, query.JoinNot} {
		p.Joins = append(p.Joins, Choice{j, v.print.T("web.advanced.join."+j, nil)})
	}
	for _, m := range []string{query.MatchAll, query.MatchAny, query.MatchPhrase, query.MatchExact} {
		p.Matches = append(p.Matches, Choice{m, v.print.T("web.advanced.match."+m, nil)})
	}
}

// place puts a row that stands alone into a list or a pair of days, once each.
func (p *advancedPage) place(rows []query.Row, i int) bool {
	r := rows[i]
	if r.Join != query.JoinAnd || i+1 < len(rows) && rows[i+1].Join == query.JoinOr || r.Match == query.MatchExact {
		return false
	}
	for k := range p.Lists {
		if l := &p.Lists[k]; l.Value == r.Field && l.Chosen == "" && l.has(r.Value) {
			l.Chosen = r.Value
			return true
		}
	}
	for k := range p.Days {
		if d := &p.Days[k]; d.Value == r.Field && d.From == "" && d.To == "" {
			d.From, d.To = r.Value, r.To
			return true
		}
	}
	return false
}

func (l *listView) has(value string) bool {
	return slices.ContainsFunc(l.Groups, func(g ChoiceGroup) bool {
		return slices.ContainsFunc(g.Choices, func(c Choice) bool { return c.Value == value })
	})
}

func advancedURL(lang, q string) string {
	if q == "" {
		return "/" + lang + "/advanced"
	}
	return "/" + lang + "/advanced?" + url.Values{"q": {q}}.Encode()
}

// ID is the id of a control of the row.
func (r rowView) ID(part string) string { return fmt.Sprintf("row-%d-%s", r.N, part) }
