package find

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// pastShelves keeps the last few shelves of earlier times, since people who ask
// about one ask again. They know keys and columns, but no words.
//
// A shelf takes memory and time like the present one, and anybody may ask for
// any day: they are built one after the other, and a queue that grows too long
// is refused.
type pastShelves struct {
	dir  string
	turn sync.Mutex // held while a shelf is built

	mu     sync.Mutex
	next   int
	queued int          // shelves that are being built or wait to be
	kept   []*pastShelf // last used last
}

// Limits of shelves of earlier times.
const (
	maxPast   = 2 // kept
	maxQueued = 4 // being built or waiting to be
)

type pastShelf struct {
	at    register.AsOf
	shelf *shelf
	dir   string
	users int
	gone  bool
	built chan struct{}
	err   error
}

func (p *pastShelves) init(dir string) { p.dir = dir }

// get returns the shelf of a time, made at the first call; leave gives it back.
func (p *pastShelves) get(ctx context.Context, f *Finder, at register.AsOf) (*shelf, func(), error) {
	if at.Known == 0 {
		at.Known = f.register.State()
	}
	s, build, err := p.use(at)
	if err != nil {
		return nil, nil, err
	}
	leave := func() { p.leave(s) }
	if build {
		// Whoever else waits for it, or asks next, wants it too.
		p.turn.Lock()
		s.shelf, s.err = p.build(context.WithoutCancel(ctx), f, s)
		p.turn.Unlock()
		p.built(s)
	}
	select {
	case <-s.built:
	case <-ctx.Done():
		leave()
		return nil, nil, ctx.Err()
	}
	if s.err != nil {
		leave()
		return nil, nil, s.err
	}
	return s.shelf, leave, nil
}

// use finds or adds a shelf and counts its user; build tells that the caller has
// to build it. Busy where too many wait to be built.
func (p *pastShelves) use(at register.AsOf) (s *pastShelf, build bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, k := range p.kept {
		if k.at == at {
			p.kept = append(append(p.kept[:i:i], p.kept[i+1:]...), k)
			k.users++
			return k, false, nil
		}
	}
	if p.queued == maxQueued {
		return nil, false, ierr.New(ierr.Busy, "find.past_busy", nil)
	}
	p.queued++
	p.next++
	s = &pastShelf{at: at, users: 1, dir: filepath.Join(p.dir, fmt.Sprint(p.next)), built: make(chan struct{})}
	p.kept = append(p.kept, s)
	if len(p.kept) > maxPast {
		p.drop(0)
	}
	return s, true, nil
}

// built lets a shelf's users go on.
func (p *pastShelves) built(s *pastShelf) {
	if s.err != nil {
		p.forget(s)
	}
	p.mu.Lock()
	p.queued--
	p.mu.Unlock()
	close(s.built)
}

// drop forgets the shelf at a place; its last user closes it. p.mu is held.
func (p *pastShelves) drop(i int) {
	s := p.kept[i]
	p.kept = append(p.kept[:i:i], p.kept[i+1:]...)
	s.gone = true
	if s.users == 0 {
		s.end()
	}
}

func (p *pastShelves) forget(s *pastShelf) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, k := range p.kept {
		if k == s {
			p.drop(i)
			return
		}
	}
}

func (p *pastShelves) leave(s *pastShelf) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.users--; s.users == 0 && s.gone {
		s.end()
	}
}

func (s *pastShelf) end() {
	if s.shelf != nil {
		s.shelf.close()
	}
	os.RemoveAll(s.dir)
}

func (p *pastShelves) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.kept) > 0 {
		p.drop(0)
	}
	os.RemoveAll(p.dir)
}

// build reads every right as it stood.
func (p *pastShelves) build(ctx context.Context, f *Finder, s *pastShelf) (*shelf, error) {
	sh, err := openShelf(s.dir, f.lists, false, func(note) (int64, error) { return 0, nil }, f.log)
	if err != nil {
		return nil, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	var some []*register.View
	err = f.register.Scan(ctx, s.at, func(v *register.View) error {
		if some = append(some, v); len(some) < preparedRights {
			return nil
		}
		err := sh.add(some)
		clear(some)
		some = some[:0]
		return err
	})
	if err == nil {
		err = sh.add(some)
	}
	if err == nil {
		sh.taken = s.at.Known
		err = sh.complete()
	}
	if err != nil {
		sh.index.Close()
		return nil, err
	}
	return sh, nil
}
