package search

import (
	"slices"
	"sort"
)

// phraseExec stands for the documents in which the elements of an operand follow
// one another as they should, or two operands are near each other.
type phraseExec struct {
	step  *step
	and   *andExec // documents with all elements
	cands []uint64 // the same for the whole segment, where patterns made it known
	ops   []operandReader
	tick  int
	hits  []phraseHit // of the present piece, if scored
}

type phraseHit struct {
	bit int
	f   float32
}

// operandReader finds where an operand stands.
type operandReader struct {
	elems  []placeReader
	length int32
	starts []int32
	list   []uint32
}

// placeReader finds where an element stands.
type placeReader struct {
	off   int32
	terms []*postings
	virt  *places // instead of terms, for a pattern
}

// places lists document and position of a pattern's words, in order.
type places []uint64

func (b *builder) phrase(s *step) exec {
	x := &phraseExec{step: s, and: &andExec{}}
	patterns := false
	for i := range s.operands {
		op := &s.operands[i]
		r := operandReader{length: int32(op.length)}
		for k := range op.elems {
			el := &op.elems[k]
			pr := placeReader{off: int32(el.off)}
			if el.pat != nil {
				patterns = true
				x.and.kids = append(x.and.kids, b.pattern(el, s.part, nil))
				pr.virt = &places{}
			} else {
				t := b.terms(el, s.part, nil)
				x.and.kids = append(x.and.kids, t)
				if te, ok := t.(*termsExec); ok {
					pr.terms = te.terms
				}
			}
			r.elems = append(r.elems, pr)
		}
		x.ops = append(x.ops, r)
	}
	slices.SortStableFunc(x.and.kids, func(a, b exec) int { return int(a.cost()) - int(b.cost()) })
	if x.and.kids[0].cost() == 0 {
		return noneExec{}
	}
	if patterns {
		b.findPlaces(x)
	}
	return x
}

// findPlaces finds the documents with all elements, and where the words of
// patterns stand in them.
func (b *builder) findPlaces(x *phraseExec) {
	x.cands = make([]uint64, maskWords(b.v.base, b.v.slots))
	win := make([]uint64, windowWords)
	end := uint64(b.v.base) + uint64(b.v.slots)
	for base := uint64(b.v.base &^ (WindowSlots - 1)); base < end && b.e.ctx.Err() == nil; base += WindowSlots {
		p, ok := pieceOf(b.v, uint32(base))
		if !ok {
			continue
		}
		clear(win)
		x.and.eval(b.e, &p, nil, win)
		for i, w := range win[p.w0:p.w1] {
			p.aligned(x.cands)[i] |= w
		}
	}
	for i := range x.step.operands {
		for k := range x.step.operands[i].elems {
			if pat := x.step.operands[i].elems[k].pat; pat != nil {
				*x.ops[i].elems[k].virt = b.placesOf(pat, x.cands)
			}
		}
	}
}

func (b *builder) placesOf(pat *pattern, cands []uint64) places {
	var out places
	var ps postings
	var pos []uint32
	shift := b.v.base % 64
	b.eachTerm(pat, func(c *dictCursor) {
		ps.open(c)
		for k := 0; ps.load(k); k++ {
			for i, d := range ps.blockDocs() {
				if bit := d + shift; cands[bit/64]>>(bit%64)&1 == 0 {
					continue
				}
				ps.i = i
				pos = ps.appendPositions(pos[:0])
				for _, p := range pos {
					out = append(out, uint64(d)<<32|uint64(p))
				}
				if len(out) > maxVirtual {
					panic(corruption{tooLarge("places", maxVirtual)})
				}
			}
		}
	})
	slices.Sort(out)
	return out
}

func (x *phraseExec) cost() float64 { return x.and.cost() * 4 }

func (x *phraseExec) eval(e *env, p *piece, cand, dst []uint64) {
	x.tick = e.tick
	x.hits = x.hits[:0]
	both := e.scratch.get()
	if x.cands != nil {
		(&bitmapExec{set: x.cands}).eval(e, p, cand, both)
	} else {
		x.and.eval(e, p, cand, both)
	}
	eachBit(p, both, func(bit int) {
		if n, title := x.occurrences(uint32(bit - p.delta)); n > 0 {
			dst[bit/64] |= 1 << (bit % 64)
			if x.step.leaf != nil {
				f := float32(n)
				if title {
					f += titleBonus
				}
				x.hits = append(x.hits, phraseHit{bit, f})
			}
		}
	})
	e.scratch.put(both)
}

// occurrences counts where the phrase stands in document d, and tells whether any
// of the places is in part 0.
func (x *phraseExec) occurrences(d uint32) (n int, title bool) {
	a := x.ops[0].find(d, x.step.part)
	if len(a) == 0 {
		return 0, false
	}
	if len(x.ops) == 1 {
		return len(a), a[0] < partBit
	}
	b := x.ops[1].find(d, x.step.part)
	if len(b) == 0 {
		return 0, false
	}
	la, lb, most := x.ops[0].length, x.ops[1].length, int32(x.step.distance)
	for _, s := range a {
		// B first begins beyond the last place of A, or A beyond that of B.
		i, _ := slices.BinarySearch(b, s+la)
		near := i < len(b) && b[i]-(s+la-1) <= most
		if !near && !x.step.ordered {
			i, _ = slices.BinarySearch(b, s-lb+1)
			near = i > 0 && s-(b[i-1]+lb-1) <= most
		}
		if near {
			n++
			title = title || s < partBit
		}
	}
	return n, title
}

// find returns where the operand begins in document d, in order.
func (o *operandReader) find(d uint32, part Part) []int32 {
	o.starts = o.starts[:0]
	for i := range o.elems {
		el := &o.elems[i]
		o.list = el.places(d, o.list[:0])
		if i == 0 {
			for _, p := range o.list {
				if part.has(p) {
					o.starts = append(o.starts, int32(p)-el.off)
				}
			}
		} else {
			o.starts = keepAt(o.starts, o.list, el.off)
		}
		if len(o.starts) == 0 {
			return nil
		}
	}
	return o.starts
}

// keepAt keeps the starts that have a place off behind them in the list.
func keepAt(starts []int32, list []uint32, off int32) []int32 {
	k, n := 0, 0
	for _, s := range starts {
		want := uint32(s + off)
		for k < len(list) && list[k] < want {
			k++
		}
		if k == len(list) {
			break
		}
		if list[k] == want {
			starts[n] = s
			n++
		}
	}
	return starts[:n]
}

// places appends the element's positions in document d.
func (r *placeReader) places(d uint32, dst []uint32) []uint32 {
	if r.virt != nil {
		v := *r.virt
		i := sort.Search(len(v), func(i int) bool { return v[i] >= uint64(d)<<32 })
		for ; i < len(v) && uint32(v[i]>>32) == d; i++ {
			dst = append(dst, uint32(v[i]))
		}
		return dst
	}
	found := 0
	for _, t := range r.terms {
		if t.at(d) {
			dst = t.appendPositions(dst)
			found++
		}
	}
	if found > 1 {
		slices.Sort(dst)
	}
	return dst
}

func (x *phraseExec) score(e *env, _ *piece, mask []uint64) {
	if x.step.leaf != nil && x.tick == e.tick {
		e.scores = append(e.scores, scoring{x.step.leaf, x, mask})
	}
}

func (x *phraseExec) accumulate(_ *env, p *piece, mask []uint64, _ int, acc []float32) {
	lf := x.step.leaf
	lens := p.v.lengths(lf.ord, p.lo, p.hi)
	for _, h := range x.hits {
		if mask[h.bit/64]>>(h.bit%64)&1 != 0 {
			acc[h.bit] += lf.value(h.f, lens[h.bit-p.delta])
		}
	}
}
