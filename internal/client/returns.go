package client

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Figure evaluates a figure.
func (c *Client) Figure(ctx context.Context, p v1.FigureParams) (*v1.Figure, error) {
	return get[v1.Figure](ctx, c, "/figure", p)
}

// ReturnForms lists the forms that bodies report with, and who is late.
func (c *Client) ReturnForms(ctx context.Context) (*v1.ReturnForms, error) {
	return get[v1.ReturnForms](ctx, c, "/return-forms", nil)
}

// ReturnTemplate writes the file that is made for a form to w.
func (c *Client) ReturnTemplate(ctx context.Context, p v1.TemplateParams, w io.Writer) error {
	resp, err := c.call(ctx, http.MethodGet, "/return-forms/"+url.PathEscape(p.Form)+"/template", values(p), nil)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(w, resp.Body); err != nil {
		return ierr.Wrap(err, ierr.Internal, "client.cut", nil)
	}
	return nil
}

// SubmitReturn hands a return in.
func (c *Client) SubmitReturn(ctx context.Context, form string, r v1.SubmitReturn) (*v1.ReturnDetail, error) {
	return send[v1.ReturnDetail](ctx, c, http.MethodPost, "/return-forms/"+url.PathEscape(form)+"/returns", nil, r)
}

// Returns lists returns, the newest first.
func (c *Client) Returns(ctx context.Context, p v1.ReturnsParams) (*v1.Returns, error) {
	return get[v1.Returns](ctx, c, "/returns", p)
}

// Return shows a return with its numbers.
func (c *Client) Return(ctx context.Context, number int64) (*v1.ReturnDetail, error) {
	return get[v1.ReturnDetail](ctx, c, "/returns/"+id(number), nil)
}

// ApproveReturn signs a return, from when on it counts.
func (c *Client) ApproveReturn(ctx context.Context, number int64, s v1.SignReturn) (*v1.ReturnDetail, error) {
	return send[v1.ReturnDetail](ctx, c, http.MethodPost, "/returns/"+id(number)+"/approve", nil, s)
}

// WithdrawReturn takes back a return that waits for approval.
func (c *Client) WithdrawReturn(ctx context.Context, number int64, s v1.SignReturn) (*v1.ReturnDetail, error) {
	return send[v1.ReturnDetail](ctx, c, http.MethodPost, "/returns/"+id(number)+"/withdraw", nil, s)
}
