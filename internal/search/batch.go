package search

import (
	"context"
	"errors"
	"io"
	"runtime"
	"slices"
	"sync"

	"onewindow/internal/ierr"
)

// Batch collects documents for one commit. Analysing and sorting go on beside the
// caller, in several goroutines; memory stays bounded however many documents there
// are, since full runs go to disk. Its methods are for one goroutine.
type Batch struct {
	ix        *Index
	base      uint32
	slots     uint32
	docs      []Doc
	bytes     int
	work      chan runJob
	wg        sync.WaitGroup
	mu        sync.Mutex
	runs      []*segmentInfo // in order of slots, nil until written
	err       error
	attached  map[string]*fileInfo // nil: detached
	used      []uint64             // segments written, to be removed if not committed
	keep      uint64               // the one that was committed
	committed bool
	dropped   bool
}

type runJob struct {
	n    int
	docs []Doc
}

// runWorkers is how many runs are built at once.
func runWorkers() int { return min(runtime.GOMAXPROCS(0), 4) }

// NewBatch begins a batch. It fails with Busy while another is open and not sealed.
func (ix *Index) NewBatch() (*Batch, error) {
	ix.mu.Lock()
	defer ix.mu.Unlock()
	if ix.closed {
		return nil, errClosed()
	}
	if ix.batch != nil {
		return nil, ierr.New(ierr.Busy, "search.batch-open", nil)
	}
	b := &Batch{ix: ix, base: ix.man.Slots, attached: map[string]*fileInfo{}}
	if ix.sealed != nil {
		b.base += ix.sealed.slots
	}
	ix.batch = b
	return b, nil
}

// Seal ends the taking of documents: while the batch is committed, another may be
// begun, whose slots follow. That other one can only be committed when this one has
// been. It fails with Busy while another sealed batch is not committed or dropped.
func (b *Batch) Seal() error {
	b.ix.mu.Lock()
	defer b.ix.mu.Unlock()
	if b.ix.sealed != nil {
		return ierr.New(ierr.Busy, "search.batch-open", nil)
	}
	if b.ix.batch == b {
		b.ix.batch, b.ix.sealed = nil, b
	}
	return nil
}

// maxSlots bounds the slots of an index.
const maxSlots = 1 << 31

// Add takes a document and returns its slot; slots follow one another without a
// gap. The document's texts must not change until the commit. A field of a space
// that the schema lacks, or of a part beyond 1, makes the commit fail.
func (b *Batch) Add(d Doc) uint32 {
	for i := range d.Fields {
		f := &d.Fields[i]
		if !b.ix.lay.known[f.Space] || f.Part > 1 {
			b.fail(ierr.New(ierr.Invalid, "search.no-space", ierr.Args{"space": string(rune(f.Space)), "part": f.Part}))
			d.Fields = nil
			break
		}
		b.bytes += len(f.Text) + 16
	}
	slot := b.base + b.slots
	if slot >= maxSlots-1 {
		b.fail(ierr.New(ierr.TooLarge, "search.full", ierr.Args{"max": uint32(maxSlots - 1)}))
		return slot
	}
	b.slots++
	b.docs = append(b.docs, d)
	if len(b.docs) >= runDocs || b.bytes >= runText {
		b.hand()
	}
	return slot
}

// hand gives the collected documents to a worker.
func (b *Batch) hand() {
	if len(b.docs) == 0 {
		return
	}
	if b.work == nil {
		work := make(chan runJob)
		b.work = work
		for range runWorkers() {
			b.wg.Go(func() { b.worker(work) })
		}
	}
	b.mu.Lock()
	n := len(b.runs)
	b.runs = append(b.runs, nil)
	b.mu.Unlock()
	b.work <- runJob{n, b.docs}
	b.docs, b.bytes = nil, 0
}

// leastRun is how many documents make it worth a run of their own.
const leastRun = 1 << 10

// handRest gives the last documents to all workers in equal shares, so that none
// waits long for another.
func (b *Batch) handRest() {
	workers := runWorkers()
	share := max((len(b.docs)+workers-1)/workers, leastRun)
	for docs := range slices.Chunk(b.docs, share) {
		b.docs = docs
		b.hand()
	}
}

func (b *Batch) worker(work <-chan runJob) {
	var r *run
	defer func() {
		if r != nil {
			r.free()
		}
	}()
	for j := range work {
		if b.failed() != nil {
			continue
		}
		if r == nil {
			r = newRun(b.ix.lay)
		} else {
			r.reset()
		}
		for i := range j.docs {
			r.add(&j.docs[i])
			j.docs[i] = Doc{}
		}
		id := b.segment()
		info, err := r.write(b.ix.d, b.ix.dir, id)
		if err != nil {
			b.fail(err)
			continue
		}
		b.mu.Lock()
		b.runs[j.n] = info
		b.mu.Unlock()
	}
}

// segment gives the number of a new segment of the batch.
func (b *Batch) segment() uint64 {
	id := b.ix.id()
	b.mu.Lock()
	b.used = append(b.used, id)
	b.mu.Unlock()
	return id
}

func (b *Batch) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
	}
}

func (b *Batch) failed() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.err
}

// Attach writes a file that is committed together with the batch under a name,
// instead of the file that bore the name before. It stays with later commits.
func (b *Batch) Attach(name string, write func(io.Writer) error) error {
	file := attachedName(b.ix.id())
	w, err := createBlockFile(b.ix.d, b.ix.dir, file)
	if err != nil {
		return err
	}
	err = write(w)
	info, cerr := w.close(true)
	if err := errors.Join(err, cerr); err != nil {
		b.ix.remove(file)
		return err
	}
	b.forget(name)
	b.attached[name] = &info
	return nil
}

// Detach removes the file of that name with the commit.
func (b *Batch) Detach(name string) {
	b.forget(name)
	b.attached[name] = nil
}

func (b *Batch) forget(name string) {
	if f := b.attached[name]; f != nil {
		b.ix.remove(f.Name)
	}
}

// wait ends the workers.
func (b *Batch) wait() {
	if b.work != nil {
		close(b.work)
		b.work = nil
	}
	b.wg.Wait()
}

// finish makes one durable segment of the runs; nil if there are no documents.
func (b *Batch) finish(ctx context.Context) (*segmentInfo, error) {
	b.handRest()
	b.wait()
	if b.err != nil {
		return nil, b.err
	}
	if len(b.runs) == 0 {
		return nil, nil
	}
	info := b.runs[0]
	var err error
	if len(b.runs) > 1 {
		info, err = b.mergeRuns(ctx)
	} else {
		err = b.ix.syncSegment(info)
	}
	if err != nil {
		return nil, err
	}
	b.keep = info.ID
	return info, nil
}

// mergeRuns merges all runs into one durable segment.
func (b *Batch) mergeRuns(ctx context.Context) (*segmentInfo, error) {
	var views []*segmentView
	defer func() {
		for _, v := range views {
			v.release()
		}
	}()
	next := b.base
	for _, info := range b.runs {
		info.Base = next
		next += info.Slots
		v, err := b.ix.openView(info)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	info, err := mergeSegments(ctx, b.ix.d, b.ix.dir, b.ix.lay, views, b.segment())
	if ctx.Err() != nil {
		err = ierr.Wrap(ctx.Err(), ierr.Cancelled, "search.cancelled", nil)
	}
	return info, err
}

// Drop ends a batch without committing it and removes its files. After a commit,
// or a second time, it does nothing.
func (b *Batch) Drop() {
	if b.dropped {
		return
	}
	b.dropped = true
	b.fail(errClosed())
	b.wait()
	for _, id := range b.used {
		if !b.committed || id != b.keep {
			b.ix.removeSegment(id)
		}
	}
	if !b.committed {
		for _, f := range b.attached {
			if f != nil {
				b.ix.remove(f.Name)
			}
		}
	}
	b.docs = nil
	b.ix.mu.Lock()
	if b.ix.batch == b {
		b.ix.batch = nil
	}
	if b.ix.sealed == b {
		b.ix.sealed = nil
	}
	b.ix.mu.Unlock()
}
