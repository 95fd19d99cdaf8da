package web_test

import (
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"onewindow/internal/i18n"
	"onewindow/internal/web"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// TestMain serves the invented register at the address in SERVE, to be looked at
// in a browser, instead of running the tests.
func TestMain(m *testing.M) {
	address := os.Getenv("SERVE")
	if address == "" {
		os.Exit(m.Run())
	}
	site, _, err := newSite()
	if err == nil {
		err = http.ListenAndServe(address, site.Handler())
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// newSite makes the pages of the invented register, which is a sample.
func newSite() (*web.Site, *memory, error) {
	catalogs, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		return nil, nil, err
	}
	register, err := newMemory(catalogs)
	if err != nil {
		return nil, nil, err
	}
	site, err := web.New(web.Config{
		Register: register, Catalogs: catalogs, Sample: true, Zone: zone, Log: slog.New(slog.DiscardHandler),
		Region: map[string]string{"en": "Linhe Province", "zh": "临河省"},
	})
	return site, register, err
}

func newHandler(t *testing.T) (http.Handler, *memory) {
	t.Helper()
	site, register, err := newSite()
	if err != nil {
		t.Fatal(err)
	}
	return site.Handler(), register
}

// get asks a handler for a path in the words of a browser.
func get(h http.Handler, path string, header ...string) *httptest.ResponseRecorder {
	return send(h, http.MethodGet, path, header...)
}

func send(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}
