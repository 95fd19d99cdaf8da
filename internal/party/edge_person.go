package party

import (
	"slices"
	"strings"
)

// persons connects one person's name in several places: where they hold rights
// together with the same party, or live in one city.
func (w *weaver) persons() {
	groups := map[string][]uint32{}
	for n := range w.t.nodes {
		if key := w.t.nodes[n].Key; w.rights[n] > 0 && key[:2] == nodeLocated {
			name, _, _ := strings.Cut(key, "@")
			groups[name] = append(groups[name], uint32(n))
		}
	}
	partners := w.partners(groups)
	for n, beside := range partners {
		for _, m := range beside {
			if w.samePerson(n, m) {
				w.add(n, m, rulePersonRight)
			}
		}
	}
	for _, g := range groups {
		w.byPartner(g, partners)
		if len(g) < 2 || len(g) > maxPersons {
			continue
		}
		for i, a := range g {
			for _, b := range g[i+1:] {
				w.add(a, b, rulePersonCity)
			}
		}
	}
}

// samePerson tells whether two nodes are one name in two places.
func (w *weaver) samePerson(a, b uint32) bool {
	x, _, _ := strings.Cut(w.t.nodes[a].Key, "@")
	y, _, located := strings.Cut(w.t.nodes[b].Key, "@")
	return located && x == y
}

// partners returns, of each person whose name stands in several places, the nodes
// that rights name beside it.
func (w *weaver) partners(groups map[string][]uint32) map[uint32][]uint32 {
	out := map[uint32][]uint32{}
	for _, g := range groups {
		if len(g) > 1 {
			for _, n := range g {
				out[n] = nil
			}
		}
	}
	for _, links := range w.t.more {
		for _, l := range links {
			for _, n := range w.t.wordings[l.wording()].Nodes {
				beside, asked := out[n]
				if n == noNode || !asked {
					continue
				}
				for _, other := range links {
					if m := w.first(other.wording()); m != noNode && m != n && !slices.Contains(beside, m) {
						beside = append(beside, m)
					}
				}
				out[n] = beside
			}
		}
	}
	return out
}

// byPartner connects the nodes of one name that share a partner.
func (w *weaver) byPartner(g []uint32, partners map[uint32][]uint32) {
	by := map[uint32][]uint32{}
	for _, n := range g {
		for _, m := range partners[n] {
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
