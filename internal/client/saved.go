package client

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
)

// SavedSearches lists what one keeps, for the folder's owner what everybody keeps.
func (c *Client) SavedSearches(ctx context.Context) (*v1.SavedSearches, error) {
	return get[v1.SavedSearches](ctx, c, "/saved", nil)
}

// SavedSearch returns one saved search.
func (c *Client) SavedSearch(ctx context.Context, id string) (*v1.SavedSearch, error) {
	return get[v1.SavedSearch](ctx, c, "/saved/"+url.PathEscape(id), nil)
}

// SaveSearch keeps a search.
func (c *Client) SaveSearch(ctx context.Context, s v1.SaveSearch) (*v1.SavedSearch, error) {
	return send[v1.SavedSearch](ctx, c, http.MethodPost, "/saved", nil, s)
}

// ReviseSearch changes what is kept under a link.
func (c *Client) ReviseSearch(ctx context.Context, id string, s v1.SaveSearch) (*v1.SavedSearch, error) {
	return send[v1.SavedSearch](ctx, c, http.MethodPut, "/saved/"+url.PathEscape(id), nil, s)
}

// WithdrawSearch ends a link.
func (c *Client) WithdrawSearch(ctx context.Context, id string) (*v1.SavedSearch, error) {
	return send[v1.SavedSearch](ctx, c, http.MethodDelete, "/saved/"+url.PathEscape(id), nil, nil)
}
