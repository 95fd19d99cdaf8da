package source

import (
	"context"

	"onewindow/internal/source/entry"
)

// line is the way of batches from the one goroutine that cuts them, through
// workers that decode them in any order, to the caller who gets them in the
// order in which they were cut. What waits on it is bounded in number and bytes.
type line struct {
	ctx     context.Context
	from    int64
	ordinal int64      // of the last entry put, used by the cutting goroutine alone
	order   chan *load // as cut
	todo    chan *load // to be decoded
	room    *room
}

// load is one batch on its way.
type load struct {
	batch   entry.Batch
	first   int64 // ordinal of its first entry
	member  string
	format  Format
	read    int64
	entries []Entry
	unread  entry.Unread
	done    chan struct{}
}

func newLine(ctx context.Context, o Options) *line {
	depth := 4 * o.Workers
	return &line{
		ctx:   ctx,
		from:  o.From,
		order: make(chan *load, depth),
		todo:  make(chan *load, depth),
		room:  newRoom(o.Limits.InFlight),
	}
}

// put sends a batch on its way, or passes over it when nobody wants its entries.
func (l *line) put(b load) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	b.first = l.ordinal + 1
	l.ordinal += int64(b.batch.N)
	if l.ordinal <= l.from {
		return nil
	}
	if err := l.room.take(l.ctx, b.batch.Size); err != nil {
		return err
	}
	b.done = make(chan struct{})
	select {
	case l.order <- &b:
	case <-l.ctx.Done():
		return l.ctx.Err()
	}
	select {
	case l.todo <- &b:
		return nil
	case <-l.ctx.Done():
		return l.ctx.Err()
	}
}

// close tells that nothing more will be put.
func (l *line) close() {
	close(l.todo)
	close(l.order)
}

// work decodes until nothing is left or the context ends.
func (l *line) work() {
	for {
		select {
		case b, ok := <-l.todo:
			if !ok {
				return
			}
			b.entries = b.batch.Decode(&b.unread)
			close(b.done)
		case <-l.ctx.Done():
			return
		}
	}
}

// deliver hands over all entries in order.
func (l *line) deliver(s *Summary, each func(Entry) error) error {
	for b := range l.order {
		select {
		case <-b.done:
		case <-l.ctx.Done():
			return nil // Read names the reason
		}
		for i := range b.entries {
			e := b.entries[i]
			e.Member, e.Format, e.Rank, e.Read = b.member, b.format.ID, b.format.Rank, b.read
			e.Ordinal = b.first + int64(i)
			if e.Ordinal <= l.from {
				continue
			}
			s.count(&e)
			if err := each(e); err != nil {
				return err
			}
		}
		b.unread.AddTo(s.Unread, b.format.ID)
		l.room.give(b.batch.Size)
		if l.ctx.Err() != nil {
			return nil
		}
	}
	return nil
}

// room bounds the bytes that wait. A single batch may exceed it.
type room struct {
	limit int
	used  chan int // holds the bytes in use; whoever has taken it may change it
	freed chan struct{}
}

func newRoom(limit int) *room {
	r := &room{limit: limit, used: make(chan int, 1), freed: make(chan struct{}, 1)}
	r.used <- 0
	return r
}

// take waits until size bytes fit. Only one goroutine may take.
func (r *room) take(ctx context.Context, size int) error {
	for {
		used := <-r.used
		if used == 0 || used+size <= r.limit {
			r.used <- used + size
			return nil
		}
		r.used <- used
		select {
		case <-r.freed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// give returns size bytes.
func (r *room) give(size int) {
	r.used <- (<-r.used) - size
	select {
	case r.freed <- struct{}{}:
	default:
	}
}
