// Package client reaches a server's API, over the local socket of a data folder
// or over the network.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Client speaks to one server. It may be used by several goroutines.
type Client struct {
	http http.Client
	base string
	lang string
}

// Network returns a client of the server at address, "http://localhost:8080",
// whose texts come in lang.
func Network(address, lang string) *Client {
	return &Client{base: strings.TrimSuffix(address, "/"), lang: lang, http: http.Client{Transport: &http.Transport{}}}
}

// Socket returns a client of the server behind the local socket at path.
func Socket(path, lang string) *Client {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", path)
	}
	// The name stands in for a host, which a socket has not.
	return &Client{base: "http://onewindow", lang: lang, http: http.Client{Transport: &http.Transport{DialContext: dial}}}
}

// Close gives up idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Refusal is an error as a server stated it. It unwraps to an *ierr.Error of
// the same kind, code and arguments.
type Refusal struct{ Problem v1.Problem }

// Error returns the server's own words.
func (r *Refusal) Error() string { return r.Problem.Detail }

// Unwrap returns the error that the server met.
func (r *Refusal) Unwrap() error {
	kind, _ := ierr.KindNamed(r.Problem.Kind)
	return ierr.New(kind, r.Problem.Code, ierr.Args(r.Problem.Args))
}

// maxProblem is the longest problem that is read, in bytes.
const maxProblem = 1 << 20

// call sends a request; where the answer is a success its body is the caller's
// to read and close.
func (c *Client) call(ctx context.Context, method, path string, params url.Values, body any) (*http.Response, error) {
	target := c.base + v1.Prefix + path
	if q := params.Encode(); q != "" {
		target += "?" + q
	}
	var payload io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		payload = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, target, payload)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "client.address", ierr.Args{"address": c.base})
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept-Language", c.lang)
	resp, err := c.http.Do(req)
	if err != nil {
		if errors.Is(err, context.Canceled) {
			return nil, ierr.Wrap(err, ierr.Cancelled, "cancelled", nil)
		}
		return nil, ierr.Wrap(err, ierr.Busy, "client.unreachable", ierr.Args{"reason": reason(err)})
	}
	if resp.StatusCode/100 == 2 {
		return resp, nil
	}
	defer resp.Body.Close()
	return nil, refusal(resp)
}

// reason returns the innermost words of a network error.
func reason(err error) string {
	for next := errors.Unwrap(err); next != nil; next = errors.Unwrap(err) {
		err = next
	}
	return err.Error()
}

func refusal(resp *http.Response) error {
	r := &Refusal{}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxProblem))
	if err == nil {
		err = json.Unmarshal(b, &r.Problem)
	}
	if err != nil || r.Problem.Code == "" {
		return ierr.Wrap(err, ierr.Internal, "client.answer", ierr.Args{"status": strconv.Itoa(resp.StatusCode)})
	}
	return r
}

// get asks for path and reads the answer into out.
func get[T any](ctx context.Context, c *Client, path string, params any) (*T, error) {
	return send[T](ctx, c, http.MethodGet, path, params, nil)
}

func send[T any](ctx context.Context, c *Client, method, path string, params, body any) (*T, error) {
	resp, err := c.call(ctx, method, path, values(params), body)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	out := new(T)
	if err := json.NewDecoder(resp.Body).Decode(out); err != nil {
		return nil, ierr.Wrap(err, ierr.Internal, "client.answer", ierr.Args{"status": strconv.Itoa(resp.StatusCode)})
	}
	return out, nil
}

// values writes the fields of a struct of parameters under the names of their
// query tags, without those that are zero.
func values(params any) url.Values {
	out := url.Values{}
	if params != nil {
		collect(out, reflect.ValueOf(params))
	}
	return out
}

func collect(out url.Values, v reflect.Value) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if field.Anonymous {
			collect(out, value)
			continue
		}
		if name := field.Tag.Get("query"); name != "" && !value.IsZero() {
			out.Set(name, fmt.Sprint(value.Interface()))
		}
	}
}
