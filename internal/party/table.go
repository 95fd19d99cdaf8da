package party

import (
	"cmp"
	"iter"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// table is what the standing statements of the register say of parties: every
// distinct wording once, and which rights say so. It follows the register right
// by right; what stands in it does not depend on the order. Wordings and nodes are
// numbered in the order in which they came, and keep their numbers; what is known
// of them lies in columns by these numbers, without pointers.
type table struct {
	namer *Namer

	texts    texts // of wordings: see appendParty
	wordings []wording
	entries  []entry // of wordings, one behind the other
	keys     texts   // of nodes
	nodes    []node  // by number
	ids      map[uint64]uint32
	groups   texts    // what names are compared by: see rules.group
	inGroup  []uint32 // by group: the last of its nodes
	bracket  []uint32 // nodes with brackets at their end
	sites    texts    // addresses, folded
	atSite   []uint32 // by site: the last of its wordings
	cities   texts    // cities and countries abroad

	links links
	moves moves

	touched []uint32 // wordings whose rights changed since they were last woven
	asked   []byte   // for the text of a wording that is looked up
}

// wording is a party as sources word it. Its text is that of the same number.
type wording struct {
	entries  uint32 // the first of its entries; they end where those of the next one begin
	site     uint32 // address
	nextSite uint32 // the wording before it at this address, none for the first
	city     uint32 // or country abroad; the empty text where unknown
	rights   int32  // that say so
	stood    bool   // when it was last woven
	touched  bool   // since then
}

// entry ties a wording to the node of a name, or to that of its identifier, which
// comes last.
type entry struct {
	node    uint32 // none for a name that stands for nobody
	wording uint32
	next    uint32 // the entry before it of another wording with this node
}

// node is a name or an identifier, which wordings bear. Its key is the text of the
// same number.
type node struct {
	last     uint32 // of its entries
	wordings uint32 // how many bear it
	group    uint32 // of alike names; none where it is an identifier
	nextIn   uint32 // the node before it in this group
	rights   int32  // that bear it, about; 0 where it does not stand
}

// none stands where there is no wording, node, entry or group.
const none = ^uint32(0)

func newTable(n *Namer) *table {
	t := &table{namer: n, ids: map[uint64]uint32{}}
	t.moves.places = map[move]uint32{}
	t.cities.add(nil) // nowhere
	return t
}

// take follows a commit of the register.
func (t *table) take(c register.Commit) {
	for _, id := range c.Gone {
		t.put(id, &reading{})
	}
	var r reading
	for _, v := range c.Views {
		r.read(t, v)
		t.put(v.ID, &r)
	}
}

// reading gathers what the statements of one right say of parties.
type reading struct {
	links []link
	moves []move
}

func (r *reading) read(t *table, v *register.View) {
	r.links, r.moves = r.links[:0], r.moves[:0]
	kind := kindNumber(v.Kind)
	for i := range v.Statements {
		d := v.Statements[i].Doc
		for k := range d.Parties {
			r.add(t, &d.Parties[k], kind, d.Published)
		}
		for k := range d.Events {
			r.event(t, &d.Events[k], kind)
		}
	}
}

// event takes in the parties of an event. One that leads from one party to
// another is a move.
func (r *reading) event(t *table, e *record.Event, kind uint8) {
	from, to := none, none
	several := false
	for i := range e.Parties {
		w := r.add(t, &e.Parties[i], kind, e.Date)
		switch e.Parties[i].Role {
		case record.Former:
			several = several || from != none
			from = w
		case record.Holder, record.Applicant:
			several = several || to != none
			to = w
		}
	}
	if several || from == none || to == none || from == to {
		return
	}
	if e.Code == record.EventChanged || e.Code == record.EventTransfer {
		m := move{from, to, e.Code == record.EventChanged}
		if !slices.Contains(r.moves, m) {
			r.moves = append(r.moves, m)
		}
	}
}

// add takes in one party and returns its wording, none where it is not followed.
func (r *reading) add(t *table, p *record.Party, kind uint8, day date.Date) uint32 {
	if !Counted(p.Role) || len(p.Names) == 0 {
		return none
	}
	w := t.wording(p)
	m := uint16(0)
	if day != 0 {
		m = uint16(day.Year()*12 + day.Month() - 1)
	}
	for i, l := range r.links {
		if l.wording() == w {
			r.links[i] = newLink(w, kind, l.roles()|roleBit(p.Role), max(l.month(), m))
			return w
		}
	}
	r.links = append(r.links, newLink(w, kind, roleBit(p.Role), m))
	return w
}

// wording returns the number of a party's wording, a new one where it is new.
func (t *table) wording(p *record.Party) uint32 {
	t.asked = appendParty(t.asked[:0], p)
	w, fresh := t.texts.add(t.asked)
	if !fresh {
		return w
	}
	n := wording{entries: uint32(len(t.entries))}
	n.site, _ = t.sites.add(bytesOf(t.namer.rules.shortPlace(record.FoldName(p.Address))))
	if int(n.site) == len(t.atSite) {
		t.atSite = append(t.atSite, none)
	}
	n.nextSite, t.atSite[n.site] = t.atSite[n.site], w
	n.city, _ = t.cities.add(bytesOf(t.namer.place(p).City))
	names, ident := t.namer.keys(p)
	if ident != "" {
		names = append(names, ident)
	}
	t.wordings = append(t.wordings, n)
	for _, key := range names {
		t.enter(w, key)
	}
	return w
}

// enter enters a wording under a key.
func (t *table) enter(w uint32, key string) {
	if key == "" {
		t.entries = append(t.entries, entry{none, w, none})
		return
	}
	n := t.node(key)
	e := entry{n, w, t.nodes[n].last}
	if e.next != none && t.entries[e.next].wording == w { // two names that fold to one
		e.next = none
	} else {
		t.nodes[n].last = uint32(len(t.entries))
		t.nodes[n].wordings++
	}
	t.entries = append(t.entries, e)
}

// node returns the node of a key, a new one where it is new.
func (t *table) node(key string) uint32 {
	n, fresh := t.keys.add(bytesOf(key))
	if !fresh {
		return n
	}
	x := node{last: none, group: none, nextIn: none}
	if g := t.namer.rules.group(key); g != "" {
		x.group, _ = t.groups.add(bytesOf(g))
		if int(x.group) == len(t.inGroup) {
			t.inGroup = append(t.inGroup, none)
		}
		x.nextIn, t.inGroup[x.group] = t.inGroup[x.group], n
	}
	t.nodes = append(t.nodes, x)
	t.ids[idNumber(key)] = n
	if key[:2] == nodeName && withoutBrackets(key) != "" {
		t.bracket = append(t.bracket, n)
	}
	return n
}

// key returns the key of a node.
func (t *table) key(n uint32) string { return t.keys.text(n) }

// sort returns the first two characters of the key of a node, which say what it is.
func (t *table) sort(n uint32) string { return t.keys.text(n)[:2] }

// party returns a wording as it was entered.
func (t *table) party(w uint32) record.Party { return readParty(t.texts.bytes(w)) }

// entriesOf returns the entries of a wording: one for each of its names, and one
// for its identifier where it has a sound one.
func (t *table) entriesOf(w uint32) []entry {
	end := len(t.entries)
	if int(w)+1 < len(t.wordings) {
		end = int(t.wordings[w+1].entries)
	}
	return t.entries[t.wordings[w].entries:end]
}

// wordingsOf goes through the wordings that bear a node.
func (t *table) wordingsOf(n uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for e := t.nodes[n].last; e != none; e = t.entries[e].next {
			if !yield(t.entries[e].wording) {
				return
			}
		}
	}
}

// nodesOf goes through the nodes of a wording, each once.
func (t *table) nodesOf(w uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		own := t.entriesOf(w)
		for i, e := range own {
			if e.node == none || slices.ContainsFunc(own[:i], func(b entry) bool { return b.node == e.node }) {
				continue
			}
			if !yield(e.node) {
				return
			}
		}
	}
}

// membersOf goes through the nodes of a group.
func (t *table) membersOf(group uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for n := t.inGroup[group]; n != none; n = t.nodes[n].nextIn {
			if !yield(n) {
				return
			}
		}
	}
}

// first returns the first name of a wording that stands for somebody.
func (t *table) first(w uint32) uint32 {
	for _, e := range t.entriesOf(w) {
		if e.node != none && t.sort(e.node) != nodeIdent {
			return e.node
		}
	}
	return none
}

// put says anew which parties a right names.
func (t *table) put(right int64, r *reading) {
	links, moves := t.links.of(right)
	if slices.Equal(links, r.links) && t.moves.are(moves, r.moves) {
		return
	}
	for _, l := range links {
		t.count(l.wording(), -1)
	}
	for _, m := range moves {
		t.moves.list[m].n--
	}
	numbers := make([]uint32, 0, len(r.moves))
	for _, m := range r.moves {
		numbers = append(numbers, t.moves.add(m))
	}
	t.links.put(right, r.links, numbers)
	for _, l := range r.links {
		t.count(l.wording(), 1)
	}
}

// count adds n rights to a wording.
func (t *table) count(w uint32, n int32) {
	x := &t.wordings[w]
	x.rights += n
	for k := range t.nodesOf(w) {
		t.nodes[k].rights += n
	}
	if !x.touched {
		x.touched = true
		t.touched = append(t.touched, w)
	}
}

// byUse puts wordings in an order that does not depend on when they came: the most
// used first.
func (t *table) byUse(wordings []uint32) {
	slices.SortFunc(wordings, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(t.wordings[b].rights, t.wordings[a].rights), cmp.Compare(t.texts.text(a), t.texts.text(b)))
	})
}
