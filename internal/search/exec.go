package search

import (
	"context"
	"math/bits"
	"slices"
	"sync"
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
	// fork returns an exec that another goroutine can use at the same time.
	fork(f *forker) exec
}

// forker forks the execs of a question for one goroutine.
type forker struct {
	filters map[*filterWindow]*filterWindow
}

func (f *forker) all(kids []exec) []exec {
	out := make([]exec, len(kids))
	for i, k := range kids {
		out[i] = k.fork(f)
	}
	return out
}

// env is what the execs of one goroutine share.
type env struct {
	ctx     context.Context
	scratch scratch
	scores  []scoring
	tick    int // numbers the pieces
	// Numbers by bit of the window, zero between uses; nil before the first.
	acc  []float32 // scores
	freq []float32 // occurrences
	own  []uint64  // signatures of one word
	keys []int32   // to sort by, of any window
	// Signatures that the words of a phrase share, by bit of the window.
	shared []uint64
	places [2]placeLists // by operand
	picked
	need needs
}

var envs = sync.Pool{New: func() any { return &env{} }}

func newEnv(ctx context.Context) *env {
	e := envs.Get().(*env)
	e.ctx = ctx
	return e
}

// release lets other questions use the memory of e.
func (e *env) release() {
	e.ctx = nil
	clear(e.scores[:cap(e.scores)])
	envs.Put(e)
}

// scoring is a leaf to be scored in the present piece.
type scoring struct {
	leaf *leaf
	exec scorer
	mask []uint64
}

type scorer interface {
	// accumulate adds a leaf's share to the scores of the documents in mask; n
	// counts them.
	accumulate(e *env, p *piece, mask []uint64, n int)
	// mark sets in dst, which is empty, the documents that accumulate would look at.
	mark(e *env, p *piece, dst []uint64)
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
func (x noneExec) fork(*forker) exec                   { return x }

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
func (x allExec) fork(*forker) exec          { return x }

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
func (x *filterExec) fork(f *forker) exec          { return &filterExec{x.f.fork(f)} }

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
func (x *notExec) fork(f *forker) exec          { return &notExec{x.kid.fork(f)} }

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

func (x *orExec) fork(f *forker) exec { return &orExec{f.all(x.kids)} }

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

func (x *andExec) fork(f *forker) exec {
	y := &andExec{kids: f.all(x.kids)}
	if x.result != nil {
		y.result = make([]uint64, windowWords)
	}
	return y
}

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
