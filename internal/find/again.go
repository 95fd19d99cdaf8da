package find

import (
	"time"

	"onewindow/internal/ierr"
)

// How long a shelf that failed rests before it is tried again: at first, and at
// most, since the pause doubles with every failure in a row.
const (
	pauseLeast = 5 * time.Second
	pauseMost  = 5 * time.Minute
)

// fail ends the following for a while: what was committed stays readable, and what
// came after it is taken again. Damage is not tried again: the next start makes
// the index anew. s.mu is held.
func (s *shelf) fail(err error) {
	s.failed = err
	s.pause = min(max(2*s.pause, pauseLeast), pauseMost)
	s.tryAt = time.Now().Add(s.pause)
	s.suspect(err)
	s.log.Error("the index no longer follows the register", "error", err)
	if s.batch != nil {
		s.batch.Drop()
		s.batch = nil
	}
	s.done.Broadcast()
}

// due tells whether a failure should be got over now.
func (s *shelf) due() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failed != nil && ierr.KindOf(s.failed) != ierr.Corrupt && !time.Now().Before(s.tryAt)
}

// again opens a shelf that failed anew, at its last commit. Questions wait
// meanwhile; those under way go on.
func (s *shelf) again() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle()
	s.opened.Lock()
	defer s.opened.Unlock()
	if err := s.index.Close(); err != nil {
		s.log.Warn("the index was closed with an error", "error", err)
	}
	if err := s.open(); err != nil {
		s.fail(err)
		return err
	}
	s.failed, s.deletes = nil, nil
	return nil
}

// again goes on following the register where that failed a while ago.
func (f *Finder) again() {
	if !f.shelf.due() {
		return
	}
	f.unwatch()
	if f.shelf.again() == nil {
		f.log.Info("the index follows the register again", "state", f.shelf.held.Load())
		f.watch()
	}
}
