package client

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

func id(n int64) string { return strconv.FormatInt(n, 10) }

// Status says what the server serves.
func (c *Client) Status(ctx context.Context) (*v1.Status, error) {
	return get[v1.Status](ctx, c, "/status", nil)
}

// Search finds a page of records.
func (c *Client) Search(ctx context.Context, p v1.SearchParams) (*v1.Search, error) {
	return get[v1.Search](ctx, c, "/search", p)
}

// Count counts records by up to three dimensions.
func (c *Client) Count(ctx context.Context, p v1.CountParams) (*v1.Count, error) {
	return get[v1.Count](ctx, c, "/count", p)
}

// Explain says how a query is understood.
func (c *Client) Explain(ctx context.Context, query string) (*v1.Explanation, error) {
	return get[v1.Explanation](ctx, c, "/explain", v1.ExplainParams{Query: query})
}

// Export writes every record that a query finds to w, one JSON object a line or in
// the format asked for, and returns how many the format has no form for. What w
// fails with is returned as it is.
func (c *Client) Export(ctx context.Context, p v1.ExportParams, w io.Writer) (left int, err error) {
	resp, err := c.call(ctx, http.MethodGet, "/export", values(p), nil)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	to := &target{Writer: w}
	if _, err := io.Copy(to, resp.Body); to.failed != nil {
		return 0, to.failed
	} else if err != nil {
		return 0, ierr.Wrap(err, ierr.Internal, "client.cut", nil)
	}
	if resp.Trailer.Get(v1.TrailerComplete) != "true" {
		return 0, ierr.New(ierr.Internal, "client.cut", nil)
	}
	if s := resp.Trailer.Get(v1.TrailerLeftOut); s != "" {
		if left, err = strconv.Atoi(s); err != nil {
			return 0, ierr.Wrap(err, ierr.Internal, "client.answer", ierr.Args{"status": resp.StatusCode})
		}
	}
	return left, nil
}

// target remembers what a writer failed with, which a reader did not.
type target struct {
	io.Writer
	failed error
}

func (t *target) Write(p []byte) (int, error) {
	n, err := t.Writer.Write(p)
	t.failed = err
	return n, err
}

// Record returns the record with this id or any number of it.
func (c *Client) Record(ctx context.Context, number string, p v1.AsOf) (*v1.Record, error) {
	return get[v1.Record](ctx, c, "/records/"+url.PathEscape(number), p)
}

// History returns what happened to a record in the register.
func (c *Client) History(ctx context.Context, number string) (*v1.History, error) {
	return get[v1.History](ctx, c, "/records/"+url.PathEscape(number)+"/history", nil)
}

// Loads lists loads, the newest first.
func (c *Client) Loads(ctx context.Context, p v1.Page) (*v1.Loads, error) {
	return get[v1.Loads](ctx, c, "/loads", p)
}

// Load returns one load with its files.
func (c *Client) Load(ctx context.Context, load int64) (*v1.LoadDetail, error) {
	return get[v1.LoadDetail](ctx, c, "/loads/"+id(load), nil)
}

// Rejects lists the entries of a load that could not be read.
func (c *Client) Rejects(ctx context.Context, load int64, p v1.Page) (*v1.Rejects, error) {
	return get[v1.Rejects](ctx, c, "/loads/"+id(load)+"/rejects", p)
}

// Unread lists what no code uses of the files of a load.
func (c *Client) Unread(ctx context.Context, load int64) (*v1.UnreadParts, error) {
	return get[v1.UnreadParts](ctx, c, "/loads/"+id(load)+"/unread", nil)
}

// StartLoad starts a job that loads files.
func (c *Client) StartLoad(ctx context.Context, what v1.StartLoad) (*v1.Job, error) {
	return send[v1.Job](ctx, c, http.MethodPost, "/loads", nil, what)
}

// UndoLoad starts a job that undoes a load.
func (c *Client) UndoLoad(ctx context.Context, load int64, by v1.Actor) (*v1.Job, error) {
	return send[v1.Job](ctx, c, http.MethodPost, "/loads/"+id(load)+"/undo", by, nil)
}

// ResumeLoad starts a job that goes on with an interrupted load.
func (c *Client) ResumeLoad(ctx context.Context, load int64, by v1.Actor) (*v1.Job, error) {
	return send[v1.Job](ctx, c, http.MethodPost, "/loads/"+id(load)+"/resume", by, nil)
}

// Jobs lists jobs, the newest first.
func (c *Client) Jobs(ctx context.Context) (*v1.Jobs, error) {
	return get[v1.Jobs](ctx, c, "/jobs", nil)
}

// Job returns one job.
func (c *Client) Job(ctx context.Context, job int64) (*v1.Job, error) {
	return get[v1.Job](ctx, c, "/jobs/"+id(job), nil)
}

// CancelJob stops a job and returns it.
func (c *Client) CancelJob(ctx context.Context, job int64) (*v1.Job, error) {
	return send[v1.Job](ctx, c, http.MethodDelete, "/jobs/"+id(job), nil, nil)
}

// Overrides lists the corrections of a record.
func (c *Client) Overrides(ctx context.Context, number string) (*v1.Overrides, error) {
	return get[v1.Overrides](ctx, c, "/records/"+url.PathEscape(number)+"/overrides", nil)
}

// SetOverride corrects how a record is classified.
func (c *Client) SetOverride(ctx context.Context, number string, o v1.SetOverride) (*v1.Override, error) {
	return send[v1.Override](ctx, c, http.MethodPost, "/records/"+url.PathEscape(number)+"/overrides", nil, o)
}

// WithdrawOverride takes the correction of a field of a record back.
func (c *Client) WithdrawOverride(ctx context.Context, number, field string, e v1.EndOverride) (*v1.Override, error) {
	return send[v1.Override](ctx, c, http.MethodDelete, "/records/"+url.PathEscape(number)+"/overrides/"+url.PathEscape(field), e, nil)
}

// Regions lists the units of the region served.
func (c *Client) Regions(ctx context.Context) (*v1.Regions, error) {
	return get[v1.Regions](ctx, c, "/regions", nil)
}
