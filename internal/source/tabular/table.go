package tabular

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
)

// Size of a batch, and of the beginning by which a table is judged.
const (
	batchRows  = 256
	batchBytes = 256 << 10
	sniffBytes = 64 << 10
)

// maxEach is how many entries one row may make.
const maxEach = 2000

// Formats returns a format for every mapping of the set. A table is of the mapping
// that reads most of its columns.
func (s *Set) Formats() []entry.Format {
	out := make([]entry.Format, 0, len(s.Mappings))
	for _, m := range s.Mappings {
		out = append(out, entry.Format{
			ID: m.ID, Rank: m.Rank,
			Detect: func(_ string, head []byte) bool { return s.detect(head) == m },
			Split:  m.split,
		})
	}
	return out
}

// Format returns the format of the mapping alone.
func (m *Mapping) Format() entry.Format {
	one := &Set{Mappings: []*Mapping{m}, forms: m.forms}
	return one.Formats()[0]
}

// Given returns the format of a mapping that came with its text: the ID carries the
// beginning of the text's hash, since the next version is another format.
func (m *Mapping) Given(text []byte) entry.Format {
	f := m.Format()
	sum := sha256.Sum256(text)
	f.ID += "-" + hex.EncodeToString(sum[:4])
	return f
}

// detect returns the mapping that a beginning is read with, nil if none.
func (s *Set) detect(head []byte) *Mapping {
	var found *Mapping
	most := 0
	for _, rows := range beginnings(head) {
		if m, n := best(s.Mappings, rows); n > most {
			found, most = m, n
		}
	}
	return found
}

// line is one row of a table, cut into cells.
type line struct {
	cells  []string
	raw    string
	row    int64 // from 1, the header not counted
	line   int64 // from 1, 0 where lines mean nothing
	offset int64
	sound  bool          // all its bytes belong to the encoding
	extra  []string      // what it holds beside its cells, by name
	reject *entry.Reject // when it cannot be cut

	each []string // the values that make entries of their own
	more []line   // rows below it that belong to the same entry
}

// source gives the rows of a table one after another, io.EOF behind the last.
type source interface {
	next() (line, error)
	// restart counts rows from 1: the header has been read.
	restart()
}

// split cuts a member into batches of rows.
func (m *Mapping) split(in *entry.Input, emit func(entry.Batch) error) error {
	br := bufio.NewReaderSize(in.R, sniffBytes)
	head, err := br.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return err
	}
	src, err := m.open(br, head, in.Limits)
	if err != nil {
		return err
	}
	t := &table{m: m, issued: value{day: DayInName(in.Name)}}
	first, above, err := t.findHeader(src)
	if err != nil {
		return err
	}
	src.restart()
	for begun, broken := false, error(nil); broken == nil; begun = true {
		var rows []line
		rows, broken = t.take(src)
		if !begun && len(rows) == 0 && errors.Is(broken, io.EOF) {
			return entry.Refuse("table.no_rows", nil, first)
		}
		if len(rows) > 0 {
			if err := emit(t.batch(rows, above)); err != nil {
				return err
			}
			above = 0
		}
		if broken != nil && !errors.Is(broken, io.EOF) {
			return broken
		}
	}
	return nil
}

// table is what is known of a member once its header has been seen.
type table struct {
	m      *Mapping
	h      header
	each   *Column
	issued value // day that the file's name states
	ahead  *line // read while looking for rows that belong together
	broken error // what ended the table behind ahead
}

// findHeader reads up to the header. above counts the rows that stand above it.
func (t *table) findHeader(src source) (first string, above int64, err error) {
	for {
		l, err := src.next()
		if errors.Is(err, io.EOF) || err == nil && above == headerRows {
			return first, above, entry.Refuse("header.columns", ierr.Args{"columns": t.m.signature()}, first)
		}
		if err != nil {
			return first, above, err
		}
		if first == "" {
			first = l.raw
		}
		if h, ok := t.m.bind(l.cells, placesOf(l.cells)); ok && l.reject == nil {
			t.h = h
			for c := range h.at {
				if c.Each {
					t.each = c
				}
			}
			return first, above, nil
		}
		above++
	}
}

// signature names the columns that a header must have.
func (m *Mapping) signature() string {
	var heads []string
	for _, c := range m.Columns {
		need := c.Required
		for _, id := range m.recognise {
			need = need || id == c.ID
		}
		if need {
			heads = append(heads, c.Head("zh"))
		}
	}
	return strings.Join(heads, ", ")
}

// take reads rows up to a number and a size. With the last ones it returns what
// ended the table.
func (t *table) take(src source) ([]line, error) {
	rows := make([]line, 0, batchRows)
	for n, size := 0, 0; n < batchRows && size < batchBytes; {
		l, err := t.joined(src)
		if err != nil {
			return rows, err
		}
		t.parted(&l)
		n += max(1, len(l.each))
		size += l.size()
		rows = append(rows, l)
	}
	return rows, nil
}

// parted finds the values that make entries of their own.
func (t *table) parted(l *line) {
	if t.each == nil || l.reject != nil {
		return
	}
	if i := t.h.at[t.each]; i < len(l.cells) && !nothing[cnfield.Trim(l.cells[i])] {
		l.each = t.each.parts(l.cells[i])
	}
	if len(l.each) > maxEach {
		l.reject = entry.Refuse("table.too_many", ierr.Args{"limit": maxEach}, l.raw)
		l.each = nil
	}
}

// joined reads a row with those directly below it that belong to the same entry.
func (t *table) joined(src source) (line, error) {
	l, err := t.next(src)
	if err != nil || t.m.join == "" || l.reject != nil {
		return l, err
	}
	key := t.key(&l)
	for key != "" && len(l.more) < maxEach {
		below, err := src.next()
		if err != nil {
			t.broken = err
			break
		}
		if below.reject != nil || t.key(&below) != key {
			t.ahead = &below
			break
		}
		l.more = append(l.more, below)
	}
	return l, nil
}

// next returns the row that was read ahead, or reads one.
func (t *table) next(src source) (line, error) {
	if l := t.ahead; l != nil {
		t.ahead = nil
		return *l, nil
	}
	if t.broken != nil {
		return line{}, t.broken
	}
	return src.next()
}

// key is what rows that belong together have alike.
func (t *table) key(l *line) string {
	if i, found := t.h.at[t.m.byID[t.m.join]]; found && i < len(l.cells) {
		return cnfield.Trim(l.cells[i])
	}
	return ""
}

// size is how many bytes a row and those that belong to it hold.
func (l *line) size() int {
	n := len(l.raw)
	for i := range l.more {
		n += len(l.more[i].raw)
	}
	return n
}

// batch prepares rows for decoding.
func (t *table) batch(rows []line, above int64) entry.Batch {
	n, size := 0, 0
	for i := range rows {
		n += max(1, len(rows[i].each))
		size += rows[i].size()
	}
	return entry.Batch{N: n, Size: size, Decode: func(u *entry.Unread) []entry.Entry {
		if above > 0 {
			u.Add("above the header", above)
		}
		out := make([]entry.Entry, 0, n)
		for i := range rows {
			out = t.decode(out, &rows[i], u)
		}
		return out
	}}
}

// decode appends the entries of one row.
func (t *table) decode(out []entry.Entry, l *line, u *entry.Unread) []entry.Entry {
	e := entry.Entry{Row: l.row, Line: l.line, Offset: l.offset}
	if l.reject != nil {
		e.Reject = l.reject
		return append(out, e)
	}
	t.countUnread(l, u)
	for i := range l.more {
		t.countUnread(&l.more[i], u)
	}
	for place := range max(1, len(l.each)) {
		one := e
		one.Doc, one.Reject = t.document(l, place)
		if one.Doc != nil {
			t.flagRow(one.Doc, l)
		}
		out = append(out, one)
	}
	return out
}

// has tells whether the table has a column.
func (t *table) has(c *Column) bool {
	_, found := t.h.at[c]
	return found
}

// head returns what a column is called in the table, or would be.
func (t *table) head(c *Column) string {
	if i, found := t.h.at[c]; found {
		return t.h.names[i]
	}
	return c.Head("zh")
}

// cell returns what a row holds in a column.
func (t *table) cell(l *line, c *Column) string {
	if i, found := t.h.at[c]; found && i < len(l.cells) {
		return l.cells[i]
	}
	return ""
}

// flagRow flags what is wrong with a row as a whole.
func (t *table) flagRow(d *record.Document, l *line) {
	var f cnfield.Flags
	f.List = d.Flags
	if !l.sound {
		f.Add("text.encoding", "", "")
	}
	if len(l.cells) < len(t.h.names) {
		f.Add("row.short", "", "")
	}
	d.Flags = f.List
}

// countUnread counts what a row holds that no column reads.
func (t *table) countUnread(l *line, u *entry.Unread) {
	for i, cell := range l.cells {
		switch {
		case i < len(t.h.used) && t.h.used[i] || cnfield.Trim(cell) == "":
		case i >= len(t.h.names):
			u.Add("beyond the header", 1)
		case t.h.names[i] == "":
			u.Add("column "+strconv.Itoa(i+1), 1)
		default:
			u.Add(t.h.names[i], 1)
		}
	}
	for _, name := range l.extra {
		u.Add(name, 1)
	}
}
