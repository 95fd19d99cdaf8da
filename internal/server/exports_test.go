package server

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/export"
	"onewindow/internal/find"
)

func TestExportsOfStrangersAreCounted(t *testing.T) {
	ask := func(method, path string) (status int, retry, body string) {
		t.Helper()
		req, err := http.NewRequest(method, shared.stranger.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, resp.Header.Get("Retry-After"), string(b)
	}
	const line, table = v1.Prefix + "/export?q=kind%3Ddesign", "/en/search.csv?q=kind%3Ddesign"
	const book, instances = "/en/search.xlsx?q=kind%3Ddesign", v1.Prefix + "/export?q=kind%3Ddesign&format=st96"
	all := []string{line, table, book, instances}
	var done []func()
	for range maxExports {
		d, err := shared.server.exports.begin()
		if err != nil {
			t.Fatal(err)
		}
		done = append(done, d)
	}
	for _, path := range all {
		if status, retry, body := ask(http.MethodGet, path); status != http.StatusServiceUnavailable || retry == "" || !strings.Contains(body, "export") {
			t.Errorf("%s beyond the limit: %d, Retry-After %q, %.200s", path, status, retry, body)
		}
		if status, _, _ := ask(http.MethodHead, path); status != http.StatusOK {
			t.Errorf("HEAD %s: %d, it wants to export", path, status)
		}
	}
	var lines strings.Builder
	if _, err := shared.owner.Export(context.Background(), v1.ExportParams{Query: "kind=design"}, &lines); err != nil || lines.Len() == 0 {
		t.Errorf("the owner's export: %d bytes, %v", lines.Len(), err)
	}
	for _, d := range done {
		d()
	}
	for range maxExports + 1 { // each gives its place back
		for _, path := range all {
			if status, _, body := ask(http.MethodGet, path); status != http.StatusOK || len(body) == 0 {
				t.Errorf("%s: %d", path, status)
			}
		}
	}
}

// TestAnExportThatBreaksOffIsNoWhole: whoever reads it is told so by the connection,
// since browsers look at no trailer.
func TestAnExportThatBreaksOffIsNoWhole(t *testing.T) {
	backend := shared.server.backend
	backend.Write = func(_ context.Context, _ string, _ find.Request, _ export.Format, _ int, w io.Writer) (*export.Report, error) {
		if _, err := io.WriteString(w, "half of it\r\n"); err != nil {
			return nil, err
		}
		return nil, errors.New("the disk is gone")
	}
	mux := http.NewServeMux()
	if err := api.New(mux, backend); err != nil {
		t.Fatal(err)
	}
	net := httptest.NewServer(mux)
	defer net.Close()
	resp, err := http.Get(net.URL + v1.Prefix + "/export?format=csv")
	if err != nil {
		return // the connection may be cut before the head has left
	}
	defer resp.Body.Close()
	if b, err := io.ReadAll(resp.Body); err == nil {
		t.Errorf("a part passes for the whole: %d, %q", resp.StatusCode, b)
	}
}
