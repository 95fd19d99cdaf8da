package search

import (
	"bytes"
	"context"
	"math/bits"
	"slices"
)

// exec answers a step of a plan within one segment, piece by piece.
type exec interface {
	// eval adds to dst the bits of the piece's documents that the step stands
	// for: those in cand, or all if cand is nil. It adds no others.
	eval(e *env, p *piece, cand, dst []uint64)
	// cost estimates the documents that eval looks at.
	cost() float64
	// score adds to e what is to be scored, for the documents in mask, after
	// eval for the same piece.
	score(e *env, p *piece, mask []uint64)
}

// env is what the execs of one run of a question share.
type env struct {
	ctx     context.Context
	scratch scratch
	scores  []scoring
	tick    int // numbers the pieces
}

// scoring is a leaf to be scored in the present piece.
type scoring struct {
	leaf *leaf
	exec scorer
	mask []uint64
}

// scorer adds a leaf's share to the scores of the documents in mask; n counts them.
type scorer interface {
	accumulate(e *env, p *piece, mask []uint64, n int, acc []float32)
}

// builder makes the execs of one segment and counts into the plan's stats.
type builder struct {
	e *env
	v *segmentView
}

func (b *builder) build(s *step, root bool) exec {
	switch s.kind {
	case stepAll:
		return allExec{}
	case stepAnd:
		return b.and(s, root)
	case stepOr:
		x := &orExec{}
		for _, k := range s.kids {
			x.kids = append(x.kids, b.build(k, false))
		}
		return x
	case stepNot:
		return &notExec{b.build(s.kids[0], false)}
	case stepTerms:
		return b.terms(&s.operands[0].elems[0], s.part, s.leaf)
	case stepPattern:
		return b.pattern(&s.operands[0].elems[0], s.part, s.leaf)
	case stepPhrase:
		return b.phrase(s)
	case stepFilter:
		return &filterExec{s.filter}
	}
	return noneExec{}
}

type noneExec struct{}

func (noneExec) eval(*env, *piece, []uint64, []uint64) {}
func (noneExec) cost() float64                         { return 0 }
func (noneExec) score(*env, *piece, []uint64)          {}

type allExec struct{}

func (allExec) eval(_ *env, p *piece, cand, dst []uint64) {
	if cand != nil {
		p.or(dst, cand, nil)
		return
	}
	first, last := p.ends()
	if p.w1-p.w0 == 1 {
		dst[p.w0] |= first & last
		return
	}
	dst[p.w0] |= first
	for i := p.w0 + 1; i < p.w1-1; i++ {
		dst[i] = ^uint64(0)
	}
	dst[p.w1-1] |= last
}
func (allExec) cost() float64                { return 1 << 30 }
func (allExec) score(*env, *piece, []uint64) {}

type filterExec struct{ f *filterWindow }

func (x *filterExec) eval(e *env, p *piece, cand, dst []uint64) {
	if cand != nil {
		p.or(dst, x.f.at(p.base), cand)
		return
	}
	all := e.scratch.get()
	allExec{}.eval(e, p, nil, all)
	p.or(dst, x.f.at(p.base), all)
	e.scratch.put(all)
}

// A matcher looks at every slot of the window, quickly.
func (x *filterExec) cost() float64                { return 1 << 18 }
func (x *filterExec) score(*env, *piece, []uint64) {}

type notExec struct{ kid exec }

func (x *notExec) eval(e *env, p *piece, cand, dst []uint64) {
	not := e.scratch.get()
	x.kid.eval(e, p, cand, not)
	all := cand
	if cand == nil {
		all = e.scratch.get()
		allExec{}.eval(e, p, nil, all)
	}
	for i := p.w0; i < p.w1; i++ {
		dst[i] |= all[i] &^ not[i]
	}
	if cand == nil {
		e.scratch.put(all)
	}
	e.scratch.put(not)
}

// A negation is best asked last: it leaves most candidates.
func (x *notExec) cost() float64                { return 1<<40 + x.kid.cost() }
func (x *notExec) score(*env, *piece, []uint64) {}

type orExec struct{ kids []exec }

func (x *orExec) eval(e *env, p *piece, cand, dst []uint64) {
	for _, k := range x.kids {
		k.eval(e, p, cand, dst)
	}
}

func (x *orExec) cost() float64 {
	c := 0.0
	for _, k := range x.kids {
		c += k.cost()
	}
	return c
}

func (x *orExec) score(e *env, p *piece, mask []uint64) {
	for _, k := range x.kids {
		k.score(e, p, mask)
	}
}

// andExec narrows candidates kid by kid, cheapest first.
type andExec struct {
	kids   []exec
	result []uint64 // kept for scoring, unless it is the whole question's result
	tick   int
}

func (b *builder) and(s *step, root bool) exec {
	x := &andExec{}
	for _, k := range s.kids {
		x.kids = append(x.kids, b.build(k, false))
	}
	slices.SortStableFunc(x.kids, func(a, b exec) int {
		switch ca, cb := a.cost(), b.cost(); {
		case ca < cb:
			return -1
		case ca > cb:
			return 1
		}
		return 0
	})
	if !root {
		x.result = make([]uint64, windowWords)
	}
	return x
}

func (x *andExec) cost() float64 { return x.kids[0].cost() }

func (x *andExec) eval(e *env, p *piece, cand, dst []uint64) {
	cur := cand
	for _, k := range x.kids {
		next := e.scratch.get()
		k.eval(e, p, cur, next)
		if cur != nil && &cur[0] != first(cand) {
			e.scratch.put(cur)
		}
		cur = next
		if !anyBit(cur[p.w0:p.w1]) {
			break
		}
	}
	p.or(dst, cur, nil)
	if x.result != nil {
		copy(x.result[p.w0:p.w1], cur[p.w0:p.w1])
		x.tick = e.tick
	}
	e.scratch.put(cur)
}

func first(w []uint64) *uint64 {
	if w == nil {
		return nil
	}
	return &w[0]
}

func anyBit(words []uint64) bool {
	for _, w := range words {
		if w != 0 {
			return true
		}
	}
	return false
}

func (x *andExec) score(e *env, p *piece, mask []uint64) {
	if x.result != nil {
		if x.tick != e.tick {
			return
		}
		for i := p.w0; i < p.w1; i++ {
			x.result[i] &= mask[i]
		}
		mask = x.result
	}
	for _, k := range x.kids {
		k.score(e, p, mask)
	}
}

// eachBit calls f with each set bit of the piece.
func eachBit(p *piece, words []uint64, f func(bit int)) {
	for i := p.w0; i < p.w1; i++ {
		for w := words[i]; w != 0; w &= w - 1 {
			f(i*64 + bits.TrailingZeros64(w))
		}
	}
}

// bitmapExec holds what a pattern's terms stand for in the whole segment.
type bitmapExec struct {
	set   []uint64 // aligned as masks are
	title []uint64 // those with a word in part 0; nil unless scored
	n     int
	leaf  *leaf
}

func (b *builder) pattern(el *elem, part Part, lf *leaf) *bitmapExec {
	n := maskWords(b.v.base, b.v.slots)
	x := &bitmapExec{set: make([]uint64, n), leaf: lf}
	if lf != nil {
		x.title = make([]uint64, n)
	}
	delta := int(b.v.base % 64)
	var ps postings
	b.eachTerm(el.pat, func(c *dictCursor) {
		ps.open(c)
		switch {
		case part == AnyPart && lf == nil:
			ps.fill(0, b.v.slots, delta, x.set)
		case lf == nil:
			ps.fillParts(0, b.v.slots, delta, part, x.set)
		default:
			ps.fillTitles(delta, part, x.set, x.title)
		}
	})
	for _, w := range x.set {
		x.n += bits.OnesCount64(w)
	}
	if el.stat != nil {
		el.stat.df += uint64(x.n)
	}
	return x
}

// fillTitles is fillParts for the whole segment, which marks beside the documents
// those that have the word in part 0.
func (x *postings) fillTitles(delta int, want Part, words, titles []uint64) {
	for b := 0; x.load(b); b++ {
		vals := x.blockVals()
		for i, d := range x.blockDocs() {
			if v := vals[i]; want.holds(v) {
				bit := uint(int(d) + delta)
				words[bit/64] |= 1 << (bit % 64)
				if v&partsMask != inPart1 {
					titles[bit/64] |= 1 << (bit % 64)
				}
			}
		}
	}
}

// eachTerm calls f at every term that the pattern takes, until the question is
// cancelled.
func (b *builder) eachTerm(pat *pattern, f func(*dictCursor)) {
	n := 0
	b.v.terms(pat.lead, func(c *dictCursor) bool {
		if n++; n%1024 == 0 && b.e.ctx.Err() != nil || !bytes.HasPrefix(c.name, pat.lead) {
			return false
		}
		if pat.match == nil || pat.match(c.name[1:]) {
			f(c)
		}
		return true
	})
}

func (x *bitmapExec) cost() float64 { return float64(x.n) / 16 }

func (x *bitmapExec) eval(_ *env, p *piece, cand, dst []uint64) {
	set, d := p.aligned(x.set), dst[p.w0:p.w1]
	if cand == nil {
		first, last := p.ends()
		for i, w := range set {
			if i == 0 {
				w &= first
			}
			if i == len(set)-1 {
				w &= last
			}
			d[i] |= w
		}
		return
	}
	c := cand[p.w0:p.w1]
	for i, w := range set {
		d[i] |= w & c[i]
	}
}

func (x *bitmapExec) score(e *env, _ *piece, mask []uint64) {
	if x.leaf != nil {
		e.scores = append(e.scores, scoring{x.leaf, x, mask})
	}
}

// A pattern counts as one occurrence: which of its words, and how often, is not
// looked at.
func (x *bitmapExec) accumulate(_ *env, p *piece, mask []uint64, _ int, acc []float32) {
	set, title := p.aligned(x.set), p.aligned(x.title)
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	for i := p.w0; i < p.w1; i++ {
		for w := mask[i] & set[i-p.w0]; w != 0; w &= w - 1 {
			o := bits.TrailingZeros64(w)
			f := float32(1)
			if title[i-p.w0]>>o&1 != 0 {
				f += titleBonus
			}
			bit := i*64 + o
			acc[bit] += x.leaf.value(f, lens[bit-p.delta])
		}
	}
}
