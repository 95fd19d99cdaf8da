package register

import (
	"context"
	"slices"
	"strings"
	"sync"

	"onewindow/internal/ierr"
)

// OverrideFields are the fields of the classification that an officer may
// override, as the query language names them.
var OverrideFields = []string{"region", "holder-type", "field"}

// overrideTable holds all overrides and all successions: both are few, and
// every view is checked against them.
type overrideTable struct {
	mu   sync.RWMutex
	by   map[int64][]Override   // by right
	into map[int64][]Succession // by the right that took another in
	from map[int64][]Succession // by the right that was taken in
}

func (t *overrideTable) load(ctx context.Context, store Reader) error {
	overrides, err := store.Overrides(ctx)
	if err != nil {
		return err
	}
	successions, err := store.Successions(ctx)
	if err != nil {
		return err
	}
	t.by, t.into, t.from = map[int64][]Override{}, map[int64][]Succession{}, map[int64][]Succession{}
	t.put(overrides, successions)
	return nil
}

// put adds overrides and successions, replacing those that are known already.
func (t *overrideTable) put(overrides []Override, successions []Succession) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, o := range overrides {
		t.by[o.Right] = replace(t.by[o.Right], o, func(x Override) bool { return x.ID == o.ID })
	}
	for _, s := range successions {
		same := func(x Succession) bool { return x.Right == s.Right && x.From == s.From }
		t.into[s.Into] = replace(t.into[s.Into], s, same)
		t.from[s.Right] = replace(t.from[s.Right], s, same)
	}
}

// replace returns a copy of list in which v stands for the element that is the
// same, or is added.
func replace[T any](list []T, v T, same func(T) bool) []T {
	list = slices.Clone(list)
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = v
		return list
	}
	return append(list, v)
}

func holds(from, to, known int64) bool { return from <= known && (to == 0 || to > known) }

// successor returns the right that id was part of in a state, 0 if none.
func (t *overrideTable) successor(id, known int64) int64 {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, s := range t.from[id] {
		if holds(s.From, s.To, known) {
			return s.Into
		}
	}
	return 0
}

// open returns the succession that lasts for a right, nil if there is none.
func (t *overrideTable) open(id int64) *Succession {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, s := range t.from[id] {
		if s.To == 0 {
			return &s
		}
	}
	return nil
}

// of returns the overrides that hold for a right in a state, one for each
// field: its own and those of the rights that it took in, the latest winning.
func (t *overrideTable) of(id, known int64) []Override {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if len(t.by) == 0 {
		return nil
	}
	var out []Override
	rights := []int64{id}
	for i := 0; i < len(rights); i++ {
		for _, o := range t.by[rights[i]] {
			if !holds(o.From, o.To, known) {
				continue
			}
			k := slices.IndexFunc(out, func(x Override) bool { return x.Field == o.Field })
			if k < 0 {
				out = append(out, o)
			} else if out[k].From < o.From {
				out[k] = o
			}
		}
		for _, s := range t.into[rights[i]] {
			if holds(s.From, s.To, known) && !slices.Contains(rights, s.Right) {
				rights = append(rights, s.Right)
			}
		}
	}
	slices.SortFunc(out, func(a, b Override) int { return strings.Compare(a.Field, b.Field) })
	return out
}

// attach gives a view what the office decided of it as of a state.
func (r *Register) attach(v *View, known int64) {
	v.Overrides = r.overrides.of(v.ID, known)
	judge{&r.rulings, known}.rule(v)
}

// maxReason bounds the texts of an override, in bytes.
const maxReason = 2000

// SetOverride stores what an officer decided about a right: Right, Field, one
// of OverrideFields, Value, Reason and By are taken from o. An override of the
// same field that holds already is replaced. It belongs to the right itself and
// so survives undoing and loading again. Returned is the override as stored.
func (r *Register) SetOverride(ctx context.Context, o Override) (Override, error) {
	if !slices.Contains(OverrideFields, o.Field) {
		return o, ierr.New(ierr.Invalid, "register.override_field", ierr.Args{"field": o.Field, "fields": strings.Join(OverrideFields, ", ")})
	}
	if o.Value == "" || len(o.Value) > maxReason || o.Reason == "" || len(o.Reason) > maxReason || o.By == "" {
		return o, ierr.New(ierr.Invalid, "register.override_incomplete", ierr.Args{"limit": maxReason})
	}
	o.ID, o.To = 0, 0
	return r.override(ctx, ActOverride, o)
}

// WithdrawOverride ends the override of a field of a right. NotFound when none
// holds.
func (r *Register) WithdrawOverride(ctx context.Context, right int64, field, reason, by string) (Override, error) {
	if reason == "" || len(reason) > maxReason || by == "" {
		return Override{}, ierr.New(ierr.Invalid, "register.override_incomplete", ierr.Args{"limit": maxReason})
	}
	return r.override(ctx, ActWithdrawal, Override{Right: right, Field: field, Reason: reason, By: by})
}

// override commits a new override or the end of one.
func (r *Register) override(ctx context.Context, act Act, o Override) (Override, error) {
	var out Override
	err := r.commit(ctx, act, 0, func(tx Tx, c *change) error {
		v, err := r.ByID(ctx, o.Right, AsOf{})
		if err != nil {
			return err
		}
		o.Right = v.ID
		if err := r.endOverride(ctx, tx, c, v, o.Field); err != nil {
			return err
		}
		if act == ActOverride {
			o.From = c.state
			if o.ID, err = tx.PutOverride(ctx, o); err != nil {
				return err
			}
			c.overrides = append(c.overrides, o)
		}
		if len(c.overrides) == 0 {
			return ierr.New(ierr.NotFound, "register.override_unknown", ierr.Args{"field": o.Field})
		}
		out = c.overrides[len(c.overrides)-1]
		c.views = append(c.views, v)
		return appendLeaf(ctx, tx, "register."+string(act), c.state, map[string]any{
			"right": o.Right, "key": v.Key, "field": o.Field, "value": o.Value, "reason": o.Reason, "by": o.By,
		})
	})
	return out, err
}

// endOverride closes the override of a field that holds for a view, if any.
func (r *Register) endOverride(ctx context.Context, tx Tx, c *change, v *View, field string) error {
	own := r.overrides.of(v.ID, c.state-1) // a ruling may stand before it
	at := slices.IndexFunc(own, func(o Override) bool { return o.Field == field })
	if at < 0 {
		return nil
	}
	ended := own[at]
	ended.To = c.state
	if _, err := tx.PutOverride(ctx, ended); err != nil {
		return err
	}
	c.overrides = append(c.overrides, ended)
	return nil
}
