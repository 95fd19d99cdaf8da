package register

import (
	"context"
	"slices"

	"onewindow/internal/ierr"
)

// Undo takes a load back, in one commit: what its files state is closed, and
// rights that only they held together fall apart again, under the ids that
// they had before where there are such. Everything stays readable as it was
// known before, and the files can be loaded again. A load that was interrupted
// can be undone as well. Conflict when it is undone already.
func (r *Register) Undo(ctx context.Context, load int64, by string) (*LoadInfo, error) {
	release, err := r.begin()
	if err != nil {
		return nil, err
	}
	defer release()
	l, err := r.LoadInfo(ctx, load)
	if err != nil {
		return nil, err
	}
	if l.Undone != 0 {
		return nil, ierr.New(ierr.Conflict, "register.load_undone", ierr.Args{"load": load})
	}
	if l.Status == Held || l.Status == Refused {
		return nil, ierr.New(ierr.Conflict, "register.load_not_in", ierr.Args{"load": load, "status": string(l.Status)})
	}
	files, err := r.store.Files(ctx, load)
	if err != nil {
		return nil, err
	}
	gone, left, err := r.affected(ctx, files)
	if err != nil {
		return nil, err
	}
	err = r.commit(ctx, ActUndo, load, func(tx Tx, c *change) error {
		return r.undo(ctx, tx, c, l, files, gone, left, by)
	})
	if err != nil {
		return nil, err
	}
	return r.LoadInfo(ctx, load)
}

// affected returns the rights that stand on some files alone, and those that
// stand on others as well. Only loads and undoings change that, and one of
// them is under way.
func (r *Register) affected(ctx context.Context, files []File) (gone, left []int64, err error) {
	known := r.State()
	rights := map[int64]struct{}{}
	mine := map[int64]bool{}
	for _, f := range files {
		mine[f.ID] = true
		err := r.store.FileRights(ctx, f.ID, func(id int64) error {
			rights[id] = struct{}{}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	ids := sortedKeys(rights)
	for chunk := range slices.Chunk(ids, chunkRights) {
		stands, stays := map[int64]bool{}, map[int64]bool{}
		err := r.store.Statements(ctx, chunk, known, func(row *Row) error {
			f, err := r.files.get(row.File)
			switch {
			case err != nil:
				return err
			case mine[f.ID]:
				stands[RightOf(row.ID)] = true
			case f.visible(known):
				stays[RightOf(row.ID)] = true
			}
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
		for _, id := range chunk {
			switch {
			case stands[id] && stays[id]:
				left = append(left, id)
			case stands[id]:
				gone = append(gone, id)
			}
		}
	}
	return gone, left, nil
}

// undo writes the undoing of a load.
func (r *Register) undo(ctx context.Context, tx Tx, c *change, l *LoadInfo, files []File, gone, left []int64, by string) error {
	l.Status, l.Undone = Undone, c.state
	if l.Finished.IsZero() {
		l.Finished = r.now()
	}
	if _, err := tx.PutLoad(ctx, *l); err != nil {
		return err
	}
	c.files = nil
	for _, f := range files {
		f.Status, f.Undone = Undone, c.state
		if _, err := tx.PutFile(ctx, f); err != nil {
			return err
		}
		c.files = append(c.files, f)
	}
	if err := r.undeclare(ctx, tx, c, l, by); err != nil {
		return err
	}
	p := newPlan(r, c.state, c.right)
	if err := p.readRights(ctx, tx, left); err != nil {
		return err
	}
	if err := p.remove(ctx, tx, l.ID, left); err != nil {
		return err
	}
	res, err := p.settle(ctx, tx)
	if err != nil {
		return err
	}
	p.look(res)
	if err := res.write(ctx, tx, c.state); err != nil {
		return err
	}
	c.views, c.right, c.successions = res.views, p.right, res.successions
	c.gone = append(slices.Clone(gone), res.gone...)
	return appendLeaf(ctx, tx, "register.undo", c.state, map[string]any{"load": l.ID, "by": by, "gone": len(c.gone), "changed": len(c.views)})
}

// remove takes the statements of a load out of some rights and lets each fall
// apart into what is still connected.
func (p *plan) remove(ctx context.Context, tx Reader, load int64, rights []int64) error {
	var keys []string
	for _, id := range rights {
		g := p.groups[id]
		g.touched = true
		g.live = slices.DeleteFunc(g.live, func(m *member) bool {
			for _, k := range m.keys {
				delete(p.owner, k)
			}
			return m.st.File.Load == load
		})
		for _, m := range g.live {
			keys = append(keys, m.keys...)
		}
	}
	slices.Sort(keys)
	if err := p.read(ctx, tx, slices.Compact(keys)); err != nil {
		return err
	}
	for _, id := range rights {
		p.split(p.groups[id])
	}
	return nil
}

// split gives each connected part of a right a right of its own: the one that
// its keys call home, where that is free. The right itself stays with a part
// that calls it home, else with the first part that has no other.
func (p *plan) split(g *group) {
	parts := components(g.live)
	g.live = nil
	var homeless [][]*member
	kept := false
	for _, part := range parts {
		if !kept && p.callsHome(part, g.id) {
			kept = true
			p.settleIn(g, part)
			continue
		}
		homeless = append(homeless, part)
	}
	for _, part := range homeless {
		p.settleIn(p.home(part, g, &kept), part)
	}
}

// home returns the right that a part of g goes to.
func (p *plan) home(part []*member, g *group, kept *bool) *group {
	var keys []string
	for _, m := range part {
		keys = append(keys, m.keys...)
	}
	if !*kept && !p.hasFreeHome(keys) {
		*kept = true
		return g
	}
	return p.free(keys)
}

func (p *plan) hasFreeHome(keys []string) bool {
	for _, k := range keys {
		if g := p.groups[p.homeOf(k)]; g != nil && len(g.live) == 0 && g.merged == nil {
			return true
		}
	}
	return false
}

// homeOf returns the right that a key calls home, 0 if it is new.
func (p *plan) homeOf(key string) int64 {
	if h, ok := p.homes[key]; ok {
		return h
	}
	return p.numbers[key].Home
}

func (p *plan) callsHome(part []*member, right int64) bool {
	for _, m := range part {
		for _, k := range m.keys {
			if p.homeOf(k) == right {
				return true
			}
		}
	}
	return false
}

// settleIn makes some members the standing statements of a right.
func (p *plan) settleIn(g *group, part []*member) {
	g.touched = true
	g.live = part
	for _, m := range part {
		for _, k := range m.keys {
			p.owner[k] = g
		}
	}
}

// components returns the parts of some statements that their keys connect, in
// the order of their first statements.
func components(members []*member) [][]*member {
	part := map[string]int{} // by key
	var parts [][]*member
	for _, m := range members {
		into := -1
		for _, k := range m.keys {
			i, ok := part[k]
			if !ok || i == into {
				continue
			}
			if into < 0 {
				into = i
				continue
			}
			low, high := min(into, i), max(into, i)
			parts[low] = append(parts[low], parts[high]...)
			for _, o := range parts[high] {
				for _, k := range o.keys {
					part[k] = low
				}
			}
			parts[high], into = nil, low
		}
		if into < 0 {
			into = len(parts)
			parts = append(parts, nil)
		}
		parts[into] = append(parts[into], m)
		for _, k := range m.keys {
			part[k] = into
		}
	}
	return slices.DeleteFunc(parts, func(p []*member) bool { return len(p) == 0 })
}
