package search

import (
	"bytes"
	"encoding/binary"
	"sort"
)

// dictBlock is the number of terms that share a front-coded block.
const dictBlock = 32

// part is a share of a segment's terms: a range of the sorted dictionary with its
// postings and positions. Merges write several parts at once.
type part struct {
	lay           *layout
	dic, doc, pos *blockFile
	blocks        int   // dictionary blocks
	index         int64 // where the offsets of the blocks begin in dic
}

// open finds the block offsets at the end of the dictionary.
func (p *part) open() {
	n := int64(len(p.dic.data))
	b := p.dic.view(n-8, 8)
	p.index = int64(binary.LittleEndian.Uint64(b))
	if p.index < 0 || p.index > n-8 || (n-8-p.index)%8 != 0 {
		panic(corruption{damaged(p.dic.name, "index")})
	}
	p.blocks = int(n-8-p.index) / 8
}

func (p *part) blockOffset(i int) int64 {
	return int64(binary.LittleEndian.Uint64(p.dic.view(p.index+8*int64(i), 8)))
}

// first returns the first term of block i.
func (p *part) first(i int) []byte {
	c := p.at(i)
	c.next()
	return c.name
}

// at returns a cursor before the first term of block i.
func (p *part) at(i int) *dictCursor {
	c := &dictCursor{p: p, i: i * dictBlock}
	if i < p.blocks {
		c.off = p.blockOffset(i)
	} else {
		c.off = p.index
	}
	return c
}

// seek returns a cursor at the first term that is not before t.
func (p *part) seek(t []byte) *dictCursor {
	b := sort.Search(p.blocks, func(i int) bool { return bytes.Compare(p.first(i), t) > 0 }) - 1
	c := p.at(max(b, 0))
	for c.next() && bytes.Compare(c.name, t) < 0 {
	}
	return c
}

// dictCursor walks the terms of a part.
type dictCursor struct {
	p              *part
	off            int64
	i              int // terms read so far, those of earlier blocks included
	name           []byte
	df             uint32
	docOff, docLen int64
	posOff, posLen int64
	ok             bool
}

// next moves to the next term and tells whether there is one.
func (c *dictCursor) next() bool {
	if c.off >= c.p.index {
		c.ok = false
		return false
	}
	c.p.dic.need(c.off, min(c.off+maxEntry, c.p.index))
	b := c.p.dic.data[c.off:c.p.index]
	o := 0
	read := func() int64 {
		v, n := binary.Uvarint(b[o:])
		if n <= 0 {
			panic(corruption{damaged(c.p.dic.name, "entry")})
		}
		o += n
		return int64(v)
	}
	if c.i%dictBlock == 0 {
		c.docOff, c.posOff = read(), read()
		c.name = c.name[:0]
	} else {
		c.docOff += c.docLen
		c.posOff += c.posLen
	}
	shared, rest := int(read()), int(read())
	if shared > len(c.name) || rest > len(b)-o {
		panic(corruption{damaged(c.p.dic.name, "entry")})
	}
	c.name = append(c.name[:shared], b[o:o+rest]...)
	o += rest
	c.df = uint32(read())
	c.docLen, c.posLen = read(), 0
	if c.p.lay.ord[c.name[0]] >= 0 {
		c.posLen = read()
	}
	c.off += int64(o)
	c.i++
	c.ok = true
	return true
}

// maxEntry bounds the bytes of one dictionary entry.
const maxEntry = 1 + MaxWord + 7*binary.MaxVarintLen64
