package party

import "slices"

// persons connects one person's name in several places: where they hold rights
// together with the same party, or live in one city.
func (w *weaver) persons(names []uint32) {
	for _, n := range names {
		for _, m := range w.partners[n] {
			if w.samePerson(n, m) {
				w.add(n, m, rulePersonRight)
			}
		}
	}
	w.byPartner(names)
	if len(names) > maxPersons {
		return
	}
	for i, a := range names {
		for _, b := range names[i+1:] {
			w.add(a, b, rulePersonCity)
		}
	}
}

// samePerson tells whether two nodes are one name in two places.
func (w *weaver) samePerson(a, b uint32) bool { return w.t.nodes[a].group == w.t.nodes[b].group }

// byPartner connects the nodes of one name that share a partner.
func (w *weaver) byPartner(names []uint32) {
	by := map[uint32][]uint32{}
	for _, n := range names {
		for _, m := range w.partners[n] {
			if !w.samePerson(n, m) {
				by[m] = append(by[m], n)
			}
		}
	}
	for _, together := range by {
		slices.SortFunc(together, w.mostUsed)
		for _, n := range together[1:] {
			w.add(together[0], n, rulePartner)
		}
	}
}

// partners returns, of each of some persons, the nodes that rights name beside it.
func (t *table) partners(asked *set) map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	if asked.none() {
		return out
	}
	t.links.each(func(links []link) {
		if len(links) < 2 {
			return
		}
		for _, l := range links {
			for _, e := range t.entriesOf(l.wording()) {
				if e.node == none || !asked.has(e.node) {
					continue
				}
				beside := out[e.node]
				for _, other := range links {
					if m := t.first(other.wording()); m != none && m != e.node && !slices.Contains(beside, m) {
						beside = append(beside, m)
					}
				}
				out[e.node] = beside
			}
		}
	})
	return out
}
