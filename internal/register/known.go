package register

import (
	"context"
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// ResolveKnown reads what people write for a state of knowledge: "state 17",
// "load 3", which is the last state of that load, or a day, which is the last
// state by the end of that day in the region's zone. Nothing means now, 0. A
// day before the register was made resolves to state 1, the empty register.
// Errors: Invalid, and NotFound for a state or a load that there is not.
func (r *Register) ResolveKnown(ctx context.Context, s string) (int64, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if s == "" {
		return 0, nil
	}
	if n, ok := numbered(s, "state"); ok {
		if n < 1 || n > r.State() {
			return 0, ierr.New(ierr.NotFound, "register.state_unknown", ierr.Args{"state": n, "last": r.State()})
		}
		return n, nil
	}
	if n, ok := numbered(s, "load"); ok {
		l, err := r.LoadInfo(ctx, n)
		if err != nil {
			return 0, err
		}
		return l.Last, nil
	}
	d, err := date.Parse(s)
	if err != nil {
		return 0, ierr.New(ierr.Invalid, "register.known_invalid", ierr.Args{"known": s})
	}
	n, err := r.store.StateBefore(ctx, d.EndOf(r.zone))
	return max(n, 1), err
}

// numbered reads "word 17", "word:17" and "word17".
func numbered(s, word string) (int64, bool) {
	rest, ok := strings.CutPrefix(s, word)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.TrimLeft(rest, " :-"), 10, 64)
	return n, err == nil && n >= 0
}

// StateInfo returns a state without its rights. NotFound if there is none.
func (r *Register) StateInfo(ctx context.Context, id int64) (*State, error) {
	s, err := r.store.State(ctx, id)
	if err == nil && s == nil {
		err = ierr.New(ierr.NotFound, "register.state_unknown", ierr.Args{"state": id, "last": r.State()})
	}
	return s, err
}
