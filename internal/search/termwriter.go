package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
)

// partInfo names the files of a part.
type partInfo struct {
	Dic fileInfo `json:"dic"`
	Doc fileInfo `json:"doc"`
	Pos fileInfo `json:"pos"`
}

// partWriter writes the terms of a part in order: for each term its postings by
// ascending document, then endTerm.
type partWriter struct {
	lay           *layout
	dic, doc, pos *blockWriter

	// the term being written
	docs, vals [blockLen]uint32
	nb         int
	last       uint32 // last document of the blocks packed so far, plus 1
	df         uint32
	skip, blk  []byte

	prev           []byte
	terms          int
	docOff, posOff int64 // where the term's postings and positions begin
	index          []byte
}

func newPartWriter(d disk, dir, base string, lay *layout) (*partWriter, error) {
	w := &partWriter{lay: lay}
	var err error
	for _, f := range []struct {
		ext string
		w   **blockWriter
	}{{".dic", &w.dic}, {".doc", &w.doc}, {".pos", &w.pos}} {
		if *f.w, err = createBlockFile(d, dir, base+f.ext); err != nil {
			w.abandon()
			return nil, err
		}
	}
	return w, nil
}

// abandon closes the files of a writer that will not be finished.
func (w *partWriter) abandon() {
	for _, f := range []*blockWriter{w.dic, w.doc, w.pos} {
		if f != nil {
			_, _ = f.close(false)
		}
	}
}

// Postings carry a value that holds, for positional spaces, the frequency and the
// parts in which the word stands.

const (
	inPart0    = 0
	inPart1    = 1
	inBoth     = 2
	partsBits  = 2
	partsMask  = 1<<partsBits - 1
	maxPosting = math.MaxUint32 >> partsBits
)

func postingValue(tf uint32, parts uint32) uint32 { return min(tf-1, maxPosting)<<partsBits | parts }
func frequency(v uint32) uint32                   { return v>>partsBits + 1 }

// add takes a posting, whose encoded positions were appended to pos before.
func (w *partWriter) add(doc, val uint32) {
	w.docs[w.nb], w.vals[w.nb] = doc, val
	w.nb++
	w.df++
	if w.nb == blockLen {
		w.packBlock()
	}
}

// posLen returns how many bytes the term's positions take so far.
func (w *partWriter) posLen() int64 { return w.pos.size() - w.posOff }

// packBlock writes the full block of postings that are waiting.
func (w *partWriter) packBlock() {
	var d [blockLen]uint32
	var gaps, vals uint32
	p := w.last
	for i, x := range w.docs {
		d[i] = x - p
		p = x + 1
		gaps |= d[i]
		vals |= w.vals[i]
	}
	dw, vw := uint(bits.Len32(gaps)), uint(bits.Len32(vals))
	w.skip = binary.LittleEndian.AppendUint32(w.skip, p-1)
	w.skip = binary.LittleEndian.AppendUint32(w.skip, uint32(len(w.blk)))
	w.skip = binary.LittleEndian.AppendUint32(w.skip, uint32(w.posLen()))
	words := (p - w.last + 63) / 64
	if words*8 <= uint32(dw)*24+16 { // a set of bits costs little more than packed gaps
		w.blk = append(w.blk, bitsetMark|byte(words), byte(vw))
		w.blk = appendBitset(w.blk, w.docs[:], w.last, int(words))
	} else {
		w.blk = append(w.blk, byte(dw), byte(vw))
		w.blk = pack(w.blk, &d, dw)
	}
	w.blk = pack(w.blk, &w.vals, vw)
	w.last = p
	w.nb = 0
	w.pos.spill()
}

// bitsetMark distinguishes a block that holds its documents as a set of bits; the
// rest of the byte is the number of 64-bit words.
const bitsetMark = 0x80

func appendBitset(dst []byte, docs []uint32, base uint32, words int) []byte {
	var set [bitsetMark - 1]uint64
	for _, x := range docs {
		set[(x-base)/64] |= 1 << ((x - base) % 64)
	}
	for _, x := range set[:words] {
		dst = binary.LittleEndian.AppendUint64(dst, x)
	}
	return dst
}

// endTerm writes the postings of a term and its entry in the dictionary. The name
// begins with the byte of its space.
func (w *partWriter) endTerm(name []byte) {
	positional := w.lay.ord[name[0]] >= 0
	posLen := w.posLen()
	if len(w.blk) > math.MaxUint32 || posLen > math.MaxUint32 {
		w.doc.err = errors.Join(w.doc.err, fmt.Errorf("term %q has more than 4 GiB of postings", name))
	}
	if len(w.blk) > 0 {
		_, _ = w.doc.Write(w.skip)
		_, _ = w.doc.Write(w.blk)
		w.skip, w.blk = w.skip[:0], w.blk[:0]
	}
	w.doc.buf = w.appendTail(w.doc.buf, positional)
	docLen := w.doc.size() - w.docOff

	e := w.dic.buf
	if w.terms%dictBlock == 0 {
		w.index = binary.LittleEndian.AppendUint64(w.index, uint64(w.dic.size()))
		e = binary.AppendUvarint(e, uint64(w.docOff))
		e = binary.AppendUvarint(e, uint64(w.posOff))
		w.prev = w.prev[:0]
	}
	c := sharedLen(name, w.prev)
	e = binary.AppendUvarint(e, uint64(c))
	e = binary.AppendUvarint(e, uint64(len(name)-c))
	e = append(e, name[c:]...)
	e = binary.AppendUvarint(e, uint64(w.df))
	e = binary.AppendUvarint(e, uint64(docLen))
	if positional {
		e = binary.AppendUvarint(e, uint64(posLen))
	}
	w.dic.buf = e
	w.prev = append(w.prev[:0], name...)
	w.terms++
	w.docOff += docLen
	w.posOff += posLen
	w.nb, w.last, w.df = 0, 0, 0
	w.dic.spill()
	w.doc.spill()
	w.pos.spill()
}

// appendTail appends the postings after the last full block.
func (w *partWriter) appendTail(b []byte, positional bool) []byte {
	p := w.last
	for i, doc := range w.docs[:w.nb] {
		b = binary.AppendUvarint(b, uint64(doc-p))
		p = doc + 1
		if positional {
			b = binary.AppendUvarint(b, uint64(w.vals[i]))
		}
	}
	return b
}

// sharedLen returns how many bytes a and b have in common at their beginnings.
func sharedLen(a, b []byte) int {
	n, c := min(len(a), len(b)), 0
	for c+8 <= n {
		if x := binary.LittleEndian.Uint64(a[c:]) ^ binary.LittleEndian.Uint64(b[c:]); x != 0 {
			return c + bits.TrailingZeros64(x)/8
		}
		c += 8
	}
	for c < n && a[c] == b[c] {
		c++
	}
	return c
}

// close ends the part's files.
func (w *partWriter) close(sync bool) (partInfo, error) {
	at := uint64(w.dic.size())
	_, _ = w.dic.Write(w.index)
	_, _ = w.dic.Write(binary.LittleEndian.AppendUint64(nil, at))
	var info partInfo
	var errs [3]error
	info.Dic, errs[0] = w.dic.close(sync)
	info.Doc, errs[1] = w.doc.close(sync)
	info.Pos, errs[2] = w.pos.close(sync)
	return info, errors.Join(errs[:]...)
}
