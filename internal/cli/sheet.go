package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"onewindow/internal/source/workbook"
)

// column is one column of a sheet: its stable name, which CSV writes, and its
// title in the reader's language, which tables write.
type column struct {
	name   string
	title  string
	number bool // right-aligned, digits grouped in tables
	wide   bool // not cut in tables
	plain  bool // CSV only: codes and places that a table has no room for
	table  bool // tables only: what CSV has taken apart, in columns of its own
}

// sheet is a rectangle of answers, printed as a table or as CSV.
type sheet struct {
	columns []column
	rows    [][]string
	total   []string // a last row set apart, nil for none; tables only
	notes   []string // lines below a table
	empty   string   // what a table says in place of its head where there are no rows
	sample  string   // the line that marks invented data, "" for real data
}

// add appends a row; numbers are written without grouping.
func (s *sheet) add(cells ...any) { s.rows = append(s.rows, texts(cells)) }

func texts(cells []any) []string {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = fmt.Sprint(c)
	}
	return row
}

// table writes the sheet in columns aligned by what a terminal shows: a wide
// character takes two places. Cells are cut to cellMax places.
func (s *sheet) table(w io.Writer) error {
	t := s.tabular()
	return t.write(w)
}

// tabular returns the sheet without the columns that only CSV has.
func (s *sheet) tabular() *sheet {
	t := &sheet{notes: s.notes, empty: s.empty, sample: s.sample}
	for _, c := range s.columns {
		if !c.plain {
			t.columns = append(t.columns, c)
		}
	}
	keep := func(row []string) []string {
		var out []string
		for i, c := range row {
			if !s.columns[i].plain {
				out = append(out, c)
			}
		}
		return out
	}
	for _, r := range s.rows {
		t.rows = append(t.rows, keep(r))
	}
	t.total = keep(s.total)
	return t
}

func (s *sheet) write(w io.Writer) error {
	widths := make([]int, len(s.columns))
	head := make([]string, len(s.columns))
	for i, c := range s.columns {
		head[i] = c.title
	}
	shown := [][]string{head}
	for _, r := range s.rows {
		shown = append(shown, s.shown(r))
	}
	if s.total != nil {
		shown = append(shown, s.shown(s.total))
	}
	for _, r := range shown {
		for i, c := range r {
			widths[i] = max(widths[i], places(c))
		}
	}
	if last := len(widths) - 1; last >= 0 { // nothing stands behind it to be aligned
		widths[last] = min(widths[last], cellMax)
	}
	var b strings.Builder
	if s.sample != "" {
		b.WriteString(s.sample + "\n")
	}
	if s.empty != "" && len(s.rows) == 0 {
		b.WriteString(s.empty + "\n")
		shown = nil
	}
	for n, r := range shown {
		if n == 1 || s.total != nil && n == len(shown)-1 {
			rule(&b, widths)
		}
		s.line(&b, r, widths)
	}
	for _, n := range s.notes {
		b.WriteString(plainLines(n) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// sampleMark stands in every row of invented data in CSV.
const sampleMark = "SAMPLE"

// cellMax is the widest cell of a table, in places.
const cellMax = 60

func (s *sheet) shown(row []string) []string {
	out := make([]string, len(row))
	for i, c := range row {
		c = plain(c)
		if s.columns[i].number {
			c = grouped(c)
		}
		if !s.columns[i].wide {
			c = cut(c, cellMax)
		}
		out[i] = c
	}
	return out
}

func (s *sheet) line(b *strings.Builder, row []string, widths []int) {
	var l strings.Builder
	for i, c := range row {
		if i > 0 {
			l.WriteString("  ")
		}
		pad := strings.Repeat(" ", max(widths[i]-places(c), 0))
		if s.columns[i].number {
			l.WriteString(pad + c)
		} else {
			l.WriteString(c + pad)
		}
	}
	b.WriteString(strings.TrimRight(l.String(), " ") + "\n")
}

func rule(b *strings.Builder, widths []int) {
	for i, w := range widths {
		if i > 0 {
			b.WriteString("  ")
		}
		b.WriteString(strings.Repeat("-", w))
	}
	b.WriteString("\n")
}

// csv writes the sheet by RFC 4180 under the columns' stable names. Text cells
// that a spreadsheet would run as a formula are led by an apostrophe. On
// invented data a last column says so in every row.
func (s *sheet) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	head := make([]string, 0, len(s.columns)+1)
	for _, c := range s.columns {
		if !c.table {
			head = append(head, c.name)
		}
	}
	if s.sample != "" {
		head = append(head, "sample")
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range s.rows {
		row := make([]string, 0, len(r)+1)
		for i, c := range r {
			if s.columns[i].table {
				continue
			}
			if !s.columns[i].number {
				c = workbook.Harmless(c)
			}
			row = append(row, c)
		}
		if s.sample != "" {
			row = append(row, sampleMark)
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// grouped writes a whole number with commas between thousands, and leaves
// anything else alone.
func grouped(s string) string {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && (n > 999 || n < -999) {
		neg := ""
		if n < 0 {
			neg, s = "-", s[1:]
		}
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
		return neg + s
	}
	return s
}

// places counts the places that s takes on a terminal: two for a wide
// character, none for a combining mark.
func places(s string) int {
	n := 0
	for _, r := range s {
		n += place(r)
	}
	return n
}

func place(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// cut shortens s to at most limit places, with an ellipsis where it was longer.
func cut(s string, limit int) string {
	if places(s) <= limit {
		return s
	}
	n := 0
	for i, r := range s {
		if n+place(r) > limit-1 {
			return s[:i] + "…"
		}
		n += place(r)
	}
	return s
}
