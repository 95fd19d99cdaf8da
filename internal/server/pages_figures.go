package server

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// figurePages answers what the pages ask about figures.
type figurePages struct {
	pages
	tell api.Figures
}

var _ web.Figures = figurePages{}

// Limits of what a page evaluates.
const (
	countedYears = 10 // years back from the last that has ended, for which counts are offered
	maxPeriods   = 12 // periods of a table
)

// figureWork is the evaluation of figures for one page: one evaluator, which keeps
// what it has counted.
type figureWork struct {
	figurePages
	ctx  context.Context
	say  *i18n.Printer
	e    *indicator.Evaluator
	of   *indicator.Definition
	base indicator.Ref // the figure that the page is of
}

// Figure evaluates one figure with the table around it.
func (p figurePages) Figure(ctx context.Context, lang string, ask web.FigureAsk) (*web.FigureSheet, error) {
	d := p.indicators.Definition(ask.Indicator)
	if d == nil {
		return nil, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": ask.Indicator})
	}
	e, release, err := p.evaluator(ctx, ask.State, ask.Approval)
	if err != nil {
		return nil, err
	}
	defer release()
	w := &figureWork{figurePages: p, ctx: ctx, say: p.print(lang), e: e, of: d}
	periods := p.periodsOf(w.e, d)
	unset := ask.Period == ""
	if unset {
		ask.Period = periods[0].String()
	}
	if w.base, err = p.tell.Ref(ask.FigureParams); err != nil {
		return nil, err
	}
	if what := p.indicators.Unknown(w.base); what != "" {
		return nil, ierr.New(ierr.Invalid, "web.figure.unknown", ierr.Args{"what": what, "name": indicator.InLang(d.Names, lang)})
	}
	f, err := w.newest(periods, unset)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(periods, w.base.Period) {
		periods = byNewest(append(periods, w.base.Period))
	}
	told, err := p.tell.Beside(ctx, lang, w.e, f)
	if err != nil {
		return nil, err
	}
	out := &web.FigureSheet{Indicator: p.tell.Indicator(lang, d), Figure: *told, Ask: ask}
	out.Ask.Region, out.Ask.Period = w.base.Region, w.base.Period.String()
	w.choices(out, periods)
	if err := w.beside(out); err != nil {
		return nil, err
	}
	if err := w.table(out, periods); err != nil {
		return nil, err
	}
	picture := drawer{say: w.say, outlines: p.outlines, t: out.Table, strong: w.base.Region}
	out.Drawings = picture.drawings("chart", max(0, slices.IndexFunc(out.Table.Heads, func(h v1.FigureColumn) bool { return h.ID == ask.View })))
	return out, w.fitting(f, out)
}

// newest evaluates the figure of the page; where no period was asked for, that of the
// newest period that has one.
func (w *figureWork) newest(periods []indicator.Period, unset bool) (*indicator.Figure, error) {
	first, err := w.e.Figure(w.ctx, w.base)
	if err != nil || !unset || first.Value != nil {
		return first, err
	}
	for _, period := range periods[1:] {
		f, err := w.e.Figure(w.ctx, w.base.In(period))
		if err != nil {
			return nil, err
		}
		if f.Value != nil {
			w.base.Period = period
			return f, nil
		}
	}
	return first, nil
}

// periodsOf returns the periods that an indicator may have figures of, the newest
// first, at least one: those that returns are of, and the last years where a register
// counts it or the region's data holds it.
func (p figurePages) periodsOf(e *indicator.Evaluator, d *indicator.Definition) []indicator.Period {
	var out []indicator.Period
	ended := p.register.Today().Year() - 1
	reports := p.returns.Reports(0)
	for _, id := range p.indicators.Sources(d.ID) {
		source := p.indicators.Definition(id)
		out = append(out, reports.Periods(id)...)
		for year := ended; year > ended-countedYears; year-- {
			period := indicator.Year(year)
			known := source.Count != nil
			if source.FromPack() {
				_, _, known = e.Residents(p.indicators.Whole(), source.VintageOf(period))
			}
			if known {
				out = append(out, period)
			}
		}
	}
	if len(out) == 0 {
		return []indicator.Period{indicator.Year(ended)}
	}
	return byNewest(out)
}

// byNewest sorts periods by their ends, of those that end together the longest first,
// each once.
func byNewest(all []indicator.Period) []indicator.Period {
	slices.SortFunc(all, func(a, b indicator.Period) int {
		return cmp.Or(cmp.Compare(b.Last(), a.Last()), cmp.Compare(a.First(), b.First()))
	})
	return slices.Compact(all)
}

// choices lists what else could be asked for.
func (w *figureWork) choices(out *web.FigureSheet, periods []indicator.Period) {
	for _, p := range periods {
		out.Periods = append(out.Periods, web.Choice{Value: p.String(), Label: p.String()})
	}
	out.Regions = w.reportingUnits(w.say.Lang(), w.indicators.Schemes[w.of.Rows])
	for _, m := range out.Indicator.Dimensions {
		list := web.ListChoice{Choice: web.Choice{Value: m.ID, Label: m.Label}}
		group := web.ChoiceGroup{}
		for _, c := range m.Codes {
			group.Choices = append(group.Choices, web.Choice{Value: c.Code, Label: c.Label})
		}
		list.Groups = []web.ChoiceGroup{group}
		out.Parts = append(out.Parts, list)
	}
	for _, v := range w.views() {
		out.Views = append(out.Views, web.Choice{Value: string(v), Label: w.viewLabel(v)})
	}
}

// reportingUnits lists the whole region and, of a scheme, its rows and groups.
func (p figurePages) reportingUnits(lang string, sc *indicator.Scheme) []web.ChoiceGroup {
	choice := func(code string) web.Choice { return web.Choice{Value: code, Label: p.pack.Name(code, lang)} }
	out := []web.ChoiceGroup{{Choices: []web.Choice{choice(p.indicators.Whole())}}}
	if sc == nil {
		return out
	}
	rows := web.ChoiceGroup{Label: indicator.InLang(sc.Names, lang)}
	for _, code := range sc.Rows {
		rows.Choices = append(rows.Choices, choice(code))
	}
	if sc.Other != "" {
		rows.Choices = append(rows.Choices, choice(sc.Other))
	}
	groups := web.ChoiceGroup{Label: p.print(lang).T("web.figure.groups", nil)}
	for _, g := range p.pack.Groups() {
		if sc.Groups[g.Code] != nil {
			groups.Choices = append(groups.Choices, choice(g.Code))
		}
	}
	return append(out, rows, groups)
}

// views are the ways to look at the indicator.
func (w *figureWork) views() []indicator.View {
	out := []indicator.View{indicator.Level, indicator.Growth, indicator.Change}
	if adds := w.of.Kind == indicator.Flow || w.of.Kind == indicator.Stock; adds && (len(w.of.Dimensions) > 0 || w.of.Rows != "") {
		out = append(out, indicator.Share, indicator.ShareChange)
	}
	if w.of.Rows != "" {
		out = append(out, indicator.Rank)
	}
	if slices.Contains(w.of.Reported, indicator.NationalRank) {
		out = append(out, indicator.NationalRank)
	}
	return out
}

func (w *figureWork) viewLabel(v indicator.View) string {
	if v == indicator.Level {
		return w.say.T("web.figure.level", nil)
	}
	return w.indicators.ViewName(w.of, v, w.say)
}

// beside evaluates the figure in the other views, and keeps those that there are.
func (w *figureWork) beside(out *web.FigureSheet) error {
	for _, v := range w.views() {
		if v == w.base.View {
			continue
		}
		f, err := w.e.Figure(w.ctx, w.base.Seen(v))
		if err != nil {
			return err
		}
		if f.Value != nil {
			out.Beside = append(out.Beside, w.tell.Tell(w.say.Lang(), f))
		}
	}
	return nil
}

// fitting counts the records that fit what is counted where their count is no figure.
func (w *figureWork) fitting(f *indicator.Figure, out *web.FigureSheet) error {
	if f.Query == "" || f.Value != nil {
		return nil
	}
	table, err := w.finder.Count(w.ctx, find.Public(), find.CountRequest{Query: f.Query, Lang: w.say.Lang(), AsOf: register.AsOf{Known: out.Ask.State}})
	if err == nil {
		out.Fitting = table.Total
	}
	return err
}

// wordIn tells whether any of texts holds a word, in whatever case.
func wordIn(word string, texts ...string) bool {
	word = strings.ToLower(word)
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.ToLower(s), word) })
}
