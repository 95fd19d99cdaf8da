package find

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"onewindow/internal/register"
)

// pastShelves keeps the last few shelves of earlier times, since people who ask
// about one ask again. They know keys and columns, but no words.
type pastShelves struct {
	dir string

	mu   sync.Mutex
	next int
	kept []*pastShelf // last used last
}

const maxPast = 2

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
	s, build := p.use(at)
	leave := func() { p.leave(s) }
	if build {
		// Whoever else waits for it, or asks next, wants it too.
		s.shelf, s.err = p.build(context.WithoutCancel(ctx), f, s)
		if s.err != nil {
			p.forget(s)
		}
		close(s.built)
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
// to build it.
func (p *pastShelves) use(at register.AsOf) (s *pastShelf, build bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, k := range p.kept {
		if k.at == at {
			p.kept = append(append(p.kept[:i:i], p.kept[i+1:]...), k)
			k.users++
			return k, false
		}
	}
	p.next++
	s = &pastShelf{at: at, users: 1, dir: filepath.Join(p.dir, fmt.Sprint(p.next)), built: make(chan struct{})}
	p.kept = append(p.kept, s)
	if len(p.kept) > maxPast {
		p.drop(0)
	}
	return s, true
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
	sh, err := openShelf(s.dir, f.lists, false, func(note) error { return nil }, f.log)
	if err != nil {
		return nil, err
	}
	sh.mu.Lock()
	defer sh.mu.Unlock()
	err = f.register.Scan(ctx, s.at, func(v *register.View) error {
		return sh.add(v)
	})
	if err == nil {
		sh.taken = s.at.Known
		err = sh.write()
	}
	if err != nil {
		sh.index.Close()
		return nil, err
	}
	return sh, nil
}
