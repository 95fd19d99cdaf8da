package server

import (
	"context"
	"strings"
	"sync"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/region"
	"onewindow/internal/web"
)

// tries keeps the examples of each language for one state of the register.
type tries struct {
	sync.Mutex
	state    int64
	examples map[string][]web.Example
}

// examples returns queries as people type them in their language, each of which
// finds something in this register.
func (p pages) examples(ctx context.Context, say *i18n.Printer, state int64) ([]web.Example, error) {
	p.tries.Lock()
	defer p.tries.Unlock()
	if p.tries.state != state {
		p.tries.state, p.tries.examples = state, map[string][]web.Example{}
	}
	if kept, ok := p.tries.examples[say.Lang()]; ok {
		return kept, nil
	}
	a := asker{pages: p, ctx: ctx, say: say}
	for _, try := range []func(){a.wordsOfCity, a.phrase, a.holder, a.class, a.days} {
		try()
	}
	if a.err == nil {
		p.tries.examples[say.Lang()] = a.out
	}
	return a.out, a.err
}

// asker looks for examples by asking. How each is typed, and which words, phrases
// and classes are worth trying, stands in the catalogues.
type asker struct {
	pages
	ctx context.Context
	say *i18n.Printer
	out []web.Example
	err error
}

// ask runs a query; nil means that it finds nothing.
func (a *asker) ask(q string, r find.Request) *find.Result {
	if a.err != nil {
		return nil
	}
	r.Query, r.Lang = q, a.say.Lang()
	found, err := a.finder.Search(a.ctx, find.Public(), r)
	switch kind := ierr.KindOf(err); {
	case err == nil && found.Total > 0:
		return found
	case err != nil && kind != ierr.Invalid && kind != ierr.Unsupported:
		a.err = err
	}
	return nil
}

// add takes a query among the examples when it finds something.
func (a *asker) add(q string) bool {
	found := a.ask(q, find.Request{})
	if found == nil {
		return false
	}
	a.out = append(a.out, web.Example{Query: q, Meaning: inOneLine(a.say, found.Steps)})
	return true
}

// list cuts a message that lists things worth trying.
func (a *asker) list(key string) []string { return strings.Split(a.say.T(key, nil), "|") }

// wordsOfCity asks for a word in titles of the city that has it most often.
func (a *asker) wordsOfCity() {
	for _, word := range a.list("web.try.words") {
		found := a.ask("ti="+word, find.Request{Facets: []string{"region"}})
		if found == nil {
			continue
		}
		for _, v := range found.Facets[0].Values {
			if a.pack.City(v.Code) == "" {
				continue
			}
			if a.add(a.say.T("web.try.word", ierr.Args{"word": word, "city": region.Short(v.Label)})) {
				return
			}
		}
	}
}

func (a *asker) phrase() {
	for _, phrase := range a.list("web.try.phrases") {
		if a.add(phrase) {
			return
		}
	}
}

// holder asks for the rights of a body of the region, never of a person.
func (a *asker) holder() {
	for _, kind := range []string{classify.University, classify.Enterprise} {
		found := a.ask("kind=invention and holder-type="+kind+" and region="+a.pack.Code(), find.Request{Limit: 1})
		if found == nil || len(found.Hits) == 0 || found.Hits[0].View == nil {
			continue
		}
		principal := found.Hits[0].View.Principal()
		if principal != nil && len(principal.Names) > 0 &&
			a.add(a.say.T("web.try.holder", ierr.Args{"holder": names(a.say.Lang(), principal)[0].Text})) {
			return
		}
	}
}

func (a *asker) class() {
	for _, class := range a.list("web.try.classes") {
		if a.add(a.say.T("web.try.class", ierr.Args{"class": class})) {
			return
		}
	}
}

// days asks for the month with the most publications.
func (a *asker) days() {
	table, err := a.finder.Count(a.ctx, find.Public(), find.CountRequest{By: []string{"month"}})
	if err != nil {
		a.err = err
		return
	}
	var most find.TableRow
	for _, r := range table.Rows {
		if r.Count > most.Count {
			most = r
		}
	}
	if len(most.Codes) == 0 {
		return
	}
	first, err := time.Parse("2006-01", most.Codes[0])
	if err != nil {
		return // rights without a day of publication
	}
	from := date.Of(first.Year(), int(first.Month()), 1)
	end := first.AddDate(0, 1, -1)
	to := date.Of(end.Year(), int(end.Month()), end.Day())
	a.add(a.say.T("web.try.days", ierr.Args{"from": from.String(), "to": to.String()}))
}

// inOneLine writes the last steps of an explanation as a list.
func inOneLine(say *i18n.Printer, s query.Step) string {
	if len(s.Steps) == 0 {
		return s.Text
	}
	var parts []string
	for _, c := range s.Steps {
		parts = append(parts, inOneLine(say, c))
	}
	return say.List(parts)
}
