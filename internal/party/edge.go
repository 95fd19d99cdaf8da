package party

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// edge is what connects two nodes: a rule and how near to each other they are
// stated, which together say how sure it is that both are one party; and the unit
// that it follows from.
type edge struct {
	a, b uint32 // in the order of their keys
	unit unit
	rule uint8 // place in ruleIDs
	near nearness
}

// by returns the name of the rule.
func (e *edge) by() string { return ruleIDs[e.rule] }

// sureness is the confidence that an edge gives.
func (t *table) sureness(e *edge) float64 { return t.namer.rules.sure[e.rule][e.near] }

// unit is what edges follow from: something of a sort, by its number. The edges of
// a unit are a function of the wordings of the nodes that it speaks of, and all
// edges are those of all units.
type unit struct {
	sort   unitSort
	number uint32
}

type unitSort uint8

const (
	unitWording     unitSort = iota // what one wording states: see together
	unitTranslation                 // a name in Latin letters: see translations
	unitMove                        // a move
	unitGroup                       // alike names: see cores and persons
	unitBracket                     // a name with brackets at its end
	unitSite                        // an address
	unitSorts
)

// Limits of how many pairs of alike names are looked at.
const (
	maxGroup    = 12  // names of one core of which every pair is looked at; of more, each with the most used one
	maxSite     = 100 // names at one address
	maxPersons  = 50  // places of one person's name
	maxWordings = 64  // wordings of a name whose places are compared
)

// woven is the edges between the nodes of a table, the surest first, in an order
// that depends on nothing but the names.
type woven struct {
	edges []edge
	order []uint32 // all nodes by key
	rank  []uint32 // by node: its place in order
}

// weaver finds edges of a table.
type weaver struct {
	t        *table
	rules    *rules
	partners map[uint32][]uint32 // see persons
	edges    []edge
	unit     unit // whose edges are being found
}

// weave brings edges up to date with the table: those of units that speak of what
// was touched since are found anew. It gives the same as weaving from nothing.
func (e *woven) weave(t *table) {
	s := newStale(t)
	s.find()
	e.again(s)
	t.rest()
}

// again finds the edges of stale units anew.
func (e *woven) again(s *stale) {
	t := s.t
	e.sort(t)
	w := weaver{t: t, rules: t.namer.rules, partners: s.partners()}
	for sort, units := range s.units {
		for n := range units.each {
			w.unit = unit{unitSort(sort), n}
			w.one(w.unit)
		}
	}
	kept := e.edges[:0]
	for _, x := range e.edges {
		if !s.units[x.unit.sort].has(x.unit.number) {
			kept = append(kept, x)
		}
	}
	order := e.sureness(t.namer.rules)
	slices.SortFunc(w.edges, order)
	e.edges = merged(kept, slices.Compact(w.edges), order)
}

// nowhere is the number of the city of wordings whose city is not known.
const nowhere = 0

// merged merges two sorted lists.
func merged(a, b []edge, order func(x, y edge) int) []edge {
	switch {
	case len(b) == 0:
		return a
	case len(a) == 0:
		return slices.Clip(b)
	}
	out := make([]edge, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if order(a[0], b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// sort puts the nodes that are new among the others.
func (e *woven) sort(t *table) {
	fresh := make([]uint32, 0, len(t.nodes)-len(e.order))
	for n := len(e.order); n < len(t.nodes); n++ {
		fresh = append(fresh, uint32(n))
	}
	if len(fresh) == 0 {
		return
	}
	slices.SortFunc(fresh, func(a, b uint32) int { return strings.Compare(t.key(a), t.key(b)) })
	out, old := make([]uint32, 0, len(t.nodes)), e.order
	for _, n := range fresh {
		at, _ := slices.BinarySearchFunc(old, t.key(n), func(m uint32, key string) int { return strings.Compare(t.key(m), key) })
		out, old = append(append(out, old[:at]...), n), old[at:]
	}
	e.order = append(out, old...)
	e.ranks()
}

// ranks says where in the order each node stands.
func (e *woven) ranks() {
	e.rank = make([]uint32, len(e.order))
	for i, n := range e.order {
		e.rank[n] = uint32(i)
	}
}

// sureness orders edges: the surest first, then by rule, then by the keys of what
// they connect.
func (e *woven) sureness(r *rules) func(x, y edge) int {
	return func(x, y edge) int {
		return cmp.Or(cmp.Compare(r.sure[y.rule][y.near], r.sure[x.rule][x.near]), cmp.Compare(x.rule, y.rule),
			cmp.Compare(e.rank[x.a], e.rank[y.a]), cmp.Compare(e.rank[x.b], e.rank[y.b]),
			cmp.Compare(x.unit.sort, y.unit.sort), cmp.Compare(x.unit.number, y.unit.number))
	}
}

// one finds the edges of a unit.
func (w *weaver) one(u unit) {
	switch u.sort {
	case unitWording:
		w.together(u.number)
	case unitTranslation:
		w.translations(u.number)
	case unitMove:
		w.move(&w.t.moves.list[u.number])
	case unitGroup:
		w.group(u.number)
	case unitBracket:
		w.brackets(u.number)
	case unitSite:
		w.site(u.number)
	}
}

// add connects two nodes by a rule.
func (w *weaver) add(a, b uint32, rule string) { w.addNear(a, b, rule, w.near(a, b)) }

func (w *weaver) addNear(a, b uint32, rule string, near nearness) {
	if a == b {
		return
	}
	r := uint8(slices.Index(ruleIDs, rule))
	if w.rules.sure[r][near] < w.rules.doubt {
		return
	}
	if w.t.key(a) > w.t.key(b) {
		a, b = b, a
	}
	w.edges = append(w.edges, edge{a, b, w.unit, r, near})
}

// near returns how near to each other two nodes are stated.
func (w *weaver) near(a, b uint32) nearness {
	best, known := placeless, [2]bool{}
	var room [2][maxWordings]*wording
	others := w.standing(b, room[1][:0])
	for _, y := range others {
		known[1] = known[1] || y.city != nowhere
	}
	for _, x := range w.standing(a, room[0][:0]) {
		known[0] = known[0] || x.city != nowhere
		for _, y := range others {
			switch {
			case x.site == y.site && isSite(w.t.sites.text(x.site)):
				return sameAddress
			case x.city == y.city && x.city != nowhere:
				best = sameCity
			}
		}
	}
	if best == placeless && known[0] && known[1] {
		return elsewhere
	}
	return best
}

// standing appends the wordings of a node that stand, the most used first where
// there are too many.
func (w *weaver) standing(n uint32, out []*wording) []*wording {
	for i := range w.t.wordingsOf(n) {
		if x := &w.t.wordings[i]; x.rights > 0 {
			out = append(out, x)
		}
	}
	if len(out) > maxWordings {
		slices.SortFunc(out, func(x, y *wording) int {
			return cmp.Or(cmp.Compare(y.rights, x.rights), cmp.Compare(w.t.sites.text(x.site), w.t.sites.text(y.site)),
				cmp.Compare(w.t.cities.text(x.city), w.t.cities.text(y.city)))
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
// names, and names of it in one kind of letters with one another.
func (w *weaver) together(n uint32) {
	if w.t.wordings[n].rights == 0 {
		return
	}
	first, ident := none, w.t.identOf(n)
	for _, e := range w.t.entriesOf(n) {
		if e.node == none || e.node == ident {
			continue
		}
		if ident != none {
			w.addNear(ident, e.node, ruleIdent, sameAddress)
		}
		if first == none {
			first = e.node
		} else if w.t.isLatin(e.node) == w.t.isLatin(first) {
			w.addNear(first, e.node, ruleLanguages, sameAddress)
		}
	}
}

// identOf returns the node of a wording's identifier, none where it has none.
func (t *table) identOf(w uint32) uint32 {
	own := t.entriesOf(w)
	if n := own[len(own)-1].node; n != none && t.sort(n) == nodeIdent {
		return n
	}
	return none
}

func (t *table) isLatin(n uint32) bool { return t.sort(n) == nodeLatin }

// beside calls fn with the names in Latin letters and in others that a wording
// states beside each other.
func (t *table) beside(w uint32, fn func(latin, other uint32)) {
	first := none
	for _, e := range t.entriesOf(w) {
		switch n := e.node; {
		case n == none || t.sort(n) == nodeIdent:
		case first == none:
			first = n
		case t.isLatin(n) && !t.isLatin(first):
			fn(n, first)
		case t.isLatin(first) && !t.isLatin(n):
			fn(first, n)
		}
	}
}

// translations connects a name in Latin letters with the Chinese one that it
// stands beside. Beside several, it goes with the most used one, and they are
// alike by it.
func (w *weaver) translations(latin uint32) {
	var others []uint32
	for i := range w.t.wordingsOf(latin) {
		if w.t.wordings[i].rights == 0 {
			continue
		}
		w.t.beside(i, func(l, other uint32) {
			if l == latin && !slices.Contains(others, other) {
				others = append(others, other)
			}
		})
	}
	if len(others) == 0 {
		return
	}
	slices.SortFunc(others, w.mostUsed)
	w.addNear(latin, others[0], ruleLanguages, sameAddress)
	for _, n := range others[1:] {
		w.add(others[0], n, ruleEnglish)
	}
}

// mostUsed orders nodes by their rights, then by their keys.
func (w *weaver) mostUsed(a, b uint32) int {
	return cmp.Or(cmp.Compare(w.t.nodes[b].rights, w.t.nodes[a].rights), cmp.Compare(w.t.key(a), w.t.key(b)))
}

// move connects names by an event: a change of the name, or a transfer between
// names that are alike.
func (w *weaver) move(m *stated) {
	from, to := w.t.first(m.From), w.t.first(m.To)
	switch {
	case m.n == 0 || from == none || to == none:
	case m.Changed:
		w.add(from, to, ruleChanged)
	case w.sameCore(from, to):
		w.add(from, to, ruleTransfer)
	}
}

func (w *weaver) sameCore(a, b uint32) bool {
	x, y := &w.t.nodes[a], &w.t.nodes[b]
	return x.group == y.group && w.t.sort(a) != nodeLocated || w.rules.alike(w.t.key(a), w.t.key(b))
}

// group returns what a name is compared by: a person's name without its place, that
// of a body without place before and legal form behind it; "" for an identifier.
func (r *rules) group(key string) string {
	switch key[:2] {
	case nodeName:
		return nodeName + r.withoutForm(r.shortPlace(key[2:]))
	case nodeLatin:
		return nodeLatin + r.latinCore(key[2:])
	case nodeLocated:
		name, _, _ := strings.Cut(key, "@")
		return name
	}
	return ""
}

// group connects the names of a group.
func (w *weaver) group(n uint32) {
	var names []uint32
	for m := range w.t.membersOf(n) {
		if w.t.nodes[m].rights > 0 {
			names = append(names, m)
		}
	}
	switch {
	case len(names) < 2:
	case w.t.sort(names[0]) == nodeLocated:
		w.persons(names)
	default:
		w.cores(names)
	}
}

// cores connects names that differ in the place before them and the legal form
// behind them alone.
func (w *weaver) cores(names []uint32) {
	slices.SortFunc(names, w.mostUsed)
	for i, a := range names {
		for _, b := range names[i+1:] {
			w.add(a, b, w.coreRule(a, b))
		}
		if len(names) > maxGroup {
			break
		}
	}
}

func (w *weaver) coreRule(a, b uint32) string {
	x, y := w.t.key(a), w.t.key(b)
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
func (w *weaver) brackets(n uint32) {
	if m, ok := w.t.unbracketed(n); ok && w.t.nodes[n].rights > 0 && w.t.nodes[m].rights > 0 {
		w.add(n, m, ruleBrackets)
	}
}

// unbracketed returns the node of a name without the brackets at its end.
func (t *table) unbracketed(n uint32) (uint32, bool) { return t.keys.find(withoutBrackets(t.key(n))) }

// site connects names at one address that may be two spellings of one.
func (w *weaver) site(n uint32) {
	if !isSite(w.t.sites.text(n)) {
		return
	}
	var names []uint32
	for i := w.t.atSite[n]; i != none; i = w.t.wordings[i].nextSite {
		if w.t.wordings[i].rights == 0 {
			continue
		}
		for _, e := range w.t.entriesOf(i) {
			if e.node != none && w.t.sort(e.node) == nodeName && !slices.Contains(names, e.node) {
				names = append(names, e.node)
			}
		}
		if len(names) > maxSite {
			return
		}
	}
	for i, a := range names {
		for _, b := range names[i+1:] {
			w.neighbours(a, b)
		}
	}
}

// neighbours connects two names at one address that are alike, or similar.
func (w *weaver) neighbours(a, b uint32) {
	if w.t.key(a) > w.t.key(b) {
		a, b = b, a
	}
	x, y := w.t.nodes[a].group, w.t.nodes[b].group
	switch {
	case x == y:
	case w.rules.alike(w.t.key(a), w.t.key(b)):
		w.addNear(a, b, ruleSpelling, sameAddress)
	case similar(w.t.groups.text(x)[2:], w.t.groups.text(y)[2:]):
		w.addNear(a, b, ruleSimilar, sameAddress)
	}
}
