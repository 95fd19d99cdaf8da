package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"onewindow/internal/ierr"
)

// persistEvery is how often progress is written to the store at most.
const persistEvery = 200 * time.Millisecond

// maxArgs bounds the arguments of a job, in bytes.
const maxArgs = 1 << 20

// Options are what a runner is given from outside.
type Options struct {
	Now func() time.Time // the clock; time.Now when nil
	Log *slog.Logger     // slog.Default() when nil
}

// Runner runs jobs one after the other in the order in which they were asked for.
type Runner struct {
	store Store
	kinds map[string]Func
	now   func() time.Time
	log   *slog.Logger

	mu      sync.Mutex
	moved   *sync.Cond
	open    []*work // queued, and first the one that runs
	closing bool
	ended   chan struct{}
	stop    context.CancelCauseFunc
}

// work is a job that has not ended, as it is known in memory.
type work struct {
	job    Job
	cancel context.CancelCauseFunc // nil while it is queued
	saved  time.Time               // when progress was last stored
}

// Why a job's context ends.
var (
	errCancelled = errors.New("job: cancelled")
	errClosing   = errors.New("job: the runner is closing")
)

// Start returns a runner of the given kinds that goes on with the jobs that
// have not ended, the one that ran first.
func Start(ctx context.Context, store Store, kinds map[string]Func, o Options) (*Runner, error) {
	r := &Runner{store: store, kinds: kinds, now: o.Now, log: o.Log, ended: make(chan struct{})}
	if r.now == nil {
		r.now = time.Now
	}
	if r.log == nil {
		r.log = slog.Default()
	}
	r.moved = sync.NewCond(&r.mu)
	open, err := store.OpenJobs(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(open, func(a, b Job) int {
		switch {
		case a.State == b.State:
			return 0
		case a.State == Running:
			return -1
		}
		return 1
	})
	for _, j := range open {
		r.open = append(r.open, &work{job: j})
	}
	run, stop := context.WithCancelCause(context.WithoutCancel(ctx))
	r.stop = stop
	go r.loop(run)
	return r, nil
}

// Close stops the job that runs and waits for it; it stays running in the
// store and is resumed by the next Start.
func (r *Runner) Close() {
	r.mu.Lock()
	r.closing = true
	r.moved.Broadcast()
	r.mu.Unlock()
	r.stop(errClosing)
	<-r.ended
}

// Enqueue stores a job of a kind with its arguments, which JSON must hold, for
// the body and the owner in j, and returns it as queued.
func (r *Runner) Enqueue(ctx context.Context, kind string, args any, body, owner string) (Job, error) {
	if r.kinds[kind] == nil {
		return Job{}, ierr.New(ierr.Invalid, "job.kind_unknown", ierr.Args{"kind": kind})
	}
	raw, err := json.Marshal(args)
	if err != nil {
		return Job{}, fmt.Errorf("job: arguments of %s: %w", kind, err)
	}
	if len(raw) > maxArgs {
		return Job{}, ierr.New(ierr.TooLarge, "job.args_too_large", ierr.Args{"limit": maxArgs})
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closing {
		return Job{}, ierr.New(ierr.Busy, "job.closing", nil)
	}
	j := Job{Kind: kind, Args: raw, State: Queued, Body: body, Owner: owner, Created: r.now()}
	if j.ID, err = r.store.PutJob(ctx, j); err != nil {
		return Job{}, err
	}
	r.open = append(r.open, &work{job: j})
	r.moved.Broadcast()
	return j, nil
}

// Get returns a job; that of one which has not ended comes from memory.
// NotFound if there is none.
func (r *Runner) Get(ctx context.Context, id int64) (Job, error) {
	r.mu.Lock()
	w := r.find(id)
	if w != nil {
		j := w.job
		r.mu.Unlock()
		return j, nil
	}
	r.mu.Unlock()
	j, err := r.store.Job(ctx, id)
	if err != nil {
		return Job{}, err
	}
	if j == nil {
		return Job{}, ierr.New(ierr.NotFound, "job.unknown", ierr.Args{"job": id})
	}
	return *j, nil
}

// List returns jobs, newest first, at most 1,000 at a time.
func (r *Runner) List(ctx context.Context, limit, offset int) ([]Job, error) {
	jobs, err := r.store.Jobs(ctx, min(max(limit, 0), 1000), max(offset, 0))
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range jobs {
		if w := r.find(jobs[i].ID); w != nil {
			jobs[i] = w.job
		}
	}
	return jobs, nil
}

// Cancel stops a job: one that is queued at once, one that runs as soon as it
// can. NotFound if there is none, Conflict when it has ended.
func (r *Runner) Cancel(ctx context.Context, id int64) error {
	r.mu.Lock()
	w := r.find(id)
	if w == nil {
		r.mu.Unlock()
		if _, err := r.Get(ctx, id); err != nil {
			return err
		}
		return ierr.New(ierr.Conflict, "job.ended", ierr.Args{"job": id})
	}
	defer r.mu.Unlock()
	if w.cancel != nil {
		w.cancel(errCancelled)
		return nil
	}
	ended := w.job
	ended.State, ended.Finished, ended.Failure = Cancelled, r.now(), failure(cancelledErr())
	if _, err := r.store.PutJob(ctx, ended); err != nil {
		return err
	}
	r.drop(w)
	return nil
}

func cancelledErr() error { return ierr.New(ierr.Cancelled, "job.cancelled", nil) }

// Wait returns a job when it has ended, or the error of ctx.
func (r *Runner) Wait(ctx context.Context, id int64) (Job, error) {
	stop := context.AfterFunc(ctx, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.moved.Broadcast()
	})
	defer stop()
	r.mu.Lock()
	for r.find(id) != nil && ctx.Err() == nil && !r.closing {
		r.moved.Wait()
	}
	r.mu.Unlock()
	if ctx.Err() != nil {
		return Job{}, ierr.Wrap(ctx.Err(), ierr.Cancelled, "job.cancelled", nil)
	}
	return r.Get(ctx, id)
}

// find returns a job that has not ended.
func (r *Runner) find(id int64) *work {
	for _, w := range r.open {
		if w.job.ID == id {
			return w
		}
	}
	return nil
}

// drop forgets a job that has ended.
func (r *Runner) drop(w *work) {
	r.open = slices.DeleteFunc(r.open, func(o *work) bool { return o == w })
	r.moved.Broadcast()
}

// loop runs jobs until the runner closes.
func (r *Runner) loop(ctx context.Context) {
	defer close(r.ended)
	for {
		r.mu.Lock()
		for len(r.open) == 0 && !r.closing {
			r.moved.Wait()
		}
		if r.closing {
			r.mu.Unlock()
			return
		}
		w := r.open[0]
		run, cancel := context.WithCancelCause(ctx)
		w.cancel = cancel
		w.job.State, w.job.Started = Running, r.now()
		j := w.job
		r.mu.Unlock()
		r.run(run, w, j)
		cancel(nil)
	}
}

// run does one job and stores how it ended.
func (r *Runner) run(ctx context.Context, w *work, j Job) {
	quiet := context.WithoutCancel(ctx)
	_, err := r.store.PutJob(quiet, j)
	var result any
	if err == nil {
		result, err = r.call(ctx, w, j)
	}
	if errors.Is(context.Cause(ctx), errClosing) && err != nil {
		r.save(quiet, w)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.drop(w)
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	w.job.Finished = r.now()
	switch {
	case err == nil:
		w.job.State = Done
		if w.job.Result, err = json.Marshal(result); err != nil {
			w.job.State, w.job.Failure = Failed, failure(err)
		}
	case errors.Is(context.Cause(ctx), errCancelled):
		w.job.State, w.job.Failure = Cancelled, failure(cancelledErr())
	default:
		w.job.State, w.job.Failure = Failed, failure(err)
		r.log.Error("job failed", "job", j.ID, "kind", j.Kind, "error", err)
	}
	if _, err := r.store.PutJob(quiet, w.job); err != nil {
		r.log.Error("job not stored", "job", j.ID, "error", err)
	}
	r.drop(w)
}

// call does the work. A panic fails the job and nothing else.
func (r *Runner) call(ctx context.Context, w *work, j Job) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			r.log.Error("job panicked", "job", j.ID, "kind", j.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("job: panic: %v", p)
		}
	}()
	fn := r.kinds[j.Kind]
	if fn == nil {
		return nil, ierr.New(ierr.Unsupported, "job.kind_unknown", ierr.Args{"kind": j.Kind})
	}
	return fn(ctx, j, func(progress any) { r.report(ctx, w, progress) })
}

// report takes progress in, and stores it when the last time is long enough ago.
func (r *Runner) report(ctx context.Context, w *work, progress any) {
	raw, err := json.Marshal(progress)
	if err != nil {
		r.log.Error("progress is not JSON", "job", w.job.ID, "error", err)
		return
	}
	r.mu.Lock()
	w.job.Progress = raw
	due := r.now().Sub(w.saved) >= persistEvery
	r.mu.Unlock()
	if due {
		r.save(context.WithoutCancel(ctx), w)
	}
}

// save stores a job as it is known in memory.
func (r *Runner) save(ctx context.Context, w *work) {
	r.mu.Lock()
	w.saved = r.now()
	j := w.job
	r.mu.Unlock()
	if _, err := r.store.PutJob(ctx, j); err != nil {
		r.log.Error("progress not stored", "job", j.ID, "error", err)
	}
}
