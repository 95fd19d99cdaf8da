package search

import "slices"

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

// operandReader finds where an operand stands. A place is the bit of its document
// in the window, times 65,536, plus the position: places are in order of documents.
type operandReader struct {
	elems  []placeReader // those with the fewest documents first
	length int64
}

// placeLists is memory for lists of places.
type placeLists struct{ starts, list, spare []uint32 }

// placeReader finds where an element stands.
type placeReader struct {
	off   uint32 // from the first element
	df    int
	terms []*postings
	virt  *places // instead of terms, for a pattern
}

// places lists document and position of a pattern's words, in order.
type places struct {
	pat  *pattern
	list []uint64
}

func (b *builder) phrase(s *step) exec {
	x := &phraseExec{step: s, and: &andExec{}}
	patterns := false
	for i := range s.operands {
		op := &s.operands[i]
		r := operandReader{length: int64(op.length)}
		for k := range op.elems {
			el := &op.elems[k]
			pr := placeReader{off: uint32(el.off - op.elems[0].off)}
			if el.pat != nil {
				patterns = true
				docs := b.pattern(el, s.part, nil)
				x.and.kids = append(x.and.kids, docs)
				pr.virt, pr.df = &places{pat: el.pat}, docs.n
			} else {
				t := b.terms(el, s.part, nil)
				x.and.kids = append(x.and.kids, t)
				if te, ok := t.(*termsExec); ok {
					pr.terms, pr.df = te.terms, te.df
				}
			}
			r.elems = append(r.elems, pr)
		}
		slices.SortStableFunc(r.elems, func(a, b placeReader) int { return a.df - b.df })
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
	for _, op := range x.ops {
		for _, el := range op.elems {
			if el.virt != nil {
				el.virt.list = b.placesOf(el.virt.pat, x.cands)
			}
		}
	}
}

func (b *builder) placesOf(pat *pattern, cands []uint64) []uint64 {
	var out []uint64
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
				pos = ps.appendPositions(0, pos[:0])
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

func (x *phraseExec) fork(f *forker) exec {
	y := &phraseExec{step: x.step, and: x.and.fork(f).(*andExec), cands: x.cands}
	for _, op := range x.ops {
		r := operandReader{length: op.length}
		for _, el := range op.elems {
			el.terms = forkPostings(el.terms)
			r.elems = append(r.elems, el)
		}
		y.ops = append(y.ops, r)
	}
	return y
}

func (x *phraseExec) eval(e *env, p *piece, cand, dst []uint64) {
	x.tick = e.tick
	x.hits = x.hits[:0]
	docs := e.scratch.get()
	if x.cands != nil {
		(&bitmapExec{set: x.cands}).eval(e, p, cand, docs)
	} else {
		x.and.eval(e, p, cand, docs)
	}
	found := x.ops[0].find(e, p, docs, x.step.part, &e.places[0])
	if len(x.ops) > 1 && len(found) > 0 {
		if len(x.ops[0].elems) > 1 {
			onlyAt(p, docs, found)
		}
		found = x.nearby(found, x.ops[1].find(e, p, docs, x.step.part, &e.places[1]))
	}
	e.scratch.put(docs)
	for i := 0; i < len(found); {
		bit, f := found[i]>>placeBits, float32(0)
		if found[i]&partBit == 0 {
			f = titleBonus
		}
		for ; i < len(found) && found[i]>>placeBits == bit; i++ {
			f++
		}
		dst[bit/64] |= 1 << (bit % 64)
		if x.step.leaf != nil {
			x.hits = append(x.hits, phraseHit{int(bit), f})
		}
	}
}

const (
	placeBits = 16
	placeMask = 1<<placeBits - 1
)

// onlyAt makes docs those in which there is a place.
func onlyAt(p *piece, docs []uint64, places []uint32) {
	clear(docs[p.w0:p.w1])
	for _, s := range places {
		docs[s>>placeBits/64] |= 1 << (s >> placeBits % 64)
	}
}

// nearby keeps of a, where the first operand begins, the places near which the
// second one begins at one of b.
func (x *phraseExec) nearby(a, b []uint32) []uint32 {
	la, lb, most := x.ops[0].length, x.ops[1].length, int64(x.step.distance)
	n, after, before := 0, 0, 0
	for _, s := range a {
		// B first begins beyond the last place of A, or A beyond that of B.
		end := int64(s) + la
		for after < len(b) && int64(b[after]) < end {
			after++
		}
		near := after < len(b) && b[after]>>placeBits == s>>placeBits && int64(b[after])-(end-1) <= most
		if !near && !x.step.ordered {
			for before < len(b) && int64(b[before])+lb <= int64(s) {
				before++
			}
			near = before > 0 && b[before-1]>>placeBits == s>>placeBits && int64(s)-(int64(b[before-1])+lb-1) <= most
		}
		if near {
			a[n] = s
			n++
		}
	}
	return a[:n]
}

// find returns where the operand begins in the documents of docs, in order. It
// drops from docs some in which it does not stand.
func (o *operandReader) find(e *env, p *piece, docs []uint64, part Part, mem *placeLists) []uint32 {
	starts := mem.starts[:0]
	n := o.sieve(e, p, docs, p.count(docs), part)
	for i := range o.elems {
		el := &o.elems[i]
		if n == 0 {
			return nil
		}
		mem.list, mem.spare = el.places(e, p, docs, n, mem.list, mem.spare)
		if i == 0 {
			for _, s := range mem.list {
				if s&placeMask >= el.off {
					starts = append(starts, s-el.off)
				}
			}
			mem.starts = starts
		} else {
			starts = keepAt(starts, mem.list, el.off)
		}
		if len(starts) < n/2 && i < len(o.elems)-1 {
			onlyAt(p, docs, starts)
			n = p.count(docs)
		}
	}
	if part != AnyPart {
		starts = slices.DeleteFunc(starts, func(s uint32) bool { return !part.has(s & placeMask) })
	}
	return starts
}

// keepAt keeps the starts that have a place off behind them in the list.
func keepAt(starts, list []uint32, off uint32) []uint32 {
	k, n := 0, 0
	for _, s := range starts {
		want := s + off
		for k < len(list) && list[k] < want {
			k++
		}
		if k == len(list) {
			break
		}
		if list[k] == want && s&placeMask+off <= placeMask {
			starts[n] = s
			n++
		}
	}
	return starts[:n]
}

// places lists where the element stands in the n documents of docs. It uses the
// memory of list and spare, and returns what is to be used next time.
func (r *placeReader) places(e *env, p *piece, docs []uint64, n int, list, spare []uint32) (_, _ []uint32) {
	list = list[:0]
	if r.virt != nil {
		return r.virt.within(p, docs, list), spare
	}
	for _, t := range r.terms {
		from := len(list)
		list = t.appendPlaces(e, p, docs, n, list)
		if from > 0 && from < len(list) {
			merged := mergeSorted(spare[:0], list[:from], list[from:])
			list, spare = merged, list
		}
	}
	return list, spare
}

// within appends the places in the documents of docs.
func (v *places) within(p *piece, docs []uint64, dst []uint32) []uint32 {
	i, _ := slices.BinarySearch(v.list, uint64(p.lo)<<32)
	for ; i < len(v.list) && v.list[i] < uint64(p.hi)<<32; i++ {
		if bit := uint(int(v.list[i]>>32) + p.delta); docs[bit/64]>>(bit%64)&1 != 0 {
			dst = append(dst, uint32(bit)<<placeBits|uint32(v.list[i]))
		}
	}
	return dst
}

// placeSeek is how many postings are passed over in the time of one look-up of
// places.
const placeSeek = 24

// appendPlaces appends where the term stands in the n documents of docs.
func (x *postings) appendPlaces(e *env, p *piece, docs []uint64, n int, dst []uint32) []uint32 {
	if per := int64(x.df) * int64(p.hi-p.lo) / int64(p.v.slots); int64(n)*placeSeek < per {
		eachBit(p, docs, func(bit int) {
			if x.at(uint32(bit - p.delta)) {
				dst = x.appendPositions(uint32(bit)<<placeBits, dst)
			}
		})
		return dst
	}
	c := &e.picked
	c.each(x, p, docs, AnyPart, func() { dst = x.appendChosen(c, dst) })
	return dst
}

// mergeSorted appends the numbers of a and b in order.
func mergeSorted(dst, a, b []uint32) []uint32 {
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			dst, a = append(dst, a[0]), a[1:]
		} else {
			dst, b = append(dst, b[0]), b[1:]
		}
	}
	return append(append(dst, a...), b...)
}

func (x *phraseExec) score(e *env, _ *piece, mask []uint64) {
	if x.step.leaf != nil && x.tick == e.tick {
		e.scores = append(e.scores, scoring{x.step.leaf, x, mask})
	}
}

func (x *phraseExec) mark(_ *env, _ *piece, dst []uint64) {
	for _, h := range x.hits {
		dst[h.bit/64] |= 1 << (h.bit % 64)
	}
}

func (x *phraseExec) accumulate(e *env, p *piece, mask []uint64, _ int) {
	lf := x.step.leaf
	lens := p.v.lengths(lf.ord, p.lo, p.hi)
	for _, h := range x.hits {
		if mask[h.bit/64]>>(h.bit%64)&1 != 0 && h.bit >= p.w0*64 && h.bit < p.w1*64 {
			e.acc[h.bit] += lf.value(h.f, lens[h.bit-p.delta])
		}
	}
}
