package search

import (
	"bytes"
	"encoding/binary"
	"math"
)

// contest walks the terms of several views in order: a tournament tree, in whose
// inner nodes the losers stand. A source that moves on plays again against those on
// its way to the top only.
type contest struct {
	sources []source
	losers  []int32 // by node; of node 0 the winner
	name    []byte  // the term that take returned
}

// source is one view's place in a contest. Most terms differ in their first 16
// bytes; beyond the last one they are as large as can be.
type source struct {
	head, next uint64
	view       *segmentView
	cur        *dictCursor
	part       int
	end        []byte // first term beyond the share, nil: none
}

// shared is where the postings of a term lie in a view.
type shared struct {
	termPlace
	view *segmentView
}

// newContest begins with the first terms of views from begin on; those from end on
// are left out.
func newContest(views []*segmentView, begin, end []byte) *contest {
	n := len(views)
	c := &contest{sources: make([]source, n), losers: make([]int32, n)}
	for i, v := range views {
		k := v.partOf(begin)
		c.sources[i] = source{view: v, part: k, cur: v.parts[k].seek(begin), end: end}
		c.sources[i].settle()
	}
	winners := make([]int32, 2*n) // of each node; the leaves follow the inner nodes
	for i := range n {
		winners[n+i] = int32(i)
	}
	for k := n - 1; k > 0; k-- {
		a, b := winners[2*k], winners[2*k+1]
		if c.before(b, a) {
			a, b = b, a
		}
		winners[k], c.losers[k] = a, b
	}
	c.losers[0] = winners[1]
	return c
}

// settle moves to the next part when one is used up, and notes the head of the term.
func (s *source) settle() {
	for !s.cur.ok {
		if s.part++; s.part >= len(s.view.parts) {
			s.head, s.next = math.MaxUint64, math.MaxUint64
			return
		}
		s.cur = s.view.parts[s.part].at(0)
		s.cur.next()
	}
	name := s.cur.name
	if s.end != nil && bytes.Compare(name, s.end) >= 0 {
		s.head, s.next = math.MaxUint64, math.MaxUint64
		return
	}
	var b [16]byte
	copy(b[:], name)
	s.head, s.next = binary.BigEndian.Uint64(b[:]), binary.BigEndian.Uint64(b[8:])
}

func (s *source) over() bool { return s.head == math.MaxUint64 && s.next == math.MaxUint64 }

// before tells whether source i is to come before source k: that with the lesser
// term or, of the same, with the lower slots.
func (c *contest) before(i, k int32) bool {
	a, b := &c.sources[i], &c.sources[k]
	if a.head != b.head {
		return a.head < b.head
	}
	if a.next != b.next {
		return a.next < b.next
	}
	if !a.over() {
		if d := bytes.Compare(a.cur.name, b.cur.name); d != 0 {
			return d < 0
		}
	}
	return i < k
}

// over tells whether no term is left.
func (c *contest) over() bool { return c.sources[c.losers[0]].over() }

// take appends where the next term stands, by slot, and moves on.
func (c *contest) take(same []shared) []shared {
	s := &c.sources[c.losers[0]]
	head, next := s.head, s.next
	c.name = append(c.name[:0], s.cur.name...)
	for {
		same = append(same, shared{s.cur.termPlace, s.view})
		s.cur.next()
		s.settle()
		c.replay()
		s = &c.sources[c.losers[0]]
		if s.head != head || s.next != next || s.over() || !bytes.Equal(s.cur.name, c.name) {
			return same
		}
	}
}

// replay lets the last winner, which has moved on, play again.
func (c *contest) replay() {
	n := int32(len(c.sources))
	w := c.losers[0]
	for k := (n + w) / 2; k > 0; k /= 2 {
		if c.before(c.losers[k], w) {
			w, c.losers[k] = c.losers[k], w
		}
	}
	c.losers[0] = w
}
