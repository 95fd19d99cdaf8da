// Package register keeps what official sources say of rights: every statement
// with the file and place that it came from, in two times.
//
// What held in law is the day of publication (AsOf.On); what this register
// knew is a state (AsOf.Known), the number of a commit. Statements are never
// changed and never deleted: a load adds them, its undoing closes them, and
// every state that ever was can be read again. A right is all statements that
// are connected by their numbers, and its View a pure function of them, so
// that the current view depends on the set of loaded files alone.
package register

import (
	"cmp"
	"context"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
)

// Register is an open register. Its methods may be called from many
// goroutines; what they return belongs to the caller, but for Files, which are
// shared and must not be changed.
type Register struct {
	store Store
	now   func() time.Time
	zone  *time.Location
	log   *slog.Logger

	state   atomic.Int64  // last durable state
	right   int64         // highest right id given out; belongs to whoever writes
	turns   chan struct{} // holds a token while a commit is under way
	loading chan struct{} // holds a token while a load or an undoing is under way

	files        fileTable
	overrides    overrideTable
	declarations declarationTable
	rulings      rulingTable
	steward      Steward
	feed         dispatcher
}

// Options are what a register is given from outside.
type Options struct {
	Now     func() time.Time // the clock; time.Now when nil
	Zone    *time.Location   // the region's zone, which decides when a day ends; UTC when nil
	Log     *slog.Logger     // slog.Default() when nil
	Steward Steward          // knows the sources of files and what is expected of them; nil: nothing is
}

// AsOf says in which of the two times a right is looked at. The zero AsOf is
// everything that is known now.
type AsOf struct {
	On    date.Date // only documents published by the end of that day
	Known int64     // only what state Known said; 0 is the last state
}

// Open opens the register in store. An empty store becomes the empty register,
// state 1.
func Open(ctx context.Context, store Store, o Options) (*Register, error) {
	r := &Register{
		store: store, now: o.Now, zone: o.Zone, log: o.Log, steward: o.Steward,
		turns: make(chan struct{}, 1), loading: make(chan struct{}, 1),
	}
	if r.now == nil {
		r.now = time.Now
	}
	if r.zone == nil {
		r.zone = time.UTC
	}
	if r.log == nil {
		r.log = slog.Default()
	}
	state, right, err := store.Last(ctx)
	if err != nil {
		return nil, err
	}
	r.right = right
	if state == 0 {
		if state, err = r.create(ctx); err != nil {
			return nil, err
		}
	}
	r.state.Store(state)
	if err := r.files.load(ctx, store); err != nil {
		return nil, err
	}
	if err := r.overrides.load(ctx, store); err != nil {
		return nil, err
	}
	if err := r.declarations.load(ctx, store); err != nil {
		return nil, err
	}
	if err := r.rulings.load(ctx, store); err != nil {
		return nil, err
	}
	r.feed.start(r)
	return r, nil
}

// create writes state 1.
func (r *Register) create(ctx context.Context) (int64, error) {
	err := r.store.Write(ctx, func(tx Tx) error {
		return tx.PutState(ctx, State{ID: 1, At: r.now(), Act: ActCreated}, 0)
	})
	return 1, err
}

// Close ends the calls to watchers. The store stays open.
func (r *Register) Close() { r.feed.stop() }

// State returns the last state. It is durable, and every read sees it.
func (r *Register) State() int64 { return r.state.Load() }

// Zone returns the region's zone.
func (r *Register) Zone() *time.Location { return r.zone }

// Today returns the day that it is by the register's clock in the region's zone.
func (r *Register) Today() date.Date { return date.OfTime(r.now().In(r.zone)) }

// known returns the state that a reader means.
func (r *Register) known(state int64) int64 {
	if state <= 0 {
		return r.State()
	}
	return state
}

// cancelled is the error of an act that somebody stopped.
func cancelled(ctx context.Context) error {
	return ierr.Wrap(context.Cause(ctx), ierr.Cancelled, "register.cancelled", nil)
}

// closed is the error of an act on a register that is closing.
func closed() error { return ierr.New(ierr.Busy, "register.closing", nil) }

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K {
	return slices.Sorted(maps.Keys(m))
}
