package reconcile

import (
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/find"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/official"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// Config is what a desk works with.
type Config struct {
	Store      official.Store
	Register   *register.Register
	Finder     *find.Finder
	Classifier Classifier
	Pack       *region.Pack
	Lives      *lifecycle.Rules
	Words      *official.Words
	Sample     bool // the records are invented
	Now        func() time.Time
	Log        *slog.Logger
}

// Desk keeps official tables and lays them beside the own count. Its methods may be
// called from many goroutines.
type Desk struct {
	Config
	turn chan struct{} // one table is counted at a time

	mu      sync.Mutex
	waiting int
	kept    []keptSheet // last used last
}

type keptSheet struct {
	id       string
	revision int
	at       register.AsOf
	sheet    *Sheet
}

// Limits of counting: each count reads every right that a table may hold.
const (
	maxKept    = 4
	maxWaiting = 4
)

// New makes a desk.
func New(c Config) *Desk { return &Desk{Config: c, turn: make(chan struct{}, 1)} }

// maxAuthor bounds the name of who adds a table, in bytes.
const maxAuthor = 200

// Add reads a table and keeps it: as a new one, or as a further revision of the one
// with its id. The same bytes under the same head are no new revision: a Conflict.
func (d *Desk) Add(ctx context.Context, name string, file []byte, h official.Head, by string) (*official.Table, error) {
	if by == "" || len(by) > maxAuthor {
		return nil, ierr.New(ierr.Invalid, "reconcile.author", ierr.Args{"limit": maxAuthor})
	}
	for _, id := range h.Rules {
		if ruleNamed(id) == nil {
			return nil, ierr.New(ierr.Invalid, "reconcile.rule", ierr.Args{"rule": id, "known": strings.Join(RuleIDs(), ", ")})
		}
	}
	t, err := official.Read(name, file, h, d.Words)
	if err != nil {
		return nil, err
	}
	last, err := d.Store.Table(ctx, h.ID, 0)
	if err != nil {
		return nil, err
	}
	if last != nil && same(last, t) {
		return nil, ierr.New(ierr.Conflict, "reconcile.same", ierr.Args{"id": h.ID, "revision": last.Revision})
	}
	t.Added, t.By = d.Now(), by
	t.Revision, err = d.Store.PutTable(ctx, t, func(revision int) (audit.Leaf, error) {
		return audit.New("reconcile.add", d.Register.State(), map[string]any{
			"table": t.ID, "revision": revision, "file": t.File, "sha256": t.SHA256, "cells": len(t.Cells), "by": by,
		})
	})
	return t, err
}

// same tells whether two tables say the same.
func same(a, b *official.Table) bool {
	x, errX := audit.Canonical(a)
	y, errY := audit.Canonical(b)
	return errX == nil && errY == nil && string(x) == string(y)
}

// Tables lists the tables with their latest revision, without cells.
func (d *Desk) Tables(ctx context.Context) ([]official.Table, error) { return d.Store.Tables(ctx) }

// Table returns a revision of a table, the latest for 0. NotFound if there is none.
func (d *Desk) Table(ctx context.Context, id string, revision int) (*official.Table, error) {
	t, err := d.Store.Table(ctx, id, revision)
	if err == nil && t == nil {
		err = ierr.New(ierr.NotFound, "reconcile.unknown", ierr.Args{"id": id})
	}
	return t, err
}

// Sheet lays a revision of a table beside the own count, of the present or as of
// another time. What was counted lately is kept. Busy when too many wait.
func (d *Desk) Sheet(ctx context.Context, id string, revision int, at register.AsOf) (*Sheet, error) {
	t, err := d.Table(ctx, id, revision)
	if err != nil {
		return nil, err
	}
	if err := d.wait(ctx); err != nil {
		return nil, err
	}
	defer func() { <-d.turn }()
	state, behind := d.Finder.State()
	known := at
	if known.Known == 0 {
		known.Known = state
	}
	if s := d.lately(t, known); s != nil {
		fresh := *s
		if fresh.Behind = 0; at.Known == 0 {
			fresh.Behind = behind
		}
		return &fresh, nil
	}
	s, err := d.explain(ctx, t, at)
	if err == nil {
		d.keep(t, s)
	}
	return s, err
}

// wait takes the turn to count.
func (d *Desk) wait(ctx context.Context) error {
	d.mu.Lock()
	if d.waiting >= maxWaiting {
		d.mu.Unlock()
		return ierr.New(ierr.Busy, "reconcile.busy", nil)
	}
	d.waiting++
	d.mu.Unlock()
	defer func() { d.mu.Lock(); d.waiting--; d.mu.Unlock() }()
	select {
	case d.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (d *Desk) lately(t *official.Table, at register.AsOf) *Sheet {
	for i, k := range d.kept {
		if k.id == t.ID && k.revision == t.Revision && k.at == at {
			d.kept = append(append(d.kept[:i:i], d.kept[i+1:]...), k)
			return k.sheet
		}
	}
	return nil
}

func (d *Desk) keep(t *official.Table, s *Sheet) {
	d.kept = append(d.kept, keptSheet{t.ID, t.Revision, s.At, s})
	if len(d.kept) > maxKept {
		d.kept = d.kept[1:]
	}
}
