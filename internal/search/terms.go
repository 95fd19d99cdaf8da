package search

import "math/bits"

// termsExec stands for the documents that have any of a few terms: the forms of a
// word, or a key.
type termsExec struct {
	terms []*postings
	part  Part
	df    int
	leaf  *leaf
	slots uint32
	freq  []float32 // by bit, zero between uses
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
		x.fill(p, dst)
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
	x.fill(p, tmp)
	p.or(dst, tmp, cand)
	e.scratch.put(tmp)
}

func (x *termsExec) fill(p *piece, dst []uint64) {
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

func (x *termsExec) accumulate(e *env, p *piece, mask []uint64, n int, acc []float32) {
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	switch {
	case n*seekCost < x.inPiece(p):
		x.accumulateFew(p, mask, lens, acc)
	case len(x.terms) == 1:
		x.accumulateOne(p, mask, lens, acc)
	default:
		x.accumulateForms(e, p, mask, lens, acc)
	}
}

// accumulateFew looks up each document of mask.
func (x *termsExec) accumulateFew(p *piece, mask []uint64, lens []byte, acc []float32) {
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
			acc[bit] += x.leaf.value(f, lens[d])
		}
	})
}

// accumulateOne walks the postings of the only term.
func (x *termsExec) accumulateOne(p *piece, mask []uint64, lens []byte, acc []float32) {
	t, w, norm := x.terms[0], x.leaf.weight, x.leaf.norm
	for b := t.blockFor(p.lo); t.load(b) && t.first < p.hi; b++ {
		if !anyBit(mask[t.maskWord(p, t.first) : t.maskWord(p, t.last)+1]) {
			continue
		}
		docs := t.blockDocs()
		vals := t.blockVals()[:len(docs)]
		inside := docs[0] >= p.lo && t.last < p.hi && x.part == AnyPart
		for i, d := range docs {
			if !inside && (d < p.lo || d >= p.hi || !x.part.holds(vals[i])) {
				continue
			}
			bit := uint(int(d) + p.delta)
			if mask[bit/64]>>(bit%64)&1 == 0 {
				continue
			}
			f := occurrences(vals[i])
			acc[bit] += w * f / (f + norm[lens[d]])
		}
	}
}

// maskWord returns the word of a window in which document d is, or the nearest
// within the piece.
func (x *postings) maskWord(p *piece, d uint32) int {
	return (int(min(max(d, p.lo), p.hi-1)) + p.delta) / 64
}

// accumulateForms adds up the occurrences of all forms before weighing them.
func (x *termsExec) accumulateForms(e *env, p *piece, mask []uint64, lens []byte, acc []float32) {
	if x.freq == nil {
		x.freq = make([]float32, WindowSlots)
	}
	touched := e.scratch.get()
	for _, t := range x.terms {
		for b := t.blockFor(p.lo); t.load(b) && t.first < p.hi; b++ {
			vals := t.blockVals()
			for i, d := range t.blockDocs() {
				if d < p.lo || d >= p.hi {
					continue
				}
				bit := uint(int(d) + p.delta)
				if mask[bit/64]>>(bit%64)&1 != 0 && x.part.holds(vals[i]) {
					x.freq[bit] += occurrences(vals[i])
					touched[bit/64] |= 1 << (bit % 64)
				}
			}
		}
	}
	for i := p.w0; i < p.w1; i++ {
		for w := touched[i]; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			acc[bit] += x.leaf.value(x.freq[bit], lens[bit-p.delta])
			x.freq[bit] = 0
		}
	}
	e.scratch.put(touched)
}
