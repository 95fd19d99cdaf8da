package register

import (
	"context"
	"slices"
	"time"

	"onewindow/internal/ierr"
)

// Version is a state in which what the register says of a right changed.
type Version struct {
	State  int64
	At     time.Time
	Act    Act
	Load   int64   // the load, or the undone one; 0 if it was neither
	Gone   bool    // nothing stood any more
	Fields []Field // what changed against the version before
}

// History lists the versions of a right under its id, oldest first. A version
// that was only said again by another file is none.
func (r *Register) History(ctx context.Context, id int64) ([]Version, error) {
	known := r.State()
	var rows []Statement
	bounds := map[int64]struct{}{}
	var keys []string
	err := r.store.Statements(ctx, []int64{id}, 0, func(row *Row) error {
		f, err := r.files.get(row.File)
		if err != nil {
			return err
		}
		s, err := statement(row, f)
		if err != nil {
			return err
		}
		rows = append(rows, s)
		keys = append(keys, s.keys...)
		for _, n := range []int64{s.From, s.To, f.Undone} {
			bounds[n] = struct{}{}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, ierr.New(ierr.NotFound, "register.right_unknown", ierr.Args{"id": id})
	}
	r.overrides.bounds(id, bounds)
	r.rulings.bounds(keys, bounds)
	var out []Version
	var before *View
	for _, n := range sortedKeys(bounds) {
		if n < rows[0].From || n > known || n == 0 {
			continue
		}
		after := r.replay(id, rows, n)
		fields := Changed(before, after)
		if len(fields) == 0 || before == nil && after == nil {
			continue
		}
		s, err := r.StateInfo(ctx, n)
		if err != nil {
			return nil, err
		}
		out = append(out, Version{State: n, At: s.At, Act: s.Act, Load: s.Load, Gone: after == nil, Fields: fields})
		before = after
	}
	return out, nil
}

// replay makes the view of a state from all statements that a right ever had.
func (r *Register) replay(id int64, all []Statement, known int64) *View {
	st := slices.DeleteFunc(slices.Clone(all), func(s Statement) bool {
		return !holds(s.From, s.To, known) || !s.File.visible(known)
	})
	v := merge(id, st, 0, judge{&r.rulings, known})
	if v != nil {
		r.attach(v, known)
	}
	return v
}

// bounds adds the states in which the overrides of a right changed.
func (t *overrideTable) bounds(id int64, to map[int64]struct{}) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	rights := []int64{id}
	for i := 0; i < len(rights); i++ {
		for _, o := range t.by[rights[i]] {
			to[o.From], to[o.To] = struct{}{}, struct{}{}
		}
		for _, s := range t.into[rights[i]] {
			to[s.From], to[s.To] = struct{}{}, struct{}{}
			if !slices.Contains(rights, s.Right) {
				rights = append(rights, s.Right)
			}
		}
	}
}
