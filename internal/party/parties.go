// Package party tells which names across all registers are one enterprise,
// university, government body or person.
//
// Parties are derived from the standing statements of the register by rules that
// are data, each with its evidence and confidence, and by what people decided:
// see resolve. They depend on nothing else, so that loads in another order, or
// undone and repeated, give the same parties. Decisions name names, not numbers,
// and so survive all of that.
package party

import (
	"context"
	"io/fs"
	"log/slog"
	"sync"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// Parties follows a register. Its methods may be called from many goroutines.
type Parties struct {
	namer    *Namer
	register *register.Register
	store    Store
	config   Config
	stop     []func()
	resting  sync.WaitGroup

	deciding sync.Mutex // one decision at a time

	mu        sync.RWMutex // over all below
	table     *table
	state     int64 // of the register, that the table is of
	at        time.Time
	taken     time.Time // when the table last changed
	saved     int64     // state of the file
	savedAt   time.Time
	decisions []Decision
	failed    error

	wovenAt  int64 // state that the edges are of
	woven    woven
	resolved *resolution
	cost     time.Duration // of the last weaving
	rested   time.Time     // when what changed was last resolved after a lull
}

// Config is what parties are opened with.
type Config struct {
	Register   *register.Register
	Store      Store
	Dir        string // of what can always be derived again
	Defs       fs.FS
	Pack       *region.Pack
	Classifier *classify.Classifier
	Now        func() time.Time // time.Now when nil
	Log        *slog.Logger     // slog.Default() when nil
}

// When what changed is resolved again: after a lull. What takes no longer than
// soon is done when somebody asks. Loads wait meanwhile, and between their commits
// lulls are; so what takes long waits for a longer lull, or until long ago.
const (
	lull      = time.Second
	longLull  = 2  // times as long as the resolving takes
	longAgo   = 20 // times as long, since the last time
	soon      = 300 * time.Millisecond
	saveEvery = 10 * time.Minute
)

// unsaved is the state of a file that lacks something.
const unsaved = -1

// Open reads what was derived before and lets it follow the register.
func Open(c Config) (*Parties, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	namer, err := NewNamer(c.Defs, c.Pack, c.Classifier)
	if err != nil {
		return nil, err
	}
	p := &Parties{namer: namer, register: c.Register, store: c.Store, config: c, table: newTable(namer)}
	if p.decisions, err = c.Store.Decisions(context.Background()); err != nil {
		return nil, err
	}
	if err := p.read(); err != nil {
		p.config.Log.Warn("the parties are derived anew", "dir", c.Dir, "because", err)
		p.table, p.woven, p.wovenAt, p.state = newTable(namer), woven{}, 0, 0
	}
	p.savedAt = time.Now()
	p.follow()
	return p, nil
}

// Namer returns what tells which names count with their place.
func (p *Parties) Namer() *Namer { return p.namer }

func (p *Parties) follow() {
	p.stop = append(p.stop, p.register.Watch(p.state, p.take, func(err error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.failed = err
		p.config.Log.Error("the parties no longer follow the register", "error", err)
	}))
	end := make(chan struct{})
	p.stop = append(p.stop, func() { close(end) })
	p.resting.Go(func() {
		t := time.NewTicker(lull / 2)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				p.rest()
			case <-end:
				return
			}
		}
	})
}

func (p *Parties) take(c register.Commit) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.table.take(c)
	p.state, p.at, p.taken = c.State, c.At, time.Now()
}

// rest resolves what changed when nothing came for a lull, and saves it.
func (p *Parties) rest() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.wovenAt != p.state && due(time.Since(p.taken), time.Since(p.rested), p.cost) {
		p.refresh()
		p.rested = time.Now()
	}
	if p.saved != p.state && time.Since(p.savedAt) >= saveEvery {
		p.save()
	}
}

// due tells whether what changed is to be resolved when nothing came for idle, and
// the last time was so long ago and took cost.
func due(idle, ago, cost time.Duration) bool {
	return idle >= lull && (idle >= longLull*cost || ago >= longAgo*cost)
}

// refresh resolves anew. p.mu is held.
func (p *Parties) refresh() {
	start := time.Now()
	if p.wovenAt != p.state {
		p.woven.weave(p.table)
		p.wovenAt, p.saved = p.state, unsaved
	}
	p.resolved = resolve(p.table, &p.woven, p.decisions)
	p.cost = time.Since(start)
}

// look returns what is resolved, with p.mu held for reading until leave.
func (p *Parties) look() (r *resolution, leave func()) {
	p.mu.RLock()
	if p.resolved != nil && (p.wovenAt == p.state || p.cost > soon) {
		return p.resolved, p.mu.RUnlock
	}
	p.mu.RUnlock()
	p.mu.Lock()
	if p.resolved == nil || p.wovenAt != p.state {
		p.refresh()
	}
	r = p.resolved
	p.mu.Unlock()
	p.mu.RLock()
	return r, p.mu.RUnlock
}

// Count returns how many parties there are.
func (p *Parties) Count() int {
	r, leave := p.look()
	defer leave()
	return len(r.all)
}

// State returns the state of the register that parties are resolved of, and how
// many commits of the register that lags behind.
func (p *Parties) State() (state, behind int64) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	state = p.wovenAt
	return state, max(0, p.register.State()-state)
}

// Sync returns when everything up to a state of the register is resolved.
func (p *Parties) Sync(ctx context.Context, state int64) error {
	if err := p.register.Seen(ctx, state); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed != nil {
		return p.failed
	}
	if p.state < state {
		return ierr.New(ierr.Busy, "party.behind", ierr.Args{"state": p.state, "whole": state})
	}
	if p.wovenAt != p.state {
		p.refresh()
	}
	return nil
}

// Close ends the following and keeps what was derived for the next time. Closing
// again does nothing.
func (p *Parties) Close() error {
	for _, stop := range p.stop {
		stop()
	}
	p.stop = nil
	p.resting.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.saved != p.state && p.failed == nil {
		p.save()
	}
	return nil
}
