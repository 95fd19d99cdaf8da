package search

import (
	"context"
	"sync"
	"sync/atomic"

	"onewindow/internal/ierr"
)

// query is a question in the course of being answered. Its windows are evaluated
// by one or more workers, each of which takes the next one that is left.
type query struct {
	s     *Snapshot
	ctx   context.Context
	plan  *plan
	roots []exec // by view
	next  atomic.Int64
	stop  atomic.Bool
	bar   bar
}

// worker evaluates windows, in ascending order, in a goroutine of its own.
type worker struct {
	q          *query
	e          *env
	roots      []exec // by view
	firstView  int    // those before it lie before the present window
	window     int64
	words, own []uint64
	pieces     []evaluated
	found      func(base uint32, words []uint64, pieces []evaluated)
	caught
}

// evaluated is a piece whose hits are known.
type evaluated struct {
	piece
	root exec
	tick int
}

func (s *Snapshot) prepare(ctx context.Context, n Node) (*query, error) {
	p, err := newPlan(s.lay, n)
	if err != nil {
		return nil, err
	}
	q := &query{s: s, ctx: ctx, plan: p}
	e := newEnv(ctx)
	for _, v := range s.views {
		b := &builder{e: e, v: v}
		q.roots = append(q.roots, b.build(p.root, true))
		if ctx.Err() != nil {
			return nil, cancelled(ctx)
		}
	}
	e.release()
	p.weigh(s.views, s.lay.n)
	return q, nil
}

func cancelled(ctx context.Context) error {
	return ierr.Wrap(ctx.Err(), ierr.Cancelled, "search.cancelled", nil)
}

func (q *query) windows() int64 {
	return (int64(q.s.man.Slots) + WindowSlots - 1) / WindowSlots
}

// workShare is how many documents a worker should look at, at the least, to be
// worth its start.
const workShare = 1 << 14

// most returns how many workers the question can use.
func (q *query) most() int {
	cost := 0.0
	for _, r := range q.roots {
		cost += r.cost()
	}
	return int(min(float64(q.windows()), 1+cost/workShare))
}

// run evaluates the windows with n workers, at least one; each hands those with
// hits to what found returned for it.
func (q *query) run(n int, found func(i int, w *worker) func(base uint32, words []uint64, pieces []evaluated)) error {
	workers := make([]*worker, n)
	for i := range workers {
		workers[i] = &worker{q: q, roots: q.roots}
		workers[i].found = found(i, workers[i])
		if i > 0 {
			workers[i].roots = forkAll(q.roots)
		}
	}
	var wait sync.WaitGroup
	for _, w := range workers[1:] {
		wait.Go(w.run)
	}
	workers[0].run()
	wait.Wait()
	var failed *worker
	for _, w := range workers {
		w.rethrow()
		if w.err != nil && (failed == nil || w.window < failed.window) {
			failed = w
		}
	}
	if failed != nil {
		return failed.err
	}
	return nil
}

func forkAll(roots []exec) []exec {
	f := &forker{filters: map[*filterWindow]*filterWindow{}}
	out := make([]exec, len(roots))
	for i, r := range roots {
		out[i] = r.fork(f)
	}
	return out
}

// run takes windows until none is left or a worker has failed. Of several errors
// that of the first window counts: all windows before it were taken.
func (w *worker) run() {
	w.from(func() error {
		w.e = newEnv(w.q.ctx)
		w.words, w.own = w.e.scratch.get(), w.e.scratch.get()
		for n := w.q.windows(); !w.q.stop.Load(); {
			if w.window = w.q.next.Add(1) - 1; w.window >= n {
				break
			}
			if w.q.ctx.Err() != nil {
				return cancelled(w.q.ctx)
			}
			w.evaluate(uint64(w.window) * WindowSlots)
		}
		w.e.scratch.put(w.words)
		w.e.scratch.put(w.own)
		w.e.release()
		return nil
	})
	if w.failed() {
		w.q.stop.Store(true)
	}
}

// evaluate finds the hits of the window at base.
func (w *worker) evaluate(base uint64) {
	clear(w.words)
	w.pieces = w.pieces[:0]
	views := w.q.s.views
	for i := w.firstView; i < len(views); i++ {
		p, ok := pieceOf(views[i], uint32(base))
		if !ok {
			if uint64(views[i].base) > base {
				break
			}
			w.firstView = i + 1
			continue
		}
		clear(w.own)
		w.e.tick++
		w.roots[i].eval(w.e, &p, nil, w.own)
		if m := p.v.mask; m != nil {
			for k, x := range p.aligned(m) {
				w.own[p.w0+k] &^= x
			}
		}
		if anyBit(w.own[p.w0:p.w1]) {
			p.or(w.words, w.own, nil)
			w.pieces = append(w.pieces, evaluated{p, w.roots[i], w.e.tick})
		}
	}
	if len(w.pieces) > 0 {
		w.found(uint32(base), w.words, w.pieces)
	}
}
