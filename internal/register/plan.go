package register

import (
	"context"
	"slices"

	"onewindow/internal/ierr"
)

// maxStatements is how many statements may stand of one right. An entry beyond
// it is rejected: no right of the real world comes near.
const maxStatements = 4096

// plan works out, in memory, what one commit does to rights: which of them
// new statements join, which merge and which fall apart. Nothing is written
// before it is complete.
type plan struct {
	r     *Register
	state int64
	right int64 // highest right id given out

	groups  map[int64]*group  // rights that the commit may concern
	owner   map[string]*group // right of every key that a standing statement bears
	numbers map[string]Number // entries of the table of numbers, as stored
	homes   map[string]int64  // keys that get a new home
}

// group is a right while a commit is worked out.
type group struct {
	id      int64
	stored  int            // how many of live stood before the commit
	live    []*member      // statements that stand
	bodies  map[Hash]int64 // statements under any id that hold a body; nil for a new right
	next    int64          // number of the next statement, see StatementID
	merged  *group         // the right that this one has become part of
	touched bool
	before  *View // what stood before, nil if nothing
}

// member is a standing statement while a commit is worked out.
type member struct {
	st    Statement
	keys  []string
	body  []byte // of a new statement
	home  int64  // the right under which it is stored; 0 for a new one
	same  int64  // of a stored one: where its body lies
	moved bool   // set when it has to be stored under another right
}

func newPlan(r *Register, state, right int64) *plan {
	return &plan{
		r: r, state: state, right: right,
		groups: map[int64]*group{}, owner: map[string]*group{}, numbers: map[string]Number{}, homes: map[string]int64{},
	}
}

// read loads the rights that some keys belong or belonged to.
func (p *plan) read(ctx context.Context, tx Reader, keys []string) error {
	known, err := tx.Numbers(ctx, keys)
	if err != nil {
		return err
	}
	var ids []int64
	for _, n := range known {
		p.numbers[n.Key] = n
		ids = append(ids, n.Right, n.Home)
	}
	slices.Sort(ids)
	return p.readRights(ctx, tx, slices.Compact(ids))
}

// readRights loads rights by id with all their rows, as they stand before the
// state of the plan.
func (p *plan) readRights(ctx context.Context, tx Reader, ids []int64) error {
	ids = slices.DeleteFunc(ids, func(id int64) bool { return p.groups[id] != nil })
	if len(ids) == 0 {
		return nil
	}
	for _, id := range ids {
		p.groups[id] = &group{id: id, bodies: map[Hash]int64{}}
	}
	err := tx.Statements(ctx, ids, 0, func(row *Row) error {
		return p.row(p.groups[RightOf(row.ID)], row)
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		g := p.groups[id]
		g.stored = len(g.live)
		for _, m := range g.live {
			for _, k := range m.keys {
				p.owner[k] = g
			}
		}
		g.before = p.view(g)
	}
	return nil
}

// row adds a stored row to its right.
func (p *plan) row(g *group, row *Row) error {
	g.next = row.ID&maxRow + 1
	body := row.ID
	if row.Same != 0 {
		body = row.Same
	}
	if _, ok := g.bodies[row.Hash]; !ok {
		g.bodies[row.Hash] = body
	}
	f, err := p.r.files.get(row.File)
	if err != nil {
		return err
	}
	if row.To != 0 || !f.visible(p.state-1) {
		return nil
	}
	st, err := statement(row, f)
	if err != nil {
		return err
	}
	g.live = append(g.live, &member{st: st, keys: st.keys, home: g.id, same: body})
	return nil
}

// view merges what stands.
func (p *plan) view(g *group) *View {
	if len(g.live) == 0 {
		return nil
	}
	st := make([]Statement, len(g.live))
	for i, m := range g.live {
		st[i] = m.st
	}
	return merge(g.id, st, 0, judge{&p.r.rulings, p.state})
}

// place finds or makes the right of a new statement, merging those that it
// connects. It returns nil when the right is full.
func (p *plan) place(m *member) *group {
	var g *group
	size := 0
	for _, k := range m.keys {
		if o := p.owner[k]; o != nil {
			o = o.end()
			if o != g {
				size += len(o.live)
			}
			if g == nil || o.id < g.id {
				g = o
			}
		}
	}
	if size >= maxStatements {
		return nil
	}
	if g == nil {
		g = p.free(m.keys)
	}
	for _, k := range m.keys {
		if o := p.owner[k]; o != nil {
			if o = o.end(); o != g {
				p.absorb(g, o)
			}
		}
		p.owner[k] = g
	}
	g.touched = true
	g.live = append(g.live, m)
	return g
}

// end follows merges to the right that remains.
func (g *group) end() *group {
	for g.merged != nil {
		g = g.merged
	}
	return g
}

// absorb makes right o part of g.
func (p *plan) absorb(g, o *group) {
	o.merged, o.touched, g.touched = g, true, true
	g.live = append(g.live, o.live...)
	o.live = nil
	if g.bodies == nil {
		g.bodies = map[Hash]int64{}
	}
	for h, id := range o.bodies {
		if _, ok := g.bodies[h]; !ok {
			g.bodies[h] = id
		}
	}
}

// free returns a right in which nothing stands, for statements with some keys:
// the lowest home of these that is free, else a new one, which becomes the
// home of all of them.
func (p *plan) free(keys []string) *group {
	var best *group
	for _, k := range keys {
		n, ok := p.numbers[k]
		if !ok {
			continue
		}
		home := n.Home
		if h, ok := p.homes[k]; ok {
			home = h
		}
		if g := p.groups[home]; g != nil && len(g.live) == 0 && g.merged == nil && (best == nil || g.id < best.id) {
			best = g
		}
	}
	if best != nil {
		return best
	}
	p.right++
	g := &group{id: p.right}
	p.groups[g.id] = g
	for _, k := range keys {
		if _, ok := p.numbers[k]; ok {
			p.homes[k] = g.id
		}
	}
	return g
}

// touchedGroups returns the rights that the commit concerns, ascending.
func (p *plan) touchedGroups() []*group {
	out := make([]*group, 0, len(p.groups))
	for _, g := range p.groups {
		if g.touched {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *group) int { return int(a.id - b.id) })
	return out
}

// number gives every new and every moved statement of a right its id.
func (p *plan) number(g *group) error {
	for _, m := range g.live {
		if m.home == g.id {
			continue
		}
		if g.next > maxRow {
			return ierr.New(ierr.TooLarge, "register.right_full", ierr.Args{"id": g.id})
		}
		m.moved = m.home != 0
		id := StatementID(g.id, g.next)
		g.next++
		if m.moved {
			m.home, m.st.ID, m.st.From = m.st.ID, id, p.state
			continue
		}
		m.st.ID = id
	}
	return nil
}
