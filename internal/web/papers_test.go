package web_test

import (
	"context"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// press has two editions of one paper.
type press struct{}

func (press) all() []v1.Edition {
	one := v1.Edition{
		Paper: "1", Edition: 1, Title: "A paper & more", Status: v1.Class{Code: "final", Label: "Final"}, Released: "2021-04-26", At: time.Date(2021, 4, 26, 1, 2, 3, 0, time.UTC),
		Sample: true, Figures: 3, Hash: "00ff", Head: "linhe\n1\nx\n", Files: []v1.EditionFile{
			{Name: "none", Format: "html", Lang: "en", Size: 10}, {Name: "none.zh", Format: "html", Lang: "zh", Size: 10}, {Name: "p.csv", Format: "csv", Lang: "en", Size: 5},
		},
	}
	two := one
	two.Edition, two.Reason, two.At = 2, "late events", one.At.AddDate(0, 1, 0)
	return []v1.Edition{two, one}
}

func (p press) Editions(context.Context, string, string) ([]v1.Edition, error) { return p.all(), nil }

func (p press) Edition(_ context.Context, _, paper string, n int) (*v1.Edition, error) {
	for _, e := range p.all() {
		if e.Paper == paper && e.Edition == n {
			return &e, nil
		}
	}
	return nil, ierr.New(ierr.NotFound, "web.page", nil)
}

func (press) EditionFile(context.Context, string, int, string) (io.ReadCloser, string, error) {
	return io.NopCloser(strings.NewReader("<!doctype html><title>p</title><script>open()</script>")), "text/html; charset=utf-8", nil
}

func (press) EditionPack(_ context.Context, _ string, _ int, w io.Writer) error {
	_, err := io.WriteString(w, "zip")
	return err
}

func (press) EditionDiff(_ context.Context, _, paper string, from, to int) (*v1.EditionDiff, error) {
	return &v1.EditionDiff{Paper: paper, From: from, To: to, Same: 2, Changes: []v1.FigureChange{
		{Figure: "a.b@linhe/2020", Name: "Rights", Before: "12000", After: "12001", Why: []v1.Class{{Code: "records", Label: "other records"}}, Loads: []int64{7}},
	}}, nil
}

func TestEditionsAreShownWithTheirFilesAndDifferences(t *testing.T) {
	h, _ := newHandler(t)
	for path, wants := range map[string][]string{
		"/en/papers":            {"A paper &amp; more", "late events", "/en/papers/1/2"},
		"/en/papers/1/2":        {"/en/papers/1/2/read", "/en/papers/1/2/files/p.csv", "/en/papers/1/2/proof.zip", "/en/papers/1/2/diff/1", "00ff"},
		"/en/papers/1/2/diff/1": {"12,000", "12,001", "other records", "/en/loads/7"},
		"/zh/papers/1/1":        {"/zh/papers/1/1/read"},
	} {
		body := get(h, path).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not show %q", path, want)
			}
		}
	}
	for _, path := range []string{"/en/papers/1/3", "/en/papers/2/1", "/en/papers/1/x", "/en/papers/1/0/read", "/en/papers/1/2/diff/y"} {
		if w := get(h, path); w.Code != 404 {
			t.Errorf("%s answers %d", path, w.Code)
		}
	}
}

// TestAReadingRunsNoScriptButItsOwn: the page of an edition may use its own style, and
// the script that it was published with, known by its hash.
func TestAReadingRunsNoScriptButItsOwn(t *testing.T) {
	h, _ := newHandler(t)
	w := get(h, "/en/papers/1/2/read")
	csp := w.Header().Get("Content-Security-Policy")
	if w.Code != 200 || !strings.Contains(csp, "script-src 'sha256-") || strings.Contains(csp, "script-src 'unsafe") || !strings.Contains(csp, "default-src 'none'") {
		t.Errorf("%d with the policy %q", w.Code, csp)
	}
}

func TestTheFeedOfEditionsIsAtom(t *testing.T) {
	h, _ := newHandler(t)
	w := get(h, "/en/papers.atom")
	var feed struct {
		Updated string `xml:"updated"`
		Entries []struct {
			ID    string `xml:"id"`
			Title string `xml:"title"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	if len(feed.Entries) != 2 || feed.Entries[0].Title != "A paper & more (2)" || feed.Updated != "2021-05-26T01:02:03Z" || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/atom+xml") {
		t.Errorf("%+v, %s", feed, w.Header().Get("Content-Type"))
	}
}
