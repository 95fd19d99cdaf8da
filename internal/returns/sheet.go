package returns

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/source/workbook"
)

// MaxFile is how many bytes a file with a return may have.
const MaxFile = 4 << 20

// The columns of a file with a return, in their order. Only figure and value must be
// there.
const (
	colFigure    = "figure"
	colName      = "name" // for people; nothing reads it
	colUnit      = "unit" // for people; nothing reads it
	colValue     = "value"
	colQualifier = "qualifier"
	colNote      = "note"
	colReason    = "reason"
)

var columns = []string{colFigure, colName, colUnit, colValue, colQualifier, colNote, colReason}

// ReadCSV reads the numbers of a return for a period from CSV in UTF-8, with a head.
// Heads are those of Template in any of the languages given, or the plain names figure,
// value, qualifier, note, reason. It refuses the file as a whole, with Problems that
// name row and column.
func ReadCSV(r io.Reader, p indicator.Period, langs []indicator.Say) ([]Value, error) {
	b, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(b) > MaxFile {
		return nil, ierr.New(ierr.TooLarge, "returns.file_size", ierr.Args{"limit": MaxFile >> 20})
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		return nil, ierr.New(ierr.Invalid, "returns.encoding", nil)
	}
	in := csv.NewReader(bytes.NewReader(b))
	in.FieldsPerRecord = -1
	all, err := in.ReadAll()
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return nil, Problems{{Row: parse.StartLine, Code: "damaged", Args: ierr.Args{"row": parse.StartLine}}}
	}
	if err != nil {
		return nil, err
	}
	return fromRows(all, p, langs)
}

// ReadXLSX reads the numbers of a return from the first sheet of a workbook, as
// ReadCSV does.
func ReadXLSX(at io.ReaderAt, size int64, p indicator.Period, langs []indicator.Say) ([]Value, error) {
	if size > MaxFile {
		return nil, ierr.New(ierr.TooLarge, "returns.file_size", ierr.Args{"limit": MaxFile >> 20})
	}
	book, err := workbook.Open(at, size, "")
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "returns.workbook", nil)
	}
	defer book.Close()
	text, err := book.Text(book.Sheets()[0])
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "returns.workbook", nil)
	}
	defer text.Close()
	return ReadCSV(text, p, langs)
}

// fromRows reads rows, the first of which is the head. Rows without a value are left
// out: the form says which may not be.
func fromRows(all [][]string, p indicator.Period, langs []indicator.Say) ([]Value, error) {
	if len(all) == 0 {
		return nil, Problems{{Row: 1, Code: "empty"}}
	}
	at, problems := places(all[0], langs)
	if len(problems) > 0 {
		return nil, problems
	}
	if len(all) > MaxCells+1 {
		return nil, Problems{{Row: len(all), Code: "too_many", Args: ierr.Args{"limit": MaxCells}}}
	}
	var out []Value
	for i, row := range all[1:] {
		cell := func(name string) string {
			if k := at[name]; k >= 0 && k < len(row) {
				return strings.TrimSpace(row[k])
			}
			return ""
		}
		if cell(colValue) == "" && cell(colQualifier) == "" {
			continue
		}
		v, err := value(cell, p)
		var problem Problem
		if errors.As(err, &problem) {
			problem.Row = i + 2
			problems = append(problems, problem)
			continue
		}
		out = append(out, v)
	}
	if len(problems) > 0 {
		return nil, problems
	}
	return out, nil
}

// Typed is one number of a return as somebody typed it.
type Typed struct {
	Figure, Value, Qualifier, Note, Reason string
}

// ReadTyped reads numbers that were typed, as ReadCSV does. Those without a value are
// left out.
func ReadTyped(all []Typed, p indicator.Period) ([]Value, error) {
	rows := [][]string{columns}
	for _, t := range all {
		rows = append(rows, []string{t.Figure, "", "", t.Value, t.Qualifier, t.Note, t.Reason})
	}
	out, err := fromRows(rows, p, nil)
	var problems Problems
	if errors.As(err, &problems) {
		for i := range problems {
			problems[i].Row, problems[i].Column = 0, "" // which nobody who types has
		}
	}
	return out, err
}

// Error makes a problem an error by itself.
func (p Problem) Error() string { return p.Code }

// places finds the columns by their heads.
func places(head []string, langs []indicator.Say) (map[string]int, Problems) {
	at := map[string]int{}
	for _, name := range columns {
		at[name] = slices.IndexFunc(head, func(h string) bool {
			h = strings.TrimSpace(h)
			return strings.EqualFold(h, name) || slices.ContainsFunc(langs, func(s indicator.Say) bool { return strings.EqualFold(h, s.T("returns.column."+name, nil)) })
		})
	}
	var out Problems
	for _, name := range []string{colFigure, colValue} {
		if at[name] < 0 {
			out = append(out, Problem{Row: 1, Column: name, Code: "no_column", Args: ierr.Args{"column": name}})
		}
	}
	return at, out
}

// value reads one row.
func value(cell func(string) string, p indicator.Period) (v Value, err error) {
	if v.Ref, err = indicator.ParseRef(cell(colFigure)); err != nil {
		return v, Problem{Column: colFigure, Code: "figure", Args: ierr.Args{"figure": cell(colFigure)}}
	}
	if v.Ref.Period == (indicator.Period{}) {
		v.Ref.Period = p
	}
	if v.Value, v.Places, err = decimal.Parse(cell(colValue)); err != nil {
		return v, Problem{Column: colValue, Ref: v.Ref, Code: "number", Args: ierr.Args{"value": cell(colValue)}}
	}
	v.Qualifier, v.Note, v.Reason = indicator.Qualifier(cell(colQualifier)), cell(colNote), cell(colReason)
	if !slices.Contains(indicator.Qualifiers, v.Qualifier) {
		return v, Problem{Column: colQualifier, Ref: v.Ref, Code: "qualifier", Args: ierr.Args{"qualifier": string(v.Qualifier)}}
	}
	return v, nil
}
