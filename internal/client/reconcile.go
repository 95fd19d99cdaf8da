package client

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// OfficialTables lists the official tables.
func (c *Client) OfficialTables(ctx context.Context) (*v1.OfficialTables, error) {
	return get[v1.OfficialTables](ctx, c, "/official-tables", nil)
}

// AddOfficialTable adds a table, or a further revision of one.
func (c *Client) AddOfficialTable(ctx context.Context, t v1.AddOfficialTable) (*v1.OfficialTable, error) {
	return send[v1.OfficialTable](ctx, c, http.MethodPost, "/official-tables", nil, t)
}

// Reconciliation lays a table beside the own count.
func (c *Client) Reconciliation(ctx context.Context, table string, p v1.ReconcileParams) (*v1.Reconciliation, error) {
	return get[v1.Reconciliation](ctx, c, "/official-tables/"+url.PathEscape(table), p)
}

// ReconcileRecords lists the records behind a figure.
func (c *Client) ReconcileRecords(ctx context.Context, table string, p v1.ReconcileRecordsParams) (*v1.ReconcileRecords, error) {
	return get[v1.ReconcileRecords](ctx, c, "/official-tables/"+url.PathEscape(table)+"/records", p)
}

// ReconcileSheet writes the sheet of a table to w as csv or xlsx. What w fails with is
// returned as it is.
func (c *Client) ReconcileSheet(ctx context.Context, table string, p v1.ReconcileParams, form string, w io.Writer) error {
	params := values(p)
	params.Set("form", form)
	resp, err := c.call(ctx, http.MethodGet, "/official-tables/"+url.PathEscape(table)+"/sheet", params, nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	to := &target{Writer: w}
	if _, err := io.Copy(to, resp.Body); to.failed != nil {
		return to.failed
	} else if err != nil {
		return ierr.Wrap(err, ierr.Internal, "client.cut", nil)
	}
	return nil
}
