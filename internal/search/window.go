package search

import "math/bits"

// piece is the share of a window that lies in one segment.
type piece struct {
	v      *segmentView
	base   uint32 // the window's first slot
	delta  int    // a document's number plus delta is its bit in the window
	lo, hi uint32 // documents of the segment within the window
	w0, w1 int    // words of the window that hold them
}

// pieceOf returns the share of the window at base that lies in v, if any.
func pieceOf(v *segmentView, base uint32) (piece, bool) {
	from := max(uint64(v.base), uint64(base))
	to := min(uint64(v.base)+uint64(v.slots), uint64(base)+WindowSlots)
	if from >= to {
		return piece{}, false
	}
	p := piece{v: v, base: base, delta: int(v.base) - int(base), lo: uint32(from - uint64(v.base)), hi: uint32(to - uint64(v.base))}
	p.w0, p.w1 = (int(p.lo)+p.delta)/64, (int(p.hi)+p.delta+63)/64
	return p, true
}

// ends returns masks of the bits in the first and last word that belong to p.
func (p *piece) ends() (first, last uint64) {
	first = ^uint64(0) << (uint(int(p.lo)+p.delta) % 64)
	last = ^uint64(0)
	if r := uint(int(p.hi)+p.delta) % 64; r != 0 {
		last = 1<<r - 1
	}
	return first, last
}

// trim clears the bits that do not belong to p.
func (p *piece) trim(words []uint64) {
	first, last := p.ends()
	words[p.w0] &= first
	words[p.w1-1] &= last
}

// aligned returns the words of b, which begins at the segment's first slot rounded
// down to 64, that belong to the piece: word i is word w0+i of the window.
func (p *piece) aligned(b []uint64) []uint64 {
	o := p.w0 + int(p.base/64) - int(p.v.base/64)
	return b[o : o+p.w1-p.w0]
}

func countBits(words []uint64) int {
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}

func (p *piece) count(words []uint64) int { return countBits(words[p.w0:p.w1]) }

// or adds the bits of src that are in cand, or all if cand is nil.
func (p *piece) or(dst, src, cand []uint64) {
	d, s := dst[p.w0:p.w1], src[p.w0:p.w1]
	if cand == nil {
		for i := range d {
			d[i] |= s[i]
		}
		return
	}
	c := cand[p.w0:p.w1]
	for i := range d {
		d[i] |= s[i] & c[i]
	}
}

// scratch lends windows of bits, zeroed.
type scratch struct{ free [][]uint64 }

func (s *scratch) get() []uint64 {
	if n := len(s.free); n > 0 {
		w := s.free[n-1]
		s.free = s.free[:n-1]
		clear(w)
		return w
	}
	return make([]uint64, windowWords)
}

func (s *scratch) put(w []uint64) { s.free = append(s.free, w) }

// filterWindow is what a matcher chose in the window last asked for.
type filterWindow struct {
	m     Matcher
	base  uint32
	words []uint64
}

const noWindow = 1 // no window begins there

func (f *filterWindow) at(base uint32) []uint64 {
	if f.base != base {
		if f.words == nil {
			f.words = make([]uint64, windowWords)
		}
		clear(f.words)
		f.m.Match(base, f.words)
		f.base = base
	}
	return f.words
}

func (f *filterWindow) fork(by *forker) *filterWindow {
	if by.filters[f] == nil {
		by.filters[f] = &filterWindow{m: f.m, base: noWindow}
	}
	return by.filters[f]
}
