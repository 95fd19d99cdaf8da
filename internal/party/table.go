package party

import (
	"cmp"
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// table is what the standing statements of the register say of parties: every
// distinct wording once, and which rights say so. It follows the register right
// by right; what stands in it does not depend on the order.
type table struct {
	namer *Namer

	wordings  []wording
	byText    map[string]uint32
	nodes     []node
	byKey     map[string]uint32
	roles     map[record.Role]uint16
	kinds     map[record.Kind]uint8
	one       []link           // by right: its link where it has one alone, 0 where none
	more      map[int64][]link // the links of rights that have several
	moves     map[int64][]move
	standings map[move]int32 // how many rights state a move
}

// wording is a party as sources word it.
type wording struct {
	Party record.Party // without its role
	Nodes []uint32     // of its names, and of its identifier behind them; noNode for none
	Where where
	Site  string // address, folded

	Rights int32   // that say so
	Uses   []use   // by kind and roles
	Months []month // ascending
}

// use counts the rights of one kind in which a wording has certain roles.
type use struct {
	Kind  uint8
	Roles uint16
	N     int32
}

// month counts the rights whose newest document with a wording is of a month.
type month struct {
	Month uint16 // months since the year 0; 0 where no day is known
	N     int32
}

// node is a name or an identifier and the wordings that bear it.
type node struct {
	Key      string
	Wordings []uint32
}

const noNode = ^uint32(0)

// link ties a right to a wording: the wording, the kind of the right, the roles
// and the month, in 32, 5, 12 and 15 bits.
type link uint64

func newLink(wording uint32, kind uint8, roles, month uint16) link {
	return link(wording)<<32 | link(kind&31)<<27 | link(roles&0xfff)<<15 | link(month&0x7fff)
}

func (l link) wording() uint32 { return uint32(l >> 32) }
func (l link) kind() uint8     { return uint8(l>>27) & 31 }
func (l link) roles() uint16   { return uint16(l>>15) & 0xfff }
func (l link) month() uint16   { return uint16(l) & 0x7fff }

// move is an event that leads from one party to another.
type move struct {
	From, To uint32 // wordings
	Changed  bool   // of the name, not of the holder
}

func newTable(n *Namer) *table {
	t := &table{
		namer: n, byText: map[string]uint32{}, byKey: map[string]uint32{}, roles: map[record.Role]uint16{}, kinds: map[record.Kind]uint8{},
		more: map[int64][]link{}, moves: map[int64][]move{}, standings: map[move]int32{},
	}
	for i, r := range record.Roles {
		t.roles[r] = 1 << i
	}
	for i, k := range record.Kinds {
		t.kinds[k] = uint8(i) + 1
	}
	return t
}

// take follows a commit of the register.
func (t *table) take(c register.Commit) {
	for _, id := range c.Gone {
		t.remove(id)
	}
	var r reading
	for _, v := range c.Views {
		t.remove(v.ID)
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
	kind := t.kinds[v.Kind]
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
	from, to := noNode, noNode
	several := false
	for i := range e.Parties {
		w := r.add(t, &e.Parties[i], kind, e.Date)
		switch e.Parties[i].Role {
		case record.Former:
			several = several || from != noNode
			from = w
		case record.Holder, record.Applicant:
			several = several || to != noNode
			to = w
		}
	}
	if several || from == noNode || to == noNode || from == to {
		return
	}
	if e.Code == record.EventChanged || e.Code == record.EventTransfer {
		m := move{from, to, e.Code == record.EventChanged}
		if !slices.Contains(r.moves, m) {
			r.moves = append(r.moves, m)
		}
	}
}

// add takes in one party and returns its wording, noNode where it is not followed.
func (r *reading) add(t *table, p *record.Party, kind uint8, day date.Date) uint32 {
	if !Counted(p.Role) || len(p.Names) == 0 {
		return noNode
	}
	w := t.wording(p)
	m := uint16(0)
	if day != 0 {
		m = uint16(day.Year()*12 + day.Month() - 1)
	}
	for i, l := range r.links {
		if l.wording() == w {
			r.links[i] = newLink(w, kind, l.roles()|t.roles[p.Role], max(l.month(), m))
			return w
		}
	}
	r.links = append(r.links, newLink(w, kind, t.roles[p.Role], m))
	return w
}

// wording returns the number of a party's wording, a new one where it is new.
func (t *table) wording(p *record.Party) uint32 {
	text := textOf(p)
	if w, ok := t.byText[text]; ok {
		return w
	}
	w := uint32(len(t.wordings))
	t.byText[text] = w
	own := cloned(p)
	t.wordings = append(t.wordings, wording{Party: own, Where: t.namer.place(&own), Site: t.namer.rules.shortPlace(record.FoldName(own.Address))})
	names, ident := t.namer.keys(&own)
	if ident != "" {
		names = append(names, ident)
	}
	for _, key := range names {
		t.wordings[w].Nodes = append(t.wordings[w].Nodes, t.node(key, w))
	}
	return w
}

// textOf writes everything that a wording says.
func textOf(p *record.Party) string {
	var b strings.Builder
	for i := range p.Names {
		b.WriteString(p.Names[i].Lang)
		b.WriteByte(0)
		b.WriteString(p.Names[i].Text)
		b.WriteByte(0)
	}
	for _, s := range [...]string{p.Address, p.Postcode, p.Country, p.Region, p.Ident} {
		b.WriteByte(1)
		b.WriteString(s)
	}
	return b.String()
}

// cloned returns a party without its role, in memory of its own: that of a view
// would keep the whole view.
func cloned(p *record.Party) record.Party {
	own := record.Party{
		Address: strings.Clone(p.Address), Postcode: strings.Clone(p.Postcode), Country: strings.Clone(p.Country),
		Region: strings.Clone(p.Region), Ident: strings.Clone(p.Ident),
	}
	for _, n := range p.Names {
		own.Names = append(own.Names, record.Text{Lang: strings.Clone(n.Lang), Text: strings.Clone(n.Text)})
	}
	return own
}

// node enters a wording under a key.
func (t *table) node(key string, w uint32) uint32 {
	if key == "" {
		return noNode
	}
	n, ok := t.byKey[key]
	if !ok {
		n = uint32(len(t.nodes))
		t.byKey[key] = n
		t.nodes = append(t.nodes, node{Key: key})
	}
	if own := &t.nodes[n].Wordings; len(*own) == 0 || (*own)[len(*own)-1] != w {
		*own = append(*own, w)
	}
	return n
}

// links returns the links of a right. They belong to the table until it changes.
func (t *table) links(right int64) []link {
	if l, ok := t.more[right]; ok {
		return l
	}
	if right < int64(len(t.one)) && t.one[right] != noLink {
		return t.one[right : right+1]
	}
	return nil
}

// noLink stands where a right has no link.
const noLink = ^link(0)

func (t *table) put(right int64, r *reading) {
	switch len(r.links) {
	case 0:
		return
	case 1:
		for int64(len(t.one)) <= right {
			t.one = append(t.one, noLink)
		}
		t.one[right] = r.links[0]
	default:
		t.more[right] = slices.Clone(r.links)
	}
	for _, l := range r.links {
		t.wordings[l.wording()].count(l, 1)
	}
	if len(r.moves) > 0 {
		t.moves[right] = slices.Clone(r.moves)
		for _, m := range r.moves {
			t.standings[m]++
		}
	}
}

func (t *table) remove(right int64) {
	for _, l := range t.links(right) {
		t.wordings[l.wording()].count(l, -1)
	}
	if right < int64(len(t.one)) {
		t.one[right] = noLink
	}
	delete(t.more, right)
	for _, m := range t.moves[right] {
		if t.standings[m]--; t.standings[m] == 0 {
			delete(t.standings, m)
		}
	}
	delete(t.moves, right)
}

// count adds n rights with link l.
func (w *wording) count(l link, n int32) {
	w.Rights += n
	i := slices.IndexFunc(w.Uses, func(u use) bool { return u.Kind == l.kind() && u.Roles == l.roles() })
	if i < 0 {
		i = len(w.Uses)
		w.Uses = append(w.Uses, use{Kind: l.kind(), Roles: l.roles()})
	}
	if w.Uses[i].N += n; w.Uses[i].N == 0 {
		w.Uses = slices.Delete(w.Uses, i, i+1)
	}
	i, found := slices.BinarySearchFunc(w.Months, l.month(), func(m month, x uint16) int { return int(m.Month) - int(x) })
	if !found {
		w.Months = slices.Insert(w.Months, i, month{Month: l.month()})
	}
	if w.Months[i].N += n; w.Months[i].N == 0 {
		w.Months = slices.Delete(w.Months, i, i+1)
	}
}

// mostUsed returns wordings in an order that does not depend on when they came.
func (t *table) mostUsed(set map[uint32]bool) []*wording {
	out := make([]*wording, 0, len(set))
	for i := range set {
		out = append(out, &t.wordings[i])
	}
	slices.SortFunc(out, func(a, b *wording) int {
		return cmp.Or(cmp.Compare(b.Rights, a.Rights), cmp.Compare(textOf(&a.Party), textOf(&b.Party)))
	})
	return out
}
