package tabular

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/source/charset"
)

// WriteOptions say how a table is written.
type WriteOptions struct {
	Lang      string           // of the heads
	Encoding  charset.Encoding // UTF-8 by default
	BOM       bool             // a byte order mark leads the file
	Separator byte             // a comma by default
	Title     string           // a line above the header
}

// HeadColumns returns the columns of which each has a head of its own in a
// language: those of a table that is written. Two columns that read one cell stand
// there once, the one that is explained first.
func (m *Mapping) HeadColumns(lang string) []*Column {
	var out []*Column
	seen := map[string]bool{}
	for _, c := range m.Columns {
		if head := foldHead(c.Head(lang)); !seen[head] {
			seen[head] = true
			out = append(out, c)
		}
	}
	return out
}

// WriteExamples writes the examples of the mapping as a table: a header and as
// many rows as a column has examples.
func (m *Mapping) WriteExamples(w io.Writer, o WriteOptions) error {
	columns := m.HeadColumns(o.Lang)
	n := 0
	for _, c := range columns {
		n = max(n, len(c.Examples))
	}
	rows := make([][]string, n)
	for i := range rows {
		for _, c := range columns {
			cell := ""
			if i < len(c.Examples) {
				cell = c.Examples[i]
			}
			rows[i] = append(rows[i], cell)
		}
	}
	return m.Write(w, o, rows)
}

// Write writes a table: a header with the heads of HeadColumns, and rows.
func (m *Mapping) Write(w io.Writer, o WriteOptions, rows [][]string) error {
	if o.Encoding == "" {
		o.Encoding = charset.UTF8
	}
	if o.Separator == 0 {
		o.Separator = ','
	}
	buffered := bufio.NewWriter(w)
	out := o.Encoding.NewWriter(buffered)
	var header []string
	for _, c := range m.HeadColumns(o.Lang) {
		header = append(header, c.Head(o.Lang))
	}
	if o.Title != "" {
		rows = slices.Insert(slices.Clone(rows), 0, []string{o.Title}, header)
	} else {
		rows = slices.Insert(slices.Clone(rows), 0, header)
	}
	if o.BOM {
		if _, err := io.WriteString(out, "\ufeff"); err != nil {
			return err
		}
	}
	for _, cells := range rows {
		if _, err := io.WriteString(out, joinCells(cells, o.Separator)); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// joinCells writes a row by RFC 4180.
func joinCells(cells []string, separator byte) string {
	var b strings.Builder
	for i, cell := range cells {
		if i > 0 {
			b.WriteByte(separator)
		}
		if strings.ContainsAny(cell, "\"\r\n"+string(separator)) {
			cell = `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
		}
		b.WriteString(cell)
	}
	b.WriteString("\r\n")
	return b.String()
}

// WriteYAML writes how the column is cleaned, as a mapping says it: separators,
// forms, values, units, patterns.
func (c *Column) WriteYAML(b *strings.Builder, indent string) {
	line := func(key, value string) { b.WriteString(indent + key + ": " + value + "\n") }
	if c.lang != "" {
		line("lang", c.lang)
	}
	if c.Each {
		line("each", "true")
	}
	if c.Split != "" {
		line("split", strconv.Quote(c.Split))
	}
	if len(c.Forms) > 0 {
		line("forms", "["+strings.Join(c.Forms, ", ")+"]")
	}
	for name, unit := range units {
		if unit == c.unit {
			line("unit", name)
		}
	}
	if c.pattern != nil {
		line("pattern", strconv.Quote(c.pattern.String()))
		line("take", strconv.Quote(c.take))
	}
	if c.lax {
		line("lax", "true")
	}
	if len(c.Values) > 0 {
		line("values", "")
		for _, v := range c.Values {
			b.WriteString(indent + "  " + strconv.Quote(v.Says) + ": " + strconv.Quote(v.Means) + "\n")
		}
	}
}
