package client

import (
	"context"
	"net/url"

	"onewindow/internal/api/v1"
)

// CountedEdition returns what the register says of the figures of a printed edition.
func (c *Client) CountedEdition(ctx context.Context, id string) (*v1.CountedEdition, error) {
	return get[v1.CountedEdition](ctx, c, "/editions/"+url.PathEscape(id)+"/counted", nil)
}
