package server

import (
	"context"
	"slices"
	"sync"

	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/indicator"
)

// newestFigures keeps the newest figure of every indicator for the whole region, for
// one state of what figures rest on.
type newestFigures struct {
	sync.Mutex
	state, approval int64
	on              date.Date
	by              map[string]*indicator.Figure
}

// newestOf returns the newest figure of every indicator. All are evaluated at once,
// and again only when what they rest on has changed.
func (p figurePages) newestOf(ctx context.Context) (by map[string]*indicator.Figure, at v1.Mark, err error) {
	kept := &p.newest
	at = v1.Mark{Sample: p.Sample()}
	kept.Lock()
	defer kept.Unlock()
	e, release, err := p.evaluator(ctx, 0, 0)
	if err != nil {
		return nil, at, err
	}
	defer release()
	state, approval, on := e.Counter.State(), e.Reporter.Approval(), p.register.Today()
	at.State = state
	if kept.by != nil && kept.state == state && kept.approval == approval && kept.on == on {
		return kept.by, at, nil
	}
	by = map[string]*indicator.Figure{}
	for _, d := range p.indicators.Definitions {
		w := &figureWork{figurePages: p, ctx: ctx, e: e, of: d}
		periods := p.periodsOf(e, d)
		w.base = indicator.Ref{Indicator: d.ID, Region: p.indicators.Whole(), Period: periods[0]}
		f, err := w.newest(periods, true)
		if err != nil {
			return nil, at, err
		}
		by[d.ID] = f
	}
	kept.state, kept.approval, kept.on, kept.by = state, approval, on, by
	return by, at, nil
}

// Catalogue lists indicators by subject.
func (p figurePages) Catalogue(ctx context.Context, lang, word string) (*v1.FigureCatalogue, error) {
	newest, at, err := p.newestOf(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.FigureCatalogue{
		Mark: at, Approval: p.returns.Number(), Subjects: []v1.FigureSubject{}, Total: len(p.indicators.Definitions),
	}
	for _, s := range p.indicators.Subjects {
		out.Subjects = append(out.Subjects, v1.FigureSubject{Class: v1.Class{Code: s.ID, Label: indicator.InLang(s.Names, lang)}})
	}
	for _, d := range p.indicators.Definitions {
		about := p.tell.Indicator(lang, d)
		if !wordIn(word, about.ID, about.Name, about.About, about.Subject.Label) {
			continue
		}
		k := slices.IndexFunc(out.Subjects, func(s v1.FigureSubject) bool { return s.Code == about.Subject.Code })
		if k < 0 {
			k = len(out.Subjects)
			out.Subjects = append(out.Subjects, v1.FigureSubject{Class: about.Subject})
		}
		out.Subjects[k].Items = append(out.Subjects[k].Items, v1.FigureItem{Indicator: about, Figure: p.tell.Tell(lang, newest[d.ID])})
	}
	out.Subjects = slices.DeleteFunc(out.Subjects, func(s v1.FigureSubject) bool { return len(s.Items) == 0 })
	return out, nil
}

// Headlines are the newest figures of the indicators that stand for the whole.
func (p figurePages) Headlines(ctx context.Context, lang string) ([]v1.Figure, error) {
	newest, _, err := p.newestOf(ctx)
	if err != nil {
		return nil, err
	}
	var out []v1.Figure
	for _, id := range p.indicators.Headlines {
		if f := newest[id]; f != nil && f.Value != nil {
			out = append(out, p.tell.Tell(lang, f))
		}
	}
	return out, nil
}
