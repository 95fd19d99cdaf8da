package publish

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/paper"
	"onewindow/internal/source/workbook"
)

// csvColumns are the columns of the table of figures: name, type of the table schema
// (Frictionless), and the message that describes it.
var csvColumns = []struct{ name, kind string }{
	{"figure", "string"}, {"indicator", "string"}, {"name", "string"}, {"region_code", "string"}, {"region", "string"}, {"period", "string"},
	{"part", "string"}, {"view", "string"}, {"value", "number"}, {"unit", "string"}, {"qualifier", "string"}, {"absent", "string"},
	{"origin", "string"}, {"reported", "boolean"}, {"definition", "string"}, {"sample", "string"},
}

// writeCSV writes every figure as a row, in UTF-8 (RFC 4180). Texts that a spreadsheet
// would run as formulas are led by an apostrophe.
func writeCSV(e *Edition, d *paper.Document, w io.Writer) error {
	out := csv.NewWriter(w)
	head := make([]string, len(csvColumns))
	for i, c := range csvColumns {
		head[i] = c.name
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range e.statRows(d) {
		f := r.figure
		reported := "false"
		if f.Reported {
			reported = "true"
		}
		row := []string{
			f.Ref.String(), f.Ref.Indicator, r.name, f.Ref.Region, r.region, f.Ref.Period.String(),
			r.part, r.view, r.value, r.unit, string(f.Qualifier), r.why, r.origin, reported, f.Definition, r.sampleMark(),
		}
		for i := range row {
			if csvColumns[i].kind == "string" {
				row[i] = workbook.Harmless(row[i])
			}
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeDataPackage describes the tables of figures as a data package (Frictionless
// Data Package 1).
func writeDataPackage(e *Edition, d *paper.Document, w io.Writer) error {
	say := e.say(d)
	type field struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Description string `json:"description"`
	}
	var fields []field
	for _, c := range csvColumns {
		fields = append(fields, field{c.name, c.kind, say.T("paper.column."+c.name, nil)})
	}
	files, err := e.Files("csv")
	if err != nil {
		return err
	}
	var resources []map[string]any
	for _, f := range files {
		resources = append(resources, map[string]any{
			"name": "figures-" + f.doc.Lang, "path": f.Name, "title": f.doc.Title, "profile": "tabular-data-resource",
			"format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
			"schema": map[string]any{"fields": fields, "primaryKey": []string{"figure"}, "missingValues": []string{""}},
		})
	}
	return writeJSON(w, map[string]any{
		"profile": "tabular-data-package", "name": strings.ToLower(fileBase(e)), "id": e.Name(), "title": d.Title, "description": e.about(d),
		"version": say.T("paper.edition", ierr.Args{"n": e.N}), "created": e.Released.String() + "T00:00:00Z",
		"keywords": []string{"intellectual property", "知识产权"}, "resources": resources,
	})
}

// about describes the edition in a sentence, with the mark of a sample.
func (e *Edition) about(d *paper.Document) string {
	s := d.Subtitle
	if d.Sample {
		s = e.say(d).T("paper.sample.word", nil) + ": " + e.say(d).T("paper.sample.note", nil) + " " + s
	}
	return s
}

func writeJSON(w io.Writer, v any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(v)
}
