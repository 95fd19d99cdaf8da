package party

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

// A file is numbers of eight bytes and lists, each behind its length in bytes; all
// numbers have the least byte first. At its end stands the CRC-32C of all before.

// room is how much is written or read at a time, in bytes; all sizes of numbers
// and rows divide it.
const room = 60 << 10

// errFile says that a file is damaged or cut.
var errFile = errors.New("the file is damaged")

type writer struct {
	to  *bufio.Writer
	sum uint32
	err error
	buf []byte
}

func newWriter(to io.Writer) *writer {
	return &writer{to: bufio.NewWriterSize(to, 1<<20), buf: make([]byte, 0, room)}
}

func (w *writer) put(b []byte) {
	w.sum = crc32.Update(w.sum, castagnoli, b)
	if _, err := w.to.Write(b); w.err == nil {
		w.err = err
	}
}

func (w *writer) number(n uint64) { w.put(binary.LittleEndian.AppendUint64(w.buf[:0], n)) }

func (w *writer) bytes(b []byte) {
	w.number(uint64(len(b)))
	w.put(b)
}

func (w *writer) text(s string) { w.bytes([]byte(s)) }

// end writes the sum and hands everything on.
func (w *writer) end() error {
	w.put(binary.LittleEndian.AppendUint32(w.buf[:0], w.sum))
	return errors.Join(w.err, w.to.Flush())
}

// list writes numbers.
func list[T ~uint32 | ~uint64](w *writer, numbers []T) {
	size := binary.Size(T(0))
	w.number(uint64(size * len(numbers)))
	for some := range slices.Chunk(numbers, room/size) {
		b := w.buf[:0]
		for _, n := range some {
			if size == 4 {
				b = binary.LittleEndian.AppendUint32(b, uint32(n))
			} else {
				b = binary.LittleEndian.AppendUint64(b, uint64(n))
			}
		}
		w.put(b)
	}
}

// columns writes rows by what they consist of.
func columns[T any, C [3]uint32 | [4]uint32 | [5]uint32](w *writer, rows []T, of func(*T) C) {
	var none C
	w.number(uint64(binary.Size(none) * len(rows)))
	b := w.buf[:0]
	for i := range rows {
		c := of(&rows[i])
		for k := range len(c) {
			b = binary.LittleEndian.AppendUint32(b, c[k])
		}
		if len(b) == room || i == len(rows)-1 {
			w.put(b)
			b = b[:0]
		}
	}
}

// reader reads what a writer wrote. After its first error it reads nothing more.
type reader struct {
	from *bufio.Reader
	left int64 // bytes up to the end of the file
	sum  uint32
	err  error
	buf  []byte
}

func newReader(from io.Reader, size int64) *reader {
	return &reader{from: bufio.NewReaderSize(from, 1<<20), left: size, buf: make([]byte, room)}
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errFile
	}
}

// fill reads all of b.
func (r *reader) fill(b []byte) {
	if r.left -= int64(len(b)); r.left < 0 {
		r.fail()
	}
	if r.err == nil {
		_, r.err = io.ReadFull(r.from, b)
		r.sum = crc32.Update(r.sum, castagnoli, b)
	}
	if r.err != nil {
		clear(b)
	}
}

func (r *reader) number() uint64 {
	r.fill(r.buf[:8])
	return binary.LittleEndian.Uint64(r.buf)
}

// length reads the length of a list of things of a size; it is 0 after an error.
func (r *reader) length(size int) int {
	n := r.number()
	if n > uint64(max(r.left, 0)) || n%uint64(size) != 0 {
		r.fail()
	}
	if r.err != nil {
		return 0
	}
	return int(n) / size
}

func (r *reader) bytes() []byte {
	b := make([]byte, r.length(1))
	r.fill(b)
	return b
}

func (r *reader) text() string { return string(r.bytes()) }

// end holds what was read to the sum at the end.
func (r *reader) end() error {
	sum := r.sum
	r.fill(r.buf[:4])
	if r.left != 0 || binary.LittleEndian.Uint32(r.buf) != sum {
		r.fail()
	}
	return r.err
}

// again reads numbers that list wrote.
func again[T ~uint32 | ~uint64](r *reader, to *[]T) {
	size := binary.Size(T(0))
	*to = make([]T, r.length(size))
	for left := *to; len(left) > 0 && r.err == nil; {
		n := min(len(left), room/size)
		r.fill(r.buf[:n*size])
		for i := range n {
			if size == 4 {
				left[i] = T(binary.LittleEndian.Uint32(r.buf[4*i:]))
			} else {
				left[i] = T(binary.LittleEndian.Uint64(r.buf[8*i:]))
			}
		}
		left = left[n:]
	}
}

// rows reads rows that columns wrote.
func rows[T any, C [3]uint32 | [4]uint32 | [5]uint32](r *reader, to *[]T, from func(C) T) {
	var c C
	size := binary.Size(c)
	*to = make([]T, r.length(size))
	for left := *to; len(left) > 0 && r.err == nil; {
		n := min(len(left), room/size)
		r.fill(r.buf[:n*size])
		for i := range n {
			for k := range len(c) {
				c[k] = binary.LittleEndian.Uint32(r.buf[i*size+4*k:])
			}
			left[i] = from(c)
		}
		left = left[n:]
	}
}
