package party

import "math/bits"

// set is a set of numbers below a limit.
type set struct {
	words []uint64
	n     int
}

func newSet(limit int) *set { return &set{words: make([]uint64, (limit+63)/64)} }

func (s *set) none() bool        { return s.n == 0 }
func (s *set) has(n uint32) bool { return s.words[n/64]>>(n%64)&1 == 1 }

// add tells whether n was not in the set before.
func (s *set) add(n uint32) bool {
	if s.has(n) {
		return false
	}
	s.words[n/64] |= 1 << (n % 64)
	s.n++
	return true
}

// each goes through the numbers in ascending order.
func (s *set) each(yield func(uint32) bool) {
	for i, w := range s.words {
		for ; w != 0; w &= w - 1 {
			if !yield(uint32(i*64 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// stale finds the units whose edges what was touched may have changed. Two things
// change edges: that a wording came to stand or stands no more, by which names are
// stated and where; and, where it matters which of several is the most used, how
// many rights say so.
type stale struct {
	t       *table
	units   [unitSorts]*set
	changed *set // nodes, with what they are stated beside and where
	counted *set // nodes, with their rights
}

func newStale(t *table) *stale {
	s := &stale{t: t, changed: newSet(len(t.nodes)), counted: newSet(len(t.nodes))}
	for sort, n := range [unitSorts]int{
		unitWording: len(t.wordings), unitTranslation: len(t.nodes), unitMove: len(t.moves.list),
		unitGroup: t.groups.len(), unitBracket: len(t.nodes), unitSite: t.sites.len(),
	} {
		s.units[sort] = newSet(n)
	}
	return s
}

func (s *stale) find() {
	t := s.t
	for _, w := range t.touched {
		s.wording(w)
	}
	for n := range s.counted.each {
		s.node(n)
	}
	for n, m := range t.moves.list {
		from, to := t.first(m.From), t.first(m.To)
		if m.stood != (m.n > 0) || from != none && s.changed.has(from) || to != none && s.changed.has(to) {
			s.units[unitMove].add(uint32(n))
		}
	}
	for _, n := range t.bracket {
		if m, ok := t.unbracketed(n); s.changed.has(n) || ok && s.changed.has(m) {
			s.units[unitBracket].add(n)
		}
	}
}

// wording takes in that a wording was touched.
func (s *stale) wording(w uint32) {
	x := &s.t.wordings[w]
	flipped := x.stood != (x.rights > 0)
	if flipped {
		s.units[unitWording].add(w)
		s.units[unitSite].add(x.site)
	}
	for n := range s.t.nodesOf(w) {
		s.counted.add(n)
		// Of a name with too many wordings, the most used ones say where it is.
		if flipped || s.t.nodes[n].wordings > maxWordings {
			s.changed.add(n)
		}
	}
}

// node takes in that the rights of a node were counted anew.
func (s *stale) node(n uint32) {
	x := &s.t.nodes[n]
	if x.group == none {
		return
	}
	if s.changed.has(n) || s.t.sort(n) == nodeLocated || s.crowded(x.group) {
		s.units[unitGroup].add(x.group)
	}
	for w := range s.t.wordingsOf(n) {
		s.t.beside(w, func(latin, other uint32) {
			if latin == n || other == n {
				s.units[unitTranslation].add(latin)
			}
		})
	}
}

// crowded tells whether a group has so many names that it matters which is the
// most used.
func (s *stale) crowded(group uint32) bool {
	n := 0
	for range s.t.membersOf(group) {
		if n++; n > maxGroup {
			return true
		}
	}
	return false
}

// partners returns what stands beside the persons of stale groups with several
// places.
func (s *stale) partners() map[uint32][]uint32 {
	asked := newSet(len(s.t.nodes))
	for g := range s.units[unitGroup].each {
		first := s.t.inGroup[g]
		if s.t.sort(first) != nodeLocated || s.t.nodes[first].nextIn == none {
			continue
		}
		for n := range s.t.membersOf(g) {
			asked.add(n)
		}
	}
	return s.t.partners(asked)
}

// rest notes that everything is woven as it stands.
func (t *table) rest() {
	for _, w := range t.touched {
		x := &t.wordings[w]
		x.stood, x.touched = x.rights > 0, false
	}
	t.touched = nil
	for i := range t.moves.list {
		m := &t.moves.list[i]
		m.stood = m.n > 0
	}
}
