package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"onewindow/internal/web"
)

func TestFilesHoldAllResultsAndSayThatTheyAreInvented(t *testing.T) {
	h, register := newHandler(t)
	for ending, format := range map[string]string{"csv": "csv", "xlsx": "xlsx", "xml": "st96"} {
		w := get(h, "/en/search."+ending+"?q=电池&sort=date")
		if name := "sample-onewindow." + ending; w.Code != 200 || !strings.Contains(w.Header().Get("Content-Disposition"), name) || w.Header().Get("Content-Type") == "" {
			t.Fatalf("%s: %d %v", ending, w.Code, w.Header())
		}
		if lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n"); len(lines) != 41 || !strings.HasPrefix(lines[0], format+" ") {
			t.Errorf("%s has %d results, the first %q", ending, len(lines), lines[0])
		}
	}
	site, err := web.New(web.Config{Register: register, Catalogs: register.catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	if real := get(site.Handler(), "/en/search.csv?q=电池"); strings.Contains(real.Header().Get("Content-Disposition"), "sample") {
		t.Error("the table of a real register calls itself a sample")
	}
}

func TestRefusalsOfAFileArePages(t *testing.T) {
	h, _ := newHandler(t)
	for _, path := range []string{"/en/search.csv?q=titel%3Dx", "/en/search.xlsx?sort=price", "/en/search.xml?q=(x"} {
		if w := get(h, path); w.Code != 422 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
			t.Errorf("%s answers %d %s", path, w.Code, w.Header().Get("Content-Type"))
		}
	}
}

func TestAFileThatBreaksOffIsNoWholeAnswer(t *testing.T) {
	_, register := newHandler(t)
	register.breaks = errors.New("a disk failed")
	site, err := web.New(web.Config{Register: register, Catalogs: register.catalogs, Zone: zone, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(site.Handler())
	defer server.Close()
	r, err := http.Get(server.URL + "/en/search.csv")
	if err == nil {
		defer r.Body.Close()
		_, err = io.ReadAll(r.Body)
	}
	if err == nil {
		t.Error("a reader cannot tell that rows are missing")
	}
}
