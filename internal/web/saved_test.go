package web_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestSearchesAreKeptUnderLinks(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	li := newBrowser(t, h).signIn("li")
	wants(t, li.get("/en/search?q=battery&sort=oldest"), 200, "Keep this search", `name="query" value="battery"`, `value="oldest"`)
	if w := get(h, "/en/search?q=battery"); strings.Contains(w.Body.String(), "Keep this search") {
		t.Error("strangers are offered to keep searches")
	}
	w := li.post("/en/saved", "title", "Invented <batteries>", "query", "battery", "sort", "oldest", "unit", "right")
	link := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !regexp.MustCompile(`^/en/s/[a-z0-9]{24}$`).MatchString(link) {
		t.Fatalf("%d to %q", w.Code, link)
	}
	wants(t, li.get(link), 200, "The search is kept", "Invented &lt;batteries&gt;", "<code>battery</code>", "<h2>2 rights</h2>", `href="/en/saved"`)
	id := strings.TrimPrefix(link, "/en/s/")
	stranger := get(h, "/zh/s/"+id)
	wants(t, stranger, 200, "已保存的检索", "Invented &lt;batteries&gt;", "2 件权利")
	if strings.Contains(stranger.Body.String(), "Li Sample") || strings.Contains(stranger.Body.String(), `href="/zh/saved"`) {
		t.Error("a stranger reads who keeps the search, or is led to their list")
	}
	wants(t, li.get("/en/saved"), 200, "My searches", link, `name="title" value="Invented`)
	wants(t, li.post("/en/saved/"+id, "title", "", "query", "battery"), 422, "My searches", `aria-invalid="true"`)
	wants(t, li.post("/en/saved/"+id, "title", "T", "query", "(x"), 422, "never closed")
	leadsTo(t, li.post("/en/saved/"+id, "title", "Pumps", "query", "pump"), "/en/saved")
	wants(t, get(h, link), 200, "Pumps", "<code>pump</code>")

	wang := newBrowser(t, h).signIn("wang")
	for _, path := range []string{"/en/saved/" + id, "/en/saved/" + id + "/withdraw"} {
		wants(t, wang.post(path, "title", "Mine", "query", "x"), 403)
	}
	wants(t, li.post("/en/saved", "title", "", "query", "battery"), 422)
	leadsTo(t, li.post("/en/saved/"+id+"/withdraw"), "/en/saved")
	wants(t, get(h, link), 404, "withdrawn")
	wants(t, li.post("/en/saved/"+id+"/withdraw"), 404)
}
