package search

import (
	"bytes"
	"context"
	"encoding/binary"
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

// mergeWorkers is how many ranges of terms are merged at once.
func mergeWorkers() int { return min(runtime.GOMAXPROCS(0), 4) }

// rangesEach is how many ranges of terms there are for each worker: while some are
// merged, those that are done become durable, and no worker waits long for the last.
const rangesEach = 3

// smallMerge is the number of documents below which one part will do.
const smallMerge = 20_000

// mergeSegments merges adjacent views into the segment id, whose files are durable.
func mergeSegments(ctx context.Context, d disk, dir string, lay *layout, views []*segmentView, id uint64) (*segmentInfo, error) {
	base, slots := span(views)
	m := &merger{d: d, dir: dir, lay: lay, views: views, base: base, name: segmentName(id)}
	info := &segmentInfo{ID: id, Base: base, Slots: slots, Words: make([]uint64, lay.n)}
	ranges := rangesEach * mergeWorkers()
	if slots < smallMerge {
		ranges = 1
	}
	var bounds [][]byte
	err := guard(func() error {
		bounds = m.bounds(ranges)
		return m.lengths(info)
	})
	if err != nil {
		return nil, err
	}
	info.Parts = make([]partInfo, len(bounds))
	errs := make([]error, len(bounds))
	working := make(chan struct{}, mergeWorkers())
	var wg sync.WaitGroup
	for k := range bounds {
		var end []byte
		if k+1 < len(bounds) {
			end = bounds[k+1]
		}
		wg.Go(func() {
			var w *partWriter
			working <- struct{}{}
			errs[k] = guard(func() (err error) {
				w, err = m.part(ctx, k, bounds[k], end)
				return err
			})
			for _, v := range views {
				v.letGo()
			}
			<-working
			if errs[k] == nil {
				info.Parts[k], errs[k] = w.close(true)
			}
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
	info.Lengths, err = writeLengths(m.d, m.dir, m.name, codes, true)
	return err
}

// part merges the terms from begin to end, exclusive. The writer that it returns
// is to be closed.
func (m *merger) part(ctx context.Context, k int, begin, end []byte) (*partWriter, error) {
	w, err := newPartWriter(m.d, m.dir, fmt.Sprintf("%s-%d", m.name, k), m.lay)
	if err != nil {
		return nil, err
	}
	done := false
	defer func() {
		if !done {
			w.abandon()
		}
	}()
	c := newContest(m.views, begin, end)
	var x postings
	var same []shared
	for n := 0; !c.over(); n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		same = c.take(same[:0])
		w.merge(&x, same, m.lay.ord[c.name[0]] >= 0, m.base)
		if w.df > 0 {
			w.endTerm(c.name)
		}
	}
	done = true
	return w, nil
}

// merge appends the postings of a term in some views, documents counted from base.
func (w *partWriter) merge(x *postings, same []shared, positional bool, base uint32) {
	df, whole := uint64(0), true
	for i := range same {
		df += uint64(same[i].df)
		whole = whole && same[i].view.mask == nil
	}
	if df < blockLen && whole {
		for i := range same {
			w.copyTail(&same[i].termPlace, positional, same[i].view.base-base)
		}
		return
	}
	for i := range same {
		x.openAt(&same[i].termPlace, positional)
		if v := same[i].view; v.mask == nil {
			w.copyAll(x, v.base-base)
		} else {
			w.copyLive(x, v, v.base-base)
		}
	}
}

// copyTail appends the few postings of a term that fill no block, as they are but
// for the first document; the others follow from it.
func (w *partWriter) copyTail(t *termPlace, positional bool, shift uint32) {
	r := varints{b: t.p.doc.view(t.docOff, t.docLen)[:t.docLen]}
	first := uint32(r.next())
	rest, last := r.o, first
	if positional {
		r.next()
	}
	for range t.df - 1 {
		last += uint32(r.next()) + 1
		if positional {
			r.next()
		}
	}
	if r.bad || r.o != len(r.b) {
		panic(corruption{damaged(t.p.doc.name, "tail")})
	}
	w.doc.buf = binary.AppendUvarint(w.doc.buf, uint64(first+shift-w.last))
	w.doc.buf = append(w.doc.buf, r.b[rest:]...)
	w.last = last + shift + 1
	w.df += t.df
	if positional {
		w.pos.buf = append(w.pos.buf, t.p.pos.view(t.posOff, t.posLen)[:t.posLen]...)
	}
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
