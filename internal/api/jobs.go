package api

import (
	"context"
	"time"

	"onewindow/internal/api/v1"
)

// Work is what a job is to do: one of its fields is set.
type Work struct {
	Load   *v1.StartLoad
	Resume int64 // id of the load to go on with
	Undo   int64 // id of the load to undo
	By     string
}

// JobState is how far a job has come.
type JobState struct {
	ID          int64
	Kind        string // "load", "resume", "undo"
	Status      string // "queued", "running", "done", "failed", "cancelled"
	Finished    bool   // nothing more will happen
	Load        int64
	Stage       string // "hash", "read", "index"
	File        string // the file being read
	Done, Total int64  // bytes
	Units       int64  // entries
	Started     time.Time
	Ended       time.Time
	Err         error // why it failed
}

// Jobs runs long work.
type Jobs interface {
	Start(ctx context.Context, w Work) (JobState, error)
	List(ctx context.Context) ([]JobState, error) // newest first
	Get(ctx context.Context, id int64) (JobState, error)
	Cancel(ctx context.Context, id int64) (JobState, error)
}

func (s *server) start(ctx context.Context, w Work) (*v1.Job, error) {
	return s.jobAnswer(ctx)(s.Jobs.Start(ctx, w))
}

func (s *server) jobAnswer(ctx context.Context) func(JobState, error) (*v1.Job, error) {
	return func(j JobState, err error) (*v1.Job, error) {
		if err != nil {
			return nil, err
		}
		out := s.jobOf(ctx, j)
		return &out, nil
	}
}

func (s *server) jobOf(ctx context.Context, j JobState) v1.Job {
	out := v1.Job{
		ID: j.ID, Kind: j.Kind, Status: j.Status, Load: j.Load, Stage: j.Stage, File: fileFor(ctx, j.File), Done: j.Done, Total: j.Total, Units: j.Units,
		Finished: j.Finished, Started: s.localIf(j.Started), Ended: s.localIf(j.Ended),
	}
	if j.Err != nil {
		p := Problem(errorFor(ctx, j.Err), printer(ctx))
		out.Problem = &p
	}
	return out
}

// fileFor is pathFor of a path that may be missing.
func fileFor(ctx context.Context, path string) string {
	if path == "" {
		return ""
	}
	return pathFor(ctx, path)
}

func (s *server) jobs(ctx context.Context, _ *struct{}) (*v1.Jobs, error) {
	all, err := s.Jobs.List(ctx)
	if err != nil {
		return nil, err
	}
	out := &v1.Jobs{Mark: s.mark(), Jobs: []v1.Job{}}
	for _, j := range all {
		out.Jobs = append(out.Jobs, s.jobOf(ctx, j))
	}
	return out, nil
}

func (s *server) job(ctx context.Context, in *NumberPath) (*v1.Job, error) {
	return s.jobAnswer(ctx)(s.Jobs.Get(ctx, in.ID))
}

func (s *server) cancelJob(ctx context.Context, in *NumberPath) (*v1.Job, error) {
	return s.jobAnswer(ctx)(s.Jobs.Cancel(ctx, in.ID))
}
