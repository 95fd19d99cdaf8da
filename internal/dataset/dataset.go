// Package dataset writes tables that leave the house as files: CSV with a metadata
// file beside it, and workbooks that say what stands in them. It knows nothing of what
// the tables are about.
package dataset

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"strconv"

	"onewindow/internal/source/workbook"
)

// Dataset is a table with what a reader has to know of it.
type Dataset struct {
	ID      string // of the file's name
	Title   string
	Lang    string // BCP 47
	Sample  string // the words that mark invented data; empty where none is invented
	Notes   []Note
	Columns []Column
	Rows    [][]Cell // one cell a column
}

// Note is one thing that a reader has to know.
type Note struct{ Label, Text string }

// Column heads cells.
type Column struct {
	ID     string
	Title  string
	Number bool
}

// Cell is a text, or the text of a decimal number without grouping where its column is
// one of numbers. An empty one is absent.
type Cell string

// CSV writes the rows below one row of heads, by RFC 4180, in UTF-8. A text that a
// spreadsheet would run as a formula is led by an apostrophe.
func (d *Dataset) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		line[i] = workbook.Harmless(c.ID)
	}
	if err := out.Write(line); err != nil {
		return err
	}
	for _, row := range d.Rows {
		for i, c := range row {
			if line[i] = string(c); !d.Columns[i].Number {
				line[i] = workbook.Harmless(string(c))
			}
		}
		if err := out.Write(line); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Metadata writes what the CSV file at an address holds, by CSV on the Web (W3C,
// Metadata Vocabulary for Tabular Data).
func (d *Dataset) Metadata(w io.Writer, url string) error {
	type column struct {
		Name     string            `json:"name"`
		Titles   map[string]string `json:"titles"`
		Datatype string            `json:"datatype"`
	}
	type note struct {
		Label string `json:"dc:title"`
		Text  string `json:"dc:description"`
	}
	columns, notes := []column{}, []note{}
	for _, c := range d.Columns {
		kind := "string"
		if c.Number {
			kind = "decimal"
		}
		columns = append(columns, column{c.ID, map[string]string{d.Lang: c.Title}, kind})
	}
	for _, n := range d.Notes {
		notes = append(notes, note(n))
	}
	out := map[string]any{
		"@context": []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": d.Lang}}, "url": url, "dc:title": d.Title, "notes": notes,
		"dialect": map[string]any{"encoding": "utf-8", "header": true}, "tableSchema": map[string]any{"columns": columns},
	}
	if d.Sample != "" {
		out["dc:provenance"] = d.Sample
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(out)
}

// Sheet lays the table out for a workbook: title and mark above its heads, and heads
// in words.
func (d *Dataset) Sheet(name string) workbook.Sheet {
	s := workbook.Sheet{Name: name, Rows: [][]any{{d.Title}}}
	if d.Sample != "" {
		s.Rows = append(s.Rows, []any{d.Sample})
	}
	s.Rows = append(s.Rows, []any{})
	s.Head = len(s.Rows)
	var heads []any
	for i, c := range d.Columns {
		heads = append(heads, c.Title)
		width := 16.0
		if i == 0 {
			width = 32
		}
		s.Widths = append(s.Widths, width)
	}
	s.Rows = append(s.Rows, heads)
	for _, row := range d.Rows {
		line := make([]any, len(row))
		for i, c := range row {
			line[i] = string(c)
			if d.Columns[i].Number && c != "" {
				line[i] = number(string(c))
			}
		}
		s.Rows = append(s.Rows, line)
	}
	return s
}

// About lays the notes out for a workbook.
func (d *Dataset) About(name string) workbook.Sheet {
	s := workbook.Sheet{Name: name, Widths: []float64{28, 100}, Rows: [][]any{{d.Title, ""}}}
	if d.Sample != "" {
		s.Rows = append(s.Rows, []any{d.Sample, ""})
	}
	for _, n := range d.Notes {
		s.Rows = append(s.Rows, []any{n.Label, n.Text})
	}
	return s
}

// number returns a number as a spreadsheet holds it, in binary; what is none stays a
// text.
func number(s string) any {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n
	}
	return s
}
