package cube

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"

	"onewindow/internal/ierr"
)

// Read makes a table of a file whose rows begin with slot 0, and publishes it. A
// damaged file is an *ierr.Error of kind Corrupt, a file of another version of the
// format one of kind Unsupported.
func Read(r io.Reader) (*Table, error) {
	in := &reader{from: r}
	h, err := in.header()
	if err != nil {
		return nil, err
	}
	t, err := New(h.schema)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Corrupt, "cube.damaged", ierr.Args{"at": in.at})
	}
	return t, t.extend(in, h)
}

// Extend appends the rows of a file that goes on where the table ends, and
// publishes them. Errors are as with Read; a file with other columns or other
// slots is of kind Conflict. After an error some of its rows may be appended, but
// none is published: the table is to be read anew.
func (t *Table) Extend(r io.Reader) error {
	in := &reader{from: r}
	h, err := in.header()
	if err != nil {
		return err
	}
	return t.extend(in, h)
}

func (t *Table) extend(in *reader, h header) error {
	if !slices.Equal(h.schema.Columns, t.schema.Columns) {
		return ierr.New(ierr.Conflict, "cube.columns", nil)
	}
	if h.first != t.rows {
		return ierr.New(ierr.Conflict, "cube.gap", ierr.Args{"want": t.rows, "got": h.first})
	}
	for left := h.rows; left > 0; {
		first := t.rows % Window
		n := min(left, Window-first)
		read := make([]column, len(t.schema.Columns))
		var last *chunk
		for i, c := range t.schema.Columns {
			b, err := in.columnBlock(c, n)
			if err != nil {
				return err
			}
			if last == nil { // only now is it sure that the file holds rows at all
				last = t.last()
			}
			read[i] = last.columns[i]
			if !read[i].take(c, b, first, n) {
				return in.damaged(nil)
			}
		}
		last.columns = read
		last.rows += n
		t.rows += n
		left -= n
	}
	if n, err := io.ReadFull(in.from, make([]byte, 1)); n != 0 || err != io.EOF {
		return in.damaged(err)
	}
	t.Publish()
	return nil
}

type header struct {
	schema      Schema
	first, rows int
}

// reader reads blocks of bytes and compares the checksums behind them.
type reader struct {
	from  io.Reader
	at    int64 // bytes read
	block []byte
	sum   uint32
}

func (r *reader) damaged(cause error) error {
	return ierr.Wrap(cause, ierr.Corrupt, "cube.damaged", ierr.Args{"at": r.at})
}

// step is how many bytes are asked for at a time, so that a false length takes no
// more memory than the file is long.
const step = 1 << 20

// more reads n further bytes of the block and returns them.
func (r *reader) more(n int) ([]byte, error) {
	begin := len(r.block)
	for n > 0 {
		part := min(n, step)
		r.block = slices.Grow(r.block, part)[:len(r.block)+part]
		got, err := io.ReadFull(r.from, r.block[len(r.block)-part:])
		r.at += int64(got)
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, r.damaged(err)
		}
		if err != nil {
			return nil, err
		}
		n -= part
	}
	return r.block[begin:], nil
}

// end compares the checksum behind the block and begins the next block.
func (r *reader) end() error {
	r.sum = crc32.Update(r.sum, castagnoli, r.block)
	b, err := r.more(4)
	if err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(b) != r.sum {
		return r.damaged(nil)
	}
	r.block = r.block[:0]
	return nil
}

func (r *reader) header() (header, error) {
	b, err := r.more(len(magic) + 16)
	if err != nil {
		return header{}, err
	}
	if string(b[:len(magic)]) != magic {
		return header{}, r.damaged(nil)
	}
	field := func(i int) int { return int(binary.LittleEndian.Uint32(b[len(magic)+4*i:])) }
	if v := field(0); v != version {
		return header{}, ierr.New(ierr.Unsupported, "cube.version", ierr.Args{"version": v, "known": version})
	}
	h := header{first: field(1), rows: field(2)}
	columns := field(3)
	if columns > MaxColumns || uint64(h.first)+uint64(h.rows) > 1<<32-1 {
		return header{}, r.damaged(nil)
	}
	for range columns {
		b, err := r.more(3)
		if err != nil {
			return header{}, err
		}
		c := Column{Width: int(b[0]), Multi: b[1] == 1}
		if b[1] > 1 {
			return header{}, r.damaged(nil)
		}
		name, err := r.more(int(b[2]))
		if err != nil {
			return header{}, err
		}
		c.Name = string(name)
		h.schema.Columns = append(h.schema.Columns, c)
	}
	return h, r.end()
}

// columnBlock reads the values of n rows of a column, checked. They stay valid
// until the next block is read.
func (r *reader) columnBlock(c Column, n int) ([]byte, error) {
	size := n * c.Width
	if c.Multi {
		b, err := r.more(4)
		if err != nil {
			return nil, err
		}
		values := binary.LittleEndian.Uint32(b)
		if values > maxValues {
			return nil, r.damaged(nil)
		}
		size = 4*n + int(values)*c.Width
	}
	b, err := r.more(size)
	if err != nil {
		return nil, err
	}
	return b, r.end()
}

// take stores the values of n rows of a chunk's column from row first on, and
// tells whether they make sense.
func (col *column) take(c Column, b []byte, first, n int) bool {
	switch {
	case c.Multi:
		return col.takeMulti(c, b, first, n)
	case c.Width == 1:
		to := col.w8[first : first+n]
		copy(to, b)
		for _, v := range to {
			col.min, col.max = min(col.min, uint32(v)), max(col.max, uint32(v))
		}
	case c.Width == 2:
		to := col.w16[first : first+n]
		for i := range to {
			v := binary.LittleEndian.Uint16(b[2*i:])
			to[i] = v
			col.min, col.max = min(col.min, uint32(v)), max(col.max, uint32(v))
		}
	default:
		to := col.w32[first : first+n]
		for i := range to {
			v := binary.LittleEndian.Uint32(b[4*i:])
			to[i] = v
			col.min, col.max = min(col.min, v), max(col.max, v)
		}
	}
	return true
}

func (col *column) takeMulti(c Column, b []byte, first, n int) bool {
	begin := len(col.values)
	ends, values := b[:4*n], b[4*n:]
	if begin+len(values)/c.Width > maxValues {
		return false
	}
	last := uint32(0)
	for i := range n {
		e := binary.LittleEndian.Uint32(ends[4*i:])
		if e < last {
			return false
		}
		last = e
		col.ends[first+i] = uint32(begin) + e
	}
	if int(last)*c.Width != len(values) {
		return false
	}
	for i := 0; i < len(values); i += c.Width {
		var v uint32
		switch c.Width {
		case 1:
			v = uint32(values[i])
		case 2:
			v = uint32(binary.LittleEndian.Uint16(values[i:]))
		default:
			v = binary.LittleEndian.Uint32(values[i:])
		}
		col.values = append(col.values, v)
	}
	col.see(col.values[begin:])
	return true
}
