// Package job runs long work: one job at a time, with progress that is cheap
// to read, stopped on request, and resumed after a restart.
package job

import (
	"context"
	"encoding/json"
	"time"

	"onewindow/internal/ierr"
)

// State is how far a job has come.
type State string

// The states of a job.
const (
	Queued    State = "queued"
	Running   State = "running" // also after a crash, until it is resumed
	Done      State = "done"
	Failed    State = "failed"
	Cancelled State = "cancelled"
)

// Ended tells whether nothing more will happen.
func (s State) Ended() bool { return s == Done || s == Failed || s == Cancelled }

// Job is one piece of long work.
type Job struct {
	ID       int64
	Kind     string
	Args     json.RawMessage
	State    State
	Progress json.RawMessage // as the kind reports it; nil before its first report
	Result   json.RawMessage // nil unless done
	Failure  *Failure        // nil unless failed or cancelled
	Body     string          // the body that owns it
	Owner    string          // who started it
	Created  time.Time
	Started  time.Time // of its last start; zero while it is queued
	Finished time.Time // zero until it has ended
}

// Failure is the error that ended a job, as it can be shown after a restart.
type Failure struct {
	Kind string    `json:"kind"`
	Code string    `json:"code"`
	Args ierr.Args `json:"args,omitempty"`
}

// Err returns the failure as an error.
func (f *Failure) Err() error {
	kind, _ := ierr.KindNamed(f.Kind)
	return ierr.New(kind, f.Code, f.Args)
}

func failure(err error) *Failure {
	e := ierr.As(err)
	return &Failure{Kind: e.Kind.String(), Code: e.Code, Args: e.Args}
}

// Func does the work of one kind of job. It returns the result, anything that
// JSON can hold. When ctx ends it stops as soon as it can and returns an
// error. After a restart it is called again with the same job, and goes on
// where it was by what it has stored itself under the job's id.
type Func func(ctx context.Context, j Job, progress func(any)) (any, error)

// Store keeps jobs.
type Store interface {
	// PutJob stores a job under its id, or under a new one when that is 0, and
	// returns the id.
	PutJob(ctx context.Context, j Job) (int64, error)
	// Job returns a job, nil if there is none.
	Job(ctx context.Context, id int64) (*Job, error)
	// Jobs returns jobs, newest first.
	Jobs(ctx context.Context, limit, offset int) ([]Job, error)
	// OpenJobs returns those that are queued or running, oldest first.
	OpenJobs(ctx context.Context) ([]Job, error)
}
