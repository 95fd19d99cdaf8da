package web_test

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzRequest asks for anything: the answer is never a fault of ours, and never
// markup that the request brought along.
func FuzzRequest(f *testing.F) {
	site, _, err := newSite(nil, nil)
	if err != nil {
		f.Fatal(err)
	}
	h := site.Handler()
	f.Add("search", "q", `ti="<script>" and`)
	f.Add("search", "page", "2")
	f.Add("records/1", "on", "2019-07-09")
	f.Add("n/CN 1", "known", "x")
	f.Add("loads/1", "page", "-1")
	f.Fuzz(func(t *testing.T, path, name, value string) {
		target := "/en/" + (&url.URL{Path: path}).EscapedPath() + "?" + url.Values{name: {value}}.Encode()
		if _, err := url.ParseRequestURI(target); err != nil {
			return
		}
		w := get(h, target)
		if w.Code >= 500 {
			t.Fatalf("%s answers %d", target, w.Code)
		}
		body := w.Body.String()
		if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") || body == "" || w.Code == 307 || w.Code == 302 {
			return
		}
		if err := balanced(body); err != nil || strings.Count(body, "<script") != 1 {
			t.Fatalf("%s lets markup in: %v", target, err)
		}
	})
}
