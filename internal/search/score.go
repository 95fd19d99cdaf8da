package search

import (
	"cmp"
	"math/bits"
	"slices"
)

// roundingRoom covers the rounding of sums of float32 when bounds are compared.
const roundingRoom = 1.0001

// byScore scores the hits of a piece and keeps the best. Leaves are taken by
// falling weight; once those that are left could not lift a document into the top
// by themselves, only documents are looked at that may still get there.
func (t *top) byScore(e *env, ev *evaluated, words []uint64) {
	p := &ev.piece
	e.tick = ev.tick
	e.scores = e.scores[:0]
	hits := e.scratch.get()
	defer func() { e.scratch.put(hits) }()
	copy(hits[p.w0:p.w1], words[p.w0:p.w1])
	p.trim(hits)
	ev.root.score(e, p, hits)
	slices.SortStableFunc(e.scores, func(a, b scoring) int { return cmp.Compare(b.leaf.weight, a.leaf.weight) })
	rest := float32(0)
	for _, s := range e.scores {
		rest += s.leaf.weight
	}
	if t.full() && rest*roundingRoom <= t.hits[0].Score {
		return
	}
	if t.acc == nil {
		t.acc = make([]float32, WindowSlots)
	}
	few := e.scratch.get()
	defer func() { e.scratch.put(few) }()
	mask := e.scratch.get()
	defer func() { e.scratch.put(mask) }()
	left := hits // those that may still get into the top
	for _, s := range e.scores {
		m := s.mask
		if t.full() && rest*roundingRoom <= t.hits[0].Score {
			t.promising(p, left, rest*roundingRoom, few)
			left = few
			for i := p.w0; i < p.w1; i++ {
				mask[i] = m[i] & few[i]
			}
			m = mask
		}
		if n := p.count(m); n > 0 {
			s.exec.accumulate(e, p, m, n, t.acc)
		}
		rest -= s.leaf.weight
	}
	t.take(p, hits)
}

// promising puts into few the hits that rest more could lift into the top.
func (t *top) promising(p *piece, hits []uint64, rest float32, few []uint64) {
	need := t.hits[0].Score - rest
	for i := p.w0; i < p.w1; i++ {
		out := uint64(0)
		for w := hits[i]; w != 0; w &= w - 1 {
			o := bits.TrailingZeros64(w)
			if t.acc[i*64+o] >= need {
				out |= 1 << o
			}
		}
		few[i] = out
	}
}

// take moves the scores of the piece's hits into the heap and zeroes them.
func (t *top) take(p *piece, hits []uint64) {
	for i := p.w0; i < p.w1; i++ {
		for w := hits[i]; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			s := t.acc[bit]
			t.acc[bit] = 0
			if !t.full() || s > t.hits[0].Score {
				t.push(Hit{Slot: p.base + uint32(bit), Score: s})
			}
		}
	}
}
