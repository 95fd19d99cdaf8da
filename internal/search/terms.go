package search

import (
	"math"
	"math/bits"
)

// termsExec stands for the documents that have any of a few terms: the forms of a
// word, or a key.
type termsExec struct {
	terms []*postings
	part  Part
	df    int
	leaf  *leaf
	slots uint32
	docs  []uint64 // of a leaf: all its documents in the piece numbered tick
	tick  int
}

func (b *builder) terms(el *elem, part Part, lf *leaf) exec {
	x := &termsExec{part: part, leaf: lf, slots: b.v.slots}
	var c dictCursor
	for _, t := range el.terms {
		if b.v.locate(&c, t) {
			ps := new(postings)
			ps.open(&c)
			x.terms = append(x.terms, ps)
			x.df += int(c.df)
		}
	}
	if el.stat != nil {
		el.stat.df += uint64(x.df)
	}
	if len(x.terms) == 0 {
		return noneExec{}
	}
	return x
}

func (x *termsExec) cost() float64 { return float64(x.df) }

func (x *termsExec) fork(*forker) exec {
	y := *x
	y.terms, y.docs, y.tick = forkPostings(x.terms), nil, 0
	return &y
}

func forkPostings(terms []*postings) []*postings {
	out := make([]*postings, len(terms))
	for i, t := range terms {
		out[i] = t.fork()
	}
	return out
}

// seekCost is how many postings are filled or read in the time of one look-up.
const seekCost = 12

// inPiece estimates the postings within a piece.
func (x *termsExec) inPiece(p *piece) int {
	return int(uint64(x.df)*uint64(p.hi-p.lo)/uint64(x.slots)) + 1
}

// fillCost estimates the cost of filling a piece; sets of bits cost little.
func (x *termsExec) fillCost(p *piece) int {
	n := x.inPiece(p)
	if uint64(x.df)*12 > uint64(x.slots) && x.part == AnyPart {
		n /= 8
	}
	return n + 200
}

func (x *termsExec) eval(e *env, p *piece, cand, dst []uint64) {
	if cand == nil {
		x.fill(e, p, dst)
		return
	}
	if p.count(cand)*seekCost*len(x.terms) < x.fillCost(p) {
		eachBit(p, cand, func(bit int) {
			if x.has(uint32(bit - p.delta)) {
				dst[bit/64] |= 1 << (bit % 64)
			}
		})
		return
	}
	tmp := e.scratch.get()
	x.fill(e, p, tmp)
	p.or(dst, tmp, cand)
	e.scratch.put(tmp)
}

// fill adds all documents of the piece. Those of a leaf are kept for mark.
func (x *termsExec) fill(e *env, p *piece, dst []uint64) {
	if x.leaf == nil {
		x.fillFrom(p, dst)
		return
	}
	if x.docs == nil {
		x.docs = make([]uint64, windowWords)
	}
	clear(x.docs)
	x.fillFrom(p, x.docs)
	x.tick = e.tick
	p.or(dst, x.docs, nil)
}

func (x *termsExec) fillFrom(p *piece, dst []uint64) {
	for _, t := range x.terms {
		if x.part == AnyPart {
			t.fill(p.lo, p.hi, p.delta, dst)
		} else {
			t.fillParts(p.lo, p.hi, p.delta, x.part, dst)
		}
	}
}

func (x *termsExec) has(d uint32) bool {
	for _, t := range x.terms {
		if t.at(d) && (x.part == AnyPart || x.part.holds(t.value())) {
			return true
		}
	}
	return false
}

func (x *termsExec) score(e *env, _ *piece, mask []uint64) {
	if x.leaf != nil {
		e.scores = append(e.scores, scoring{x.leaf, x, mask})
	}
}

// occurrences weighs a posting: its frequency, and more if it is in part 0.
func occurrences(v uint32) float32 {
	return float32(v>>partsBits+1) + partBonus[v&partsMask]
}

var partBonus = [partsMask + 1]float32{inPart0: titleBonus, inBoth: titleBonus}

func (x *termsExec) mark(e *env, p *piece, dst []uint64) {
	if x.tick == e.tick {
		copy(dst[p.w0:p.w1], x.docs[p.w0:p.w1])
	} else {
		x.fillFrom(p, dst)
	}
}

func (x *termsExec) accumulate(e *env, p *piece, mask []uint64, n int) {
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	switch {
	case n*seekCost < x.inPiece(p):
		x.accumulateFew(e, p, mask, lens)
	case len(x.terms) == 1:
		x.accumulateOne(e, p, mask, lens)
	default:
		x.accumulateForms(e, p, mask, lens)
	}
}

// accumulateFew looks up each document of mask.
func (x *termsExec) accumulateFew(e *env, p *piece, mask []uint64, lens []byte) {
	eachBit(p, mask, func(bit int) {
		d := uint32(bit - p.delta)
		f := float32(0)
		for _, t := range x.terms {
			if t.at(d) {
				if v := t.value(); x.part.holds(v) {
					f += occurrences(v)
				}
			}
		}
		if f > 0 {
			e.acc[bit] += x.leaf.value(f, lens[d])
		}
	})
}

// accumulateOne walks the postings of the only term.
func (x *termsExec) accumulateOne(e *env, p *piece, mask []uint64, lens []byte) {
	w, norm, c := x.leaf.weight, x.leaf.norm, &e.picked
	c.each(x.terms[0], p, mask, x.part, func() {
		for k, at := range c.at[:c.n] {
			f := occurrences(c.vals[k])
			e.acc[at] += w * f / (f + norm[lens[int(at)-p.delta]])
		}
	})
}

// accumulateForms adds up the occurrences of all forms before weighing them.
func (x *termsExec) accumulateForms(e *env, p *piece, mask []uint64, lens []byte) {
	if e.freq == nil {
		e.freq = make([]float32, WindowSlots)
	}
	touched := e.scratch.get()
	c := &e.picked
	for _, t := range x.terms {
		c.each(t, p, mask, x.part, func() {
			for k, at := range c.at[:c.n] {
				e.freq[at] += occurrences(c.vals[k])
				touched[at/64] |= 1 << (at % 64)
			}
		})
	}
	for i := p.w0; i < p.w1; i++ {
		for w := touched[i]; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			e.acc[bit] += x.leaf.value(e.freq[bit], lens[bit-p.delta])
			e.freq[bit] = 0
		}
	}
	e.scratch.put(touched)
}

// best takes the documents of mask straight into the top, if x is a single term.
// Only those that may get there are weighed.
func (x *termsExec) best(e *env, p *piece, mask []uint64, t *top) bool {
	if len(x.terms) != 1 {
		return false
	}
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	c := &e.picked
	e.need.clear()
	c.each(x.terms[0], p, mask, x.part, func() {
		e.need.atLeast(x.leaf, t.floor())
		for k, at := range c.at[:c.n] {
			d := int(at) - p.delta
			if f := occurrences(c.vals[k]); f >= e.need.by[lens[d]] {
				if s := x.leaf.value(f, lens[d]); s > t.floor() {
					t.push(Hit{Slot: p.base + uint32(at), Score: s})
				}
			}
		}
	})
	return true
}

// needs holds for each length code how many occurrences a document needs to get
// into the top, at the least.
type needs struct {
	floor float32 // the score to exceed; the table is made for one a little lower
	by    [256]float32
}

func (n *needs) clear() { n.floor = -1 }

// atLeast makes the table for a score to exceed, unless it has hardly risen.
func (n *needs) atLeast(l *leaf, floor float32) {
	if floor <= n.floor*1.002 {
		return
	}
	n.floor = floor
	low := floor / roundingRoom
	for c := range n.by {
		n.by[c] = math.MaxFloat32
		if low < l.weight {
			n.by[c] = low * l.norm[c] / (l.weight - low) / roundingRoom
		}
	}
}
