package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
)

// resultsPage is the body of the page of results.
type resultsPage struct {
	Results
	Problem *problem
	Brief   string // the explanation in one line
	Total   string // the total in words
	Listed  string // what is listed where that is not what is counted
	Files   []option
	First   int // number of the first item
	Units   []option
	Sorts   []option
	Facets  []facetView
	Pager   *pager
	Saved   *savedView // the search that the page shows, nil for none
	Keep    *form      // keeps the search, nil for those who may not
}

// option is one of several ways to look at the same results.
type option struct {
	Label, URL string
	Current    bool
}

// problem shows where in a query the fault lies.
type problem struct {
	Message            string
	Before, Bad, After string
	Suggest            string // the query as it could read, "" without a suggestion
}

func serveSearch(v *visit) error {
	q, err := v.question()
	if err != nil {
		return err
	}
	return v.results(q, nil)
}

// results shows what a query finds; kept is the saved search that it is of, if any.
func (v *visit) results(q Question, kept *savedView) error {
	body := resultsPage{First: 1 + (q.Page-1)*q.Size, Saved: kept}
	p := page{Section: "search", Query: q.Query, NoIndex: true, Title: v.print.T("web.results.title", nil)}
	if q.Query != "" {
		p.Title = v.print.T("web.results.title-for", ierr.Args{"query": clip(q.Query, 60)})
	}
	if kept != nil {
		p.Title = kept.Title
	}
	if v.mayKeep() && kept == nil {
		body.Keep = v.keepForm("keep", "/"+v.lang+"/saved", q, "")
	}
	var err error
	body.Results, err = v.site.Register.Search(v.ctx(), v.lang, q)
	if err != nil {
		if body.Problem = problemOf(v.print, q.Query, err); body.Problem == nil {
			return err
		}
		p.Body = body
		return v.render(ierr.KindOf(err).HTTP(), "results", p)
	}
	body.Brief = clip(brief(v.print, body.Understood), 240)
	body.Total = v.total(q.Unit, body.Results)
	if q.Unit == Publications {
		body.Listed = v.print.T("web.total.listed", ierr.Args{"n": body.Found})
	}
	body.Files = v.files(q)
	body.Units = v.options(q, "unit", string(q.Unit), units, "web.unit.")
	if body.Sort == "" {
		body.Sort = q.Sort
	}
	orders := sorts
	if body.Unranked {
		orders = sorts[1:]
	}
	body.Sorts = v.options(q, "sort", string(body.Sort), orders, "web.sort.")
	body.Facets = facetViews(body.Results)
	body.Pager = v.pager(q.Page, body.Results.Found, func(n int) string { return v.resultsURL(q, "page", strconv.Itoa(n)) })
	p.Body = body
	return v.render(http.StatusOK, "results", p)
}

var (
	units = []string{string(Rights), string(Publications)}
	sorts = []string{string(ByRank), string(ByNewest), string(ByOldest)}
)

// question reads the parameters of a search.
func (v *visit) question() (Question, error) {
	q := Question{Size: PageSize}
	var err error
	if q.Query, err = v.text("q", MaxQuery); err != nil {
		return q, err
	}
	if q.Page, err = v.pageNumber(); err != nil {
		return q, err
	}
	sort, err := v.choice("sort", sorts...)
	if err != nil {
		return q, err
	}
	unit, err := v.choice("unit", units...)
	q.Sort, q.Unit = Sort(sort), Unit(unit)
	return q, err
}

// resultsURL is the address of the same search with one parameter changed.
func (v *visit) resultsURL(q Question, name, value string) string {
	params := url.Values{}
	set := func(n, val, unset string) {
		if n == name {
			val = value
		}
		if val != unset {
			params.Set(n, val)
		}
	}
	set("q", q.Query, "")
	set("sort", string(q.Sort), sorts[0])
	set("unit", string(q.Unit), units[0])
	set("page", "1", "1")
	if len(params) == 0 {
		return searchURL(v.lang, "")
	}
	return "/" + v.lang + "/search?" + params.Encode()
}

func (v *visit) options(q Question, name, current string, values []string, prefix string) []option {
	var options []option
	for _, value := range values {
		options = append(options, option{v.print.T(prefix+value, nil), v.resultsURL(q, name, value), value == current})
	}
	return options
}

// files lead to all results in forms that other programs read.
func (v *visit) files(q Question) []option {
	params := url.Values{"q": {q.Query}}
	if q.Sort != ByRank {
		params.Set("sort", string(q.Sort))
	}
	var files []option
	for _, f := range fileForms {
		files = append(files, option{Label: f.label, URL: "/" + v.lang + "/search." + f.ending + "?" + params.Encode()})
	}
	if v.site.Export != "" {
		files = append(files, option{Label: "NDJSON", URL: v.site.Export + "?" + params.Encode()})
	}
	return files
}

// total says how many results there are, in the unit that was asked for.
func (v *visit) total(unit Unit, r Results) string {
	key := "web.total." + string(unit)
	if r.Capped {
		key = "web.capped." + string(unit)
	}
	return v.print.T(key, ierr.Args{"n": r.Total})
}

// problemOf returns what to say of an error that has a place in the query, nil
// for any other error.
func problemOf(p *i18n.Printer, q string, err error) *problem {
	e := ierr.As(err)
	pos, hasPos := e.Args["pos"].(int)
	end, hasEnd := e.Args["end"].(int)
	if !hasPos || !hasEnd {
		return nil
	}
	runes := []rune(q)
	pos = min(max(pos, 0), len(runes))
	end = min(max(end, pos), len(runes))
	pr := &problem{Message: p.Error(err), Before: string(runes[:pos]), Bad: string(runes[pos:end]), After: string(runes[end:])}
	if suggest, ok := e.Args["suggest"].(string); ok && suggest != "" {
		pr.Suggest = pr.Before + suggest + pr.After
	}
	return pr
}

// brief writes an explanation in one line: a step, then the steps that it leads
// to, in brackets where they have steps of their own.
func brief(p *i18n.Printer, s query.Step) string {
	if len(s.Steps) == 0 {
		return s.Text
	}
	parts := make([]string, len(s.Steps))
	for i, sub := range s.Steps {
		parts[i] = brief(p, sub)
		if len(sub.Steps) > 0 {
			parts[i] = p.T("web.brief.group", ierr.Args{"steps": parts[i]})
		}
	}
	list := strings.Join(parts, p.T("web.brief.between", nil))
	return p.T("web.brief.steps", ierr.Args{"head": strings.TrimRight(s.Text, ":："), "steps": list})
}

// clip cuts s after n runes and marks the cut.
func clip(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return strings.TrimSpace(string(runes[:n])) + "…"
}
