package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// A signature of a text has bit k%64 set for each place k at which a word stands.
// Turned back by a word's distance from the beginning of a phrase, the signatures
// of all its words share a bit wherever the phrase stands: what shares none needs
// no closer look.

// sieveShare is how many postings of a word may stand against one candidate for
// signatures to be cheaper than a closer look at each.
const sieveShare = 40

// sieve drops from the n candidates in docs those whose signatures exclude the
// phrase, and returns how many are left. It looks at words only while there are
// many candidates.
func (o *operandReader) sieve(e *env, p *piece, docs []uint64, n int, part Part) int {
	if len(o.elems) < 2 || slices.ContainsFunc(o.elems, func(r placeReader) bool { return r.virt != nil }) {
		return n
	}
	if e.shared == nil {
		e.shared, e.own = make([]uint64, WindowSlots), make([]uint64, WindowSlots)
	}
	for i := range o.elems {
		el := &o.elems[i]
		if int64(n)*sieveShare < int64(el.df)*int64(p.hi-p.lo)/int64(p.v.slots) {
			break
		}
		s := signer{p: p, docs: docs, part: part, back: -int(el.off), to: e.shared}
		switch {
		case i > 0 && len(el.terms) == 1:
			s.how = signAnd
		case i > 0:
			s.to = e.own
			fallthrough
		case len(el.terms) > 1:
			s.how = signOr
			clear(s.to[p.w0*64 : p.w1*64])
		}
		for _, t := range el.terms {
			s.term(&e.picked, t)
		}
		if i > 0 {
			n = e.share(p, docs, len(el.terms) > 1)
		}
	}
	return n
}

// share keeps the docs that have a shared signature. With own, those of one word's
// several terms are taken into what is shared first.
func (e *env) share(p *piece, docs []uint64, own bool) int {
	n := 0
	for i := p.w0; i < p.w1; i++ {
		out := uint64(0)
		shared, mine := e.shared[i*64:i*64+64], e.own[i*64:i*64+64]
		for w := docs[i]; w != 0; w &= w - 1 {
			k := bits.TrailingZeros64(w) & 63
			if own {
				shared[k] &= mine[k]
			}
			if shared[k] != 0 {
				out |= 1 << k
			}
		}
		docs[i] = out
		n += bits.OnesCount64(out)
	}
	return n
}

// signer puts the signatures of one element of a phrase where those of its other
// terms or of all elements stand, by bit of the window.
type signer struct {
	p    *piece
	docs []uint64 // of which signatures are needed
	part Part
	back int // how far signatures are turned
	to   []uint64
	how  signing
}

type signing uint8

const (
	signSet signing = iota // of the first element, if it has but one term
	signOr                 // of one of several terms
	signAnd                // of a further element of one term
)

func (s *signer) put(at uint, sig uint64) {
	sig = bits.RotateLeft64(sig, s.back)
	to := &s.to[at%WindowSlots]
	switch s.how {
	case signSet:
		*to = sig
	case signOr:
		*to |= sig
	case signAnd:
		*to &= sig
	}
}

// term puts the term's signatures, at least for the documents of s.docs.
func (s *signer) term(c *picked, x *postings) {
	for b := x.blockFor(s.p.lo); x.load(b) && x.first < s.p.hi; b++ {
		n := countBits(s.docs[maskWord(s.p, x.first) : maskWord(s.p, x.last)+1])
		switch {
		case n == 0:
		case n < blockLen/4:
			if c.pick(x, s.p, s.docs, AnyPart); c.n > 0 {
				s.chosen(c, x)
			}
		default:
			s.all(x)
		}
	}
}

// all puts the signatures of the current block.
func (s *signer) all(x *postings) {
	vals, ids := x.blockVals(), x.blockDocs()
	x.openPositions()
	inside := ids[0] >= s.p.lo && x.last < s.p.hi
	pos, o := x.pos, 0
	for i, v := range vals {
		sig, n := signature(pos[o:], v, s.part)
		o += n
		if d := ids[i]; inside || d >= s.p.lo && d < s.p.hi {
			s.put(uint(int(d)+s.p.delta), sig)
		}
	}
}

// chosen puts the signatures of what was chosen from the current block.
func (s *signer) chosen(c *picked, x *postings) {
	vals := x.blockVals()
	x.openPositions()
	i, pos := 0, x.pos
	for k, at := range c.at[:c.n] {
		skip := 0
		for _, v := range vals[i:c.idx[k]] {
			skip += int(frequency(v))
		}
		if skip > 0 {
			pos = pos[skipVarints(pos, skip):]
		}
		sig, n := signature(pos, c.vals[k], s.part)
		pos = pos[n:]
		s.put(uint(at), sig)
		i = int(c.idx[k]) + 1
	}
}

// signature returns the signature of one posting with value v, whose positions
// stand at the beginning of b, and how many bytes they take. Where one part alone
// is asked for, places of the other may be left out.
func signature(b []byte, v uint32, part Part) (uint64, int) {
	f := frequency(v)
	if f > 8 || v&partsMask == inBoth {
		return longSignature(b, v, part)
	}
	w := binary.LittleEndian.Uint64(b) & (1<<(8*f) - 1)
	if w&highBits != 0 {
		return longSignature(b, v, part)
	}
	// Differences of zero behind the last repeat its place.
	p1 := w & 0xff
	p2 := p1 + w>>8&0xff
	p3 := p2 + w>>16&0xff
	s := uint64(1)<<(p1&63) | 1<<(p2&63) | 1<<(p3&63)
	if f <= 3 {
		return s, int(f)
	}
	p4 := p3 + w>>24&0xff
	p5 := p4 + w>>32&0xff
	p6 := p5 + w>>40&0xff
	p7 := p6 + w>>48&0xff
	p8 := p7 + w>>56
	return s | 1<<(p4&63) | 1<<(p5&63) | 1<<(p6&63) | 1<<(p7&63) | 1<<(p8&63), int(f)
}

// longSignature is signature for postings of any form.
func longSignature(b []byte, v uint32, part Part) (uint64, int) {
	s, o, p, second := uint64(0), 0, uint32(0), false
	both := v&partsMask == inBoth
	for range frequency(v) {
		d := uint32(b[o])
		o++
		if d >= 0x80 {
			w, n := binary.Uvarint(b[o-1:])
			d = uint32(w)
			o += n - 1
		}
		if both {
			if d&1 != 0 && !second {
				p, second = 0, true
			}
			d >>= 1
		}
		p += d
		if !second || part != Part0 {
			s |= 1 << (p & 63)
		}
	}
	return s, o
}
