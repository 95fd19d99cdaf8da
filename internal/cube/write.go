package cube

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

// The file format is drawn in doc/cube-format.md.
const (
	magic   = "OWCUBE\r\n"
	version = 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// WriteTo writes all rows, for Read.
func (s *Snapshot) WriteTo(w io.Writer) (int64, error) {
	return s.WriteRows(w, 0, s.rows)
}

// WriteRows writes the rows from slot from up to, not including, slot to, for
// Read or Extend, and returns the number of bytes.
func (s *Snapshot) WriteRows(w io.Writer, from, to int) (int64, error) {
	if from < 0 || from > to || to > s.rows {
		return 0, fmt.Errorf("cube: rows %d to %d of %d cannot be written", from, to, s.rows)
	}
	out := &writer{to: bufio.NewWriterSize(w, 1<<18)}
	out.header(s.schema, from, to)
	for at := from; at < to && out.err == nil; {
		next := min(to, at/Window*Window+Window)
		ch := s.chunks[at/Window]
		for i, c := range s.schema.Columns {
			out.column(c, &ch.columns[i], at%Window, at%Window+next-at)
		}
		at = next
	}
	if err := out.to.Flush(); out.err == nil {
		out.err = err
	}
	return out.written, out.err
}

// writer writes blocks of bytes, each followed by the checksum of all bytes so far.
type writer struct {
	to      *bufio.Writer
	block   []byte
	sum     uint32
	written int64
	err     error
}

func (w *writer) u32(v uint32) { w.block = binary.LittleEndian.AppendUint32(w.block, v) }

func (w *writer) header(schema Schema, from, to int) {
	w.block = append(w.block, magic...)
	w.u32(version)
	w.u32(uint32(from))
	w.u32(uint32(to - from))
	w.u32(uint32(len(schema.Columns)))
	for _, c := range schema.Columns {
		multi := byte(0)
		if c.Multi {
			multi = 1
		}
		w.block = append(w.block, byte(c.Width), multi, byte(len(c.Name)))
		w.block = append(w.block, c.Name...)
	}
	w.end()
}

// column writes the values of the rows from first up to end of a chunk's column.
func (w *writer) column(c Column, col *column, first, end int) {
	switch {
	case c.Multi:
		begin := uint32(0)
		if first > 0 {
			begin = col.ends[first-1]
		}
		values := col.values[begin:col.ends[end-1]]
		w.u32(uint32(len(values)))
		for _, e := range col.ends[first:end] {
			w.u32(e - begin)
		}
		for _, v := range values {
			w.value(c.Width, v)
		}
	case c.Width == 1:
		w.block = append(w.block, col.w8[first:end]...)
	case c.Width == 2:
		for _, v := range col.w16[first:end] {
			w.value(2, uint32(v))
		}
	default:
		for _, v := range col.w32[first:end] {
			w.value(4, v)
		}
	}
	w.end()
}

func (w *writer) value(width int, v uint32) {
	switch width {
	case 1:
		w.block = append(w.block, byte(v))
	case 2:
		w.block = binary.LittleEndian.AppendUint16(w.block, uint16(v))
	default:
		w.u32(v)
	}
}

// end writes out the block and its checksum.
func (w *writer) end() {
	w.sum = crc32.Update(w.sum, castagnoli, w.block)
	w.u32(w.sum)
	n, err := w.to.Write(w.block)
	w.written += int64(n)
	if w.err == nil {
		w.err = err
	}
	w.block = w.block[:0]
}
