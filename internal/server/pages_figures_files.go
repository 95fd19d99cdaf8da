package server

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/dataset"
	"onewindow/internal/i18n"
	"onewindow/internal/source/workbook"
)

// WriteFigures writes a table of figures as csv, meta, xlsx or json.
func (p figurePages) WriteFigures(w io.Writer, lang, form string, t *v1.FigureTable) error {
	say := p.print(lang)
	id := "figures"
	if len(t.About) == 1 {
		id = t.About[0].ID
	}
	switch form {
	case "json":
		return writeJSON(w, t)
	case "csv":
		return p.observations(say, id, t).CSV(w)
	case "meta":
		d := p.observations(say, id, t)
		return d.Metadata(w, d.ID+".csv")
	}
	wide, long := p.laidOut(say, id, t), p.observations(say, id, t)
	return workbook.WriteSheets(w, wide.Sheet(say.T("web.figure.sheet.table", nil)), long.Sheet(say.T("web.figure.sheet.figures", nil)), wide.About(say.T("web.figure.sheet.about", nil)))
}

// writeJSON writes a value as JSON, indented.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// sampleMark returns the words that mark invented data, none where none is.
func sampleMark(say *i18n.Printer, sample bool) string {
	if !sample {
		return ""
	}
	return say.T("web.sample.short", nil) + " " + say.T("web.sample.text", nil)
}

// aboutFigures says what a table of figures is about.
func aboutFigures(say *i18n.Printer, id string, t *v1.FigureTable) dataset.Dataset {
	d := dataset.Dataset{ID: id, Title: t.Title, Lang: say.Lang(), Sample: sampleMark(say, t.Sample)}
	note := func(what, text string) {
		if text != "" {
			d.Notes = append(d.Notes, dataset.Note{Label: say.T("figure.what."+what, nil), Text: text})
		}
	}
	for _, i := range t.About {
		note("name", i.Name+" ("+i.ID+")")
		note("about", i.About)
		note("unit", i.Unit.Label)
		note("kind", i.Kind.Label)
		note("basis", i.Basis)
		note("query", i.Query)
		note("definition", i.Hash)
		note("lacks", strings.Join(i.Absent, "\n"))
	}
	note("lacks", strings.Join(t.Lacking, "\n"))
	note("state", strconv.FormatInt(t.State, 10))
	note("approval", strconv.FormatInt(t.Approval, 10))
	note("rounding", say.T("web.figure.rounding", nil))
	return d
}

// observations are the figures of a table one a row, with all that each carries.
func (p figurePages) observations(say *i18n.Printer, id string, t *v1.FigureTable) *dataset.Dataset {
	d := aboutFigures(say, id, t)
	for _, c := range []string{
		"figure", "name", "indicator", "region_code", "region", "period", "parts", "view", "value", "qualifier", "unit", "status", "absent", "origin", "vintage", "query", "on",
		"return", "source", "definition", "state", "approval", "sample",
	} {
		d.Columns = append(d.Columns, dataset.Column{ID: c, Title: say.T("figure.what."+c, nil), Number: c == "value"})
	}
	for _, r := range t.Body {
		for i := range r.Figures {
			f := &r.Figures[i]
			var row []dataset.Cell
			for _, text := range []string{
				f.Figure, f.Name, f.Indicator, f.Region.Code, f.Region.Label, f.Period, f.Parts, f.View, f.Value, f.Qualifier, f.Unit.Label, f.Status.Code, f.Absent, f.Origin.Code, f.Vintage, f.Query, f.On,
				number(f.Return), f.Source, f.Definition, number(f.State), number(f.Approval), markWord(say, f.Sample),
			} {
				row = append(row, dataset.Cell(text))
			}
			d.Rows = append(d.Rows, row)
		}
	}
	return &d
}

// number writes a number, nothing for zero.
func number(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func markWord(say *i18n.Printer, sample bool) string {
	if !sample {
		return ""
	}
	return say.T("web.sample.short", nil)
}

// laidOut is a table of figures as a page shows it.
func (p figurePages) laidOut(say *i18n.Printer, id string, t *v1.FigureTable) *dataset.Dataset {
	d := aboutFigures(say, id, t)
	d.Columns = []dataset.Column{{ID: t.Rows.ID, Title: t.Rows.Label}}
	for _, h := range t.Heads {
		title := h.Label
		if h.Unit.Label != "" {
			title = say.T("web.figure.unit-of", map[string]any{"what": h.Label, "unit": h.Unit.Label})
		}
		d.Columns = append(d.Columns, dataset.Column{ID: h.ID, Title: title, Number: true})
	}
	if t.Sample {
		d.Columns = append(d.Columns, dataset.Column{ID: "sample", Title: say.T("web.sample.short", nil)})
	}
	for _, r := range t.Body {
		row := []dataset.Cell{dataset.Cell(r.Label)}
		for i := range r.Figures {
			f := &r.Figures[i]
			text := f.Value
			if f.Qualifier != "" && text != "" {
				text = say.T("figure.qualifier."+f.Qualifier, nil) + " " + text
			}
			row = append(row, dataset.Cell(text))
		}
		if t.Sample {
			row = append(row, dataset.Cell(say.T("web.sample.short", nil)))
		}
		d.Rows = append(d.Rows, row)
	}
	return &d
}
