package search

import (
	"encoding/binary"
	"math/bits"
	"sync"
	"sync/atomic"
)

// bitmapExec holds what a pattern's terms stand for in the whole segment. It is
// never changed, so that goroutines can share it.
type bitmapExec struct {
	set   []uint64 // aligned as masks are
	title []uint64 // those with a word in part 0; nil unless scored
	n     int
	leaf  *leaf
}

// pattern collects the documents of all terms that a pattern takes, with as many
// goroutines as are free and worth it.
func (b *builder) pattern(el *elem, part Part, lf *leaf) *bitmapExec {
	runs := b.v.runs(el.pat.lead)
	helpers := hire(len(runs) - 1)
	defer dismiss(helpers)
	var next atomic.Int64
	found := make([]patternSet, 1+helpers)
	work := func(s *patternSet) error {
		*s = newPatternSet(b.v, part, lf != nil)
		for !b.cancelled() {
			i := int(next.Add(1)) - 1
			if i >= len(runs) {
				break
			}
			runs[i].each(el.pat, s.add)
		}
		return nil
	}
	ends := make([]caught, len(found))
	var wait sync.WaitGroup
	for i := range helpers {
		wait.Go(func() { ends[1+i].from(func() error { return work(&found[1+i]) }) })
	}
	ends[0].from(func() error { return work(&found[0]) })
	wait.Wait()
	for _, c := range ends {
		c.rethrow()
		if c.err != nil {
			panic(corruption{c.err})
		}
	}
	x := &bitmapExec{set: found[0].set, title: found[0].title, leaf: lf}
	for _, s := range found[1:] {
		for i, w := range s.set {
			x.set[i] |= w
		}
		for i, w := range s.title {
			x.title[i] |= w
		}
	}
	x.n = countBits(x.set)
	if el.stat != nil {
		el.stat.df += uint64(x.n)
	}
	return x
}

func (b *builder) cancelled() bool { return b.e.ctx.Err() != nil }

// eachTerm calls f at every term that the pattern takes, until the question is
// cancelled.
func (b *builder) eachTerm(pat *pattern, f func(*dictCursor)) {
	for _, r := range b.v.runs(pat.lead) {
		if b.cancelled() {
			return
		}
		r.each(pat, f)
	}
}

// patternSet collects documents of terms, over a whole segment.
type patternSet struct {
	set, title []uint64
	slots      uint32
	delta      int
	part       Part
	postings   *postings
}

func newPatternSet(v *segmentView, part Part, titles bool) patternSet {
	n := maskWords(v.base, v.slots)
	s := patternSet{slots: v.slots, delta: int(v.base % 64), part: part, set: make([]uint64, n), postings: new(postings)}
	if titles {
		s.title = make([]uint64, n)
	}
	return s
}

func (s *patternSet) add(c *dictCursor) {
	switch {
	case c.df < blockLen:
		s.addFew(c)
	case s.title != nil:
		s.postings.open(c)
		s.addTitles(s.postings)
	case s.part == AnyPart:
		s.postings.open(c)
		s.postings.fill(0, s.slots, s.delta, s.set)
	default:
		s.postings.open(c)
		s.postings.fillParts(0, s.slots, s.delta, s.part, s.set)
	}
}

// addFew adds a term that has no full block.
func (s *patternSet) addFew(c *dictCursor) {
	b, o := c.p.doc.view(c.docOff, c.docLen), 0
	positional := c.p.lay.ord[c.name[0]] >= 0
	bit := uint64(s.delta)
	end := bit + uint64(s.slots)
	for range c.df {
		if o >= int(c.docLen) {
			panic(corruption{damaged(c.p.doc.name, "tail")})
		}
		w := binary.LittleEndian.Uint64(b[o:])
		gap, n := shortVarint(w)
		v, next := uint64(inBoth), o+n/8
		if positional {
			v = w >> (n & 63) & 0xff
			next++
		}
		if n > 32 || v >= 0x80 {
			gap, v, next = longPosting(b[:c.docLen], o, positional)
		}
		o = next
		if bit += gap; o > int(c.docLen) || bit >= end {
			panic(corruption{damaged(c.p.doc.name, "tail")})
		}
		if s.part.holds(uint32(v)) {
			s.set[bit/64] |= 1 << (bit % 64)
			if s.title != nil && v&partsMask != inPart1 {
				s.title[bit/64] |= 1 << (bit % 64)
			}
		}
		bit++
	}
}

// addTitles adds the documents of a term, and beside them those that have the word
// in part 0, which are few.
func (s *patternSet) addTitles(x *postings) {
	var at [blockLen]uint8
	for b := 0; x.load(b); b++ {
		if s.part != AnyPart || x.valsOK || x.valWidth == 0 || x.valWidth > 8 {
			s.addEach(x)
			continue
		}
		if x.set != nil && int(x.last) < int(s.slots) {
			orBits(s.set, x.set, int(x.first)+s.delta)
		} else {
			for _, d := range x.blockDocs() {
				bit := uint(int(d) + s.delta)
				s.set[bit/64] |= 1 << (bit % 64)
			}
		}
		n := unlike(x.val, x.valWidth, inPart1, &at)
		if n == 0 {
			continue
		}
		docs := x.blockDocs()
		for _, i := range at[:n] {
			bit := uint(int(docs[i%blockLen]) + s.delta)
			s.title[bit/64] |= 1 << (bit % 64)
		}
	}
}

// addEach is addTitles for the current block, whatever it is like.
func (s *patternSet) addEach(x *postings) {
	docs := x.blockDocs()
	vals := x.blockVals()[:len(docs)]
	for i, d := range docs {
		v := vals[i]
		if s.part != AnyPart && !s.part.holds(v) {
			continue
		}
		bit := uint(int(d) + s.delta)
		s.set[bit/64] |= 1 << (bit % 64)
		if v&partsMask != inPart1 {
			s.title[bit/64] |= 1 << (bit % 64)
		}
	}
}

func (x *bitmapExec) cost() float64 { return float64(x.n) / 16 }

func (x *bitmapExec) fork(*forker) exec { return x }

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

func (x *bitmapExec) mark(_ *env, p *piece, dst []uint64) { copy(dst[p.w0:p.w1], p.aligned(x.set)) }

// A pattern counts as one occurrence: which of its words, and how often, is not
// looked at.
func (x *bitmapExec) accumulate(e *env, p *piece, mask []uint64, _ int) {
	set, title := p.aligned(x.set), p.aligned(x.title)
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	for i := p.w0; i < p.w1; i++ {
		for w := mask[i] & set[i-p.w0]; w != 0; w &= w - 1 {
			o := bits.TrailingZeros64(w)
			bit := i*64 + o
			f := 1 + titleBonus*float32(title[i-p.w0]>>o&1)
			e.acc[bit] += x.leaf.value(f, lens[bit-p.delta])
		}
	}
}

// best takes the documents of mask straight into the top. Only those that may get
// there are weighed.
func (x *bitmapExec) best(e *env, p *piece, mask []uint64, t *top) bool {
	set, title := p.aligned(x.set), p.aligned(x.title)
	lens := p.v.lengths(x.leaf.ord, p.lo, p.hi)
	e.need.clear()
	for i := p.w0; i < p.w1; i++ {
		e.need.atLeast(x.leaf, t.floor())
		for w := mask[i] & set[i-p.w0]; w != 0; w &= w - 1 {
			o := bits.TrailingZeros64(w)
			bit := i*64 + o
			f := 1 + titleBonus*float32(title[i-p.w0]>>o&1)
			c := lens[bit-p.delta]
			if f >= e.need.by[c] {
				if s := x.leaf.value(f, c); s > t.floor() {
					t.push(Hit{Slot: p.base + uint32(bit), Score: s})
				}
			}
		}
	}
	return true
}
