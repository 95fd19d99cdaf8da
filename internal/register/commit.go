package register

import (
	"context"
	"slices"
	"time"

	"onewindow/internal/audit"
)

// Commit is what a state changed, as watchers see it.
type Commit struct {
	State int64
	At    time.Time
	Act   Act
	Load  int64
	Views []*View // rights that are new or changed, as they are in State; not to be changed
	Gone  []int64 // rights of which nothing stands any more, ascending
}

// change gathers what a commit does, for the tables in memory and for
// watchers, which learn of it once it is durable.
type change struct {
	state int64
	right int64 // highest right id given out, with those that this commit gives

	views        []*View
	gone         []int64
	files        []File
	overrides    []Override
	declarations []Declaration
	successions  []Succession
}

// rights returns the rights that a change concerns, ascending.
func (c *change) rights() []int64 {
	out := make([]int64, 0, len(c.views)+len(c.gone))
	for _, v := range c.views {
		out = append(out, v.ID)
	}
	out = append(out, c.gone...)
	slices.Sort(out)
	return slices.Compact(out)
}

// commit runs fn in a transaction that makes the next state, and tells
// watchers when it is durable. Commits are made one after the other, in the
// order in which they were asked for.
func (r *Register) commit(ctx context.Context, act Act, load int64, fn func(Tx, *change) error) error {
	release, err := r.turn(ctx)
	if err != nil {
		return err
	}
	defer release()
	c := &change{state: r.State() + 1, right: r.right}
	s := State{ID: c.state, At: r.now(), Act: act, Load: load}
	err = r.store.Write(ctx, func(tx Tx) error {
		if err := fn(tx, c); err != nil {
			return err
		}
		s.Rights = c.rights()
		return tx.PutState(ctx, s, c.right)
	})
	if err != nil {
		return err
	}
	r.right = c.right
	r.files.put(c.files...)
	r.overrides.put(c.overrides, c.successions)
	r.declarations.put(c.declarations...)
	for _, v := range c.views {
		r.attach(v, c.state)
	}
	slices.Sort(c.gone)
	r.feed.publish(Commit{State: c.state, At: s.At, Act: act, Load: load, Views: c.views, Gone: c.gone})
	return nil
}

// turn waits until no other commit is under way.
func (r *Register) turn(ctx context.Context) (release func(), err error) {
	select {
	case r.turns <- struct{}{}:
		return func() { <-r.turns }, nil
	case <-ctx.Done():
		return nil, cancelled(ctx)
	}
}

// appendLeaf writes a payload for the audit log within tx.
func appendLeaf(ctx context.Context, tx Tx, kind string, state int64, payload map[string]any) error {
	leaf, err := audit.New(kind, state, payload)
	if err != nil {
		return err
	}
	return tx.Append(ctx, leaf)
}
