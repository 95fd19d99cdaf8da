package find

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"onewindow/internal/ierr"
)

// earlierShelf is the index that was made with earlier rules of classification. It
// stays at its state and answers until the present one is whole; then the last
// question that uses it removes it.
type earlierShelf struct {
	*shelf
	mu    sync.Mutex
	users int
	over  bool
}

// use counts a user, unless the shelf's time is over; leave gives it back.
func (e *earlierShelf) use() (leave func(), ok bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.over {
		return nil, false
	}
	e.users++
	return e.leave, true
}

func (e *earlierShelf) leave() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.users--; e.users == 0 && e.over {
		e.remove()
	}
}

// end lets nobody else use the shelf.
func (e *earlierShelf) end() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.over = true
	if e.users == 0 {
		e.remove()
	}
}

// remove removes the shelf; what cannot be removed is at the next start.
func (e *earlierShelf) remove() {
	e.index.Close()
	if err := os.RemoveAll(e.dir); err != nil {
		e.log.Warn("the index of earlier rules cannot be removed", "dir", e.dir, "error", err)
	}
}

// folderOf names the folder of the index that rules make.
func folderOf(rules string) string { return fmt.Sprintf("v%d-%.16s", formatVersion, rules) }

// openEarlier opens the newest whole index in dir, other than the present one,
// that can be read with the present lists; nil where there is none.
func (f *Finder) openEarlier(dir, present string) (*earlierShelf, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var best *shelf
	for _, e := range entries {
		if !e.IsDir() || e.Name() == present || !strings.HasPrefix(e.Name(), folderOf("")) {
			continue
		}
		s := newShelf(filepath.Join(dir, e.Name()), f.lists, true, f.fitsEarlier, f.log)
		if err := s.open(); err != nil {
			f.log.Info("an index of earlier rules is of no use", "dir", s.dir, "because", err)
			s.discard()
			continue
		}
		if best == nil || s.note.State > best.note.State {
			best, s = s, best
		}
		if s != nil {
			s.discard()
		}
	}
	if best == nil {
		return nil, nil
	}
	f.log.Info("an index of earlier rules answers while the present one is made", "dir", best.dir, "state", best.note.State)
	return &earlierShelf{shelf: best}, nil
}

// fitsEarlier refuses an index that does not hold all that it should, or holds
// places in other lists than the present ones.
func (f *Finder) fitsEarlier(n note) (whole int64, err error) {
	if n.State == 0 || n.State < n.Whole || n.Lists != f.lists.name {
		return 0, ierr.New(ierr.Unsupported, "find.earlier", nil)
	}
	return f.fits(n)
}

func (s *shelf) discard() {
	if s.index != nil {
		s.index.Close()
	}
}

// answering returns the shelf that answers about the present, and what gives it
// back. Busy where the index is made anew and no earlier one can answer.
func (f *Finder) answering() (*shelf, func(), error) {
	if e := f.earlier.Load(); e != nil && !f.shelf.ready() {
		if leave, ok := e.use(); ok {
			return e.shelf, leave, nil
		}
	}
	if !f.shelf.ready() {
		return nil, nil, ierr.New(ierr.Busy, "find.rebuilding", ierr.Args{"state": f.shelf.held.Load(), "whole": f.shelf.whole.Load()})
	}
	return f.shelf, func() {}, nil
}

// swap ends the time of the earlier rules once the present index is whole.
func (f *Finder) swap() {
	if e := f.earlier.Load(); e != nil && f.shelf.ready() {
		f.earlier.Store(nil)
		e.end()
		f.log.Info("the index of the present rules answers", "state", f.shelf.held.Load())
	}
}

// old returns the shelf of earlier rules while it answers, else nil.
func (f *Finder) old() *earlierShelf {
	if f.shelf.ready() {
		return nil
	}
	return f.earlier.Load()
}

// suspect takes note of damage in the shelf that answers.
func (f *Finder) suspect(err error) {
	if e := f.old(); e != nil {
		e.suspect(err)
		return
	}
	f.shelf.suspect(err)
}
