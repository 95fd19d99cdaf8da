package search

import "math/bits"

// Bounds are added up for 64 documents at a time: bit i of plane k is bit k of the
// sum of document i.
const (
	boundFull   = 32  // stands for the score that is to be exceeded
	boundPlanes = 12  // sums of up to maxBounded leaves of boundFull fit
	maxBounded  = 64  // leaves
	fewToBound  = 256 // hits are too few to be worth it
)

// narrow removes from hits the documents whose leaves, if each added its full
// weight, would not exceed floor. It tells whether it was worth trying.
func (t *top) narrow(e *env, p *piece, hits []uint64, floor float32) bool {
	n := len(e.scores)
	if !t.choice || floor <= 0 || n < 2 || n > maxBounded || p.count(hits) < fewToBound {
		return false
	}
	var marks [maxBounded][]uint64
	var bound [maxBounded]uint64
	for i, s := range e.scores {
		bound[i] = uint64(min(boundFull, s.leaf.weight*roundingRoom/floor*boundFull+1))
		marks[i] = e.scratch.get()
		s.exec.mark(e, p, marks[i])
		for k := p.w0; k < p.w1; k++ {
			marks[i][k] &= s.mask[k]
		}
	}
	for k := p.w0; k < p.w1; k++ {
		if hits[k] == 0 {
			continue
		}
		var sum [boundPlanes]uint64
		for i := range n {
			if m := marks[i][k] & hits[k]; m != 0 {
				addBound(&sum, bound[i], m)
			}
		}
		hits[k] = reached(&sum)
	}
	for _, m := range marks[:n] {
		e.scratch.put(m)
	}
	return true
}

// addBound adds b to the sums of the documents in m.
func addBound(sum *[boundPlanes]uint64, b, m uint64) {
	carry := uint64(0)
	for k := 0; (b != 0 || carry != 0) && k < boundPlanes; k++ {
		x := m & -(b & 1)
		s := sum[k]
		sum[k] = s ^ x ^ carry
		carry = s&x | carry&(s^x)
		b >>= 1
	}
}

// reached returns the documents whose sum is at least boundFull.
func reached(sum *[boundPlanes]uint64) uint64 {
	out := uint64(0)
	for _, s := range sum[bits.TrailingZeros(boundFull):] {
		out |= s
	}
	return out
}
