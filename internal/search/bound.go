package search

// Bounds are added up for 64 documents at a time: bit i of plane k is bit k of the
// sum of document i. Sums that reach boundFull are only known to have done so.
const (
	boundPlanes = 6
	boundFull   = 1 << boundPlanes // stands for the score that is to be exceeded
	maxBounded  = 64               // leaves
	fewToBound  = 256              // hits are too few to be worth it
)

// bound is the most that a leaf can add, in parts of boundFull: bit k of it in each
// bit of plane k. A leaf that suffices by itself is full instead.
type bound struct {
	planes [boundPlanes]uint64
	full   uint64
	docs   []uint64 // that have the leaf
}

func newBound(share float32) bound {
	var b bound
	n := uint64(share*boundFull + 1)
	if n >= boundFull {
		b.full = ^uint64(0)
	}
	for k := range b.planes {
		b.planes[k] = -(n >> k & 1)
	}
	return b
}

// narrow removes from hits the documents whose leaves, if each added its full
// weight, would not exceed floor. It tells whether it was worth trying.
func (t *top) narrow(e *env, p *piece, hits []uint64, floor float32) bool {
	n := len(e.scores)
	if !t.choice || floor <= 0 || n < 2 || n > maxBounded || p.count(hits) < fewToBound {
		return false
	}
	var bounds [maxBounded]bound
	for i, s := range e.scores {
		b := newBound(min(1, s.leaf.weight*roundingRoom/floor))
		b.docs = e.scratch.get()
		s.exec.mark(e, p, b.docs)
		for k := p.w0; k < p.w1; k++ {
			b.docs[k] &= s.mask[k]
		}
		bounds[i] = b
	}
	for k := p.w0; k < p.w1; k++ {
		if hits[k] != 0 {
			hits[k] &= reached(bounds[:n], k)
		}
	}
	for i := range bounds[:n] {
		e.scratch.put(bounds[i].docs)
	}
	return true
}

// reached returns the documents in word k of the window whose bounds add up to
// boundFull.
func reached(bounds []bound, k int) uint64 {
	var s0, s1, s2, s3, s4, s5, over uint64
	for i := range bounds {
		b := &bounds[i]
		m := b.docs[k]
		if m == 0 {
			continue
		}
		over |= m & b.full
		x := m & b.planes[0]
		c := s0 & x
		s0 ^= x
		s1, c = add(s1, m&b.planes[1], c)
		s2, c = add(s2, m&b.planes[2], c)
		s3, c = add(s3, m&b.planes[3], c)
		s4, c = add(s4, m&b.planes[4], c)
		s5, c = add(s5, m&b.planes[5], c)
		over |= c
	}
	return over
}

// add adds three bits in each place, and returns sums and carries.
func add(a, b, c uint64) (sum, carry uint64) {
	x := a ^ b
	return x ^ c, a&b | c&x
}
