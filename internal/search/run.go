package search

import (
	"fmt"
	"slices"
)

// A run is a share of a batch inverted in memory: at most runDocs documents or
// runText bytes of text, then written as a segment of its own.
const (
	runDocs = 1 << 14
	runText = 16 << 20
)

// run collects terms by number. Each token is a term and a place, kept in the
// order in which documents came; writing sorts the terms and deals the tokens out.
type run struct {
	lay   *layout
	words wordTable

	terms  []uint32 // of each token
	places []uint16
	ends   []uint32 // where the keys of a document end
	docEnd []uint32 // tokens up to the end of each document
	length [][]byte // length codes by positional space, of each document
	total  []uint64 // words by positional space
	an     analyser

	// of deal, used again
	tokens    large[uint32]
	at, start []uint32
}

func newRun(lay *layout) *run {
	r := &run{lay: lay, length: make([][]byte, lay.n), total: make([]uint64, lay.n)}
	r.words.init()
	return r
}

// free gives back the memory that the run took beside the heap's.
func (r *run) free() {
	r.words.free()
	r.tokens.free()
}

func (r *run) reset() {
	r.words.reset()
	r.terms, r.places, r.docEnd = r.terms[:0], r.places[:0], r.docEnd[:0]
	for i := range r.length {
		r.length[i] = r.length[i][:0]
	}
	clear(r.total)
}

// add indexes a document as the run's next.
func (r *run) add(d *Doc) {
	for k := range r.length {
		r.length[k] = append(r.length[k], 0)
	}
	var words [256]uint32
	for part := range uint8(2) {
		var next [256]uint32
		for i := range d.Fields {
			f := &d.Fields[i]
			switch {
			case r.lay.ord[f.Space] >= 0:
				if f.Part == part {
					words[f.Space] += r.text(f, &next[f.Space])
				}
			}
		}
	}
	r.keys(d)
	for i := range d.Fields {
		f := &d.Fields[i]
		k := r.lay.ord[f.Space]
		if k >= 0 && words[f.Space] > 0 {
			c := lengthCode(words[f.Space])
			r.length[k][len(r.docEnd)] = c
			r.total[k] += uint64(lengthOf(c))
			words[f.Space] = 0
		}
	}
	r.docEnd = append(r.docEnd, uint32(len(r.terms)))
}

// text indexes one text of a part, from position *next on, and returns its number
// of words.
func (r *run) text(f *Field, next *uint32) uint32 {
	r.an.text(f.Text)
	r.an.buf = append(r.an.buf, wordPad...)
	for i := range r.an.toks {
		t := &r.an.toks[i]
		place := *next + t.pos
		if place > MaxPosition {
			place = overflowPos
		}
		r.words.seek(f.Space, r.an.buf, t.off, t.end)
		r.places = append(r.places, uint16(place|uint32(f.Part)*partBit))
	}
	r.terms = r.words.find(r.an.buf, r.terms)
	if len(r.an.toks) > 0 {
		*next += r.an.next + textGap
	}
	return uint32(len(r.an.toks))
}

// keys indexes the keys of a document.
func (r *run) keys(d *Doc) {
	buf := r.an.buf[:0]
	r.ends = r.ends[:0]
	for i := range d.Fields {
		if f := &d.Fields[i]; r.lay.ord[f.Space] < 0 {
			buf = append(buf, f.Text[:min(len(f.Text), MaxWord)]...)
		}
		r.ends = append(r.ends, uint32(len(buf)))
	}
	buf = append(buf, wordPad...)
	from := uint32(0)
	for i, end := range r.ends {
		if end > from {
			r.words.seek(d.Fields[i].Space, buf, from, end)
			r.places = append(r.places, 0)
		}
		from = end
	}
	r.terms = r.words.find(buf, r.terms)
	r.an.buf = buf
}

// deal returns the tokens grouped by term, in the given order of terms: document
// and place of each, and where each group begins. Both are good until the next call.
func (r *run) deal(order []uint32) (tokens []uint32, start []uint32) {
	r.at = slices.Grow(r.at[:0], len(order))[:len(order)]
	at := r.at // by term: first its tokens, then where the next one goes
	clear(at)
	for _, t := range r.terms {
		at[t]++
	}
	r.start = slices.Grow(r.start[:0], len(order)+1)[:len(order)+1]
	start = r.start
	p := uint32(0)
	for i, t := range order {
		start[i] = p
		at[t], p = p, p+at[t]
	}
	start[len(order)] = p
	tokens = r.tokens.room(int(p))
	k := uint32(0)
	for d, end := range r.docEnd {
		for ; k < end; k++ {
			t := r.terms[k]
			tokens[at[t]] = uint32(d)<<16 | uint32(r.places[k])
			at[t]++
		}
	}
	return tokens, start
}

// write writes the run as a segment and returns its description, without base.
func (r *run) write(d disk, dir string, id uint64) (*segmentInfo, error) {
	order, names := r.words.sorted()
	tokens, start := r.deal(order)
	base := segmentName(id)
	w, err := newPartWriter(d, dir, base+"-0", r.lay)
	if err != nil {
		return nil, err
	}
	off := uint32(0)
	for i := range order {
		name := named(names, off)
		off += 1 + uint32(len(name))
		w.tokens(tokens[start[i]:start[i+1]], r.lay.ord[name[0]] >= 0)
		w.endTerm(name)
	}
	p, err := w.close(false)
	if err != nil {
		return nil, fmt.Errorf("write run: %w", err)
	}
	lens, err := writeLengths(d, dir, base, r.length, false)
	if err != nil {
		return nil, err
	}
	n := uint32(len(r.docEnd))
	return &segmentInfo{ID: id, Slots: n, Docs: n, Words: slices.Clone(r.total), Parts: []partInfo{p}, Lengths: lens}, nil
}

// tokens writes the postings of a term from its tokens.
func (w *partWriter) tokens(list []uint32, positional bool) {
	for len(list) > 0 {
		doc := list[0] >> 16
		n := 1
		for n < len(list) && list[n]>>16 == doc {
			n++
		}
		val := uint32(0)
		if positional {
			var parts uint32
			w.pos.buf, parts = encodePositions(w.pos.buf, list[:n])
			val = postingValue(uint32(n), parts)
		}
		w.add(doc, val)
		list = list[n:]
	}
}

// writeLengths writes the length codes of all documents, space after space; with
// sync they are durable afterwards.
func writeLengths(d disk, dir, base string, codes [][]byte, sync bool) (fileInfo, error) {
	w, err := createBlockFile(d, dir, base+".len")
	if err != nil {
		return fileInfo{}, err
	}
	for _, c := range codes {
		_, _ = w.Write(c)
	}
	return w.close(sync)
}
