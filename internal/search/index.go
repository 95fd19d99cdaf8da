package search

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"onewindow/internal/ierr"
)

// Index is a text index in a folder. One process owns the folder at a time; the
// owner of the data folder sees to that. Its methods may be called at once from
// several goroutines, except that one [Batch] at a time takes documents.
type Index struct {
	dir    string
	schema Schema
	lay    *layout
	d      disk

	mu      sync.Mutex
	man     *manifest
	views   []*segmentView
	nextID  uint64
	batch   *Batch         // the one that takes documents
	sealed  *Batch         // the one before it, while it is not committed
	held    map[string]int // attached files that snapshots refer to
	stale   map[string]bool
	closed  bool
	merging sync.Mutex // held by the one merge that runs
	bg      sync.WaitGroup
	bgErr   error
	stop    context.CancelFunc
	ctx     context.Context
	// broken is set when a new manifest may or may not have taken hold: then no
	// file may go and nothing more be committed until the index is opened anew.
	broken atomic.Bool
}

// Create makes an empty index in dir, which is made if it does not exist. It fails
// with Conflict where there is an index already.
func Create(dir string, schema Schema) (*Index, error) { return create(osDisk{}, dir, schema) }

func create(d disk, dir string, schema Schema) (*Index, error) {
	if _, err := schema.layout(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err == nil {
		return nil, ierr.New(ierr.Conflict, "search.exists", ierr.Args{"dir": dir})
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	m := &manifest{Version: manifestVersion, Schema: schema.sorted(), NextID: 1}
	if _, err := m.write(d, dir); err != nil {
		return nil, err
	}
	return open(d, dir, schema)
}

// Open opens the index in dir. It fails with NotFound where there is none, with
// Unsupported where it was made with another schema or a later version of the
// format, and with Corrupt where files are missing or damaged; damage within the
// data is found when it is read. It reads little and removes what interrupted
// commits left behind.
func Open(dir string, schema Schema) (*Index, error) { return open(osDisk{}, dir, schema) }

func open(d disk, dir string, schema Schema) (*Index, error) {
	lay, err := schema.layout()
	if err != nil {
		return nil, err
	}
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if !schema.equal(Schema{m.Schema}) {
		return nil, ierr.New(ierr.Unsupported, "search.schema", ierr.Args{"dir": dir})
	}
	ix := &Index{dir: dir, schema: schema, lay: lay, d: d, man: m, nextID: m.NextID, held: map[string]int{}, stale: map[string]bool{}}
	ix.ctx, ix.stop = context.WithCancel(context.Background())
	for i := range m.Segments {
		v, err := ix.openView(&m.Segments[i])
		if err != nil {
			ix.Close()
			return nil, err
		}
		ix.views = append(ix.views, v)
	}
	for _, a := range m.Attached {
		if st, err := os.Stat(filepath.Join(dir, a.Name)); err != nil || st.Size() != a.Size {
			ix.Close()
			return nil, damaged(a.Name, "size")
		}
	}
	if err := m.sweep(d, dir); err != nil {
		ix.Close()
		return nil, err
	}
	return ix, nil
}

func (ix *Index) openView(info *segmentInfo) (*segmentView, error) {
	s, err := openSegment(ix.dir, info, ix.lay)
	if err != nil {
		return nil, err
	}
	m, err := readMask(ix.dir, info)
	if err != nil {
		s.close()
		return nil, err
	}
	return &segmentView{segment: s, mask: m, info: info}, nil
}

// id gives the next number for a file.
func (ix *Index) id() uint64 {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	ix.nextID++
	return ix.nextID
}

// Close ends merging and gives up the files, which snapshots that are not yet
// released keep open. An open batch is dropped.
func (ix *Index) Close() error {
	ix.mu.Lock()
	if ix.closed {
		ix.mu.Unlock()
		return nil
	}
	ix.closed = true
	b := ix.batch
	ix.mu.Unlock()
	if b != nil {
		b.Drop()
	}
	ix.stop()
	ix.bg.Wait()
	ix.mu.Lock()
	defer ix.mu.Unlock()
	for _, v := range ix.views {
		v.release()
	}
	ix.views = nil
	return ix.bgErr
}

func errClosed() error { return ierr.New(ierr.Busy, "search.closed", nil) }

// Commit makes the documents and attached files of b, the deletion of slots, and
// meta visible at once: after it returns without error they survive a crash; after
// an error, or a crash within, nothing of them is there. Only where the disk fails
// to confirm the very last step is it open, until the index is opened anew, whether
// they are there; every later commit is refused then. b may be nil; it is used
// up either way. Slots of b itself may be deleted. A nil meta leaves the note as
// it was. Cancelling ctx has effect until the new state is written.
func (ix *Index) Commit(ctx context.Context, b *Batch, deletes []uint32, meta []byte) error {
	var fresh *segmentInfo
	var attached map[string]*fileInfo
	if b != nil {
		defer b.Drop()
		var err error
		if fresh, err = b.finish(ctx); err != nil {
			return err
		}
		attached = b.attached
	}
	if err := ctx.Err(); err != nil {
		return ierr.Wrap(err, ierr.Cancelled, "search.cancelled", nil)
	}
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed || ix.broken.Load() {
		return errClosed()
	}
	if fresh != nil && b.base != ix.man.Slots {
		return errors.New("search: the batch before this one was not committed")
	}
	c := &change{ix: ix, man: ix.man.clone(), views: slices.Clone(ix.views), attached: attached}
	if meta != nil {
		c.man.Meta = slices.Clone(meta)
	}
	err := c.apply(fresh, deletes)
	if err == nil {
		err = c.commit()
	}
	if err != nil {
		c.undo()
		return err
	}
	if b != nil {
		b.committed = true
		if ix.sealed == b {
			ix.sealed = nil
		}
	}
	ix.mergeInBackground()
	return nil
}

// change is a new state in the making.
type change struct {
	ix       *Index
	man      *manifest
	views    []*segmentView
	opened   []*segmentView // to be closed if the change fails
	written  []string       // to be removed if it fails
	attached map[string]*fileInfo
}

func (m *manifest) clone() *manifest {
	c := *m
	c.Segments = slices.Clone(m.Segments)
	c.Attached = make(map[string]attach, len(m.Attached))
	for k, v := range m.Attached {
		c.Attached[k] = v
	}
	return &c
}

func (c *change) apply(fresh *segmentInfo, deletes []uint32) error {
	if fresh != nil {
		if err := c.append(fresh); err != nil {
			return err
		}
	}
	for name, f := range c.attached {
		if f == nil {
			delete(c.man.Attached, name)
			continue
		}
		c.man.Attached[name] = attach{*f}
	}
	return c.delete(deletes)
}

// append adds a segment after the others.
func (c *change) append(info *segmentInfo) error {
	info.Base = c.man.Slots
	v, err := c.ix.openView(info)
	if err != nil {
		return err
	}
	c.opened = append(c.opened, v)
	c.views = append(c.views, v)
	c.man.Slots += info.Slots
	return nil
}

// delete writes new masks for the segments that hold the slots.
func (c *change) delete(slots []uint32) error {
	if len(slots) == 0 {
		return nil
	}
	slots = slices.Clone(slots)
	slices.Sort(slots)
	if last := slots[len(slots)-1]; last >= c.man.Slots {
		return ierr.New(ierr.Invalid, "search.no-slot", ierr.Args{"slot": last})
	}
	for i, v := range c.views {
		n, _ := slices.BinarySearchFunc(slots, uint64(v.base)+uint64(v.slots), func(s uint32, end uint64) int {
			if uint64(s) < end {
				return -1
			}
			return 1
		})
		mine := slots[:n]
		slots = slots[n:]
		if len(mine) == 0 {
			continue
		}
		m := v.mask.with(v.base, v.slots, mine)
		if m.count() == v.mask.count() {
			continue
		}
		nv, err := c.masked(v, m)
		if err != nil {
			return err
		}
		c.views[i] = nv
	}
	return nil
}

// masked writes m as the mask of v.
func (c *change) masked(v *segmentView, m mask) (*segmentView, error) {
	info := *v.info
	if m != nil {
		c.ix.nextID++
		name := maskName(c.ix.nextID)
		c.written = append(c.written, name)
		f, err := writeMask(c.ix.d, c.ix.dir, name, m)
		if err != nil {
			return nil, err
		}
		info.Mask, info.Deleted = &f, m.count()
	}
	return &segmentView{segment: v.segment, mask: m, info: &info}, nil
}

// commit writes the manifest and makes the change the index's state.
func (c *change) commit() error {
	ix := c.ix
	c.man.State++
	c.man.NextID = ix.nextID + 1
	c.man.Segments = c.man.Segments[:0]
	for _, v := range c.views {
		c.man.Segments = append(c.man.Segments, *v.info)
	}
	if published, err := c.man.write(ix.d, ix.dir); err != nil {
		if published {
			ix.broken.Store(true)
		}
		return err
	}
	old, oldViews := ix.man, ix.views
	ix.man, ix.views = c.man, c.views
	ix.retire(old, oldViews)
	return nil
}

// undo closes and removes what a failed change made.
func (c *change) undo() {
	for _, v := range c.opened {
		v.release()
	}
	c.ix.remove(c.written...)
}

// retire gives up the views and files of the old state that the new one does not
// use. ix.mu is held.
func (ix *Index) retire(old *manifest, views []*segmentView) {
	kept := map[*segment]bool{}
	for _, v := range ix.views {
		kept[v.segment] = true
	}
	for _, v := range views {
		if kept[v.segment] {
			continue
		}
		names, s := v.info.files(), v.segment
		s.onClose = func() { ix.remove(names...) }
		s.release()
	}
	known := ix.man.names()
	for i := range old.Segments {
		// Masks live in memory; their files are not read again.
		if m := old.Segments[i].Mask; m != nil && !known[m.Name] {
			ix.remove(m.Name)
		}
	}
	for _, a := range old.Attached {
		if known[a.Name] {
			continue
		}
		if ix.held[a.Name] > 0 {
			ix.stale[a.Name] = true
		} else {
			ix.remove(a.Name)
		}
	}
}

// MergeAll makes the whole index one segment without deleted documents, which is
// smallest on disk and fastest to search. Readers and commits go on meanwhile.
func (ix *Index) MergeAll(ctx context.Context) error {
	ix.merging.Lock()
	defer ix.merging.Unlock()
	ix.mu.Lock()
	views := slices.Clone(ix.views)
	for _, v := range views {
		v.retain()
	}
	ix.mu.Unlock()
	defer func() {
		for _, v := range views {
			v.release()
		}
	}()
	if len(views) == 0 || len(views) == 1 && views[0].docs == views[0].slots-views[0].mask.count() {
		return nil
	}
	return ix.merge(ctx, views)
}

// merge replaces adjacent views by one segment; ix.merging is held.
func (ix *Index) merge(ctx context.Context, views []*segmentView) (err error) {
	id := ix.id()
	defer func() {
		if err != nil {
			ix.removeSegment(id)
		}
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			err = ierr.Wrap(err, ierr.Cancelled, "search.cancelled", nil)
		}
	}()
	info, err := mergeSegments(ctx, ix.d, ix.dir, ix.lay, views, id)
	if err != nil {
		return err
	}
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed || ix.broken.Load() {
		return errClosed()
	}
	c := &change{ix: ix, man: ix.man.clone()}
	at := slices.IndexFunc(ix.views, func(v *segmentView) bool { return v.segment == views[0].segment })
	now := ix.views[at : at+len(views)] // the same segments, perhaps with later masks
	nv, err := ix.openView(info)
	if err != nil {
		return err
	}
	c.opened = append(c.opened, nv)
	if m := mergedMask(now); m != nil {
		if nv, err = c.masked(nv, m); err != nil {
			c.undo()
			return err
		}
	}
	c.views = slices.Concat(ix.views[:at], []*segmentView{nv}, ix.views[at+len(views):])
	if err := c.commit(); err != nil {
		c.undo()
		return err
	}
	return nil
}

// syncSegment makes the files of a segment durable.
func (ix *Index) syncSegment(info *segmentInfo) error {
	for _, n := range info.files() {
		if err := ix.d.sync(filepath.Join(ix.dir, n)); err != nil {
			return err
		}
	}
	return nil
}

// removeSegment removes whatever files of a segment there are.
func (ix *Index) removeSegment(id uint64) {
	list, _ := os.ReadDir(ix.dir)
	for _, e := range list {
		if rest, ok := strings.CutPrefix(e.Name(), segmentName(id)); ok && (strings.HasPrefix(rest, "-") || strings.HasPrefix(rest, ".")) {
			ix.remove(e.Name())
		}
	}
}

// remove removes files that are no longer needed; what cannot be removed now is
// removed when the index is opened next.
func (ix *Index) remove(names ...string) {
	for _, n := range names {
		if !ix.broken.Load() {
			_ = ix.d.remove(filepath.Join(ix.dir, n))
		}
	}
}
