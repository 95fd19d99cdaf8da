package search

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"
)

// postings reads the documents of one term, a block at a time, in any order of
// blocks. Documents are numbered from the segment's first.
type postings struct {
	p          *part
	df         uint32
	positional bool
	nblk       int    // full blocks; the tail, if any, is block nblk
	skip       []byte // 12 bytes a block: last document, offset, position bytes
	blkOff     int64  // where the blocks begin in the file
	blkEnd     int64
	posOff     int64
	posLen     int64

	// the current block
	cb       int // -1: none
	n        int
	first    uint32 // documents of the block are at or above it
	last     uint32 // the last document of the block
	set      []byte // the documents as a set of bits from first, nil if packed
	raw      []byte // packed documents or nil
	rawWidth uint
	val      []byte // packed values
	valWidth uint
	docsOK   bool
	valsOK   bool
	docs     [blockLen]uint32
	vals     [blockLen]uint32

	// the current document: its place in the block, and in a set its place in
	// bits and the number of documents before that word
	i                int
	setWord, setRank int

	pos   []byte // positions from the block's first on
	posI  int    // document whose positions begin at posAt
	posAt int
}

// open reads the postings of the term at cursor c.
func (x *postings) open(c *dictCursor) { x.openAt(&c.termPlace, c.p.lay.ord[c.name[0]] >= 0) }

// openAt reads the postings of a term.
func (x *postings) openAt(t *termPlace, positional bool) {
	x.p, x.df, x.positional, x.nblk, x.cb = t.p, t.df, positional, int(t.df)/blockLen, -1
	skip := int64(x.nblk) * skipEntry
	if skip > t.docLen || t.df == 0 {
		panic(corruption{damaged(t.p.doc.name, "postings")})
	}
	x.skip = t.p.doc.view(t.docOff, skip)[:skip]
	x.blkOff, x.blkEnd = t.docOff+skip, t.docOff+t.docLen
	x.posOff, x.posLen = t.posOff, t.posLen
}

// fork returns a reader of the same postings for another goroutine.
func (x *postings) fork() *postings {
	return &postings{
		p: x.p, df: x.df, positional: x.positional, nblk: x.nblk, cb: -1,
		skip: x.skip, blkOff: x.blkOff, blkEnd: x.blkEnd, posOff: x.posOff, posLen: x.posLen,
	}
}

const skipEntry = 12

func (x *postings) lastOf(b int) uint32 { return binary.LittleEndian.Uint32(x.skip[b*skipEntry:]) }
func (x *postings) offsetOf(b int) int64 {
	return int64(binary.LittleEndian.Uint32(x.skip[b*skipEntry+4:]))
}
func (x *postings) posBefore(b int) int64 {
	if b == 0 {
		return 0
	}
	return int64(binary.LittleEndian.Uint32(x.skip[(b-1)*skipEntry+8:]))
}

// load makes b the current block and tells whether it exists.
func (x *postings) load(b int) bool {
	if b == x.cb {
		return x.n > 0
	}
	if b > x.nblk || b == x.nblk && x.df%blockLen == 0 {
		return false
	}
	x.cb, x.i, x.setWord, x.setRank = b, 0, 0, 0
	x.docsOK, x.valsOK, x.pos = false, false, nil
	x.first = 0
	if b > 0 {
		x.first = x.lastOf(b-1) + 1
	}
	if b == x.nblk {
		x.loadTail()
		return true
	}
	x.n, x.last = blockLen, x.lastOf(b)
	off := x.blkOff + x.offsetOf(b)
	h := x.p.doc.view(off, 2)
	dw, vw := h[0], uint(h[1])
	var size int64
	if dw >= bitsetMark {
		size = int64(dw-bitsetMark) * 8
	} else {
		size = int64(dw) * 16
	}
	if dw < bitsetMark && dw > 32 || vw > 32 || off+2+size+16*int64(vw) > x.blkEnd {
		panic(corruption{damaged(x.p.doc.name, "block")})
	}
	body := x.p.doc.view(off+2, size+16*int64(vw))
	x.set, x.raw, x.rawWidth = nil, nil, uint(dw)
	if dw >= bitsetMark {
		x.set = body[:size]
	} else {
		x.raw = body
	}
	x.val, x.valWidth = body[size:], vw
	return true
}

// loadTail reads the postings after the last full block.
func (x *postings) loadTail() {
	off := x.blkOff
	if x.nblk > 0 {
		o := x.blkOff + x.offsetOf(x.nblk-1)
		h := x.p.doc.view(o, 2)
		size := int64(h[0]) * 16
		if h[0] >= bitsetMark {
			size = int64(h[0]-bitsetMark) * 8
		}
		off = o + 2 + size + 16*int64(h[1])
	}
	if off > x.blkEnd {
		panic(corruption{damaged(x.p.doc.name, "tail")})
	}
	x.n = int(x.df) % blockLen
	x.set, x.raw, x.val = nil, nil, nil
	n := x.blkEnd - off
	r := varints{b: x.p.doc.view(off, n)[:n]}
	p := x.first
	for i := range x.n {
		p += uint32(r.next())
		x.docs[i] = p
		p++
		x.vals[i] = 0
		if x.positional {
			x.vals[i] = uint32(r.next())
		}
	}
	if r.bad {
		panic(corruption{damaged(x.p.doc.name, "tail")})
	}
	x.last = p - 1
	x.docsOK, x.valsOK = true, true
}

// blockDocs returns the documents of the current block.
func (x *postings) blockDocs() []uint32 {
	if x.docsOK {
		return x.docs[:x.n]
	}
	x.docsOK = true
	if x.set == nil {
		unpack(x.raw, &x.docs, x.rawWidth)
		p := x.first
		for i := range x.docs {
			p += x.docs[i]
			x.docs[i] = p
			p++
		}
		return x.docs[:]
	}
	n := 0
	for o := 0; o < len(x.set); o += 8 {
		w := binary.LittleEndian.Uint64(x.set[o:])
		base := x.first + uint32(o)*8
		for ; w != 0 && n < blockLen; w &= w - 1 {
			x.docs[n] = base + uint32(bits.TrailingZeros64(w))
			n++
		}
	}
	if n != blockLen {
		panic(corruption{damaged(x.p.doc.name, "set")})
	}
	return x.docs[:]
}

// blockVals returns the values of the current block.
func (x *postings) blockVals() []uint32 {
	if !x.valsOK {
		unpack(x.val, &x.vals, x.valWidth)
		x.valsOK = true
	}
	return x.vals[:x.n]
}

// value returns the current document's value.
func (x *postings) value() uint32 {
	if x.valsOK {
		return x.vals[x.i]
	}
	if x.valWidth == 0 {
		return 0
	}
	return packedAt(x.val, x.i, x.valWidth)
}

// blockFor returns the block in which document d would be.
func (x *postings) blockFor(d uint32) int {
	if x.cb >= 0 && d >= x.first && d <= x.last {
		return x.cb
	}
	lo, hi := 0, x.nblk
	if x.cb >= 0 && d > x.last {
		lo = x.cb + 1
		for step := 1; lo+step < hi; step *= 2 {
			if x.lastOf(lo+step) >= d {
				hi = lo + step
				break
			}
			lo += step
		}
	} else if x.cb >= 0 {
		hi = min(hi, x.cb)
	}
	return lo + sort.Search(hi-lo, func(k int) bool { return x.lastOf(lo+k) >= d })
}

// at tells whether document d is there, and makes it the current one. It is made
// for ascending d, but takes any.
func (x *postings) at(d uint32) bool {
	if !x.load(x.blockFor(d)) || d < x.first || d > x.last {
		return false
	}
	if x.set != nil && !x.docsOK {
		return x.atSet(d)
	}
	docs := x.blockDocs()
	i := x.i
	if docs[i] > d {
		i = 0
	}
	for i < len(docs) && docs[i] < d {
		i++
	}
	if i == len(docs) {
		return false
	}
	x.i = i
	return docs[i] == d
}

// atSet is at for a block that is a set of bits.
func (x *postings) atSet(d uint32) bool {
	bit := d - x.first
	w := int(bit / 64)
	if w < x.setWord {
		x.setWord, x.setRank = 0, 0
	}
	for x.setWord < w {
		x.setRank += bits.OnesCount64(binary.LittleEndian.Uint64(x.set[x.setWord*8:]))
		x.setWord++
	}
	word := binary.LittleEndian.Uint64(x.set[w*8:])
	if word>>(bit%64)&1 == 0 {
		return false
	}
	x.i = x.setRank + bits.OnesCount64(word&(1<<(bit%64)-1))
	return x.i < blockLen
}

// openPositions makes the positions of the current block readable.
func (x *postings) openPositions() {
	if x.pos != nil {
		return
	}
	before, end := x.posBefore(x.cb), x.posLen
	if x.cb < x.nblk {
		end = x.posBefore(x.cb + 1)
	}
	if before > end || end > x.posLen {
		panic(corruption{damaged(x.p.pos.name, "range")})
	}
	x.pos = x.p.pos.view(x.posOff+before, end-before)
	x.posI, x.posAt = 0, 0
}

// appendPositions appends the positions of the current document, which [at]
// found, in ascending order, without those beyond MaxPosition, each joined with
// key.
func (x *postings) appendPositions(key uint32, dst []uint32) []uint32 {
	vals := x.blockVals()
	x.openPositions()
	if x.posI > x.i {
		x.posI, x.posAt = 0, 0
	}
	skip := 0
	for ; x.posI < x.i; x.posI++ {
		skip += int(frequency(vals[x.posI]))
	}
	if skip > 0 {
		x.posAt += skipVarints(x.pos[x.posAt:], skip)
	}
	dst, _ = decodePositions(x.pos[x.posAt:], vals[x.i], key, dst)
	return dst
}

// appendChosen does the same as appendPositions for each document chosen from the
// current block, with its bit in the key.
func (x *postings) appendChosen(c *picked, dst []uint32) []uint32 {
	vals := x.blockVals()
	x.openPositions()
	i, b := 0, x.pos
	for k, at := range c.at[:c.n] {
		skip, own := 0, int(c.idx[k])
		for ; i < own; i++ {
			skip += int(frequency(vals[i]))
		}
		i++
		if skip > 0 {
			b = b[skipVarints(b, skip):]
		}
		var n int
		dst, n = decodePositions(b, vals[own], uint32(at)<<placeBits, dst)
		b = b[n:]
	}
	return dst
}

// decodePositions reads the positions of one posting with value v. It returns how
// many bytes they take.
func decodePositions(b []byte, v, key uint32, dst []uint32) ([]uint32, int) {
	o, p := 0, uint32(0)
	parts := v & partsMask
	if parts == inPart1 {
		p = partBit
	}
	for range frequency(v) {
		d := uint32(b[o])
		o++
		if d >= 0x80 {
			if e := uint32(b[o]); e < 0x80 {
				d = d&0x7f | e<<7
				o++
			} else {
				w, n := binary.Uvarint(b[o-1:])
				d = uint32(w)
				o += n - 1
			}
		}
		if parts == inBoth {
			if d&1 != 0 && p < partBit {
				p = partBit
			}
			d >>= 1
		}
		p += d
		if p&overflowPos != overflowPos {
			dst = append(dst, key|p)
		}
	}
	return dst, o
}

// encodePositions appends the positions, ascending, of one posting and returns
// with them the parts in which they lie. Bits above the lower 16 do not count.
func encodePositions(dst []byte, pos []uint32) ([]byte, uint32) {
	first, last := pos[0]&positionMask, pos[len(pos)-1]&positionMask
	if first < partBit && last >= partBit {
		return encodeBoth(dst, pos), inBoth
	}
	parts, p := uint32(inPart0), uint32(0)
	if first >= partBit {
		parts, p = inPart1, partBit
	}
	for _, x := range pos {
		x &= positionMask
		dst = binary.AppendUvarint(dst, uint64(x-p))
		p = x
	}
	return dst, parts
}

// encodeBoth appends positions that lie in both parts: each tells in its lowest bit
// in which.
func encodeBoth(dst []byte, pos []uint32) []byte {
	p := uint32(0)
	for _, x := range pos {
		x &= positionMask
		flag := x / partBit
		if flag != 0 && p < partBit {
			p = partBit
		}
		dst = binary.AppendUvarint(dst, uint64(x-p)<<1|uint64(flag))
		p = x
	}
	return dst
}

// fill sets in words the bits of the documents from lo to hi, exclusive, each at
// its number plus delta.
func (x *postings) fill(lo, hi uint32, delta int, words []uint64) {
	for b := x.blockFor(lo); x.load(b) && x.first < hi; b++ {
		if x.set != nil && x.first >= lo && x.last < hi {
			orBits(words, x.set, int(x.first)+delta)
			continue
		}
		docs := x.blockDocs()
		if docs[0] < lo || x.last >= hi {
			i, _ := slices.BinarySearch(docs, lo)
			j, _ := slices.BinarySearch(docs, hi)
			docs = docs[i:j]
		}
		for _, d := range docs {
			bit := uint(int(d) + delta)
			words[bit/64] |= 1 << (bit % 64)
		}
	}
}

// fillParts is fill for the documents that have the word in one of the parts.
func (x *postings) fillParts(lo, hi uint32, delta int, want Part, words []uint64) {
	for b := x.blockFor(lo); x.load(b) && x.first < hi; b++ {
		vals := x.blockVals()
		for i, d := range x.blockDocs() {
			if d >= lo && d < hi && want.holds(vals[i]) {
				bit := uint(int(d) + delta)
				words[bit/64] |= 1 << (bit % 64)
			}
		}
	}
}

// orBits sets in words the bits of set, the first of which is bit at.
func orBits(words []uint64, set []byte, at int) {
	w, s := at/64, uint(at%64)
	if s == 0 {
		for o := 0; o < len(set); o += 8 {
			words[w] |= binary.LittleEndian.Uint64(set[o:])
			w++
		}
		return
	}
	carry := uint64(0)
	for o := 0; o < len(set); o += 8 {
		v := binary.LittleEndian.Uint64(set[o:])
		words[w] |= v<<s | carry
		carry = v >> (64 - s)
		w++
	}
	if carry != 0 {
		words[w] |= carry
	}
}
