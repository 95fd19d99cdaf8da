package search

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
)

// wordTable numbers the terms of a run and counts their tokens. Most words are
// short, so a slot holds the first eight bytes: one look at memory finds them.
type wordTable struct {
	slots []wordSlot
	names []byte   // space byte and word of each term
	ends  []uint32 // where the name of a term ends in names
}

type wordSlot struct {
	head  uint64 // first eight bytes of the word
	name  uint32 // where its name begins
	term  uint32
	count uint32 // 0: the slot is free
	n     uint16 // length of the word
	space byte
}

// wordPad follows the words given to count, which may look so far beyond them.
var wordPad = make([]byte, 8)

func (w *wordTable) reset() {
	clear(w.slots)
	w.names, w.ends = w.names[:0], w.ends[:0]
}

func (w *wordTable) name(t uint32) []byte {
	if t == 0 {
		return w.names[:w.ends[0]]
	}
	return w.names[w.ends[t-1]:w.ends[t]]
}

// wordHead returns the first eight bytes of a word of n bytes, zeros behind it.
func wordHead(b []byte, n uint32) uint64 {
	h := binary.LittleEndian.Uint64(b)
	if n < 8 {
		h &= 1<<(8*n) - 1
	}
	return h
}

func hashWord(head uint64, space byte, word []byte) uint64 {
	const k = 0x9e3779b97f4a7c15
	h := (head ^ uint64(space)<<56 ^ uint64(len(word))<<48) * k
	for o := 8; o < len(word); o += 8 {
		if o+8 > len(word) {
			o = len(word) - 8
		}
		h = (bits.RotateLeft64(h, 29) ^ binary.LittleEndian.Uint64(word[o:])) * k
	}
	return h ^ h>>32
}

// count counts a token of the word buf[off:end] and returns the term's number.
func (w *wordTable) count(space byte, buf []byte, off, end uint32) uint32 {
	word := buf[off:end]
	head := wordHead(buf[off:], end-off)
	m := uint64(len(w.slots) - 1)
	for i := hashWord(head, space, word) & m; ; i = (i + 1) & m {
		s := &w.slots[i]
		if s.count == 0 {
			return w.add(s, head, space, word)
		}
		if s.head == head && int(s.n) == len(word) && s.space == space &&
			(len(word) <= 8 || string(w.names[s.name+9:s.name+1+uint32(s.n)]) == string(word[8:])) {
			s.count++
			return s.term
		}
	}
}

func (w *wordTable) add(s *wordSlot, head uint64, space byte, word []byte) uint32 {
	t := uint32(len(w.ends))
	*s = wordSlot{head: head, name: uint32(len(w.names)), term: t, count: 1, n: uint16(len(word)), space: space}
	w.names = append(append(w.names, space), word...)
	w.ends = append(w.ends, uint32(len(w.names)))
	if len(w.ends)*2 > len(w.slots) {
		w.grow()
	}
	return t
}

func (w *wordTable) grow() {
	old := w.slots
	w.slots = make([]wordSlot, 2*len(old))
	m := uint64(len(w.slots) - 1)
	for _, s := range old {
		if s.count == 0 {
			continue
		}
		i := hashWord(s.head, s.space, w.name(s.term)[1:]) & m
		for w.slots[i].count != 0 {
			i = (i + 1) & m
		}
		w.slots[i] = s
	}
}

// counts returns the number of tokens of each term.
func (w *wordTable) counts() []uint32 {
	out := make([]uint32, len(w.ends))
	for i := range w.slots {
		if s := &w.slots[i]; s.count != 0 {
			out[s.term] = s.count
		}
	}
	return out
}

// sorted returns the terms in order of their names: by their first eight bytes in
// linear time, and by comparing where these are equal.
func (w *wordTable) sorted() []uint32 {
	type entry struct {
		head uint64
		term uint32
	}
	list := make([]entry, len(w.ends))
	for t := range list {
		var b [8]byte
		copy(b[:], w.name(uint32(t)))
		list[t] = entry{binary.BigEndian.Uint64(b[:]), uint32(t)}
	}
	other := make([]entry, len(list))
	for shift := 0; shift < 64; shift += 8 {
		var at [256]int
		for i := range list {
			at[byte(list[i].head>>shift)]++
		}
		sum := 0
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
	out := make([]uint32, len(list))
	for i, e := range list {
		out[i] = e.term
	}
	for i := 0; i < len(list); {
		k := i + 1
		for k < len(list) && list[k].head == list[i].head {
			k++
		}
		if k-i > 1 {
			slices.SortFunc(out[i:k], func(a, b uint32) int { return bytes.Compare(w.name(a), w.name(b)) })
		}
		i = k
	}
	return out
}
