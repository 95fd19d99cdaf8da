package server

import (
	"slices"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/indicator"
	"onewindow/internal/web"
)

// axis is a way in which figures are laid out.
type axis struct {
	id, label string
	items     []item
}

// item is one place on an axis.
type item struct {
	id, label string
	kind      string // part, whole or group
	change    func(indicator.Ref) indicator.Ref
}

// Ids of axes, beside those of dimensions.
const (
	byRegion    = "region"
	byPeriod    = "period"
	byView      = "view"
	byIndicator = "indicator"
	partItem    = "part"
	wholeItem   = "whole"
	groupItem   = "group"
)

// axis returns an axis of the page's indicator, nil where it has none of that id.
func (w *figureWork) axis(id string, periods []indicator.Period) *axis {
	switch id {
	case byRegion:
		return w.regions()
	case byPeriod:
		out := &axis{id: id, label: w.say.T("web.figure.axis.period", nil)}
		for _, p := range periods[:min(len(periods), maxPeriods)] {
			out.items = append(out.items, item{p.String(), p.String(), partItem, func(r indicator.Ref) indicator.Ref { return r.In(p) }})
		}
		return out
	case byView:
		out := &axis{id: id, label: w.say.T("web.figure.axis.view", nil)}
		for _, v := range w.views() {
			if v == indicator.Change || v == indicator.ShareChange {
				continue // which stand at the figure itself
			}
			out.items = append(out.items, item{string(v), w.viewLabel(v), partItem, func(r indicator.Ref) indicator.Ref { return r.Seen(v) }})
		}
		return out
	}
	return w.parts(id)
}

func (w *figureWork) regions() *axis {
	sc := w.indicators.Schemes[w.of.Rows]
	if sc == nil {
		return nil
	}
	out := &axis{id: byRegion, label: w.say.T("web.figure.axis.region", nil)}
	add := func(code, kind string) {
		out.items = append(out.items, item{code, w.pack.Name(code, w.say.Lang()), kind, func(r indicator.Ref) indicator.Ref { return r.At(code) }})
	}
	for _, code := range sc.Rows {
		add(code, partItem)
	}
	if sc.Other != "" && w.of.Of == nil { // nothing stands below a count of what names no place
		add(sc.Other, partItem)
	}
	add(sc.Whole, wholeItem)
	for _, g := range w.pack.Groups() {
		if sc.Groups[g.Code] != nil {
			add(g.Code, groupItem)
		}
	}
	return out
}

func (w *figureWork) parts(id string) *axis {
	m := w.of.Dimension(id)
	if m == nil {
		return nil
	}
	lang, list := w.say.Lang(), w.indicators.Codelists[m.Codelist]
	out := &axis{id: id, label: indicator.InLang(list.Names, lang)}
	for _, c := range list.Codes {
		out.items = append(out.items, item{c.ID, indicator.InLang(c.Names, lang), partItem, func(r indicator.Ref) indicator.Ref { return r.Of(r.Parts.With(id, c.ID)) }})
	}
	out.items = append(out.items, item{"", w.say.T("web.figure.all", nil), wholeItem, func(r indicator.Ref) indicator.Ref { return r.Of(r.Parts.Without(id)) }})
	return out
}

// axesOf lists the axes that rows can be, in the order in which they are tried.
func (w *figureWork) axesOf() []string {
	var out []string
	if w.indicators.Schemes[w.of.Rows] != nil {
		out = append(out, byRegion)
	}
	for _, m := range w.of.Dimensions {
		out = append(out, m.ID)
	}
	return append(out, byPeriod)
}

// table lays the figures around that of the page out. Rows that were not asked for are
// the first breakdown that has figures.
func (w *figureWork) table(out *web.FigureSheet, periods []indicator.Period) error {
	all := w.axesOf()
	for _, id := range all {
		out.Axes = append(out.Axes, web.Choice{Value: id, Label: w.axis(id, periods).label})
	}
	if !slices.Contains(all, out.Ask.Rows) {
		out.Ask.Rows = byPeriod
		for _, id := range all {
			has, err := w.has(w.axis(id, periods))
			if err != nil {
				return err
			}
			if has {
				out.Ask.Rows = id
				break
			}
		}
	}
	across := append([]string{byView}, all...)
	across = slices.DeleteFunc(across, func(id string) bool { return id == out.Ask.Rows || id == byRegion })
	if !slices.Contains(across, out.Ask.Columns) {
		out.Ask.Columns = byView
	}
	for _, id := range across {
		out.Across = append(out.Across, web.Choice{Value: id, Label: w.axis(id, periods).label})
	}
	rows, columns := w.axis(out.Ask.Rows, periods), w.axis(out.Ask.Columns, periods)
	base := w.base
	if columns.id == byView {
		base = base.Seen(indicator.Level)
	}
	t, err := w.lay(base, rows, columns)
	if err != nil {
		return err
	}
	t.About = []v1.Indicator{out.Indicator}
	t.Title = w.caption(base, rows, columns)
	out.Table = t
	return nil
}

// has tells whether any part of an axis has a figure.
func (w *figureWork) has(a *axis) (bool, error) {
	for _, i := range a.items {
		if i.kind != partItem {
			continue
		}
		f, err := w.e.Figure(w.ctx, i.change(w.base))
		if err != nil || f.Value != nil {
			return f != nil && f.Value != nil, err
		}
	}
	return false, nil
}

// caption names what a table holds.
func (w *figureWork) caption(base indicator.Ref, rows, columns *axis) string {
	if rows.id == byRegion {
		base.Region = ""
	}
	name := w.indicators.Name(base, w.say, w.pack.Name)
	by := rows.label
	if columns.id != byView {
		by = w.say.T("web.figure.by-two", map[string]any{"rows": rows.label, "columns": columns.label})
	}
	if rows.id == byPeriod || columns.id == byPeriod {
		return w.say.T("web.figure.caption", map[string]any{"name": name, "by": by})
	}
	return w.say.T("web.figure.caption-of", map[string]any{"name": name, "by": by, "period": base.Period.String()})
}

// lay evaluates a table. A column other than the first in which no figure is there is
// left out, and said to be; so are rows of an indicator that only some units have.
func (w *figureWork) lay(base indicator.Ref, rows, columns *axis) (*v1.FigureTable, error) {
	lang := w.say.Lang()
	t := &v1.FigureTable{
		Mark: v1.Mark{Sample: w.Sample(), State: w.e.Counter.State()}, Approval: w.e.Reporter.Approval(),
		Rows: v1.FigureAxis{ID: rows.id, Label: rows.label}, Columns: v1.FigureAxis{ID: columns.id, Label: columns.label},
	}
	for _, r := range rows.items {
		row := v1.FigureRow{ID: r.id, Label: r.label, Kind: r.kind}
		for _, c := range columns.items {
			f, err := w.e.Figure(w.ctx, c.change(r.change(base)))
			if err != nil {
				return nil, err
			}
			bare := *f
			bare.Inputs = nil
			told := w.tell.Tell(lang, &bare)
			told.Status = w.tell.Status(lang, f)
			api.Unnamed(&told)
			if inapplicable(f) {
				told.Absent = ""
			}
			row.Figures = append(row.Figures, told)
		}
		t.Body = append(t.Body, row)
	}
	for _, c := range columns.items {
		t.Heads = append(t.Heads, v1.FigureColumn{ID: c.id, Label: c.label})
	}
	slim(t, w.of.Sparse)
	return t, nil
}

// inapplicable tells whether a view says nothing of a figure: a whole has no share,
// and what is no reporting unit no rank.
func inapplicable(f *indicator.Figure) bool {
	return f.Absent != nil && (f.Absent.Code == "whole" || f.Absent.Code == "unranked" && f.Ref.View == indicator.Rank)
}

// slim leaves out what of a table is empty, and gives each column its unit.
func slim(t *v1.FigureTable, sparse bool) {
	if sparse {
		t.Body = slices.DeleteFunc(t.Body, func(r v1.FigureRow) bool {
			return r.Kind != wholeItem && !slices.ContainsFunc(r.Figures, func(f v1.Figure) bool { return f.Value != "" })
		})
	}
	for i := len(t.Heads) - 1; i >= 0; i-- {
		why, there := "", false
		for _, r := range t.Body {
			there = there || r.Figures[i].Value != ""
			if r.Figures[i].Absent != "" && (r.Kind == partItem || why == "") {
				why = r.Figures[i].Absent
			}
			if t.Heads[i].Unit.Code == "" {
				t.Heads[i].Unit = r.Figures[i].Unit
			}
		}
		if there || i == 0 && t.Columns.ID == byView {
			continue
		}
		if why != "" {
			t.Lacking = append(t.Lacking, t.Heads[i].Label+": "+why)
		}
		t.Heads = slices.Delete(t.Heads, i, i+1)
		for k := range t.Body {
			t.Body[k].Figures = slices.Delete(t.Body[k].Figures, i, i+1)
		}
	}
	slices.Reverse(t.Lacking)
}
