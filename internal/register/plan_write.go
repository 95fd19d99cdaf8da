package register

import (
	"context"
	"slices"
	"strings"
)

// result is what a plan comes to.
type result struct {
	rows        []Row
	closed      []int64 // statements that move to another right
	numbers     []Number
	left        []Number // entries whose right changes, as they were
	successions []Succession
	views       []*View
	gone        []int64
	counts      Counts
}

// settle numbers the statements and lists everything that has to be written.
func (p *plan) settle(ctx context.Context, tx Reader) (*result, error) {
	groups := p.touchedGroups()
	for _, g := range groups {
		if err := p.number(g); err != nil {
			return nil, err
		}
	}
	if err := p.readMoved(ctx, tx, groups); err != nil {
		return nil, err
	}
	out := &result{rows: make([]Row, 0, len(groups)), numbers: make([]Number, 0, 2*len(groups)), views: make([]*View, 0, len(groups))}
	for _, g := range groups {
		p.rows(out, g)
		p.keys(out, g)
		p.succession(out, g)
	}
	slices.SortFunc(out.numbers, func(a, b Number) int { return strings.Compare(a.Key, b.Key) })
	return out, nil
}

// readMoved reads the table of numbers for statements that moved, since their
// keys need not be among those that the plan began with.
func (p *plan) readMoved(ctx context.Context, tx Reader, groups []*group) error {
	var keys []string
	for _, g := range groups {
		for _, m := range g.live {
			if !m.moved {
				continue
			}
			for _, k := range m.keys {
				if _, ok := p.numbers[k]; !ok {
					keys = append(keys, k)
				}
			}
		}
	}
	if len(keys) == 0 {
		return nil
	}
	known, err := tx.Numbers(ctx, keys)
	for _, n := range known {
		p.numbers[n.Key] = n
	}
	return err
}

// rows lists the rows of a right's new and moved statements. A body that is
// stored already is not stored again.
func (p *plan) rows(out *result, g *group) {
	for _, m := range g.live {
		if m.st.From != p.state {
			continue
		}
		row := Row{
			ID: m.st.ID, Hash: m.st.Hash, File: m.st.File.ID, Position: m.st.Position,
			Issued: m.st.Issued, Rank: m.st.Rank, From: p.state,
		}
		switch same, ok := g.bodies[m.st.Hash]; {
		case m.moved:
			out.closed = append(out.closed, m.home)
			row.Same = m.same
		case ok:
			row.Same = same
		default:
			row.Body = m.body
			if len(g.live) > 1 {
				if g.bodies == nil {
					g.bodies = map[Hash]int64{}
				}
				g.bodies[m.st.Hash] = m.st.ID
			}
		}
		out.rows = append(out.rows, row)
	}
}

// keys lists the entries of the table of numbers that are new or change.
func (p *plan) keys(out *result, g *group) {
	for _, m := range g.live {
		if m.st.From != p.state {
			continue
		}
		for _, k := range m.keys {
			old, known := p.numbers[k]
			n := Number{Key: k, Right: g.id, Home: g.id}
			if known {
				n.Home = old.Home
			}
			if h, ok := p.homes[k]; ok {
				n.Home = h
			}
			if known && n == old {
				continue
			}
			if known && old.Right != n.Right {
				out.left = append(out.left, old)
			}
			if len(g.live) > 1 { // another statement may bear the key too
				p.numbers[k] = n
			}
			out.numbers = append(out.numbers, n)
		}
	}
}

// succession notes that a right became part of another one, or stands again.
func (p *plan) succession(out *result, g *group) {
	if g.merged != nil {
		if g.bodies != nil && g.stored > 0 {
			out.successions = append(out.successions, Succession{Right: g.id, Into: g.end().id, From: p.state})
		}
		return
	}
	if open := p.r.overrides.open(g.id); open != nil && len(g.live) > 0 {
		ended := *open
		ended.To = p.state
		out.successions = append(out.successions, ended)
	}
}

// look makes the views of what the plan touched and counts what changed.
func (p *plan) look(out *result) {
	for _, g := range p.touchedGroups() {
		after := p.view(g)
		switch {
		case after == nil && g.before == nil:
		case after == nil:
			out.gone = append(out.gone, g.id)
			if g.merged != nil {
				out.counts.Merged++
			}
		case g.before == nil:
			out.counts.Rights++
			out.views = append(out.views, after)
		case len(Changed(g.before, after)) > 0:
			out.counts.Changed++
			out.views = append(out.views, after)
		}
		if after != nil && len(after.Disputed) > 0 && (g.before == nil || len(g.before.Disputed) == 0) {
			out.counts.Disputed++
		}
	}
}

// write stores the result.
func (res *result) write(ctx context.Context, tx Tx, state int64) error {
	if err := tx.CloseStatements(ctx, res.closed, state); err != nil {
		return err
	}
	if err := tx.PutStatements(ctx, res.rows); err != nil {
		return err
	}
	if err := tx.PutNumbers(ctx, res.numbers); err != nil {
		return err
	}
	for _, n := range res.left {
		if err := tx.PutHolder(ctx, n.Key, n.Right); err != nil {
			return err
		}
	}
	for _, s := range res.successions {
		if err := tx.PutSuccession(ctx, s); err != nil {
			return err
		}
	}
	return nil
}
