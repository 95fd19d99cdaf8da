package server

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/web"
)

// Compare evaluates indicators for regions, each with its rank among the reporting
// units.
func (p figurePages) Compare(ctx context.Context, lang string, ask web.CompareAsk) (*web.Comparison, error) {
	e, release, err := p.evaluator(ctx, 0, 0)
	if err != nil {
		return nil, err
	}
	defer release()
	if len(ask.Indicators) == 0 {
		ask.Indicators = p.comparedFirst()
	}
	var all []*indicator.Definition
	for _, id := range ask.Indicators {
		d := p.indicators.Definition(id)
		if d == nil || p.indicators.Schemes[d.Rows] == nil {
			return nil, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": id})
		}
		all = append(all, d)
	}
	out := &web.Comparison{Ask: ask, Choices: p.byRegions(lang)}
	if len(all) == 0 {
		return out, nil
	}
	w := &figureWork{figurePages: p, ctx: ctx, say: p.print(lang), e: e, of: all[0]}
	sc := p.indicators.Schemes[all[0].Rows]
	out.Regions = p.reportingUnits(lang, sc)
	if err := w.comparedPeriod(out, all); err != nil {
		return nil, err
	}
	regions, err := w.comparedRegions(sc, ask.Regions)
	if err != nil {
		return nil, err
	}
	if out.Table, err = w.lay(w.base, regions, w.compared(all)); err != nil {
		return nil, err
	}
	var names []string
	for _, d := range all {
		out.Table.About = append(out.Table.About, p.tell.Indicator(lang, d))
		names = append(names, indicator.InLang(d.Names, lang))
	}
	out.Table.Title = w.say.T("web.compare.table", ierr.Args{"names": strings.Join(names, w.say.T("indicator.name.join", nil)), "period": out.Ask.Period})
	sortByFirst(out.Table.Body)
	for i, h := range out.Table.Heads {
		if !strings.HasSuffix(h.ID, rankColumn) {
			picture := drawer{say: w.say, t: out.Table}
			out.Drawings = append(out.Drawings, picture.drawings("chart-"+letter(i), i)...)
		}
	}
	return out, nil
}

func letter(i int) string { return string(rune('a' + i)) }

// comparedFirst is the first indicator that stands for the whole and has reporting
// units.
func (p figurePages) comparedFirst() []string {
	for _, id := range p.indicators.Headlines {
		if d := p.indicators.Definition(id); p.indicators.Schemes[d.Rows] != nil && d.Of != nil {
			return []string{id}
		}
	}
	return nil
}

// byRegions lists the indicators that have reporting units, by subject.
func (p figurePages) byRegions(lang string) []web.ChoiceGroup {
	var out []web.ChoiceGroup
	for _, s := range p.indicators.Subjects {
		group := web.ChoiceGroup{Label: indicator.InLang(s.Names, lang)}
		for _, d := range p.indicators.Definitions {
			if of := p.indicators.SubjectOf(d); of != nil && of.ID == s.ID && p.indicators.Schemes[d.Rows] != nil {
				group.Choices = append(group.Choices, web.Choice{Value: d.ID, Label: indicator.InLang(d.Names, lang)})
			}
		}
		if len(group.Choices) > 0 {
			out = append(out, group)
		}
	}
	return out
}

// comparedPeriod lists the periods of the indicators and, where none was asked for,
// takes the newest of which the first indicator has a figure somewhere.
func (w *figureWork) comparedPeriod(out *web.Comparison, all []*indicator.Definition) error {
	var periods []indicator.Period
	for _, d := range all {
		periods = append(periods, w.periodsOf(w.e, d)...)
	}
	unset := out.Ask.Period == ""
	asked := periods[0]
	if !unset {
		var err error
		if asked, err = indicator.ParsePeriod(out.Ask.Period); err != nil {
			return ierr.New(ierr.Invalid, "returns.period", ierr.Args{"period": out.Ask.Period})
		}
		periods = append(periods, asked)
	}
	periods = byNewest(periods)
	w.base = indicator.Ref{Indicator: w.of.ID, Region: w.indicators.Whole(), Period: asked}
	if unset {
		w.base.Period = periods[0]
		if _, err := w.newest(periods, true); err != nil {
			return err
		}
	}
	out.Ask.Period = w.base.Period.String()
	for _, p := range periods {
		out.Periods = append(out.Periods, web.Choice{Value: p.String(), Label: p.String()})
	}
	return nil
}

// comparedRegions are the regions asked for: all rows of the scheme and the whole
// where none are.
func (w *figureWork) comparedRegions(sc *indicator.Scheme, asked []string) (*axis, error) {
	out := w.regions()
	if len(asked) == 0 {
		out.items = slices.DeleteFunc(out.items, func(i item) bool { return i.kind == groupItem || i.id == sc.Other })
		return out, nil
	}
	for _, code := range asked {
		if !sc.Has(code) {
			return nil, ierr.New(ierr.Invalid, "web.figure.unknown", ierr.Args{"what": code, "name": indicator.InLang(w.of.Names, w.say.Lang())})
		}
	}
	out.items = slices.DeleteFunc(out.items, func(i item) bool { return !slices.Contains(asked, i.id) })
	return out, nil
}

// rankColumn ends the id of a column of ranks.
const rankColumn = "#" + string(indicator.Rank)

// compared is the axis of indicators, each with its rank.
func (w *figureWork) compared(all []*indicator.Definition) *axis {
	out := &axis{id: byIndicator, label: w.say.T("figure.what.indicator", nil)}
	for _, d := range all {
		at := func(v indicator.View) func(indicator.Ref) indicator.Ref {
			return func(r indicator.Ref) indicator.Ref { return r.For(d.ID).Seen(v) }
		}
		out.items = append(out.items, item{d.ID, indicator.InLang(d.Names, w.say.Lang()), partItem, at(indicator.Level)},
			item{d.ID + rankColumn, w.viewLabel(indicator.Rank), partItem, at(indicator.Rank)})
	}
	return out
}

// sortByFirst sorts the parts by the first column, the greatest first and what is
// absent last; wholes and groups stay behind them.
func sortByFirst(rows []v1.FigureRow) {
	order := []string{partItem, wholeItem, groupItem}
	slices.SortStableFunc(rows, func(a, b v1.FigureRow) int {
		if a.Kind != b.Kind || a.Kind != partItem {
			return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
		}
		x, _, noX := decimal.Parse(a.Figures[0].Value)
		y, _, noY := decimal.Parse(b.Figures[0].Value)
		switch {
		case noX != nil && noY != nil:
			return 0
		case noX != nil:
			return 1
		case noY != nil:
			return -1
		}
		return y.Cmp(x)
	})
}
