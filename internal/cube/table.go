package cube

import (
	"fmt"
	"math"
	"slices"
	"sync/atomic"
)

// Table is a growing set of rows. One goroutine at a time may append and publish;
// any number may take snapshots meanwhile.
type Table struct {
	schema    Schema
	chunks    []*chunk // full but for the last
	rows      int
	published atomic.Pointer[Snapshot]
}

// chunk holds the rows of one window. The arrays are never moved: rows below the
// length that a snapshot knows do not change any more.
type chunk struct {
	rows    int
	columns []column
	occur   []atomic.Pointer[valueSet] // by column, in snapshots: once asked for, the values that occur
}

// column holds the values of one column in one chunk: of the three arrays the one
// of its width, or, of a multi-valued one, ends and values.
type column struct {
	w8       *[Window]uint8
	w16      *[Window]uint16
	w32      *[Window]uint32
	ends     *[Window]uint32 // where in values those of a row end
	values   []uint32
	min, max uint32 // over all values; min > max where there are none
}

// New makes an empty table.
func New(schema Schema) (*Table, error) {
	if err := schema.check(); err != nil {
		return nil, err
	}
	t := &Table{schema: schema}
	t.Publish()
	return t, nil
}

// Schema returns the table's columns.
func (t *Table) Schema() Schema { return t.schema }

// Rows returns the number of rows appended, published or not: the next slot.
func (t *Table) Rows() int { return t.rows }

// Row is the values of a row to be appended. A column that is not set has the
// value 0 or, if multi-valued, none.
type Row struct {
	one  []uint32
	many [][]uint32
}

// NewRow returns an empty row of the table's columns. It can be reset and used
// again after it was appended.
func (t *Table) NewRow() *Row {
	n := len(t.schema.Columns)
	return &Row{make([]uint32, n), make([][]uint32, n)}
}

// Reset empties the row.
func (r *Row) Reset() {
	clear(r.one)
	for i := range r.many {
		r.many[i] = r.many[i][:0]
	}
}

// Set gives a single-valued column its value.
func (r *Row) Set(column int, value uint32) { r.one[column] = value }

// Add gives a multi-valued column further values.
func (r *Row) Add(column int, values ...uint32) {
	r.many[column] = append(r.many[column], values...)
}

// maxValues limits the values of a multi-valued column in one window.
const maxValues = 1 << 28

// Append adds a row and returns its slot. It fails, and adds nothing, when a value
// is too great for its column or there are too many.
func (t *Table) Append(r *Row) (slot uint32, err error) {
	for i, c := range t.schema.Columns {
		if !c.Multi && r.one[i] > c.most() {
			return 0, fmt.Errorf("cube: %d does not fit into column %q", r.one[i], c.Name)
		}
		if !c.Multi {
			continue
		}
		for _, v := range r.many[i] {
			if v > c.most() {
				return 0, fmt.Errorf("cube: %d does not fit into column %q", v, c.Name)
			}
		}
	}
	if t.rows == math.MaxUint32 {
		return 0, fmt.Errorf("cube: the table is full")
	}
	last := t.last()
	for i, c := range t.schema.Columns {
		if len(last.columns[i].values)+len(r.many[i]) > maxValues {
			return 0, fmt.Errorf("cube: a window of column %q holds more than %d values", c.Name, maxValues)
		}
	}
	for i, c := range t.schema.Columns {
		col := &last.columns[i]
		if c.Multi {
			col.values = append(col.values, r.many[i]...)
			col.ends[last.rows] = uint32(len(col.values))
			col.see(r.many[i])
			continue
		}
		switch v := r.one[i]; c.Width {
		case 1:
			col.w8[last.rows] = uint8(v)
		case 2:
			col.w16[last.rows] = uint16(v)
		case 4:
			col.w32[last.rows] = v
		}
		col.min, col.max = min(col.min, r.one[i]), max(col.max, r.one[i])
	}
	last.rows++
	t.rows++
	return uint32(t.rows - 1), nil
}

// see widens the bounds of the column by values.
func (c *column) see(values []uint32) {
	for _, v := range values {
		c.min, c.max = min(c.min, v), max(c.max, v)
	}
}

// last returns the chunk that takes the next row.
func (t *Table) last() *chunk {
	if n := len(t.chunks); n > 0 && t.chunks[n-1].rows < Window {
		return t.chunks[n-1]
	}
	c := &chunk{columns: make([]column, len(t.schema.Columns))}
	for i, s := range t.schema.Columns {
		col := &c.columns[i]
		col.min = math.MaxUint32
		switch {
		case s.Multi:
			col.ends = new([Window]uint32)
		case s.Width == 1:
			col.w8 = new([Window]uint8)
		case s.Width == 2:
			col.w16 = new([Window]uint16)
		case s.Width == 4:
			col.w32 = new([Window]uint32)
		}
	}
	t.chunks = append(t.chunks, c)
	return c
}

// Publish lets snapshots from now on see all rows appended so far, and returns
// such a snapshot. It costs little, but is meant for batches of rows.
func (t *Table) Publish() *Snapshot {
	s := &Snapshot{schema: t.schema, rows: t.rows}
	before := t.published.Load()
	for i, c := range t.chunks {
		if before != nil && i < len(before.chunks) && before.chunks[i].rows == c.rows {
			s.chunks = append(s.chunks, before.chunks[i])
			continue
		}
		s.chunks = append(s.chunks, &chunk{
			rows:    c.rows,
			columns: slices.Clone(c.columns),
			occur:   make([]atomic.Pointer[valueSet], len(c.columns)),
		})
	}
	t.published.Store(s)
	return s
}

// Snapshot returns the rows last published.
func (t *Table) Snapshot() *Snapshot { return t.published.Load() }

// Snapshot is a fixed number of rows of a table. It may be used by several
// goroutines at once, while the table grows.
type Snapshot struct {
	schema Schema
	chunks []*chunk
	rows   int
}

// Schema returns the columns.
func (s *Snapshot) Schema() Schema { return s.schema }

// Rows returns the number of rows: slots from 0 up to it are known.
func (s *Snapshot) Rows() int { return s.rows }

// chunkAt returns the chunk of the window that begins at base, nil beyond the last.
func (s *Snapshot) chunkAt(base uint32) *chunk {
	if i := int(base / Window); i < len(s.chunks) {
		return s.chunks[i]
	}
	return nil
}

// greatest returns the greatest value of a column, 0 if it has none.
func (s *Snapshot) greatest(column int) uint32 {
	var m uint32
	for _, c := range s.chunks {
		m = max(m, c.columns[column].max)
	}
	return m
}

// Value returns the value of a single-valued column in a row.
func (s *Snapshot) Value(column int, slot uint32) uint32 {
	col, at := &s.chunks[slot/Window].columns[column], slot%Window
	switch {
	case col.w8 != nil:
		return uint32(col.w8[at])
	case col.w16 != nil:
		return uint32(col.w16[at])
	}
	return col.w32[at]
}

// Window returns the values of a single-valued column of four bytes in the rows of
// the window that begins at base, none beyond the last row; they must not be
// changed.
func (s *Snapshot) Window(column int, base uint32) []uint32 {
	ch := s.chunkAt(base)
	if ch == nil {
		return nil
	}
	return ch.columns[column].w32[:ch.rows]
}

// Values returns the values of a multi-valued column in a row; they must not be
// changed.
func (s *Snapshot) Values(column int, slot uint32) []uint32 {
	return s.chunks[slot/Window].columns[column].of(int(slot % Window))
}

// of returns the values of a row of a multi-valued column.
func (c *column) of(row int) []uint32 {
	begin := uint32(0)
	if row > 0 {
		begin = c.ends[row-1]
	}
	return c.values[begin:c.ends[row]:c.ends[row]]
}
