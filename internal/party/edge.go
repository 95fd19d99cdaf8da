package party

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// edge is what connects two nodes: a rule, how near to each other they are
// stated, and how sure that makes it that both are one party.
type edge struct {
	a, b       uint32 // in the order of their keys
	rule       string
	near       nearness
	confidence float64
}

// Limits of how many pairs of alike names are looked at.
const (
	maxGroup    = 12  // names of one core of which every pair is looked at; of more, each with the most used one
	maxSite     = 100 // names at one address
	maxPersons  = 50  // places of one person's name
	maxWordings = 64  // wordings of a name whose places are compared
)

// weaver finds the edges between the nodes of a table.
type weaver struct {
	t      *table
	rules  *rules
	rights []int32 // by node: rights that bear it, about; 0 for what does not stand
	edges  []edge
}

// weave returns all edges of at least the confidence of a doubt, the surest
// first, in an order that depends on nothing but the names.
func weave(t *table) (edges []edge, rights []int32) {
	w := weaver{t: t, rules: t.namer.rules, rights: make([]int32, len(t.nodes))}
	for i := range t.wordings {
		for _, n := range t.wordings[i].Nodes {
			if n != noNode {
				w.rights[n] += t.wordings[i].Rights
			}
		}
	}
	w.together()
	w.moves()
	w.cores()
	w.brackets()
	w.sites()
	w.persons()
	slices.SortFunc(w.edges, func(x, y edge) int {
		return cmp.Or(cmp.Compare(y.confidence, x.confidence), cmp.Compare(slices.Index(ruleIDs, x.rule), slices.Index(ruleIDs, y.rule)),
			cmp.Compare(t.nodes[x.a].Key, t.nodes[y.a].Key), cmp.Compare(t.nodes[x.b].Key, t.nodes[y.b].Key))
	})
	return slices.Compact(w.edges), w.rights
}

// add connects two nodes by a rule.
func (w *weaver) add(a, b uint32, rule string) { w.addNear(a, b, rule, w.near(a, b)) }

func (w *weaver) addNear(a, b uint32, rule string, near nearness) {
	if a == b {
		return
	}
	c := w.rules.confidence[rule][near]
	if c < w.rules.doubt {
		return
	}
	if w.t.nodes[a].Key > w.t.nodes[b].Key {
		a, b = b, a
	}
	w.edges = append(w.edges, edge{a, b, rule, near, c})
}

// near returns how near to each other two nodes are stated.
func (w *weaver) near(a, b uint32) nearness {
	best, known := placeless, [2]bool{}
	for i, x := range w.standing(a) {
		known[0] = known[0] || x.Where.City != ""
		for _, y := range w.standing(b) {
			if i == 0 {
				known[1] = known[1] || y.Where.City != ""
			}
			switch {
			case isSite(x.Site) && x.Site == y.Site:
				return sameAddress
			case x.Where.City != "" && x.Where.City == y.Where.City:
				best = sameCity
			}
		}
	}
	if best == placeless && known[0] && known[1] {
		return elsewhere
	}
	return best
}

// standing returns the wordings of a node that stand, the most used first.
func (w *weaver) standing(n uint32) []*wording {
	var out []*wording
	for _, i := range w.t.nodes[n].Wordings {
		if x := &w.t.wordings[i]; x.Rights > 0 {
			out = append(out, x)
		}
	}
	if len(out) > maxWordings {
		slices.SortFunc(out, func(x, y *wording) int {
			return cmp.Or(cmp.Compare(y.Rights, x.Rights), cmp.Compare(x.Site, y.Site), cmp.Compare(x.Where.City, y.Where.City))
		})
		out = out[:maxWordings]
	}
	return out
}

// isSite tells whether a folded address is narrow enough to tell bodies apart by
// it: more than a city or a country.
func isSite(s string) bool {
	return utf8.RuneCountInString(s) >= 6 && strings.ContainsAny(s, "0123456789") || utf8.RuneCountInString(s) >= 10
}

// together connects what one source states of one party: its identifier with its
// names, and its names in several languages with one another.
func (w *weaver) together() {
	partners := map[uint32][]uint32{} // of a name in Latin letters: the others
	for i := range w.t.wordings {
		x := &w.t.wordings[i]
		if x.Rights == 0 {
			continue
		}
		names, ident := x.Nodes[:len(x.Party.Names)], noNode
		if len(x.Nodes) > len(names) {
			ident = x.Nodes[len(names)]
		}
		first := noNode
		for _, n := range names {
			if n == noNode {
				continue
			}
			if ident != noNode {
				w.addNear(ident, n, ruleIdent, sameAddress)
			}
			switch {
			case first == noNode:
				first = n
			case w.isLatin(n) != w.isLatin(first):
				latin, other := n, first
				if w.isLatin(first) {
					latin, other = first, n
				}
				if !slices.Contains(partners[latin], other) {
					partners[latin] = append(partners[latin], other)
				}
			default:
				w.addNear(first, n, ruleLanguages, sameAddress)
			}
		}
	}
	for latin, others := range partners {
		w.translations(latin, others)
	}
}

func (w *weaver) isLatin(n uint32) bool { return strings.HasPrefix(w.t.nodes[n].Key, nodeLatin) }

// translations connects a name in Latin letters with the Chinese one that it
// stands beside. Beside several, it goes with the most used one, and they are
// alike by it.
func (w *weaver) translations(latin uint32, others []uint32) {
	slices.SortFunc(others, w.mostUsed)
	w.addNear(latin, others[0], ruleLanguages, sameAddress)
	for _, n := range others[1:] {
		w.add(others[0], n, ruleEnglish)
	}
}

// mostUsed orders nodes by their rights, then by their keys.
func (w *weaver) mostUsed(a, b uint32) int {
	return cmp.Or(cmp.Compare(w.rights[b], w.rights[a]), cmp.Compare(w.t.nodes[a].Key, w.t.nodes[b].Key))
}

// moves connects names by events: a change of the name, or a transfer between
// names that are alike.
func (w *weaver) moves() {
	for m := range w.t.standings {
		from, to := w.first(m.From), w.first(m.To)
		switch {
		case from == noNode || to == noNode:
		case m.Changed:
			w.add(from, to, ruleChanged)
		case w.sameCore(from, to):
			w.add(from, to, ruleTransfer)
		}
	}
}

// first returns the first name of a wording that stands for somebody.
func (w *weaver) first(wording uint32) uint32 {
	x := &w.t.wordings[wording]
	for _, n := range x.Nodes[:len(x.Party.Names)] {
		if n != noNode {
			return n
		}
	}
	return noNode
}

func (w *weaver) sameCore(a, b uint32) bool {
	x, y := w.t.nodes[a].Key, w.t.nodes[b].Key
	return w.core(x) == w.core(y) || w.rules.alike(x, y)
}

// core returns a key without place before and legal form behind the name.
func (w *weaver) core(key string) string {
	switch key[:2] {
	case nodeName:
		return nodeName + w.rules.withoutForm(w.rules.shortPlace(key[2:]))
	case nodeLatin:
		return nodeLatin + w.rules.latinCore(key[2:])
	}
	return key
}

// cores connects names that differ in the place before them and the legal form
// behind them alone.
func (w *weaver) cores() {
	groups := map[string][]uint32{}
	for n := range w.t.nodes {
		if key := w.t.nodes[n].Key; w.rights[n] > 0 && (key[:2] == nodeName || key[:2] == nodeLatin) {
			c := w.core(key)
			groups[c] = append(groups[c], uint32(n))
		}
	}
	for _, g := range groups {
		if len(g) < 2 {
			continue
		}
		slices.SortFunc(g, w.mostUsed)
		for i, a := range g {
			for _, b := range g[i+1:] {
				w.add(a, b, w.coreRule(a, b))
			}
			if len(g) > maxGroup {
				break
			}
		}
	}
}

func (w *weaver) coreRule(a, b uint32) string {
	x, y := w.t.nodes[a].Key, w.t.nodes[b].Key
	switch {
	case x[:2] == nodeLatin:
		return ruleSuffix
	case w.rules.shortPlace(x[2:]) == w.rules.shortPlace(y[2:]):
		return rulePrefix
	case w.rules.withoutForm(x[2:]) == w.rules.withoutForm(y[2:]):
		return ruleSuffix
	}
	return rulePrefixSuffix
}

// brackets connects a name with the same one without the brackets at its end.
func (w *weaver) brackets() {
	for n := range w.t.nodes {
		key := w.t.nodes[n].Key
		if w.rights[n] == 0 || key[:2] != nodeName {
			continue
		}
		if short := withoutBrackets(key); short != "" {
			if m, ok := w.t.byKey[short]; ok && w.rights[m] > 0 {
				w.add(uint32(n), m, ruleBrackets)
			}
		}
	}
}

// sites connects names at one address that may be two spellings of one.
func (w *weaver) sites() {
	at := map[string][]uint32{}
	for i := range w.t.wordings {
		x := &w.t.wordings[i]
		if x.Rights == 0 || !isSite(x.Site) {
			continue
		}
		for _, n := range x.Nodes {
			if n != noNode && w.t.nodes[n].Key[:2] == nodeName && !slices.Contains(at[x.Site], n) && len(at[x.Site]) <= maxSite {
				at[x.Site] = append(at[x.Site], n)
			}
		}
	}
	for _, names := range at {
		if len(names) > maxSite {
			continue
		}
		for i, a := range names {
			for _, b := range names[i+1:] {
				w.neighbours(a, b)
			}
		}
	}
}

// neighbours connects two names at one address that are alike, or similar.
func (w *weaver) neighbours(a, b uint32) {
	x, y := w.core(w.t.nodes[a].Key), w.core(w.t.nodes[b].Key)
	switch {
	case x == y:
	case w.rules.alike(w.t.nodes[a].Key, w.t.nodes[b].Key):
		w.addNear(a, b, ruleSpelling, sameAddress)
	case similar(x[2:], y[2:]):
		w.addNear(a, b, ruleSimilar, sameAddress)
	}
}
