package search

import (
	"bytes"
	"encoding/binary"
	"sort"
	"sync/atomic"
)

// dictBlock is the number of terms that share a front-coded block.
const dictBlock = 32

// part is a share of a segment's terms: a range of the sorted dictionary with its
// postings and positions. Merges write several parts at once.
type part struct {
	lay           *layout
	dic, doc, pos *blockFile
	blocks        int             // dictionary blocks
	index         int64           // where the offsets of the blocks begin in dic
	heads         []atomic.Uint64 // by block, headOf its first term; 0 until asked for
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
	p.heads = make([]atomic.Uint64, p.blocks)
}

func (p *part) blockOffset(i int) int64 {
	return int64(binary.LittleEndian.Uint64(p.dic.view(p.index+8*int64(i), 8)))
}

// first returns the first term of block i, as it lies in the file.
func (p *part) first(i int) []byte {
	off := p.blockOffset(i)
	if off < 0 || off >= p.index {
		panic(corruption{damaged(p.dic.name, "entry")})
	}
	p.dic.need(off, min(off+maxEntry, p.index))
	r := varints{b: p.dic.data[off:p.index]}
	r.next() // the offsets of postings and positions
	r.next()
	shared, rest := r.next(), int(r.next())
	if r.bad || shared != 0 || rest <= 0 || rest > len(r.b)-r.o {
		panic(corruption{damaged(p.dic.name, "entry")})
	}
	return r.b[r.o : r.o+rest]
}

// headOf returns the first eight bytes of a term, zeros behind a shorter one, as
// a number that orders as terms do.
func headOf(t []byte) uint64 {
	var b [8]byte
	copy(b[:], t)
	return binary.BigEndian.Uint64(b[:])
}

// beyond tells whether block i begins behind the term t, whose head is given. The
// heads of blocks that were looked at stay in memory, so that few look-ups have to
// read what lies apart.
func (p *part) beyond(i int, t []byte, head uint64) bool {
	h := p.heads[i].Load()
	if h == 0 {
		h = headOf(p.first(i))
		p.heads[i].Store(h)
	}
	if h != head {
		return h > head
	}
	return bytes.Compare(p.first(i), t) > 0
}

// at returns a cursor before the first term of block i.
func (p *part) at(i int) *dictCursor {
	c := &dictCursor{}
	c.to(p, i)
	return c
}

// to puts the cursor before the first term of block i.
func (c *dictCursor) to(p *part, i int) {
	*c = dictCursor{termPlace: termPlace{p: p}, i: i * dictBlock, off: p.index, name: c.name[:0]}
	if i < p.blocks {
		c.off = p.blockOffset(i)
	}
}

// blockAfter returns the first block all of whose terms are after t.
func (p *part) blockAfter(t []byte) int {
	head := headOf(t)
	return sort.Search(p.blocks, func(i int) bool { return p.beyond(i, t, head) })
}

// seek returns a cursor at the first term that is not before t.
func (p *part) seek(t []byte) *dictCursor {
	c := &dictCursor{}
	c.seek(p, t)
	return c
}

// seek moves the cursor to the first term of p that is not before t. It goes on
// from where it is when that is not far.
func (c *dictCursor) seek(p *part, t []byte) {
	near := false
	if c.p == p && c.ok && bytes.Compare(c.name, t) < 0 {
		next := (c.i-1)/dictBlock + 1
		near = next >= p.blocks || p.beyond(next, t, headOf(t))
	}
	if !near {
		c.to(p, max(p.blockAfter(t)-1, 0))
		c.next()
	}
	for c.ok && bytes.Compare(c.name, t) < 0 {
		c.next()
	}
}

// termPlace is where the postings of a term lie in a part.
type termPlace struct {
	p              *part
	df             uint32
	docOff, docLen int64
	posOff, posLen int64
}

// dictCursor walks the terms of a part.
type dictCursor struct {
	termPlace
	off   int64
	i     int // terms read so far, those of earlier blocks included
	name  []byte
	ok    bool
	sound int64 // the dictionary is known to be sound from off to here
}

// next moves to the next term and tells whether there is one.
func (c *dictCursor) next() bool {
	if c.off >= c.p.index {
		c.ok = false
		return false
	}
	if end := min(c.off+maxEntry, c.p.index); end > c.sound {
		c.p.dic.need(c.off, end)
		c.sound = min((end+sumBlock-1)/sumBlock*sumBlock, c.p.index)
	}
	r := varints{b: c.p.dic.data[c.off:c.p.index]}
	if c.i%dictBlock == 0 {
		c.docOff, c.posOff = int64(r.next()), int64(r.next())
		c.name = c.name[:0]
	} else {
		c.docOff += c.docLen
		c.posOff += c.posLen
	}
	shared, rest := int(r.next()), int(r.next())
	if shared > len(c.name) || rest > len(r.b)-r.o || r.bad {
		panic(corruption{damaged(c.p.dic.name, "entry")})
	}
	c.name = append(c.name[:shared], r.b[r.o:r.o+rest]...)
	r.o += rest
	c.df = uint32(r.next())
	c.docLen, c.posLen = int64(r.next()), 0
	if len(c.name) > 0 && c.p.lay.ord[c.name[0]] >= 0 {
		c.posLen = int64(r.next())
	}
	if r.bad || len(c.name) == 0 {
		panic(corruption{damaged(c.p.dic.name, "entry")})
	}
	c.off += int64(r.o)
	c.i++
	c.ok = true
	return true
}

// varints reads varints one after another.
type varints struct {
	b   []byte
	o   int
	bad bool
}

func (r *varints) next() uint64 {
	if r.o < len(r.b) && r.b[r.o] < 0x80 {
		r.o++
		return uint64(r.b[r.o-1])
	}
	return r.long()
}

func (r *varints) long() uint64 {
	if r.o+3 <= len(r.b) {
		b := r.b[r.o : r.o+3]
		if b[1] < 0x80 {
			r.o += 2
			return uint64(b[0]&0x7f) | uint64(b[1])<<7
		}
		if b[2] < 0x80 {
			r.o += 3
			return uint64(b[0]&0x7f) | uint64(b[1]&0x7f)<<7 | uint64(b[2])<<14
		}
	}
	v, n := binary.Uvarint(r.b[r.o:])
	if n <= 0 {
		r.bad = true
		return 0
	}
	r.o += n
	return v
}

// maxEntry bounds the bytes of one dictionary entry.
const maxEntry = 1 + MaxWord + 7*binary.MaxVarintLen64
