package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"runtime"
	"slices"
	"sync"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// A batch ends after so many entries or bytes of text, whichever comes first:
// a rule that depends on the file alone, so that a load that was interrupted
// goes on with the batches that it would have made anyway. It is small enough
// for other writers to get through between two of them.
const (
	batchEntries = 1000
	batchBytes   = 2 << 20
)

// batch is a run of entries of one file that become one state.
type batch struct {
	entries []entry.Entry
	members []member // of the entries with a document, in order
	digest  string   // SHA-256 over the content hashes, in order
	weight  int
	end     *FeedSummary  // of the whole file, in its last batch
	ready   chan struct{} // closed when members and digest are there
	bodies  []byte        // of the members, one behind the other
}

// spare keeps the memory of batches that are committed for those that follow:
// nothing but their documents outlives them.
var spare = sync.Pool{New: func() any { return &batch{} }}

func newBatch() *batch {
	b := spare.Get().(*batch)
	b.ready = make(chan struct{})
	return b
}

// release gives the memory of a batch back. Nobody may use it any more.
func (b *batch) release() {
	clear(b.entries)
	clear(b.members)
	spare.Put(&batch{entries: b.entries[:0], members: b.members[:0], bodies: b.bodies[:0]})
}

// weigh returns about how many bytes a document holds. It must never change:
// it decides where batches end.
func weigh(d *record.Document) int {
	n := 200
	for i := range d.Abstracts {
		n += len(d.Abstracts[i].Text)
	}
	for i := range d.Titles {
		n += len(d.Titles[i].Text)
	}
	return n + 60*(len(d.Parties)+len(d.Events)+len(d.Filings)) + 20*(len(d.Classes)+len(d.Cited))
}

// add appends an entry and tells whether the batch is full.
func (b *batch) add(e entry.Entry) bool {
	if b.entries == nil {
		b.entries = make([]entry.Entry, 0, batchEntries)
	}
	b.entries = append(b.entries, e)
	b.weight += 100
	if e.Doc != nil {
		b.weight += weigh(e.Doc)
	}
	return len(b.entries) >= batchEntries || b.weight >= batchBytes
}

// prepare encodes and hashes the documents.
func (b *batch) prepare(f *File) {
	sum := sha256.New()
	if cap(b.members) < len(b.entries) {
		b.members = make([]member, 0, cap(b.entries))
	}
	arena := slices.Grow(b.bodies, b.weight)
	for i := range b.entries {
		e := &b.entries[i]
		if e.Doc == nil {
			continue
		}
		start := len(arena)
		arena = Encode(arena, e.Doc)
		body := arena[start:len(arena):len(arena)]
		m := member{body: body, keys: e.Doc.Keys()}
		m.st = Statement{
			Hash: HashOf(body), File: f, Position: Position{e.Member, e.Row, e.Ordinal},
			Issued: e.Doc.Issued, Rank: e.Rank, Doc: e.Doc, keys: m.keys,
		}
		sum.Write(m.st.Hash[:])
		b.members = append(b.members, m)
	}
	b.bodies = arena
	b.digest = hex.EncodeToString(sum.Sum(nil))
	close(b.ready)
}

// batches reads an input from an ordinal on, cuts it into batches, prepares
// them on all cores and hands them over in order. The last one, which may be
// empty, holds the feed's summary.
func batches(ctx context.Context, feed Feed, in Input, f *File, fn func(*batch) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	workers := runtime.GOMAXPROCS(0)
	work, ordered := make(chan *batch, workers), make(chan *batch, workers)
	var running sync.WaitGroup
	for range workers {
		running.Go(func() {
			for b := range work {
				b.prepare(f)
			}
		})
	}
	var failed error
	running.Go(func() {
		defer close(work)
		defer close(ordered)
		failed = cut(ctx, feed, in, f.Ordinal, work, ordered)
	})
	var err error
	for b := range ordered {
		if err != nil {
			continue
		}
		<-b.ready
		if err = fn(b); err != nil {
			cancel(err)
		}
		b.release()
	}
	running.Wait()
	if err == nil {
		err = failed
	}
	return err
}

// cut reads entries and sends batches.
func cut(ctx context.Context, feed Feed, in Input, from int64, work, ordered chan<- *batch) error {
	b := newBatch()
	send := func() error {
		for _, to := range []chan<- *batch{work, ordered} {
			select {
			case to <- b:
			case <-ctx.Done():
				return cancelled(ctx)
			}
		}
		b = newBatch()
		return nil
	}
	sum, err := feed.Read(ctx, in, from, func(e entry.Entry) error {
		if b.add(e) {
			return send()
		}
		return nil
	})
	if err != nil {
		return err
	}
	b.end = &sum
	return send()
}
