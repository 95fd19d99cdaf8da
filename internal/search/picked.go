package search

import (
	"encoding/binary"
	"math/bits"
)

// picked is a choice of the documents of one block.
type picked struct {
	n    int
	at   [blockLen]uint16 // bits in the window
	vals [blockLen]uint32
	idx  [blockLen]uint8 // places in the block
}

// pick chooses the documents of x's current block that are in mask, and have the
// word in the part.
func (c *picked) pick(x *postings, p *piece, mask []uint64, want Part) {
	c.n = 0
	switch {
	case x.first >= p.hi || x.last < p.lo:
		return
	case x.set != nil && x.first >= p.lo && x.last < p.hi:
		c.fromSet(x, p, mask)
	default:
		c.fromDocs(x, p, mask)
	}
	if c.n == 0 {
		return
	}
	if x.valWidth == 0 && !x.valsOK {
		clear(c.vals[:c.n])
	} else if x.valsOK || c.n > blockLen/6 {
		vals := x.blockVals()
		for k, i := range c.idx[:c.n] {
			c.vals[k] = vals[i]
		}
	} else {
		for k, i := range c.idx[:c.n] {
			c.vals[k] = packedAt(x.val, int(i), x.valWidth)
		}
	}
	if want == AnyPart {
		return
	}
	n := 0
	for k, v := range c.vals[:c.n] {
		if want.holds(v) {
			c.at[n], c.vals[n], c.idx[n] = c.at[k], v, c.idx[k]
			n++
		}
	}
	c.n = n
}

// fromSet intersects a block that is a set of bits with mask.
func (c *picked) fromSet(x *postings, p *piece, mask []uint64) {
	n, rank := 0, 0
	at := int(x.first) + p.delta
	s := uint(at % 64)
	for o := 0; o < len(x.set); o += 8 {
		word := binary.LittleEndian.Uint64(x.set[o:])
		m := mask[at/64] >> s
		if s != 0 && at/64+1 < len(mask) {
			m |= mask[at/64+1] << (64 - s)
		}
		for m &= word; m != 0; m &= m - 1 {
			b := bits.TrailingZeros64(m)
			if n == blockLen {
				panic(corruption{damaged(x.p.doc.name, "set")})
			}
			c.at[n] = uint16(at + b)
			c.idx[n] = uint8((rank + bits.OnesCount64(word&(1<<b-1))) % blockLen)
			n++
		}
		rank += bits.OnesCount64(word)
		at += 64
	}
	if rank != blockLen {
		panic(corruption{damaged(x.p.doc.name, "set")})
	}
	c.n = n
}

// fromDocs chooses from a block whose documents are listed.
func (c *picked) fromDocs(x *postings, p *piece, mask []uint64) {
	docs := x.blockDocs()
	if docs[0] >= p.lo && x.last < p.hi {
		n := 0
		for i, d := range docs {
			bit := uint(int(d) + p.delta)
			c.at[n%blockLen], c.idx[n%blockLen] = uint16(bit), uint8(i)
			n += int(mask[bit/64%windowWords] >> (bit % 64) & 1)
		}
		c.n = n
		return
	}
	for i, d := range docs {
		if d < p.lo || d >= p.hi {
			continue
		}
		if bit := uint(int(d) + p.delta); mask[bit/64]>>(bit%64)&1 != 0 {
			c.at[c.n], c.idx[c.n] = uint16(bit), uint8(i)
			c.n++
		}
	}
}

// maskWord returns the word of a window in which document d is, or the nearest
// within the piece.
func maskWord(p *piece, d uint32) int {
	return (int(min(max(d, p.lo), p.hi-1)) + p.delta) / 64
}

// each calls f with the choice from every block in which there is one.
func (c *picked) each(x *postings, p *piece, mask []uint64, want Part, f func()) {
	for b := x.blockFor(p.lo); x.load(b) && x.first < p.hi; b++ {
		if anyBit(mask[maskWord(p, x.first) : maskWord(p, x.last)+1]) {
			if c.pick(x, p, mask, want); c.n > 0 {
				f()
			}
		}
	}
}
