package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Papers lists the papers of the region.
func (c *Client) Papers(ctx context.Context) (*v1.Papers, error) {
	return get[v1.Papers](ctx, c, "/papers", nil)
}

// CheckPaper makes every check of a paper, with the figures of now.
func (c *Client) CheckPaper(ctx context.Context, id string) (*v1.PaperCheck, error) {
	return get[v1.PaperCheck](ctx, c, "/papers/"+url.PathEscape(id)+"/check", nil)
}

// PublishPaper publishes the next edition of a paper.
func (c *Client) PublishPaper(ctx context.Context, id string, p v1.PublishPaper) (*v1.Edition, error) {
	return send[v1.Edition](ctx, c, http.MethodPost, "/papers/"+url.PathEscape(id)+"/editions", nil, p)
}

// Editions lists the editions of a paper, the newest first.
func (c *Client) Editions(ctx context.Context, id string) (*v1.Editions, error) {
	return get[v1.Editions](ctx, c, "/papers/"+url.PathEscape(id)+"/editions", nil)
}

// Edition returns an edition, the last one for 0.
func (c *Client) Edition(ctx context.Context, id string, n int) (*v1.Edition, error) {
	return get[v1.Edition](ctx, c, fmt.Sprintf("/papers/%s/editions/%d", url.PathEscape(id), n), nil)
}

// EditionFile writes a file of an edition to w.
func (c *Client) EditionFile(ctx context.Context, id string, n int, name string, w io.Writer) error {
	resp, err := c.call(ctx, http.MethodGet, fmt.Sprintf("/papers/%s/editions/%d/files/%s", url.PathEscape(id), n, url.PathEscape(name)), nil, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(w, resp.Body); err != nil {
		return ierr.Wrap(err, ierr.Internal, "client.cut", nil)
	}
	return nil
}

// DiffEditions tells what two editions of a paper differ in.
func (c *Client) DiffEditions(ctx context.Context, p v1.DiffParams) (*v1.EditionDiff, error) {
	return get[v1.EditionDiff](ctx, c, "/papers/"+url.PathEscape(p.ID)+"/diff", p)
}

// ProofPack writes the proof pack of an edition to w.
func (c *Client) ProofPack(ctx context.Context, id string, n int, w io.Writer) error {
	resp, err := c.call(ctx, http.MethodGet, fmt.Sprintf("/papers/%s/editions/%d/pack", url.PathEscape(id), n), nil, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(w, resp.Body); err != nil {
		return ierr.Wrap(err, ierr.Internal, "client.cut", nil)
	}
	return nil
}
