package register

import (
	"context"
	"sync"
)

// queued is how many commits may wait for the slowest watcher before a load
// waits for it.
const queued = 8

// dispatcher hands commits to watchers, each in a goroutine of its own.
type dispatcher struct {
	mu       sync.Mutex
	moved    *sync.Cond // a queue grew or shrank, or the end has come
	watchers map[*watcher]struct{}
	closed   bool
	ctx      context.Context
	cancel   context.CancelFunc
	running  sync.WaitGroup
	r        *Register
}

type watcher struct {
	queue []Commit
	done  int64 // last state that fn has seen
}

func (d *dispatcher) start(r *Register) {
	d.r, d.watchers = r, map[*watcher]struct{}{}
	d.moved = sync.NewCond(&d.mu)
	d.ctx, d.cancel = context.WithCancel(context.Background())
}

func (d *dispatcher) stop() {
	d.mu.Lock()
	d.closed = true
	d.cancel()
	d.moved.Broadcast()
	d.mu.Unlock()
	d.running.Wait()
}

// publish makes a commit the current state and queues it for every watcher.
// It never waits.
func (d *dispatcher) publish(c Commit) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.r.state.Store(c.State)
	for w := range d.watchers {
		w.queue = append(w.queue, c)
	}
	d.moved.Broadcast()
}

// wait returns when ready holds, or with an error when ctx ends.
func (d *dispatcher) wait(ctx context.Context, ready func() bool) error {
	stop := context.AfterFunc(ctx, func() {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.moved.Broadcast()
	})
	defer stop()
	d.mu.Lock()
	defer d.mu.Unlock()
	for !ready() {
		if ctx.Err() != nil {
			return cancelled(ctx)
		}
		if d.closed {
			return closed()
		}
		d.moved.Wait()
	}
	return nil
}

// room waits until every watcher is near enough for another batch of a load.
func (d *dispatcher) room(ctx context.Context) error {
	return d.wait(ctx, func() bool {
		for w := range d.watchers {
			if len(w.queue) >= queued {
				return false
			}
		}
		return true
	})
}

// Watch calls fn with every state after since, one call at a time and in
// order, from a goroutine of its own: what is behind is read first, in chunks
// (see ChangedSince), then each commit follows once it is durable. Loads wait
// for watchers that fall behind; other commits do not. Errors of reading what
// is behind go to failed, and the watching ends. The function returned ends it
// as well, after the call that is under way.
func (r *Register) Watch(since int64, fn func(Commit), failed func(error)) (stop func()) {
	d := &r.feed
	w := &watcher{done: since}
	d.mu.Lock()
	d.watchers[w] = struct{}{}
	upTo := r.State()
	d.mu.Unlock()
	ctx, cancel := context.WithCancel(d.ctx)
	left := make(chan struct{})
	d.running.Go(func() {
		defer close(left)
		defer d.leave(w)
		if since < upTo {
			err := r.changed(ctx, since, upTo, func(c Commit) error {
				fn(c)
				d.seen(w, c.State)
				return nil
			})
			if err != nil {
				if ctx.Err() == nil {
					failed(err)
				}
				return
			}
		}
		d.follow(ctx, w, fn)
	})
	return func() { cancel(); <-left }
}

// follow hands queued commits on until ctx ends.
func (d *dispatcher) follow(ctx context.Context, w *watcher, fn func(Commit)) {
	for {
		var c Commit
		if d.wait(ctx, func() bool { return len(w.queue) > 0 }) != nil {
			return
		}
		d.mu.Lock()
		c = w.queue[0]
		d.mu.Unlock()
		fn(c)
		d.mu.Lock()
		w.queue[0] = Commit{}
		w.queue = w.queue[1:]
		d.mu.Unlock()
		d.seen(w, c.State)
	}
}

func (d *dispatcher) seen(w *watcher, state int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	w.done = state
	d.moved.Broadcast()
}

func (d *dispatcher) leave(w *watcher) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.watchers, w)
	d.moved.Broadcast()
}

// Seen waits until every watcher has been called with a state, so that who
// made it finds it in what watchers derive.
func (r *Register) Seen(ctx context.Context, state int64) error {
	return r.feed.wait(ctx, func() bool {
		for w := range r.feed.watchers {
			if w.done < state {
				return false
			}
		}
		return true
	})
}

// chunkRights is about how many rights ChangedSince hands over in one call.
const chunkRights = 2000

// ChangedSince calls fn with what changed after a state, in ascending order, so
// that who keeps something derived can catch up. Each call covers one or more
// states up to Commit.State; the views are the current ones, and a right that
// changed often may come again. Returned is the state that is caught up with.
func (r *Register) ChangedSince(ctx context.Context, since int64, fn func(Commit) error) (int64, error) {
	upTo := r.State()
	return upTo, r.changed(ctx, since, upTo, fn)
}

func (r *Register) changed(ctx context.Context, since, upTo int64, fn func(Commit) error) error {
	var chunk changedChunk
	err := r.store.States(ctx, since, func(s State) error {
		if s.ID > upTo {
			return nil
		}
		chunk.add(s)
		if len(chunk.rights) < chunkRights {
			return nil
		}
		return r.emitChunk(ctx, &chunk, upTo, fn)
	})
	if err != nil || chunk.last.ID == 0 {
		return err
	}
	return r.emitChunk(ctx, &chunk, upTo, fn)
}

// changedChunk is a run of states and the rights that they changed.
type changedChunk struct {
	last   State
	rights map[int64]struct{}
}

func (c *changedChunk) add(s State) {
	if c.rights == nil {
		c.rights = make(map[int64]struct{}, chunkRights)
	}
	for _, id := range s.Rights {
		c.rights[id] = struct{}{}
	}
	s.Rights = nil
	c.last = s
}

func (r *Register) emitChunk(ctx context.Context, chunk *changedChunk, upTo int64, fn func(Commit) error) error {
	out := Commit{State: chunk.last.ID, At: chunk.last.At, Act: chunk.last.Act, Load: chunk.last.Load}
	ids := sortedKeys(chunk.rights)
	*chunk = changedChunk{}
	for len(ids) > 0 {
		n := min(len(ids), chunkRights)
		views, err := r.views(ctx, ids[:n], 0, upTo)
		if err != nil {
			return err
		}
		for _, v := range views {
			if v.Gone {
				out.Gone = append(out.Gone, v.ID)
			} else {
				out.Views = append(out.Views, v)
			}
		}
		ids = ids[n:]
	}
	return fn(out)
}
