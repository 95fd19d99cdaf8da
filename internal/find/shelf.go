package find

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"onewindow/internal/cube"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/search"
)

// shelf keeps index and cube of the register's current views, slot by slot. It
// follows the register's commits and is never written otherwise.
//
// Rows are published before the slots that belong to them are committed, so
// that whoever takes a snapshot of the index first finds all its rows.
type shelf struct {
	dir   string
	lists *lists
	log   *slog.Logger
	index *search.Index
	words bool
	// fits refuses an index that was made from something else, and returns the
	// state that one with this note has to reach before it is whole.
	fits func(note) (whole int64, err error)

	opened sync.RWMutex // over index and table, which change when the shelf is opened anew

	mu       sync.Mutex // over all below: one writer
	table    *cube.Table
	prepared preparer
	slots    []uint32 // by right: one more than its slot, 0 where it has none
	batch    *search.Batch
	deletes  []uint32
	note     note  // of the last commit
	sealed   int64 // last state of the last commit, also of one under way
	writing  bool  // a commit is under way
	taken    int64 // last state in batch
	takenAt  time.Time
	since    time.Time
	last     time.Time
	failed   error
	pause    time.Duration // after the last failure
	tryAt    time.Time     // when to try again

	held  atomic.Int64 // state that a snapshot is of
	whole atomic.Int64 // state from which on it may answer
	done  *sync.Cond   // note, writing or failed changed
}

// note is what the index remembers for its owner.
type note struct {
	State  int64  `json:"state"`  // of the register
	At     int64  `json:"at"`     // when the register came to it, in microseconds since 1970
	Blocks []int  `json:"blocks"` // first rows of the attached blocks of the cube
	Whole  int64  `json:"whole"`  // the state from which on the index may answer
	Lists  string `json:"lists"`  // names the lists that the cube holds places of
}

// noteOf reads the note of a snapshot.
func noteOf(snap *search.Snapshot) (note, error) {
	var n note
	if meta := snap.Meta(); len(meta) > 0 {
		if err := json.Unmarshal(meta, &n); err != nil {
			return n, ierr.Wrap(err, ierr.Corrupt, "find.note", nil)
		}
	}
	return n, nil
}

// When changes become visible: after a lull, or at the latest after a while.
// A longer while makes bulk loads cheaper, since there is less to merge.
const (
	lull      = time.Second
	whileMost = 30 * time.Second
)

// openShelf opens the shelf in dir or makes an empty one. What is damaged, or
// refused as Corrupt by fits, is thrown away: it can be derived again.
func openShelf(dir string, l *lists, words bool, fits func(note) (int64, error), log *slog.Logger) (*shelf, error) {
	s := newShelf(dir, l, words, fits, log)
	err := s.open()
	if ierr.KindOf(err) == ierr.Corrupt || ierr.KindOf(err) == ierr.Unsupported {
		log.Warn("the index is rebuilt", "dir", dir, "because", err)
		if s.index != nil {
			s.index.Close()
		}
		if err := errors.Join(os.RemoveAll(dir), s.trust()); err != nil {
			return nil, err
		}
		err = s.open()
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

func newShelf(dir string, l *lists, words bool, fits func(note) (int64, error), log *slog.Logger) *shelf {
	s := &shelf{dir: dir, lists: l, words: words, fits: fits, log: log}
	s.done = sync.NewCond(&s.mu)
	return s
}

func (s *shelf) schema() search.Schema {
	if s.words {
		return indexSchema
	}
	return keySchema
}

func (s *shelf) open() error {
	if s.suspected() {
		return ierr.New(ierr.Corrupt, "find.suspected", nil)
	}
	ix, err := search.Open(s.dir, s.schema())
	if ierr.KindOf(err) == ierr.NotFound {
		ix, err = search.Create(s.dir, s.schema())
	}
	if err != nil {
		return err
	}
	s.index, s.slots = ix, nil
	snap, err := ix.Snapshot()
	if err != nil {
		return err
	}
	defer snap.Release()
	if s.note, err = noteOf(snap); err != nil {
		return err
	}
	whole, err := s.fits(s.note)
	if err != nil {
		return err
	}
	if err := s.readCube(snap); err != nil {
		return err
	}
	s.whole.Store(whole)
	s.taken, s.sealed = s.note.State, s.note.State
	s.held.Store(s.note.State)
	return s.locate(snap)
}

// ready tells whether the shelf has reached the state from which on it may answer.
func (s *shelf) ready() bool { return s.held.Load() >= s.whole.Load() }

// snapshots returns an index and the rows that belong to it.
func (s *shelf) snapshots() (*search.Snapshot, *cube.Snapshot, error) {
	s.opened.RLock()
	defer s.opened.RUnlock()
	snap, err := s.index.Snapshot()
	if err != nil {
		return nil, nil, err
	}
	return snap, s.table.Snapshot(), nil
}

func blockName(from int) string { return fmt.Sprintf("cube-%d", from) }

func (s *shelf) readCube(snap *search.Snapshot) error {
	table, err := cube.New(cubeSchema)
	if err != nil {
		return err
	}
	for _, from := range s.note.Blocks {
		f, err := snap.OpenAttached(blockName(from))
		if err != nil {
			return err
		}
		err = table.Extend(f)
		f.Close()
		if err != nil {
			return err
		}
	}
	table.Publish()
	if table.Rows() != int(snap.Slots()) {
		return ierr.New(ierr.Corrupt, "find.rows", ierr.Args{"rows": table.Rows(), "slots": snap.Slots()})
	}
	s.table, s.prepared = table, preparer{lists: s.lists, table: table, words: s.words}
	return nil
}

// locate notes where each right stands.
func (s *shelf) locate(snap *search.Snapshot) error {
	bits, err := snap.Bits(context.Background(), search.All{})
	if err != nil {
		return err
	}
	rows := s.table.Snapshot()
	for slot := range uint32(rows.Rows()) {
		if bits[slot/64]>>(slot%64)&1 == 1 {
			*s.place(int64(rows.Value(colRight, slot))) = slot + 1
		}
	}
	return nil
}

// place returns where the slot of a right is noted.
func (s *shelf) place(right int64) *uint32 {
	if n := int(right) + 1; n > len(s.slots) {
		s.slots = slices.Grow(s.slots, n-len(s.slots))[:n]
	}
	return &s.slots[right]
}

// take adds a commit of the register to what the next commit of the shelf makes
// visible.
func (s *shelf) take(c register.Commit) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return
	}
	now := time.Now()
	if s.taken == s.sealed {
		s.since = now
	}
	s.last, s.taken, s.takenAt = now, c.State, c.At
	for _, id := range c.Gone {
		s.remove(id)
	}
	if err := s.add(c.Views); err != nil {
		s.fail(err)
		return
	}
	if now.Sub(s.since) >= whileMost {
		s.commit()
	}
}

func (s *shelf) remove(right int64) {
	if at := s.place(right); *at > 0 {
		s.deletes = append(s.deletes, *at-1)
		*at = 0
	}
}

// add gives rights new slots, in their order, in place of those that they had.
func (s *shelf) add(views []*register.View) error {
	if s.batch == nil && len(views) > 0 {
		var err error
		if s.batch, err = s.index.NewBatch(); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(views, preparedRights) {
		if err := s.prepared.prepare(some); err != nil {
			return err
		}
		for i, v := range some {
			s.remove(v.ID)
			slot, err := s.table.Append(s.prepared.rows[i])
			if err != nil {
				return err
			}
			if at := s.batch.Add(search.Doc{Fields: s.prepared.fields[i]}); at != slot {
				return fmt.Errorf("find: slot %d of the index has row %d", at, slot)
			}
			*s.place(v.ID) = slot + 1
			s.prepared.fields[i] = nil
		}
	}
	return nil
}

// rest makes visible what waits when nothing came for a lull.
func (s *shelf) rest() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.taken != s.sealed && time.Since(s.last) >= lull {
		s.commit()
	}
}

// flush makes visible everything up to a state that was taken, and returns when it is.
func (s *shelf) flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.complete()
}

// complete is flush for who holds s.mu, which is given up meanwhile.
func (s *shelf) complete() error {
	s.commit()
	s.settle()
	return s.failed
}

// settle returns when no commit is under way. s.mu is held, and given up meanwhile.
func (s *shelf) settle() {
	for s.writing {
		s.done.Wait()
	}
}

// commit begins to make what was taken visible and durable, while more is taken. It
// waits for a commit that is under way: there is one at a time. s.mu is held, and
// given up while it waits.
func (s *shelf) commit() {
	s.settle()
	if s.failed != nil || s.taken == s.sealed {
		return
	}
	w, err := s.seal()
	if err != nil {
		s.fail(err)
		return
	}
	s.writing = true
	go func() {
		err := w.commit(s.index)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.writing = false
		if err != nil {
			s.fail(err)
			return
		}
		s.pause, s.note = 0, w.note
		s.held.Store(w.note.State)
		s.done.Broadcast()
	}()
}

// writing is what one commit makes visible.
type writing struct {
	note    note
	from    int // first of the rows that its block holds
	rows    *cube.Snapshot
	batch   *search.Batch
	deletes []uint32
}

// seal takes what was collected for a commit, and makes room for what comes next.
func (s *shelf) seal() (*writing, error) {
	w := &writing{
		note: note{State: s.taken, At: s.takenAt.UnixMicro(), Blocks: slices.Clone(s.note.Blocks), Whole: s.whole.Load(), Lists: s.lists.name},
		rows: s.table.Publish(), batch: s.batch, deletes: s.deletes,
	}
	if w.batch != nil {
		if err := w.batch.Seal(); err != nil {
			return nil, err
		}
		s.attach(w)
	}
	s.batch, s.deletes, s.sealed = nil, nil, s.taken
	return w, nil
}

// commit writes the block of rows and commits it together with the documents.
func (w *writing) commit(index *search.Index) error {
	if w.batch != nil {
		defer w.batch.Drop()
		err := w.batch.Attach(blockName(w.from), func(to io.Writer) error {
			_, err := w.rows.WriteRows(to, w.from, w.rows.Rows())
			return err
		})
		if err != nil {
			return err
		}
	}
	meta, err := json.Marshal(w.note)
	if err != nil {
		return err
	}
	if err := index.Commit(context.Background(), w.batch, w.deletes, meta); err != nil {
		return fmt.Errorf("rows from %d: %w", w.from, err)
	}
	return nil
}

// attach says which rows a commit writes: those that no block holds yet, from the
// first block on that has no more rows than all behind it, as one block. So there
// are few blocks, and a row is written again only when what stands with it doubles.
func (s *shelf) attach(w *writing) {
	w.from = int(s.committedRows())
	blocks := w.note.Blocks
	for i, from := range blocks {
		end := w.from
		if i+1 < len(blocks) {
			end = blocks[i+1]
		}
		if end-from > w.rows.Rows()-end {
			continue
		}
		for _, b := range blocks[i:] {
			w.batch.Detach(blockName(b))
		}
		w.from, blocks = from, blocks[:i]
		break
	}
	w.note.Blocks = append(blocks, w.from)
}

// committedRows returns how many rows the index's last commit has.
func (s *shelf) committedRows() uint32 {
	snap, err := s.index.Snapshot()
	if err != nil {
		return 0
	}
	defer snap.Release()
	return snap.Slots()
}

// wait returns when a state is visible.
func (s *shelf) wait(ctx context.Context, state int64) error {
	stop := context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.done.Broadcast()
	})
	defer stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.note.State < state {
		if s.failed != nil {
			return s.failed
		}
		if ctx.Err() != nil {
			return ierr.Wrap(ctx.Err(), ierr.Cancelled, "find.cancelled", nil)
		}
		s.done.Wait()
	}
	return nil
}

func (s *shelf) close() error {
	err := s.flush()
	return errors.Join(err, s.index.Close())
}
