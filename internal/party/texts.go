package party

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"unsafe"
)

// texts numbers distinct texts in the order in which they came. They lie one
// behind the other in large pieces of memory without pointers, so that millions of
// them cost neither the room of as many allocations nor the looking through them
// for garbage. What was added is never changed.
type texts struct {
	pieces [][]byte // texts, each behind its length as a uvarint
	at     []uint64 // by number: the piece, and from bit 32 down where in it the text begins
	sums   []uint32 // by number
	slots  []uint32 // one more than a number, 0 where free, by open addressing; a power of two long
}

// pieceSize is how long a piece is, unless a single text is longer.
const pieceSize = 1 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (t *texts) len() int { return len(t.at) }

// bytes returns a text; it must not be changed.
func (t *texts) bytes(n uint32) []byte {
	b := t.pieces[t.at[n]>>32][uint32(t.at[n]):]
	size, k := binary.Uvarint(b)
	return b[k : k+int(size) : k+int(size)]
}

// text returns a text without copying it.
func (t *texts) text(n uint32) string { return stringOf(t.bytes(n)) }

// stringOf is b as a string, without copying: b is never changed.
func stringOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// bytesOf is s as bytes, without copying; they must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// find returns the number of a text.
func (t *texts) find(s string) (uint32, bool) {
	b := bytesOf(s)
	return t.seek(b, crc32.Checksum(b, castagnoli))
}

// seek returns the number of a text that hashes to h.
func (t *texts) seek(s []byte, h uint32) (uint32, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	mask := uint32(len(t.slots) - 1)
	for i := spread(h) & mask; t.slots[i] != 0; i = (i + 1) & mask {
		if n := t.slots[i] - 1; t.sums[n] == h && bytes.Equal(t.bytes(n), s) {
			return n, true
		}
	}
	return 0, false
}

// spread mixes the bits of a sum, of which the lowest choose a slot.
func spread(h uint32) uint32 { return h * 0x9e3779b1 >> 3 }

// add returns the number of a text, a new one where it is new.
func (t *texts) add(s []byte) (n uint32, fresh bool) {
	sum := crc32.Checksum(s, castagnoli)
	if n, ok := t.seek(s, sum); ok {
		return n, false
	}
	last := len(t.pieces) - 1
	if need := len(s) + binary.MaxVarintLen32; last < 0 || cap(t.pieces[last])-len(t.pieces[last]) < need {
		t.pieces = append(t.pieces, make([]byte, 0, max(pieceSize, need)))
		last++
	}
	p := &t.pieces[last]
	t.at = append(t.at, uint64(last)<<32|uint64(len(*p)))
	*p = append(binary.AppendUvarint(*p, uint64(len(s))), s...)
	t.sums = append(t.sums, sum)
	if n = uint32(len(t.at) - 1); 2*len(t.at) > len(t.slots) {
		t.index(4 * len(t.at))
	} else {
		t.place(n)
	}
	return n, true
}

// index makes slots, at least so many, for all texts.
func (t *texts) index(least int) {
	size := 16
	for size < least {
		size *= 2
	}
	t.slots = make([]uint32, size)
	for n := range t.at {
		t.place(uint32(n))
	}
}

// place enters a text into the slots.
func (t *texts) place(n uint32) {
	mask := uint32(len(t.slots) - 1)
	i := spread(t.sums[n]) & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = n + 1
}
