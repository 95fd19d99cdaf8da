package client

import (
	"context"
	"fmt"
	"net/http"

	"onewindow/internal/api/v1"
)

// LogHeads returns the signed heads of the log, newest first.
func (c *Client) LogHeads(ctx context.Context) (*v1.LogHeads, error) {
	return get[v1.LogHeads](ctx, c, "/log/heads", nil)
}

// SignLog signs the log as it is now.
func (c *Client) SignLog(ctx context.Context) (*v1.LogHead, error) {
	return send[v1.LogHead](ctx, c, http.MethodPost, "/log/heads", nil, nil)
}

// VerifyLog asks whether the log is as it was written.
func (c *Client) VerifyLog(ctx context.Context, v v1.VerifyLog) (*v1.LogReport, error) {
	return send[v1.LogReport](ctx, c, http.MethodPost, "/log/verify", nil, v)
}

// LogLeaf returns one act in the log, with its proof where a head counts it.
func (c *Client) LogLeaf(ctx context.Context, seq int64) (*v1.LogLeaf, error) {
	return get[v1.LogLeaf](ctx, c, fmt.Sprintf("/log/leaves/%d", seq), nil)
}

// EraseLeaf takes the content of a leaf out.
func (c *Client) EraseLeaf(ctx context.Context, seq int64, e v1.EraseLeaf) (*v1.LogLeaf, error) {
	return send[v1.LogLeaf](ctx, c, http.MethodPost, fmt.Sprintf("/log/leaves/%d/erase", seq), nil, e)
}
