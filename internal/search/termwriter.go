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
	posLen     int64
	skip, blk  []byte

	prev           []byte
	terms          int
	docOff, posOff int64
	index          []byte
	ent            []byte
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

// add takes a posting whose positions, in pos, are already encoded.
func (w *partWriter) add(doc, val uint32, pos []byte) {
	w.docs[w.nb], w.vals[w.nb] = doc, val
	w.nb++
	w.df++
	if len(pos) > 0 {
		_, _ = w.pos.Write(pos)
		w.posLen += int64(len(pos))
	}
	if w.nb == blockLen {
		w.packBlock()
	}
}

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
	w.skip = binary.LittleEndian.AppendUint32(w.skip, uint32(w.posLen))
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
	full := len(w.blk)
	p := w.last
	for i := range w.nb {
		w.blk = binary.AppendUvarint(w.blk, uint64(w.docs[i]-p))
		p = w.docs[i] + 1
		if positional {
			w.blk = binary.AppendUvarint(w.blk, uint64(w.vals[i]))
		}
	}
	_, _ = w.doc.Write(w.skip)
	_, _ = w.doc.Write(w.blk)
	n := int64(len(w.skip) + len(w.blk))
	if full > math.MaxUint32 || w.posLen > math.MaxUint32 {
		w.doc.err = errors.Join(w.doc.err, fmt.Errorf("term %q has more than 4 GiB of postings", name))
	}
	e := w.ent[:0]
	if w.terms%dictBlock == 0 {
		w.index = binary.LittleEndian.AppendUint64(w.index, uint64(w.dic.n))
		e = binary.AppendUvarint(e, uint64(w.docOff))
		e = binary.AppendUvarint(e, uint64(w.posOff))
		w.prev = w.prev[:0]
	}
	c := 0
	for c < len(name) && c < len(w.prev) && name[c] == w.prev[c] {
		c++
	}
	e = binary.AppendUvarint(e, uint64(c))
	e = binary.AppendUvarint(e, uint64(len(name)-c))
	e = append(e, name[c:]...)
	e = binary.AppendUvarint(e, uint64(w.df))
	e = binary.AppendUvarint(e, uint64(n))
	if positional {
		e = binary.AppendUvarint(e, uint64(w.posLen))
	}
	_, _ = w.dic.Write(e)
	w.ent = e
	w.docOff += n
	w.posOff += w.posLen
	w.prev = append(w.prev[:0], name...)
	w.terms++
	w.nb, w.last, w.df, w.posLen = 0, 0, 0, 0
	w.skip, w.blk = w.skip[:0], w.blk[:0]
}

// close ends the part's files.
func (w *partWriter) close(sync bool) (partInfo, error) {
	at := uint64(w.dic.n)
	_, _ = w.dic.Write(w.index)
	_, _ = w.dic.Write(binary.LittleEndian.AppendUint64(nil, at))
	var info partInfo
	var errs [3]error
	info.Dic, errs[0] = w.dic.close(sync)
	info.Doc, errs[1] = w.doc.close(sync)
	info.Pos, errs[2] = w.pos.close(sync)
	return info, errors.Join(errs[:]...)
}
