package server

import (
	"context"
	"html/template"
	"io"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/chart"
	"onewindow/internal/dataset"
	"onewindow/internal/decimal"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/source/workbook"
	"onewindow/internal/web"
)

// Limits of a table of counts.
const (
	maxCounts = 50_000 // rows
	maxAcross = 12     // columns: a dimension of more values stands in the rows
	maxBars   = 24     // bars of a chart
)

// Explore counts records by what a reader chooses.
func (p figurePages) Explore(ctx context.Context, lang string, ask web.ExploreAsk) (*web.Exploration, error) {
	say := p.print(lang)
	out := &web.Exploration{Ask: ask, Regions: p.regionChoices(say)}
	for _, d := range find.DimensionNames() {
		if ask.Unit == web.Publications || d != "doc" {
			out.Dimensions = append(out.Dimensions, web.Choice{Value: d, Label: named(say, "dimension", d)})
		}
	}
	if _, err := p.finder.Parse(ask.Query); err != nil {
		return out, err // with its place in what was typed
	}
	t, err := p.tell.Count(ctx, lang, v1.CountParams{Query: asked(ask), By: strings.Join(ask.By, ","), Unit: string(ask.Unit), Limit: maxCounts})
	if err != nil {
		return out, err
	}
	out.Count = t
	x := exploring{figurePages: p, say: say, out: out, t: t}
	x.title()
	x.lay()
	out.Drawings = x.draw()
	return out, nil
}

// asked makes one query of all that is asked for. What was typed stands in brackets, so
// that an "or" in it takes nothing of the rest along.
func asked(ask web.ExploreAsk) string {
	day := "latest"
	if ask.Unit == web.Publications {
		day = "pd"
	}
	var all []string
	if q := strings.TrimSpace(ask.Query); q != "" {
		all = append(all, "("+q+")")
	}
	for _, c := range [][2]string{{"region=", ask.Region}, {day + ">=", ask.From}, {day + "<=", ask.To}} {
		if c[1] != "" {
			all = append(all, c[0]+`"`+strings.ReplaceAll(c[1], `"`, "")+`"`)
		}
	}
	return strings.Join(all, " and ")
}

// exploring lays a table of counts out.
type exploring struct {
	figurePages
	say *i18n.Printer
	out *web.Exploration
	t   *v1.Count
}

func (x exploring) title() {
	var by []string
	for _, d := range x.t.Dimensions {
		by = append(by, d.Label)
	}
	unit := x.say.T("web.unit."+x.t.Unit, nil)
	if len(by) == 0 {
		x.out.Title = x.say.T("web.explore.caption-all", ierr.Args{"unit": unit})
		return
	}
	x.out.Title = x.say.T("web.explore.caption", ierr.Args{"unit": unit, "by": x.say.List(by)})
}

// lay puts the last of several dimensions across where it has few values.
func (x exploring) lay() {
	dims := x.t.Dimensions
	across := len(dims) - 1
	codes := map[string]int{}
	if across > 0 {
		for _, r := range x.t.Rows {
			if _, known := codes[r.Codes[across]]; !known {
				codes[r.Codes[across]] = len(x.out.Heads)
				x.out.Heads = append(x.out.Heads, web.CountHead{Code: r.Codes[across], Label: x.label(r.Labels[across])})
			}
		}
	}
	if across <= 0 || len(x.out.Heads) > maxAcross {
		x.out.Heads, across = nil, len(dims)
	}
	for _, d := range dims[:across] {
		x.out.By = append(x.out.By, web.Choice{Value: d.Name, Label: d.Label})
	}
	for _, r := range x.t.Rows {
		row := x.row(r, across)
		row.Sum += r.Count
		cell := web.CountCell{N: r.Count, Query: x.query(r.Codes)}
		if x.out.Heads == nil {
			row.Cells = append(row.Cells, cell)
			continue
		}
		at := codes[r.Codes[across]]
		row.Cells[at] = cell
		x.out.Heads[at].Sum += r.Count
	}
}

// row returns the row of the first dimensions of a count, a new one where the last is
// another: counts come in the order of their codes.
func (x exploring) row(r v1.CountRow, across int) *web.CountRow {
	if n := len(x.out.Rows); n > 0 && slices.Equal(x.out.Rows[n-1].Codes, r.Codes[:across]) {
		return &x.out.Rows[n-1]
	}
	row := web.CountRow{Codes: r.Codes[:across], Cells: make([]web.CountCell, len(x.out.Heads))} // a count that is not there is none: zero
	for _, l := range r.Labels[:across] {
		row.Labels = append(row.Labels, x.label(l))
	}
	x.out.Rows = append(x.out.Rows, row)
	return &x.out.Rows[len(x.out.Rows)-1]
}

func (x exploring) label(l string) string {
	if l == "" {
		return x.say.T("web.explore.unstated", nil)
	}
	return l
}

// query finds what a count counts, "" where no query does.
func (x exploring) query(codes []string) string {
	var all []string
	if x.t.Query != "" {
		all = append(all, "("+x.t.Query+")")
	}
	for i, code := range codes {
		clause := find.Clause(x.t.Dimensions[i].Name, find.Unit(x.t.Unit), code)
		if clause == "" {
			return ""
		}
		all = append(all, clause)
	}
	parsed, err := x.finder.Parse(strings.Join(all, " and "))
	if err != nil {
		return ""
	}
	return parsed.String()
}

// draw draws the counts by the first dimension, where that is the only one of the rows:
// times as a line, all else as bars.
func (x exploring) draw() []template.HTML {
	if len(x.out.By) != 1 || len(x.out.Rows) < 2 {
		return nil
	}
	about := chart.About{Subtitle: x.out.Title, Sample: x.t.Sample, Source: x.say.T("web.explore.state", ierr.Args{"state": strconv.FormatInt(x.t.State, 10)})}
	if !x.t.Coverage.Figure {
		about.Notes = append(about.Notes, x.t.Coverage.Text)
	}
	c := x.bars(about)
	if timed(x.out.By[0].Value) {
		c = x.line(about)
	}
	if c == nil {
		return nil
	}
	return []template.HTML{chart.HTML(c, chart.In(x.say), "chart")}
}

// bars compares the rows, nil where there are too many of them.
func (x exploring) bars(about chart.About) chart.Chart {
	if len(x.out.Rows) > maxBars {
		return nil
	}
	b := chart.Bars{}
	most, least := x.out.Rows[0], x.out.Rows[0]
	for _, r := range x.out.Rows {
		b.Bars = append(b.Bars, chart.Bar{Label: r.Labels[0], Value: chart.Number(decimal.Of(r.Sum))})
		if r.Sum > most.Sum {
			most = r
		}
		if r.Sum < least.Sum {
			least = r
		}
	}
	about.Title = x.say.T("web.figure.chart.most", ierr.Args{"most": most.Labels[0], "high": most.Sum, "least": least.Labels[0], "low": least.Sum})
	b.About = about
	return b
}

// line shows the rows as they pass, the earliest first; what has no time is left out.
func (x exploring) line(about chart.About) chart.Chart {
	rows := slices.DeleteFunc(slices.Clone(x.out.Rows), func(r web.CountRow) bool { return r.Codes[0] == "" })
	if len(rows) < 2 {
		return nil
	}
	slices.Reverse(rows)
	l := chart.Lines{Series: []chart.Run{{Name: x.say.T("web.unit."+x.t.Unit, nil)}}}
	for _, r := range rows {
		l.Periods = append(l.Periods, r.Labels[0])
		l.Series[0].Values = append(l.Series[0].Values, chart.Number(decimal.Of(r.Sum)))
	}
	first, last := rows[0], rows[len(rows)-1]
	about.Title = x.say.T("web.figure.chart.over", ierr.Args{"last": last.Labels[0], "now": last.Sum, "first": first.Labels[0], "then": first.Sum})
	l.About = about
	return l
}

// timed tells whether the groups of a dimension are times.
func timed(dimension string) bool {
	return dimension == "month" || dimension == "year" || strings.HasSuffix(dimension, "-year")
}

// WriteCounts writes counts as csv, meta, xlsx or json: one count a row.
func (p figurePages) WriteCounts(w io.Writer, lang, form string, x *web.Exploration) error {
	say := p.print(lang)
	d := p.counted(say, x)
	switch form {
	case "csv":
		return d.CSV(w)
	case "meta":
		return d.Metadata(w, d.ID+".csv")
	case "json":
		return writeJSON(w, x.Count)
	}
	return workbook.WriteSheets(w, d.Sheet(say.T("web.figure.sheet.table", nil)), d.About(say.T("web.figure.sheet.about", nil)))
}

// counted are the counts of a table one a row.
func (p figurePages) counted(say *i18n.Printer, x *web.Exploration) *dataset.Dataset {
	t := x.Count
	d := &dataset.Dataset{ID: "counts", Title: x.Title, Lang: say.Lang(), Sample: sampleMark(say, t.Sample)}
	d.Notes = []dataset.Note{
		{Label: say.T("figure.what.query", nil), Text: t.Query},
		{Label: say.T("figure.what.state", nil), Text: strconv.FormatInt(t.State, 10)},
		{Label: say.T("figure.what.status", nil), Text: strings.Join(append([]string{t.Coverage.Text}, t.Coverage.Reasons...), " ")},
	}
	for _, c := range t.Dimensions {
		d.Columns = append(d.Columns, dataset.Column{ID: c.Name + "_code", Title: say.T("web.explore.code", ierr.Args{"what": c.Label})}, dataset.Column{ID: c.Name, Title: c.Label})
	}
	d.Columns = append(d.Columns, dataset.Column{ID: "count", Title: say.T("web.unit."+t.Unit, nil), Number: true}, dataset.Column{ID: "figure", Title: say.T("web.explore.figure", nil)},
		dataset.Column{ID: "sample", Title: say.T("figure.what.sample", nil)})
	for _, r := range t.Rows {
		var row []dataset.Cell
		for i := range r.Codes {
			row = append(row, dataset.Cell(r.Codes[i]), dataset.Cell(r.Labels[i]))
		}
		d.Rows = append(d.Rows, append(row, dataset.Cell(strconv.FormatInt(r.Count, 10)), dataset.Cell(strconv.FormatBool(t.Coverage.Figure)), dataset.Cell(markWord(say, t.Sample))))
	}
	return d
}
