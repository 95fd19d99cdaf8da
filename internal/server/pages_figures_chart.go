package server

import (
	"html/template"
	"slices"
	"strconv"

	"onewindow/internal/api/v1"
	"onewindow/internal/chart"
	"onewindow/internal/decimal"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// drawer draws tables of figures.
type drawer struct {
	say      *i18n.Printer
	outlines *chart.Outlines
	t        *v1.FigureTable
	places   int
	strong   string // id of the row that stands out
}

// drawings draws a table: bars and a map by region, lines by period, shares where the
// columns are parts that make up the whole, else bars. column is the one that is drawn;
// id begins the ids of the drawings, which are unique on a page.
func (d drawer) drawings(id string, column int) []template.HTML {
	if len(d.t.Heads) == 0 || d.rows(column, partItem) < 2 {
		return nil
	}
	d.places = d.placesOf(column)
	var all []chart.Chart
	switch {
	case d.t.Rows.ID == byPeriod:
		all = append(all, d.lines(column))
	case d.partsAcross():
		all = append(all, d.shares())
	default:
		all = append(all, d.bars(column))
	}
	if d.t.Rows.ID == byRegion && d.outlines != nil {
		all = append(all, d.onMap(column))
	}
	var out []template.HTML
	for i, c := range all {
		out = append(out, chart.HTML(c, chart.In(d.say), id+"-"+strconv.Itoa(i)))
	}
	return out
}

// rows counts rows of a kind that have a figure in a column.
func (d drawer) rows(column int, kind string) int {
	n := 0
	for _, r := range d.t.Body {
		if r.Kind == kind && r.Figures[column].Value != "" {
			n++
		}
	}
	return n
}

// placesOf returns with how many decimal places a column is written.
func (d drawer) placesOf(column int) int {
	for _, r := range d.t.Body {
		if _, places, err := decimal.Parse(r.Figures[column].Value); err == nil {
			return places
		}
	}
	return 0
}

// partsAcross tells whether the columns are parts of one whole.
func (d drawer) partsAcross() bool {
	if len(d.t.About) != 1 {
		return false
	}
	return slices.ContainsFunc(d.t.About[0].Dimensions, func(m v1.IndicatorDimension) bool {
		return m.ID == d.t.Columns.ID && m.Parts == "exhaustive" && len(d.t.Heads) == len(m.Codes)+1
	})
}

// value returns the number of a figure for a chart. A bound is drawn where it lies.
func value(f v1.Figure) chart.Value {
	n, _, err := decimal.Parse(f.Value)
	if err != nil {
		return chart.Value{}
	}
	return chart.Number(n)
}

// about says what stands around a chart.
func (d drawer) about(column int, title string) chart.About {
	a := chart.About{
		Title: title, Subtitle: d.t.Title, Sample: d.t.Sample,
		Source: d.say.T("web.figure.of-state", ierr.Args{"state": strconv.FormatInt(d.t.State, 10), "approval": strconv.FormatInt(d.t.Approval, 10)}),
	}
	a.Unit = d.t.Heads[column].Unit.Label
	switch {
	case d.t.Columns.ID == byIndicator:
		a.Subtitle = d.say.T("web.compare.table", ierr.Args{"names": d.t.Heads[column].Label, "period": d.t.Body[0].Figures[column].Period})
	case d.t.Columns.ID != byView || column > 0:
		a.Subtitle = d.say.T("web.figure.chart.of", ierr.Args{"what": d.t.Heads[column].Label, "title": d.t.Title})
	}
	return a
}

// amount writes a figure with its unit.
func (d drawer) amount(f v1.Figure) string {
	return d.say.T("web.figure.amount", ierr.Args{"value": d.say.Decimal(f.Value), "unit": f.Unit.Label})
}

// extremes returns the parts with the greatest and the least figure of a column.
func (d drawer) extremes(column int) (most, least v1.FigureRow) {
	var high, low decimal.Number
	for _, r := range d.t.Body {
		n, ok := value(r.Figures[column]).Get()
		if r.Kind != partItem || !ok {
			continue
		}
		if most.Label == "" || n.Cmp(high) > 0 {
			most, high = r, n
		}
		if least.Label == "" || n.Cmp(low) < 0 {
			least, low = r, n
		}
	}
	return most, least
}

func (d drawer) bars(column int) chart.Chart {
	most, least := d.extremes(column)
	b := chart.Bars{Places: d.places, About: d.about(column, d.say.T("web.figure.chart.most", ierr.Args{
		"most": most.Label, "high": d.amount(most.Figures[column]), "least": least.Label, "low": d.amount(least.Figures[column]),
	}))}
	for _, r := range d.t.Body {
		f := r.Figures[column]
		switch {
		case r.Kind == partItem:
			b.Bars = append(b.Bars, chart.Bar{Label: r.Label, Value: value(f), Strong: r.ID == d.strong})
		case r.Kind == wholeItem && d.comparable(f):
			b.Reference = &chart.Bar{Label: r.Label, Value: value(f)}
		}
	}
	return b
}

// comparable tells whether the figure of a whole can stand beside those of its parts:
// that of a ratio or of growth can, a count cannot.
func (d drawer) comparable(f v1.Figure) bool {
	if f.Value == "" {
		return false
	}
	if f.View == "" {
		return slices.ContainsFunc(d.t.About, func(i v1.Indicator) bool { return i.ID == f.Indicator && i.Kind.Code == "ratio" })
	}
	return f.View == "growth"
}

func (d drawer) onMap(column int) chart.Chart {
	m := chart.Map{Places: d.places, Outlines: d.outlines, About: d.about(column, d.t.Title)}
	m.Subtitle = d.t.Heads[column].Label
	for _, r := range d.t.Body {
		if r.Kind == partItem {
			m.Regions = append(m.Regions, chart.Region{Code: r.ID, Label: r.Label, Value: value(r.Figures[column])})
		}
	}
	return m
}

func (d drawer) lines(column int) chart.Chart {
	newest, oldest := -1, -1
	for i, r := range d.t.Body {
		if r.Figures[column].Value != "" {
			if oldest = i; newest < 0 {
				newest = i
			}
		}
	}
	last, first := d.t.Body[newest], d.t.Body[oldest]
	l := chart.Lines{Places: d.places, About: d.about(column, d.say.T("web.figure.chart.over", ierr.Args{
		"last": last.Label, "now": d.amount(last.Figures[column]), "first": first.Label, "then": d.amount(first.Figures[column]),
	}))}
	columns := []int{column}
	if d.t.Columns.ID != byView {
		columns = nil
		for i := range d.t.Heads {
			columns = append(columns, i)
		}
		l.Subtitle = d.t.Title
	}
	for _, i := range columns {
		l.Series = append(l.Series, chart.Run{Name: d.t.Heads[i].Label})
	}
	for i := oldest; i >= newest; i-- {
		r := d.t.Body[i]
		l.Periods = append(l.Periods, r.Label)
		for k, c := range columns {
			l.Series[k].Values = append(l.Series[k].Values, value(r.Figures[c]))
		}
	}
	return l
}

func (d drawer) shares() chart.Chart {
	s := chart.Shares{Places: 1, About: d.about(0, d.t.Title)}
	s.Subtitle, s.Unit = "", "%"
	parts := len(d.t.Heads) - 1 // the last is the whole
	for _, h := range d.t.Heads[:parts] {
		s.Parts = append(s.Parts, h.Label)
	}
	for _, r := range d.t.Body {
		if r.Kind == groupItem {
			continue
		}
		w := chart.Whole{Label: r.Label}
		for _, f := range r.Figures[:parts] {
			w.Parts = append(w.Parts, value(f))
		}
		s.Wholes = append(s.Wholes, w)
	}
	return s
}
