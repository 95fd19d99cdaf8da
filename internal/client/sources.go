package client

import (
	"context"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
)

// Sources lists all sources.
func (c *Client) Sources(ctx context.Context) (*v1.Sources, error) {
	return get[v1.Sources](ctx, c, "/sources", nil)
}

// Source returns a source with its deliveries and declarations.
func (c *Client) Source(ctx context.Context, source string) (*v1.SourceDetail, error) {
	return get[v1.SourceDetail](ctx, c, "/sources/"+url.PathEscape(source), nil)
}

// Declare declares what the register holds of a source.
func (c *Client) Declare(ctx context.Context, source string, d v1.Declare) (*v1.Declaration, error) {
	return send[v1.Declaration](ctx, c, http.MethodPost, "/sources/"+url.PathEscape(source)+"/declarations", nil, d)
}

// WithdrawDeclaration ends a declaration.
func (c *Client) WithdrawDeclaration(ctx context.Context, declaration int64, e v1.EndOverride) (*v1.Declaration, error) {
	return send[v1.Declaration](ctx, c, http.MethodDelete, "/declarations/"+id(declaration), e, nil)
}

// AcceptLoad lets a load in that is held back, and starts the job that reads it.
func (c *Client) AcceptLoad(ctx context.Context, load int64, d v1.Decision) (*v1.Job, error) {
	return send[v1.Job](ctx, c, http.MethodPost, "/loads/"+id(load)+"/accept", nil, d)
}

// RefuseLoad ends a load that is held back.
func (c *Client) RefuseLoad(ctx context.Context, load int64, d v1.Decision) (*v1.LoadDetail, error) {
	return send[v1.LoadDetail](ctx, c, http.MethodPost, "/loads/"+id(load)+"/refuse", nil, d)
}
