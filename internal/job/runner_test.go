package job_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"onewindow/internal/ierr"
	"onewindow/internal/job"
	"onewindow/internal/store/sqlite"
)

func store(t *testing.T, path string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func start(t *testing.T, db job.Store, kinds map[string]job.Func) *job.Runner {
	t.Helper()
	r, err := job.Start(context.Background(), db, kinds, job.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAJobRunsAndTellsHowItEnded(t *testing.T) {
	ctx := context.Background()
	db := store(t, filepath.Join(t.TempDir(), "jobs.db"))
	r := start(t, db, map[string]job.Func{
		"add": func(_ context.Context, j job.Job, progress func(any)) (any, error) {
			progress(map[string]int{"done": 1})
			return map[string]string{"args": string(j.Args)}, nil
		},
		"refuse": func(context.Context, job.Job, func(any)) (any, error) {
			return nil, ierr.New(ierr.Conflict, "register.load_undone", ierr.Args{"load": 3})
		},
		"break": func(context.Context, job.Job, func(any)) (any, error) { panic("broken") },
	})
	defer r.Close()
	want := map[string]struct {
		state  job.State
		result string
		code   string
	}{
		"add":    {job.Done, `{"args":"[1,2]"}`, ""},
		"refuse": {job.Failed, "", "register.load_undone"},
		"break":  {job.Failed, "", "internal"},
	}
	for kind, w := range want {
		j, err := r.Enqueue(ctx, kind, []int{1, 2}, "office", "clerk")
		if err != nil {
			t.Fatal(err)
		}
		if j, err = r.Wait(ctx, j.ID); err != nil {
			t.Fatal(err)
		}
		code := ""
		if j.Failure != nil {
			code = j.Failure.Code
		}
		if j.State != w.state || string(j.Result) != w.result || code != w.code || j.Body != "office" || j.Finished.IsZero() {
			t.Errorf("%s ended as %+v, want %+v", kind, j, w)
		}
	}
	if _, err := r.Enqueue(ctx, "unheard-of", nil, "", ""); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("an unknown kind was taken: %v", err)
	}
	if _, err := r.Get(ctx, 99); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("a job that there is not: %v", err)
	}
	if jobs, err := r.List(ctx, 2, 1); err != nil || len(jobs) != 2 || jobs[0].ID != 2 {
		t.Errorf("the list is %v, %v", jobs, err)
	}
	if err := r.Cancel(ctx, 1); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("an ended job was cancelled: %v", err)
	}
}

func TestOneAtATimeAndCancelled(t *testing.T) {
	ctx := context.Background()
	db := store(t, filepath.Join(t.TempDir(), "jobs.db"))
	var running, most atomic.Int32
	started := make(chan int64, 4)
	r := start(t, db, map[string]job.Func{"wait": func(ctx context.Context, j job.Job, _ func(any)) (any, error) {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		started <- j.ID
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	defer r.Close()
	var ids []int64
	for range 3 {
		j, err := r.Enqueue(ctx, "wait", nil, "", "")
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, j.ID)
	}
	first := <-started
	if err := r.Cancel(ctx, ids[1]); err != nil { // while it is queued
		t.Fatal(err)
	}
	if err := r.Cancel(ctx, first); err != nil {
		t.Fatal(err)
	}
	if next := <-started; next != ids[2] {
		t.Errorf("after job %d came job %d, want %d", first, next, ids[2])
	}
	if err := r.Cancel(ctx, ids[2]); err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		j, err := r.Wait(ctx, id)
		if err != nil || j.State != job.Cancelled || j.Failure.Code != "job.cancelled" {
			t.Errorf("job %d ended as %+v, %v", id, j, err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d jobs ran at once", most.Load())
	}
}

func TestWhatRanIsResumedFirst(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "jobs.db")
	db := store(t, path)
	var begun []int64
	reported := make(chan struct{})
	r := start(t, db, map[string]job.Func{"load": func(ctx context.Context, j job.Job, progress func(any)) (any, error) {
		progress(map[string]int{"half": 1})
		close(reported)
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	a, _ := r.Enqueue(ctx, "load", "a", "", "")
	b, _ := r.Enqueue(ctx, "load", "b", "", "")
	<-reported
	if j, err := r.Get(ctx, a.ID); err != nil || j.State != job.Running || string(j.Progress) != `{"half":1}` {
		t.Errorf("while it runs: %+v, %v", j, err)
	}
	r.Close()
	if _, err := r.Enqueue(ctx, "load", "c", "", ""); ierr.KindOf(err) != ierr.Busy {
		t.Errorf("a closed runner takes jobs: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}

	db = store(t, path)
	r = start(t, db, map[string]job.Func{"load": func(_ context.Context, j job.Job, _ func(any)) (any, error) {
		begun = append(begun, j.ID)
		if j.ID == a.ID && string(j.Progress) != `{"half":1}` {
			return nil, errors.New("the progress was lost")
		}
		return nil, nil
	}})
	defer r.Close()
	for _, id := range []int64{a.ID, b.ID} {
		if j, err := r.Wait(ctx, id); err != nil || j.State != job.Done {
			t.Errorf("job %d ended as %+v, %v", id, j, err)
		}
	}
	if len(begun) != 2 || begun[0] != a.ID {
		t.Errorf("they ran in the order %v", begun)
	}
}

func TestWaitEndsWithItsContext(t *testing.T) {
	db := store(t, filepath.Join(t.TempDir(), "jobs.db"))
	r := start(t, db, map[string]job.Func{"wait": func(ctx context.Context, _ job.Job, _ func(any)) (any, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}})
	defer r.Close()
	j, err := r.Enqueue(context.Background(), "wait", nil, "", "")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if _, err := r.Wait(ctx, j.ID); ierr.KindOf(err) != ierr.Cancelled {
		t.Errorf("waiting ended with %v", err)
	}
}
