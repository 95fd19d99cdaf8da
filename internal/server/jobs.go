package server

import (
	"context"
	"encoding/json"
	"time"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/job"
	"onewindow/internal/register"
	"onewindow/internal/source"
)

// The kinds of jobs.
const (
	kindLoad   = "load"
	kindResume = "resume"
	kindUndo   = "undo"
)

// jobs runs long work on the register. A server that only passes, to answer one
// command, runs none: what it began would end with it.
type jobs struct {
	*Server
	runner *job.Runner // nil where none run
}

// report is how far a job has come.
type report struct {
	Load  int64  `json:"load,omitempty"`
	Stage string `json:"stage"`
	File  string `json:"file,omitempty"`
	Done  int64  `json:"done"`
	Total int64  `json:"total"`
	Units int64  `json:"units"`
}

// The stages of a job.
const (
	stageCount = "count" // counting what files hold
	stageHash  = "hash"  // reading files to know whether they are loaded already
	stageRead  = "read"  // taking entries into the register
	stageIndex = "index" // making them searchable
)

// ofLoad names the load that resume and undo work on.
type ofLoad struct {
	Load int64  `json:"load"`
	By   string `json:"by"`
}

func (s *Server) openJobs() (err error) {
	s.jobs = &jobs{Server: s}
	if !s.config.Work {
		return nil
	}
	s.jobs.runner, err = job.Start(context.Background(), s.store, map[string]job.Func{
		kindLoad: s.jobs.load, kindResume: s.jobs.goOn, kindUndo: s.jobs.undo,
	}, job.Options{Now: s.config.Now, Log: s.config.Log})
	if err != nil {
		return err
	}
	s.onClose(func() error { s.jobs.runner.Close(); return nil })
	return nil
}

// load is the job that loads files.
func (j *jobs) load(ctx context.Context, work job.Job, progress func(any)) (any, error) {
	var what v1.StartLoad
	if err := json.Unmarshal(work.Args, &what); err != nil {
		return nil, err
	}
	reading, err := j.tables.reading(what.As, what.Mapping)
	if err != nil {
		return nil, err
	}
	in, err := j.feed(ctx, work.ID, what.Paths, reading, progress)
	if err != nil {
		return nil, err
	}
	declared, err := api.Covers(j.sources, j.pack, what)
	if err != nil {
		return nil, err
	}
	l, err := j.register.Load(ctx, register.LoadSpec{
		Feed: in, As: reading.As, Label: what.Label, By: what.By, Source: what.Source, Declared: declared, Job: work.ID,
	}, telling(progress))
	return j.searchable(ctx, l, err, progress)
}

// goOn is the job that goes on with a load whose own job has ended before it.
func (j *jobs) goOn(ctx context.Context, work job.Job, progress func(any)) (any, error) {
	var of ofLoad
	if err := json.Unmarshal(work.Args, &of); err != nil {
		return nil, err
	}
	info, err := j.register.LoadInfo(ctx, of.Load)
	if err != nil {
		return nil, err
	}
	if info.Status != register.Running { // this job did so before it was interrupted
		return j.searchable(ctx, info, nil, progress)
	}
	files, err := j.register.Files(ctx, of.Load)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, f := range files {
		paths = append(paths, f.Path)
	}
	reading, err := j.readingOf(ctx, info)
	if err != nil {
		return nil, err
	}
	in, err := j.feed(ctx, info.Job, paths, reading, progress)
	if err != nil {
		return nil, err
	}
	l, err := j.register.Resume(ctx, of.Load, in, telling(progress))
	return j.searchable(ctx, l, err, progress)
}

// readingOf says how the files of a load are read: the mapping that came with it
// stands in the job that began it.
func (j *jobs) readingOf(ctx context.Context, info *register.LoadInfo) (source.Options, error) {
	var what v1.StartLoad
	if info.Job != 0 {
		began, err := j.store.Job(ctx, info.Job)
		if err != nil {
			return source.Options{}, err
		}
		if began != nil {
			// What cannot be read is of another kind of job and brought no mapping.
			_ = json.Unmarshal(began.Args, &what)
		}
	}
	if what.Mapping == "" {
		return j.tables.reading(info.As, "")
	}
	return j.tables.reading("", what.Mapping)
}

// undo is the job that undoes a load.
func (j *jobs) undo(ctx context.Context, work job.Job, progress func(any)) (any, error) {
	var of ofLoad
	if err := json.Unmarshal(work.Args, &of); err != nil {
		return nil, err
	}
	l, err := j.register.LoadInfo(ctx, of.Load)
	if err == nil && l.Undone == 0 { // else this job did so before it was interrupted
		l, err = j.register.Undo(ctx, of.Load, of.By)
	}
	return j.searchable(ctx, l, err, progress)
}

// feed finds and hashes the files that paths stand for, to be read as o says.
// Pictures among them are kept as those of the job that began the load.
func (j *jobs) feed(ctx context.Context, began int64, paths []string, o source.Options, progress func(any)) (register.Files, error) {
	listing, err := source.Expand(ctx, paths)
	if err != nil {
		return register.Files{}, err
	}
	total := int64(0)
	for _, f := range listing.Files {
		total += f.Size
	}
	before, last := int64(0), time.Time{}
	files, err := source.Find(ctx, paths, func(f source.File, done int64) {
		if now := j.config.Now(); now.Sub(last) >= tellEvery {
			last = now
			progress(report{Stage: stageHash, File: f.Path, Done: before + done, Total: total})
		}
		if f.SHA256 != "" {
			before += f.Size
		}
	})
	if err != nil {
		return register.Files{}, err
	}
	o.Picture = j.keepFiles(began, files)
	o.TempDir, err = j.folder.Tmp()
	return register.Files{Found: files, Options: o}, err
}

// tellEvery is the pause between two reports of how far hashing has come.
const tellEvery = 100 * time.Millisecond

// telling passes the register's progress on.
func telling(progress func(any)) func(register.Progress) {
	return func(p register.Progress) {
		stage := stageRead
		if p.Counting {
			stage = stageCount
		}
		progress(report{Load: p.Load, Stage: stage, File: p.Path, Done: p.Bytes, Total: p.Size, Units: p.Counts.Entries})
	}
}

// searchable ends a job on a load when what it did can be found.
func (j *jobs) searchable(ctx context.Context, l *register.LoadInfo, err error, progress func(any)) (any, error) {
	if err != nil {
		return nil, err
	}
	progress(report{Load: l.ID, Stage: stageIndex, Done: 1, Total: 1, Units: l.Counts.Entries})
	return ofLoad{Load: l.ID}, j.finder.Sync(ctx, j.register.State())
}

// Start begins a job.
func (j *jobs) Start(ctx context.Context, w api.Work) (api.JobState, error) {
	if j.runner == nil {
		return api.JobState{}, ierr.New(ierr.Busy, "server.passing", nil)
	}
	kind, args := kindLoad, any(w.Load)
	switch {
	case w.Resume != 0:
		kind, args = kindResume, ofLoad{w.Resume, w.By}
	case w.Undo != 0:
		kind, args = kindUndo, ofLoad{w.Undo, w.By}
	}
	queued, err := j.runner.Enqueue(ctx, kind, args, "", w.By)
	return stateOf(queued), err
}

// maxJobs is how many jobs are listed.
const maxJobs = 200

// List returns jobs, the newest first.
func (j *jobs) List(ctx context.Context) ([]api.JobState, error) {
	list := j.store.Jobs
	if j.runner != nil {
		list = j.runner.List
	}
	all, err := list(ctx, maxJobs, 0)
	out := make([]api.JobState, len(all))
	for i := range all {
		out[i] = stateOf(all[i])
	}
	return out, err
}

// Get returns a job.
func (j *jobs) Get(ctx context.Context, id int64) (api.JobState, error) {
	if j.runner != nil {
		one, err := j.runner.Get(ctx, id)
		return stateOf(one), err
	}
	one, err := j.store.Job(ctx, id)
	if err == nil && one == nil {
		err = ierr.New(ierr.NotFound, "job.unknown", ierr.Args{"job": id})
	}
	if err != nil {
		return api.JobState{}, err
	}
	return stateOf(*one), nil
}

// Cancel stops a job.
func (j *jobs) Cancel(ctx context.Context, id int64) (api.JobState, error) {
	if j.runner == nil {
		return api.JobState{}, ierr.New(ierr.Busy, "server.passing", nil)
	}
	if err := j.runner.Cancel(ctx, id); err != nil {
		return api.JobState{}, err
	}
	ended, err := j.runner.Wait(ctx, id)
	return stateOf(ended), err
}

func stateOf(one job.Job) api.JobState {
	out := api.JobState{
		ID: one.ID, Kind: one.Kind, Status: string(one.State), Started: one.Started, Ended: one.Finished, Finished: one.State.Ended(),
	}
	// Both are what this program stored; what cannot be read tells nothing.
	var r report
	var of ofLoad
	_ = json.Unmarshal(one.Progress, &r)
	_ = json.Unmarshal(one.Args, &of)
	out.Load, out.Stage, out.File, out.Done, out.Total, out.Units = r.Load, r.Stage, r.File, r.Done, r.Total, r.Units
	if out.Load == 0 {
		out.Load = of.Load
	}
	if one.Failure != nil && one.State == job.Failed {
		out.Err = one.Failure.Err()
	}
	return out
}

// working tells whether a job works on a load, or waits to.
func (j *jobs) working(ctx context.Context, load int64) bool {
	if j.runner == nil {
		return false
	}
	open, err := j.store.OpenJobs(ctx)
	if err != nil {
		return false
	}
	for _, one := range open {
		if state, err := j.Get(ctx, one.ID); err == nil && !state.Finished && state.Load == load {
			return true
		}
	}
	return false
}

// settled returns when no job waits or runs, or with the error of one that
// failed meanwhile.
func (j *jobs) settled(ctx context.Context) error {
	for {
		open, err := j.store.OpenJobs(ctx)
		if err != nil || len(open) == 0 {
			return err
		}
		ended, err := j.runner.Wait(ctx, open[0].ID)
		if err != nil {
			return err
		}
		if ended.Failure != nil {
			return ended.Failure.Err()
		}
	}
}
