// Package quality is the desk of doubts: what in the register a person has to
// decide, with its evidence, and what was decided.
//
// Doubts are derived from the standing statements alone: rejected entries, values
// that a flag marks, regions and holder types that nothing tells or that are told
// with little confidence, sources that disagree, parties that may be one. Like
// doubts lie together in a group, so that one decision settles them all, those
// loaded later among them. Decisions are rulings of the register, or decisions on
// parties; both are recorded, and taken back by another entry.
package quality

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
	"onewindow/internal/register"
)

// Kind is what sort of doubt a case is of.
type Kind string

// The kinds, in the order in which the desk shows them.
const (
	Conflict   Kind = Kind(register.DoubtConflict)
	Region     Kind = Kind(register.DoubtRegion)
	HolderType Kind = Kind(register.DoubtHolderType)
	Party      Kind = "party"
	Value      Kind = Kind(register.DoubtValue)
	Reject     Kind = Kind(register.DoubtReject)
)

// Kinds lists the kinds.
var Kinds = []Kind{Conflict, Region, HolderType, Party, Value, Reject}

// Config is what a desk works with.
type Config struct {
	Register   *register.Register
	Parties    *party.Parties
	Classifier *classify.Classifier
	Classify   func(*register.View) classify.Result
	Doubtful   func(classify.Evidence) bool
	Repaired   func(flag string) bool         // whether a flag tells of what was put right without doubt
	Known      func(field, value string) bool // whether there is a region or a holder type of that code
	Definition string                         // names the rules that classify: doubts of others are derived anew
	Dir        string                         // of what can always be derived again
	Log        *slog.Logger                   // slog.Default() when nil
}

// Desk follows a register. Its methods may be called from many goroutines.
type Desk struct {
	config  Config
	unwatch func()

	deciding sync.Mutex // one decision at a time

	mu     sync.RWMutex // over all below
	doubts index
	state  int64 // of the register, that the doubts are of
	at     time.Time
	saved  int64
	failed error

	rejects rejects
}

// Open reads what was derived before and lets it follow the register.
func Open(c Config) *Desk {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	d := &Desk{config: c, doubts: newIndex()}
	if err := d.read(); err != nil {
		c.Log.Warn("the desk of doubts is derived anew", "dir", c.Dir, "because", err)
		d.doubts, d.state, d.saved = newIndex(), 0, 0
	}
	d.unwatch = c.Register.Watch(d.state, d.take, func(err error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.failed = err
		c.Log.Error("the desk of doubts no longer follows the register", "error", err)
	})
	return d
}

// take brings the doubts of changed rights up to date.
func (d *Desk) take(c register.Commit) {
	found := make([][]found, len(c.Views))
	for i, v := range c.Views {
		found[i] = d.doubtsOf(v)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, id := range c.Gone {
		d.doubts.put(id, nil)
	}
	for i, v := range c.Views {
		d.doubts.put(v.ID, found[i])
	}
	d.state, d.at = c.State, c.At
}

// State returns the state of the register that the desk shows, and how many
// commits of the register it lags behind.
func (d *Desk) State() (state, behind int64) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.state, max(0, d.config.Register.State()-d.state)
}

// Sync returns when the desk shows everything up to a state of the register.
func (d *Desk) Sync(ctx context.Context, state int64) error {
	if err := d.config.Register.Seen(ctx, state); err != nil {
		return err
	}
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.failed != nil {
		return d.failed
	}
	if d.state < state {
		return ierr.New(ierr.Busy, "quality.behind", ierr.Args{"state": d.state, "whole": state})
	}
	return nil
}

// Close ends the following and keeps what was derived for the next time.
func (d *Desk) Close() error {
	d.unwatch()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.saved != d.state && d.failed == nil {
		d.save()
	}
	return nil
}
