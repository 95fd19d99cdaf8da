package search

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// roundingRoom covers the rounding of sums of float32 when bounds are compared.
const roundingRoom = 1.0001

// floor returns what a score must exceed to get into the top.
func (t *top) floor() float32 {
	f := math.Nextafter32(t.bar.score(), -1)
	if t.full() {
		f = max(f, t.hits[0].Score)
	}
	return f
}

// firstWords is how many words of a window are scored before it is known what a
// score must exceed: the later that is, the more is scored in vain.
const firstWords = 32

// byScore keeps the best hits of a piece.
func (t *top) byScore(e *env, ev *evaluated, words []uint64) {
	e.tick = ev.tick
	step := ev.w1 - ev.w0
	if t.floor() < 0 {
		step = firstWords
	}
	for w := ev.w0; w < ev.w1; {
		p := ev.piece
		p.w0, p.w1 = w, min(w+step, ev.w1)
		p.lo = uint32(max(int(ev.lo), p.w0*64-p.delta))
		p.hi = uint32(min(int(ev.hi), p.w1*64-p.delta))
		t.score(e, &p, ev.root, words)
		if t.full() {
			t.bar.raise(t.hits[0].Score)
		}
		w, step = p.w1, 4*step
	}
}

// score scores the hits of a piece and keeps the best. Leaves are taken by falling
// weight; once those that are left could not lift a document into the top by
// themselves, only documents are looked at that may still get there.
func (t *top) score(e *env, p *piece, root exec, words []uint64) {
	e.scores = e.scores[:0]
	hits, few, mask := e.scratch.get(), e.scratch.get(), e.scratch.get()
	defer func() { e.scratch.put(hits); e.scratch.put(few); e.scratch.put(mask) }()
	copy(hits[p.w0:p.w1], words[p.w0:p.w1])
	p.trim(hits)
	if !anyBit(hits[p.w0:p.w1]) {
		return
	}
	root.score(e, p, hits)
	slices.SortStableFunc(e.scores, func(a, b scoring) int { return cmp.Compare(b.leaf.weight, a.leaf.weight) })
	rest := float32(0)
	for _, s := range e.scores {
		rest += s.leaf.weight
	}
	floor := t.floor()
	if rest*roundingRoom <= floor {
		return
	}
	if len(e.scores) == 1 && floor >= 0 {
		if x, ok := e.scores[0].exec.(picker); ok && x.best(e, p, e.scores[0].mask, t) {
			return
		}
	}
	if t.narrow(e, p, hits, floor) && !anyBit(hits[p.w0:p.w1]) {
		return
	}
	if e.acc == nil {
		e.acc = make([]float32, WindowSlots)
	}
	left := hits // those that may still get into the top
	for _, s := range e.scores {
		if rest*roundingRoom <= floor {
			promising(e, p, left, floor-rest*roundingRoom, few)
			left = few
		}
		for i := p.w0; i < p.w1; i++ {
			mask[i] = s.mask[i] & left[i]
		}
		if n := p.count(mask); n > 0 {
			s.exec.accumulate(e, p, mask, n)
		}
		rest -= s.leaf.weight
	}
	t.take(e, p, hits)
}

// picker is a scorer that can take the documents of mask straight into the top,
// where nothing else is scored; best tells whether it did.
type picker interface {
	best(e *env, p *piece, mask []uint64, t *top) bool
}

// promising puts into few the hits that have at least the score need.
func promising(e *env, p *piece, hits []uint64, need float32, few []uint64) {
	for i := p.w0; i < p.w1; i++ {
		out := uint64(0)
		for w := hits[i]; w != 0; w &= w - 1 {
			o := bits.TrailingZeros64(w)
			if e.acc[i*64+o] >= need {
				out |= 1 << o
			}
		}
		few[i] = out
	}
}

// take moves the scores of the piece's hits into the heap and zeroes them.
func (t *top) take(e *env, p *piece, hits []uint64) {
	floor := t.floor()
	for i := p.w0; i < p.w1; i++ {
		for w := hits[i]; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			s := e.acc[bit]
			e.acc[bit] = 0
			if s > floor {
				t.push(Hit{Slot: p.base + uint32(bit), Score: s})
				floor = t.floor()
			}
		}
	}
}
