package paper

import (
	"strings"

	"onewindow/internal/indicator"
)

// chart makes a picture's figures.
func (w *making) chart(spec *ChartSpec) *Chart {
	lang := w.Say.Lang()
	c := &Chart{ID: spec.ID, N: len(w.doc.Charts) + 1, Kind: spec.Kind, Title: w.spans(spec.titles[lang])}
	w.doc.Charts = append(w.doc.Charts, c)
	base, _ := indicator.ParseRef(spec.Figure)
	series := []place{{name: w.Set.Name(base, w.Say, w.Place), change: func(r indicator.Ref) indicator.Ref { return r }}}
	if spec.By != nil {
		series = w.along(*spec.By, base)
	}
	unit := ""
	for _, s := range series {
		row := Series{Name: s.name}
		for _, p := range w.along(spec.Over, base) {
			x := w.point(p.name, p.code, s.change(p.change(base)))
			unit = unitIn(unit, x.Figure.Unit)
			row.Points = append(row.Points, x)
			c.Sample = c.Sample || x.Figure.Sample
		}
		c.Series = append(c.Series, row)
	}
	if at, ok := strings.CutPrefix(spec.Reference, "@"); ok {
		x := w.point(w.Place(at, lang), at, base.At(at))
		c.Reference = &x
	}
	c.Unit = w.unit(unit)
	c.Subtitle = w.Say.T("paper.chart.subtitle", map[string]any{"name": w.Set.Name(base, w.Say, w.Place), "unit": c.Unit, "period": w.doc.Paper.full(base, w.Set.Whole()).Period.String()})
	if s := spec.Notes[lang]; s != "" {
		c.Notes = append(c.Notes, s)
	}
	return c
}

func (w *making) point(label, code string, r indicator.Ref) Point {
	f := w.figure(r)
	return Point{label, code, f, w.cell(f)}
}

// Grid returns the picture's figures as a table: a row for each mark, a column for each
// series.
func (c *Chart) Grid(say Say) *Table {
	t := &Table{ID: c.ID, N: c.N, Title: c.Title, Unit: c.Unit, Stub: say.T("paper.stub.item", nil)}
	for _, s := range c.Series {
		t.Columns = append(t.Columns, ColumnHead{Head: s.Name})
	}
	for i, p := range c.Series[0].Points {
		row := Row{Kind: RowUnit, Name: p.Label}
		for _, s := range c.Series {
			row.Cells = append(row.Cells, Cell{Figure: s.Points[i].Figure, Text: s.Points[i].Text})
		}
		t.Rows = append(t.Rows, row)
	}
	if r := c.Reference; r != nil {
		t.Rows = append(t.Rows, Row{Kind: RowWhole, Name: r.Label, Cells: []Cell{{Figure: r.Figure, Text: r.Text}}})
	}
	return t
}
