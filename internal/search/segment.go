package search

import (
	"bytes"
	"errors"
	"fmt"
	"sync/atomic"
)

// segmentInfo is how a manifest knows a segment.
type segmentInfo struct {
	ID      uint64     `json:"id"`
	Base    uint32     `json:"base"`  // first slot
	Slots   uint32     `json:"slots"` // number of slots, from base on
	Docs    uint32     `json:"docs"`  // documents in it: slots without those dropped by merging
	Words   []uint64   `json:"words"` // indexed words by positional space
	Parts   []partInfo `json:"parts"`
	Lengths fileInfo   `json:"lengths"`
	// Mask holds the deleted slots; nil if there are none. Deleted counts them.
	Mask    *fileInfo `json:"mask,omitempty"`
	Deleted uint32    `json:"deleted,omitempty"`
}

func segmentName(id uint64) string  { return fmt.Sprintf("s%08x", id) }
func maskName(id uint64) string     { return fmt.Sprintf("m%08x.del", id) }
func attachedName(id uint64) string { return fmt.Sprintf("a%08x.att", id) }

// files lists the segment's own files, without the mask, which has its own life.
func (i *segmentInfo) files() []string {
	out := []string{i.Lengths.Name}
	for _, p := range i.Parts {
		out = append(out, p.Dic.Name, p.Doc.Name, p.Pos.Name)
	}
	return out
}

// segment is an open segment. It stays open while it is referred to.
type segment struct {
	id    uint64
	base  uint32
	slots uint32
	docs  uint32
	words []uint64
	parts []*part
	lens  *blockFile
	refs  atomic.Int32
	// onClose is called after the last reference is gone.
	onClose func()
}

// openSegment opens the files of a segment, reading none of their data but the
// ends of dictionaries.
func openSegment(dir string, info *segmentInfo, lay *layout) (_ *segment, err error) {
	s := &segment{id: info.ID, base: info.Base, slots: info.Slots, docs: info.Docs, words: info.Words}
	s.refs.Store(1)
	defer func() {
		if err != nil {
			s.close()
		}
	}()
	for _, pi := range info.Parts {
		p := &part{lay: lay}
		s.parts = append(s.parts, p)
		for _, f := range []struct {
			to   **blockFile
			info fileInfo
		}{{&p.dic, pi.Dic}, {&p.doc, pi.Doc}, {&p.pos, pi.Pos}} {
			if *f.to, err = openBlockFile(dir, f.info); err != nil {
				return nil, err
			}
		}
		if err = guard(func() error { p.open(); return nil }); err != nil {
			return nil, err
		}
	}
	if s.lens, err = openBlockFile(dir, info.Lengths); err != nil {
		return nil, err
	}
	if len(s.lens.data) != lay.n*int(info.Slots) || len(info.Words) != lay.n {
		return nil, damaged(info.Lengths.Name, "size")
	}
	return s, nil
}

func (s *segment) close() error {
	var errs []error
	for _, p := range s.parts {
		for _, f := range []*blockFile{p.dic, p.doc, p.pos} {
			if f != nil {
				errs = append(errs, f.close())
			}
		}
	}
	if s.lens != nil {
		errs = append(errs, s.lens.close())
	}
	return errors.Join(errs...)
}

// letGo frees the memory that postings and positions took: they are read again when
// they are needed.
func (s *segment) letGo() {
	for _, p := range s.parts {
		p.doc.letGo()
		p.pos.letGo()
	}
}

func (s *segment) retain() { s.refs.Add(1) }

func (s *segment) release() {
	if s.refs.Add(-1) > 0 {
		return
	}
	_ = s.close()
	if s.onClose != nil {
		s.onClose()
	}
}

// lengths returns the length codes of a positional space for documents lo to hi;
// the slice begins at document 0.
func (s *segment) lengths(ord int8, lo, hi uint32) []byte {
	o := int64(ord) * int64(s.slots)
	s.lens.need(o+int64(lo), o+int64(hi))
	return s.lens.data[o : o+int64(s.slots)]
}

// partOf returns the number of the part in which term t would be.
func (s *segment) partOf(t []byte) int {
	k := len(s.parts) - 1
	for k > 0 && (s.parts[k].blocks == 0 || bytes.Compare(s.parts[k].first(0), t) > 0) {
		k--
	}
	return k
}

// lookup finds the postings of exactly the term t.
func (s *segment) lookup(t []byte) (*dictCursor, bool) {
	c := &dictCursor{}
	return c, s.locate(c, t)
}

// locate moves c to exactly the term t and tells whether there is one. Terms that
// are located in order with one cursor are found sooner.
func (s *segment) locate(c *dictCursor, t []byte) bool {
	c.seek(s.parts[s.partOf(t)], t)
	return c.ok && bytes.Equal(c.name, t)
}
