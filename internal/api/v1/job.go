package v1

import "time"

// Job is a piece of long work.
type Job struct {
	ID       int64      `json:"id"`
	Kind     string     `json:"kind" doc:"load, resume or undo."`
	Status   string     `json:"status" doc:"queued, running, done, failed or cancelled."`
	Load     int64      `json:"load,omitempty" doc:"The load that it works on."`
	Stage    string     `json:"stage,omitempty" doc:"hash (reading files to know whether they are loaded), count (before they are read), read, or index."`
	File     string     `json:"file,omitempty" doc:"The file being read."`
	Done     int64      `json:"done" doc:"Bytes done."`
	Total    int64      `json:"total" doc:"Bytes in all, 0 while unknown."`
	Units    int64      `json:"units" doc:"Entries done."`
	Started  *time.Time `json:"started,omitempty"`
	Ended    *time.Time `json:"ended,omitempty"`
	Problem  *Problem   `json:"problem,omitempty" doc:"Why it failed."`
	Finished bool       `json:"finished"`
}

// Jobs are jobs, the newest first.
type Jobs struct {
	Mark
	Jobs []Job `json:"jobs"`
}
