package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/job"
)

const jobColumns = "id, kind, args, state, progress, result, error, body, owner, created, started, finished"

// PutJob implements job.Store.
func (db *DB) PutJob(ctx context.Context, j job.Job) (id int64, err error) {
	failure := []byte("null")
	if j.Failure != nil {
		if failure, err = json.Marshal(j.Failure); err != nil {
			return 0, err
		}
	}
	err = db.transact(ctx, func(t *tx) error {
		id, err = t.insert(ctx, "INSERT OR REPLACE INTO job ("+jobColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			orNull(j.ID), j.Kind, string(j.Args), string(j.State), string(j.Progress), string(j.Result), string(failure), j.Body, j.Owner,
			micros(j.Created), micros(j.Started), micros(j.Finished))
		return err
	})
	return id, err
}

// Job implements job.Store.
func (db *DB) Job(ctx context.Context, id int64) (*job.Job, error) {
	jobs, err := db.jobs(ctx, "WHERE id = ?", id)
	if err != nil || len(jobs) == 0 {
		return nil, err
	}
	return &jobs[0], nil
}

// Jobs implements job.Store.
func (db *DB) Jobs(ctx context.Context, limit, offset int) ([]job.Job, error) {
	return db.jobs(ctx, "ORDER BY id DESC LIMIT ? OFFSET ?", limit, offset)
}

// OpenJobs implements job.Store.
func (db *DB) OpenJobs(ctx context.Context) ([]job.Job, error) {
	return db.jobs(ctx, "WHERE state IN ('queued', 'running') ORDER BY id")
}

func (db *DB) jobs(ctx context.Context, where string, args ...any) ([]job.Job, error) {
	var out []job.Job
	err := db.reader.q.query(ctx, "SELECT "+jobColumns+" FROM job "+where, args, func(rows *sql.Rows) error {
		var j job.Job
		var given, progress, result, failure string
		var created, started, finished int64
		if err := rows.Scan(&j.ID, &j.Kind, &given, &j.State, &progress, &result, &failure, &j.Body, &j.Owner, &created, &started, &finished); err != nil {
			return err
		}
		j.Args, j.Progress, j.Result = rawJSON(given), rawJSON(progress), rawJSON(result)
		j.Created, j.Started, j.Finished = instant(created), instant(started), instant(finished)
		out = append(out, j)
		return json.Unmarshal([]byte(failure), &out[len(out)-1].Failure)
	})
	return out, err
}

// rawJSON returns nil for nothing.
func rawJSON(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return json.RawMessage(s)
}
