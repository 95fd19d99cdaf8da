package search

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// wordTable numbers the terms of a run. Most words are short, so a slot holds the
// first sixteen bytes: one look at memory finds them. Words come in batches, whose
// slots are all touched before the first is compared, so that the waits for
// memory overlap.
type wordTable struct {
	table   large[wordSlot]
	slots   []wordSlot // of table
	names   []byte     // of each term: length of the word, space byte, word
	offs    []uint32   // where the name of a term begins in names
	batch   []sought
	touched uint32 // keeps the touching from being left out
	lists   [2]large[entry]
	order   []uint32
	inOrder []byte
}

type wordSlot struct {
	wordHead
	term  uint32 // its number and one; 0: the slot is free
	n     uint16 // length of the word
	space byte
}

// sought is a word of a batch.
type sought struct {
	wordHead
	hash     uint64
	off, end uint32 // in the buffer of the batch
	space    byte
}

// wordHead is the first sixteen bytes of a word, zeros behind it.
type wordHead struct{ a, b uint64 }

const headLen = 16

// wordPad follows the words given to seek, which may look so far beyond them.
var wordPad = make([]byte, headLen)

// slotsFirst is how many slots a table begins with, a power of two.
const slotsFirst = 1 << 18

func (w *wordTable) init() { w.slots = w.table.room(slotsFirst) }

// free gives the memory of the table back.
func (w *wordTable) free() {
	w.table.free()
	w.lists[0].free()
	w.lists[1].free()
	*w = wordTable{}
}

func (w *wordTable) reset() {
	clear(w.slots)
	w.names, w.offs, w.batch = w.names[:0], w.offs[:0], w.batch[:0]
}

// named returns the name that begins at off in names: space byte and word.
func named(names []byte, off uint32) []byte {
	return names[off+1 : off+2+uint32(names[off])]
}

// headOfWord returns the head of a word of n bytes, which more bytes follow.
func headOfWord(b []byte, n uint32) wordHead {
	h := wordHead{a: binary.LittleEndian.Uint64(b)}
	switch {
	case n < 8:
		h.a &= 1<<(8*n) - 1
	case n < 16:
		h.b = binary.LittleEndian.Uint64(b[8:]) & (1<<(8*(n-8)) - 1)
	default:
		h.b = binary.LittleEndian.Uint64(b[8:])
	}
	return h
}

// hashWord returns the hash of a word with a head.
func hashWord(head wordHead, space byte, word []byte) uint64 {
	const k = 0x9e3779b97f4a7c15
	h := (head.a ^ uint64(space)<<56 ^ uint64(len(word))<<48) * k
	if len(word) > 8 {
		h = (bits.RotateLeft64(h, 29) ^ head.b) * k
	}
	for o := headLen; o < len(word); o += 8 {
		if o+8 > len(word) {
			o = len(word) - 8
		}
		h = (bits.RotateLeft64(h, 29) ^ binary.LittleEndian.Uint64(word[o:])) * k
	}
	return h ^ h>>32
}

// seek puts the word buf[off:end] into the batch.
func (w *wordTable) seek(space byte, buf []byte, off, end uint32) {
	head := headOfWord(buf[off:], end-off)
	w.batch = append(w.batch, sought{head, hashWord(head, space, buf[off:end]), off, end, space})
}

// find appends the numbers of the words of the batch, which stand in buf, and
// begins another.
func (w *wordTable) find(buf []byte, terms []uint32) []uint32 {
	m := uint64(len(w.slots) - 1)
	touched := uint32(0)
	for i := range w.batch {
		touched ^= w.slots[w.batch[i].hash&m].term
	}
	w.touched = touched
	for i := range w.batch {
		terms = append(terms, w.number(&w.batch[i], buf))
	}
	w.batch = w.batch[:0]
	return terms
}

// number returns the number of a word.
func (w *wordTable) number(x *sought, buf []byte) uint32 {
	n := x.end - x.off
	m := uint64(len(w.slots) - 1)
	for i := x.hash & m; ; i = (i + 1) & m {
		s := &w.slots[i]
		if s.term == 0 {
			return w.add(s, x, buf[x.off:x.end])
		}
		if s.wordHead == x.wordHead && uint32(s.n) == n && s.space == x.space &&
			(n <= headLen || w.ends(s, buf[x.off+headLen:x.end])) {
			return s.term - 1
		}
	}
}

// ends tells whether the word of a slot goes on with rest after its head; it is as
// long.
func (w *wordTable) ends(s *wordSlot, rest []byte) bool {
	at := w.offs[s.term-1] + 2 + headLen
	return string(w.names[at:at+uint32(len(rest))]) == string(rest)
}

func (w *wordTable) add(s *wordSlot, x *sought, word []byte) uint32 {
	t := uint32(len(w.offs))
	*s = wordSlot{wordHead: x.wordHead, term: t + 1, n: uint16(len(word)), space: x.space}
	w.offs = append(w.offs, uint32(len(w.names)))
	w.names = append(append(w.names, byte(len(word)), x.space), word...)
	if len(w.offs)*4 > len(w.slots)*3 {
		w.grow()
	}
	return t
}

func (w *wordTable) grow() {
	old := w.table
	w.table = large[wordSlot]{}
	w.slots = w.table.room(2 * len(old.data))
	m := uint64(len(w.slots) - 1)
	for _, s := range old.data {
		if s.term == 0 {
			continue
		}
		i := hashWord(s.wordHead, s.space, named(w.names, w.offs[s.term-1])[1:]) & m
		for w.slots[i].term != 0 {
			i = (i + 1) & m
		}
		w.slots[i] = s
	}
	old.free()
}

// entry is a term to be sorted.
type entry struct {
	head      uint64 // the first eight bytes of its name
	term, off uint32
}

// sorted returns the terms in order of their names, by their first eight bytes in
// linear time, and by comparing where these are equal; and the names in that
// order, one behind the other, each with its length before it. Both are good until
// the next call.
func (w *wordTable) sorted() (order []uint32, names []byte) {
	list := w.lists[0].room(len(w.offs))
	var starts [8][256]int // by byte of the head: how many have it, then where they go
	for t, off := range w.offs {
		name := named(w.names, off)
		var b [8]byte
		copy(b[:], name)
		list[t] = entry{binary.BigEndian.Uint64(b[:]), uint32(t), off}
		for i, c := range b {
			starts[7-i][c]++
		}
	}
	other := w.lists[1].room(len(list))
	for i := range starts {
		at, shift, sum := &starts[i], 8*i, 0
		for k, n := range at {
			at[k], sum = sum, sum+n
		}
		for i := range list {
			k := byte(list[i].head >> shift)
			other[at[k]] = list[i]
			at[k]++
		}
		list, other = other, list
	}
	for i := 0; i < len(list); {
		k := i + 1
		for k < len(list) && list[k].head == list[i].head {
			k++
		}
		if k-i > 1 {
			slices.SortFunc(list[i:k], func(a, b entry) int {
				return bytes.Compare(named(w.names, a.off), named(w.names, b.off))
			})
		}
		i = k
	}
	w.order, w.inOrder = w.order[:0], w.inOrder[:0]
	for _, e := range list {
		w.order = append(w.order, e.term)
		w.inOrder = append(w.inOrder, w.names[e.off:e.off+2+uint32(w.names[e.off])]...)
	}
	return w.order, w.inOrder
}
