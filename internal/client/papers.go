package client

import (
	"context"
	"net/url"

	"onewindow/internal/api/v1"
)

// Papers lists the papers of the region.
func (c *Client) Papers(ctx context.Context) (*v1.Papers, error) {
	return get[v1.Papers](ctx, c, "/papers", nil)
}

// CheckPaper makes every check of a paper, with the figures of now.
func (c *Client) CheckPaper(ctx context.Context, id string) (*v1.PaperCheck, error) {
	return get[v1.PaperCheck](ctx, c, "/papers/"+url.PathEscape(id)+"/check", nil)
}
