package search

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sort"
	"sync"
)

// segmentView is a segment together with the slots deleted from it.
type segmentView struct {
	*segment
	mask mask
	info *segmentInfo
}

// span returns the slots that adjacent views cover.
func span(views []*segmentView) (base, slots uint32) {
	last := views[len(views)-1]
	return views[0].base, last.base + last.slots - views[0].base
}

// merger writes the segment that adjacent views become. Deleted documents are
// dropped; their slots stay.
type merger struct {
	d     disk
	dir   string
	lay   *layout
	views []*segmentView
	base  uint32
	name  string
}

// mergeParts is how many ranges of terms are merged at once.
func mergeParts() int { return min(runtime.GOMAXPROCS(0), 4) }

// smallMerge is the number of documents below which one part will do.
const smallMerge = 20_000

// mergeSegments merges adjacent views into the segment id.
func mergeSegments(ctx context.Context, d disk, dir string, lay *layout, views []*segmentView, id uint64) (*segmentInfo, error) {
	base, slots := span(views)
	m := &merger{d: d, dir: dir, lay: lay, views: views, base: base, name: segmentName(id)}
	info := &segmentInfo{ID: id, Base: base, Slots: slots, Words: make([]uint64, lay.n)}
	workers := mergeParts()
	if slots < smallMerge {
		workers = 1
	}
	var bounds [][]byte
	err := guard(func() error {
		bounds = m.bounds(workers)
		return m.lengths(info)
	})
	if err != nil {
		return nil, err
	}
	info.Parts = make([]partInfo, len(bounds))
	errs := make([]error, len(bounds))
	var wg sync.WaitGroup
	for k := range bounds {
		var end []byte
		if k+1 < len(bounds) {
			end = bounds[k+1]
		}
		wg.Go(func() {
			errs[k] = guard(func() (err error) {
				info.Parts[k], err = m.part(ctx, k, bounds[k], end)
				return err
			})
		})
	}
	wg.Wait()
	return info, errors.Join(errs...)
}

// bounds returns the first terms of up to n shares of about equal size, judged by
// the largest view.
func (m *merger) bounds(n int) [][]byte {
	big := m.views[0]
	for _, v := range m.views {
		if v.docs > big.docs {
			big = v
		}
	}
	var total int64
	for _, p := range big.parts {
		total += p.bytes()
	}
	out := [][]byte{nil}
	for k := 1; k < n; k++ {
		want := total * int64(k) / int64(n)
		for _, p := range big.parts {
			if want >= p.bytes() {
				want -= p.bytes()
				continue
			}
			i := sort.Search(p.blocks, func(i int) bool { return p.bytesBefore(i) >= want })
			if i < p.blocks {
				if t := p.first(i); bytes.Compare(out[len(out)-1], t) < 0 {
					out = append(out, t)
				}
			}
			break
		}
	}
	return out
}

func (p *part) bytes() int64 { return int64(len(p.doc.data)) + int64(len(p.pos.data)) }

// bytesBefore returns the bytes of postings and positions before block i.
func (p *part) bytesBefore(i int) int64 {
	c := p.at(i)
	c.next()
	return c.docOff + c.posOff
}

// lengths writes the lengths of all documents, none for dropped ones, and counts.
func (m *merger) lengths(info *segmentInfo) error {
	codes := make([][]byte, m.lay.n)
	for _, v := range m.views {
		for k := range codes {
			at := len(codes[k])
			codes[k] = append(codes[k], v.lengths(int8(k), 0, v.slots)...)
			for i := range codes[k][at:] {
				if v.mask.has(v.base, v.base+uint32(i)) {
					codes[k][at+i] = 0
				}
			}
		}
		if v.mask == nil {
			info.Docs += v.docs
			for k := range info.Words {
				info.Words[k] += v.words[k]
			}
			continue
		}
		info.Docs += v.slots - v.mask.count()
		for k := range info.Words {
			for i, c := range v.lengths(int8(k), 0, v.slots) {
				if !v.mask.has(v.base, v.base+uint32(i)) {
					info.Words[k] += uint64(lengthOf(c))
				}
			}
		}
	}
	var err error
	info.Lengths, err = writeLengths(m.d, m.dir, m.name, codes)
	return err
}

// source is one view's place in a merge.
type source struct {
	view *segmentView
	cur  *dictCursor
	part int
	end  []byte // first term beyond the share, nil: none
}

// settle moves to the next part when one is used up, and tells whether there is
// a term within the share.
func (s *source) settle() bool {
	for !s.cur.ok {
		if s.part++; s.part >= len(s.view.parts) {
			return false
		}
		s.cur = s.view.parts[s.part].at(0)
		s.cur.next()
	}
	return s.end == nil || bytes.Compare(s.cur.name, s.end) < 0
}

// sourceHeap orders sources by term, then by slot.
type sourceHeap []headed

// headed is a source with headOf its term, by which most terms differ.
type headed struct {
	head uint64
	*source
}

func (h sourceHeap) less(i, j int) bool {
	if h[i].head != h[j].head {
		return h[i].head < h[j].head
	}
	c := bytes.Compare(h[i].cur.name, h[j].cur.name)
	return c < 0 || c == 0 && h[i].view.base < h[j].view.base
}

func (h sourceHeap) down(i int) {
	for {
		l := 2*i + 1
		if l >= len(h) {
			return
		}
		if l+1 < len(h) && h.less(l+1, l) {
			l++
		}
		if !h.less(l, i) {
			return
		}
		h[i], h[l] = h[l], h[i]
		i = l
	}
}

// part merges the terms from begin to end, exclusive.
func (m *merger) part(ctx context.Context, k int, begin, end []byte) (partInfo, error) {
	w, err := newPartWriter(m.d, m.dir, fmt.Sprintf("%s-%d", m.name, k), m.lay)
	if err != nil {
		return partInfo{}, err
	}
	done := false
	defer func() {
		if !done {
			w.abandon()
		}
	}()
	var h sourceHeap
	for _, v := range m.views {
		n := v.partOf(begin)
		s := &source{view: v, part: n, cur: v.parts[n].seek(begin), end: end}
		if s.settle() {
			h = append(h, headed{headOf(s.cur.name), s})
		}
	}
	for i := len(h)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
	var name []byte
	var x postings
	for n := 0; len(h) > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return partInfo{}, ctx.Err()
		}
		s := h[0].source
		if !bytes.Equal(name, s.cur.name) {
			if w.df > 0 {
				w.endTerm(name)
			}
			name = append(name[:0], s.cur.name...)
		}
		x.open(s.cur)
		if s.view.mask == nil {
			w.copyAll(&x, s.view.base-m.base)
		} else {
			w.copyLive(&x, s.view, s.view.base-m.base)
		}
		s.cur.next()
		if s.settle() {
			h[0].head = headOf(s.cur.name)
		} else {
			h[0] = h[len(h)-1]
			h = h[:len(h)-1]
		}
		h.down(0)
	}
	if w.df > 0 {
		w.endTerm(name)
	}
	done = true
	return w.close(false)
}

// copyAll appends all postings of x, their documents moved by shift.
func (w *partWriter) copyAll(x *postings, shift uint32) {
	pos := x.p.pos.view(x.posOff, x.posLen)[:x.posLen]
	for b := 0; x.load(b); b++ {
		docs := x.blockDocs()
		if !x.positional {
			for _, d := range docs {
				w.add(d+shift, 0)
			}
			continue
		}
		vals := x.blockVals()
		for len(docs) > 0 {
			n := min(len(docs), blockLen-w.nb)
			tf := 0
			for i := range n {
				w.docs[w.nb+i] = docs[i] + shift
				w.vals[w.nb+i] = vals[i]
				tf += int(frequency(vals[i]))
			}
			w.nb += n
			w.df += uint32(n)
			k := skipVarints(pos, tf)
			w.pos.buf = append(w.pos.buf, pos[:k]...)
			pos, docs, vals = pos[k:], docs[n:], vals[n:]
			if w.nb == blockLen {
				w.packBlock()
			}
		}
	}
}

// copyLive appends the postings of x whose documents are not deleted.
func (w *partWriter) copyLive(x *postings, v *segmentView, shift uint32) {
	pos := x.p.pos.view(x.posOff, x.posLen)[:x.posLen]
	for b := 0; x.load(b); b++ {
		vals := x.blockVals()
		for i, d := range x.blockDocs() {
			k := 0
			if x.positional {
				k = skipVarints(pos, int(frequency(vals[i])))
			}
			if !v.mask.has(v.base, v.base+d) {
				w.pos.buf = append(w.pos.buf, pos[:k]...)
				w.add(d+shift, vals[i])
			}
			pos = pos[k:]
		}
	}
}
