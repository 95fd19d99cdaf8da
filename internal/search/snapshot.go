package search

import (
	"io"
	"slices"
	"sync"

	"onewindow/internal/ierr"
)

// Snapshot is one committed state of an index, for reading. It may be used by
// several goroutines at once and stays whole until released.
type Snapshot struct {
	ix    *Index
	lay   *layout
	man   *manifest
	views []*segmentView
	once  sync.Once
}

// Snapshot returns the last committed state. The caller releases it.
func (ix *Index) Snapshot() (*Snapshot, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil, errClosed()
	}
	s := &Snapshot{ix: ix, lay: ix.lay, man: ix.man, views: slices.Clone(ix.views)}
	for _, v := range s.views {
		v.retain()
	}
	for _, a := range s.man.Attached {
		ix.held[a.Name]++
	}
	return s, nil
}

// Release gives the snapshot up; it must not be used afterwards. Releasing twice
// is harmless.
func (s *Snapshot) Release() {
	s.once.Do(func() {
		for _, v := range s.views {
			v.release()
		}
		s.ix.mu.Lock()
		defer s.ix.mu.Unlock()
		for _, a := range s.man.Attached {
			if s.ix.held[a.Name]--; s.ix.held[a.Name] == 0 {
				delete(s.ix.held, a.Name)
				if s.ix.stale[a.Name] {
					delete(s.ix.stale, a.Name)
					s.ix.remove(a.Name)
				}
			}
		}
	})
}

// Meta returns the owner's note of the last commit that gave one.
func (s *Snapshot) Meta() []byte { return slices.Clone(s.man.Meta) }

// State numbers the committed states of the index, merges included.
func (s *Snapshot) State() uint64 { return s.man.State }

// Slots returns how many slots were given so far, deleted ones included.
func (s *Snapshot) Slots() uint32 { return s.man.Slots }

// Deleted returns how many slots are deleted.
func (s *Snapshot) Deleted() uint32 {
	n := uint32(0)
	for _, v := range s.views {
		n += v.info.Deleted
	}
	return n
}

// Segments returns the number of segments.
func (s *Snapshot) Segments() int { return len(s.views) }

// OpenAttached opens the attached file of that name; NotFound if there is none.
// Damage is an error of kind Corrupt when the damaged part is read.
func (s *Snapshot) OpenAttached(name string) (*Attached, error) {
	a, ok := s.man.Attached[name]
	if !ok {
		return nil, ierr.New(ierr.NotFound, "search.not-attached", ierr.Args{"name": name})
	}
	f, err := openBlockFile(s.ix.dir, a.fileInfo)
	if err != nil {
		return nil, err
	}
	return &Attached{f: f}, nil
}

// Attached reads an attached file. Read and ReadAt check what they give.
type Attached struct {
	f  *blockFile
	at int64
}

// Size returns the length in bytes.
func (a *Attached) Size() int64 { return int64(len(a.f.data)) }

// ReadAt reads from the given offset.
func (a *Attached) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 || off >= a.Size() {
		return 0, io.EOF
	}
	n := min(int64(len(p)), a.Size()-off)
	err := guard(func() error {
		a.f.need(off, off+n)
		copy(p, a.f.data[off:off+n])
		return nil
	})
	if err != nil {
		return 0, err
	}
	if n < int64(len(p)) {
		return int(n), io.EOF
	}
	return int(n), nil
}

// Read reads on from where the last Read ended.
func (a *Attached) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	n, err := a.ReadAt(p, a.at)
	a.at += int64(n)
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}

// Close gives the file up.
func (a *Attached) Close() error { return a.f.close() }
