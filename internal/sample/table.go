package sample

import (
	"bufio"
	"io"
	"strings"
)

// table writes a table of a register as text with commas. No cell of it holds a comma,
// a quote or a line end.
type table struct {
	out *bufio.Writer
	err error
}

func newTable(out io.Writer, heads ...string) *table {
	t := &table{out: bufio.NewWriter(out)}
	t.row(heads...)
	return t
}

func (t *table) row(cells ...string) {
	if t.err == nil {
		_, t.err = t.out.WriteString(strings.Join(cells, ",") + "\n")
	}
}

func (t *table) flush() error {
	if t.err != nil {
		return t.err
	}
	return t.out.Flush()
}
