package cube

import (
	"cmp"
	"slices"
)

// hashCount counts keys: an index by open addressing into keys in order of
// appearance.
type hashCount struct {
	index  []uint32 // one more than a place in keys, 0 where free; a power of two long
	shift  int      // 64 less the bits of an index
	keys   []uint64
	counts []uint32
}

const firstBits = 12

func newHashCount() *hashCount {
	return &hashCount{index: make([]uint32, 1<<firstBits), shift: 64 - firstBits}
}

// add counts key n times more.
func (h *hashCount) add(key uint64, n uint32) {
	i := h.find(key)
	if at := h.index[i]; at != 0 {
		h.counts[at-1] += n
		return
	}
	h.keys = append(h.keys, key)
	h.counts = append(h.counts, n)
	h.index[i] = uint32(len(h.keys))
	if 2*len(h.keys) > len(h.index) {
		h.grow()
	}
}

// find returns the place in index where key stands or should.
func (h *hashCount) find(key uint64) uint64 {
	mask := uint64(len(h.index) - 1)
	i := key * 0x9e3779b97f4a7c15 >> h.shift // Fibonacci hashing
	for h.index[i] != 0 && h.keys[h.index[i]-1] != key {
		i = (i + 1) & mask
	}
	return i
}

func (h *hashCount) grow() {
	h.shift -= 2
	h.index = make([]uint32, 4*len(h.index))
	for i, key := range h.keys {
		h.index[h.find(key)] = uint32(i + 1)
	}
}

// order returns the places of keys in ascending order of the keys.
func (h *hashCount) order() []int {
	places := make([]int, len(h.keys))
	for i := range places {
		places[i] = i
	}
	slices.SortFunc(places, func(a, b int) int { return cmp.Compare(h.keys[a], h.keys[b]) })
	return places
}
