package register

import (
	"context"
	"sync"

	"onewindow/internal/ierr"
)

// fileTable holds every file of every load, since each statement names one.
type fileTable struct {
	mu      sync.RWMutex
	changes int64 // counts calls of put
	by      map[int64]*File
}

func (t *fileTable) load(ctx context.Context, store Reader) error {
	files, err := store.Files(ctx, 0)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.by = make(map[int64]*File, len(files))
	for i := range files {
		t.by[files[i].ID] = &files[i]
	}
	return nil
}

// get returns a file. A statement of a file that is not there means a damaged
// store.
func (t *fileTable) get(id int64) (*File, error) {
	t.mu.RLock()
	f := t.by[id]
	t.mu.RUnlock()
	if f == nil {
		return nil, ierr.New(ierr.Corrupt, "register.file_missing", ierr.Args{"file": id})
	}
	return f, nil
}

// put replaces files as a whole, so that readers of the old ones are not disturbed.
func (t *fileTable) put(files ...File) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.changes++
	for i := range files {
		f := files[i]
		t.by[f.ID] = &f
	}
}

// where returns the files that satisfy keep.
func (t *fileTable) where(keep func(*File) bool) []*File {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var out []*File
	for _, f := range t.by {
		if keep(f) {
			out = append(out, f)
		}
	}
	return out
}

// FileChanges counts how often files changed since the register was opened, so that who
// derives something of them knows when it is stale.
func (r *Register) FileChanges() int64 {
	r.files.mu.RLock()
	defer r.files.mu.RUnlock()
	return r.files.changes
}
