package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"onewindow/internal/account"
	"onewindow/internal/web"
)

// browser keeps cookies and sends forms, as a person's browser does.
type browser struct {
	t       *testing.T
	h       http.Handler
	cookies map[string]*http.Cookie
}

func newBrowser(t *testing.T, h http.Handler) *browser {
	return &browser{t, h, map[string]*http.Cookie{}}
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.do(httptest.NewRequest(http.MethodGet, path, nil))
}

func (b *browser) post(path string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

func (b *browser) do(r *http.Request) *httptest.ResponseRecorder {
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c
		}
	}
	return w
}

// signIn signs in and wants that to go well.
func (b *browser) signIn(login string) *browser {
	b.t.Helper()
	if w := b.post("/en/sign-in", "login", login, "password", "brass kettle rain"); w.Code != http.StatusSeeOther {
		b.t.Fatalf("signing in as %s answers %d: %s", login, w.Code, w.Body)
	}
	return b
}

// wants looks for texts in an answer.
func wants(t *testing.T, w *httptest.ResponseRecorder, status int, texts ...string) {
	t.Helper()
	if w.Code != status {
		t.Errorf("the status is %d, want %d: %.300s", w.Code, status, w.Body)
	}
	for _, text := range texts {
		if !strings.Contains(w.Body.String(), text) {
			t.Errorf("the answer lacks %q", text)
		}
	}
}

func leadsTo(t *testing.T, w *httptest.ResponseRecorder, want string) {
	t.Helper()
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
		t.Errorf("leads to %d %q, want %q", w.Code, w.Header().Get("Location"), want)
	}
}

func TestSigningInAndOut(t *testing.T) {
	for _, say := range []struct{ lang, in, wrong, out, fill string }{
		{"en", "Signed in as", "The name or the password is not right.", "You are signed out.", "Fill in: Password."},
		{"zh", "当前用户：", "用户名或密码不正确。", "您已退出登录。", "请填写：密码。"},
	} {
		h, _, _ := newDesk(t, time.Now)
		b := newBrowser(t, h)
		root := "/" + say.lang
		leadsTo(t, b.get(root+"/account"), root+"/sign-in?return=%2F"+say.lang+"%2Faccount")
		wants(t, b.post(root+"/sign-in", "login", "li", "password", ""), 422, say.fill, `href="#sign-in-password"`, `aria-invalid="true"`, `value="li"`)
		w := b.post(root+"/sign-in", "login", "li", "password", "brass kettle snow", "return", root+"/loads")
		wants(t, w, 403, say.wrong, `value="li"`, `value="`+root+`/loads"`)
		if strings.Contains(w.Body.String(), "kettle") {
			t.Error("the page shows a password")
		}
		w = b.post(root+"/sign-in", "login", "LI ", "password", "brass kettle rain", "return", root+"/loads")
		leadsTo(t, w, root+"/loads")
		c := b.cookies["onewindow"]
		if c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Secure || len(c.Value) < 40 {
			t.Fatalf("the cookie is %v", c)
		}
		w = b.get(root + "/loads")
		wants(t, w, 200, say.in, "Li Sample")
		if w.Header().Get("Cache-Control") != "private, no-store" {
			t.Errorf("a page of somebody signed in carries Cache-Control %q", w.Header().Get("Cache-Control"))
		}
		leadsTo(t, b.get(root+"/sign-in"), root+"/account")
		leadsTo(t, b.post(root+"/sign-out"), root+"/")
		w = b.get(root + "/")
		wants(t, w, 200, say.out)
		if again := b.get(root + "/"); strings.Contains(again.Body.String(), say.out) {
			t.Error("the word of an act is told twice")
		}
		stale := newBrowser(t, h)
		stale.cookies["onewindow"] = c
		leadsTo(t, stale.get(root+"/account"), root+"/sign-in?return=%2F"+say.lang+"%2Faccount")
	}
}

func TestNobodyIsLedElsewhere(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	for _, evil := range []string{
		"https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil", "/%5Cevil.example", "javascript:alert(1)", "evil", "/\tevil", "http:/x", "/%2F/evil.example", " /en/",
		"/" + strings.Repeat("x", 3000),
	} {
		b := newBrowser(t, h)
		w := b.post("/en/sign-in", "login", "li", "password", "brass kettle rain", "return", evil)
		if to := w.Header().Get("Location"); to != "/en/account" && (evil != " /en/" || to != "/en/") {
			t.Errorf("%q leads to %q", evil, to)
		}
		if body := newBrowser(t, h).get("/en/sign-in?return=" + url.QueryEscape(evil)).Body.String(); !strings.Contains(body, `name="return" value=""`) && evil != " /en/" {
			t.Errorf("%q stands in the form", evil)
		}
	}
	b := newBrowser(t, h)
	leadsTo(t, b.post("/en/sign-in", "login", "li", "password", "brass kettle rain", "return", "/zh/search?q=%E6%A0%B7&page=2"), "/zh/search?q=%E6%A0%B7&page=2")
}

func TestASecureConnectionGetsASecureCookie(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	b := newBrowser(t, h)
	form := url.Values{"login": {"li"}, "password": {"brass kettle rain"}}
	r := httptest.NewRequest(http.MethodPost, "https://ip.example/en/sign-in", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	b.do(r)
	if c := b.cookies["__Host-onewindow"]; c == nil || !c.Secure || c.Domain != "" || c.Path != "/" {
		t.Errorf("the cookies are %v", b.cookies)
	}
}

func TestFormsAreBounded(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	for _, row := range []struct {
		kind, body string
		status     int
	}{
		{"application/x-www-form-urlencoded", "login=" + strings.Repeat("x", 300<<10), 413},
		{"application/x-www-form-urlencoded", "login=" + strings.Repeat("x", 100) + "&password=y", 422},
		{"application/x-www-form-urlencoded", "login=%zz", 422},
		{"application/x-www-form-urlencoded", "login=%FF&password=y", 422},
		{"application/x-www-form-urlencoded", "login=a%00b&password=y", 422},
		{"application/x-www-form-urlencoded", "login=a%0Ab&password=y", 422},
		{"multipart/form-data; boundary=x", "--x--", 400},
		{"application/json", "{}", 400},
		{"", "", 400},
	} {
		r := httptest.NewRequest(http.MethodPost, "/en/sign-in", strings.NewReader(row.body))
		if row.kind != "" {
			r.Header.Set("Content-Type", row.kind)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != row.status {
			t.Errorf("%s %.30q answers %d, want %d", row.kind, row.body, w.Code, row.status)
		}
	}
}

func TestTheAccountPage(t *testing.T) {
	h, _, accounts := newDesk(t, time.Now)
	b := newBrowser(t, h).signIn("wang")
	other := newBrowser(t, h).signIn("wang")
	wants(t, b.get("/zh/account"), 200, "王样例", "苏州样例局", "苏州市", "成员单位人员", "保存检索", "本浏览器")
	for _, row := range []struct{ old, new, again, want string }{
		{"brass kettle rain", "", "", "Fill in: New password."},
		{"brass kettle rain", "short", "short", "at least 12 characters"},
		{"brass kettle rain", "violet engine moss", "violet engine mass", "differ"},
		{"wrong kettle rain", "violet engine moss", "violet engine moss", "not your present password"},
		{"brass kettle rain", "password1234", "password1234", "easily guessed"},
		{"brass kettle rain", "brass kettle rain", "brass kettle rain", "is the old one"},
	} {
		w := b.post("/en/account/password", "old", row.old, "new", row.new, "again", row.again)
		wants(t, w, 422, row.want, `href="/zh/account"`, "Error: My account")
	}
	leadsTo(t, b.post("/en/account/password", "old", "brass kettle rain", "new", "violet engine moss", "again", "violet engine moss"), "/en/account")
	wants(t, b.get("/en/account"), 200, "The password is changed.")
	leadsTo(t, other.get("/en/account"), "/en/sign-in?return=%2Fen%2Faccount")
	wants(t, other.post("/en/sign-in", "login", "wang", "password", "brass kettle rain"), 403)

	if _, err := accounts.SetRole(t.Context(), "wang", "administrator", "test"); err != nil {
		t.Fatal(err)
	}
	wants(t, b.get("/en/account"), 200, "Administrator", "Add people and give roles")
	if _, err := accounts.Disable(t.Context(), "wang", "test"); err != nil {
		t.Fatal(err)
	}
	leadsTo(t, b.get("/en/account"), "/en/sign-in?return=%2Fen%2Faccount")
	wants(t, b.post("/en/sign-in", "login", "wang", "password", "violet engine moss"), 403, "disabled")
}

func TestSigningOutEverywhere(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	one, two := newBrowser(t, h).signIn("li"), newBrowser(t, h).signIn("li")
	leadsTo(t, one.post("/en/account/sessions/end"), "/en/sign-in")
	wants(t, one.get("/en/sign-in"), 200, "signed out in every browser")
	leadsTo(t, two.get("/en/account"), "/en/sign-in?return=%2Fen%2Faccount")
}

func TestTooManyTriesHaveToWait(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	b := newBrowser(t, h)
	for range 5 {
		wants(t, b.post("/en/sign-in", "login", "nobody", "password", "x"), 403)
	}
	wants(t, b.post("/en/sign-in", "login", "nobody", "password", "x"), 429, "Wait one minute")
}

// who is the table of who may use which page besides those that are for reading
// by anyone. A route that is not in it fails the test.
var who = map[string]web.Access{
	"POST /{lang}/sign-in":              web.Anyone,
	"POST /{lang}/sign-out":             web.Anyone,
	"GET /{lang}/saved":                 account.May(account.Save),
	"POST /{lang}/saved":                account.May(account.Save),
	"POST /{lang}/saved/{id}":           account.May(account.Save),
	"POST /{lang}/saved/{id}/withdraw":  account.May(account.Save),
	"GET /{lang}/account":               web.SignedIn,
	"POST /{lang}/loads/{id}/accept":    account.May(account.Accept),
	"POST /{lang}/loads/{id}/refuse":    account.May(account.Accept),
	"POST /{lang}/account/password":     web.SignedIn,
	"POST /{lang}/account/sessions/end": web.SignedIn,
	"GET /{lang}/reconcile-add":         account.May(account.Reconcile),
	"POST /{lang}/reconcile-add":        account.May(account.Reconcile),

	"GET /{lang}/desk":                      account.May(account.ReadDesk),
	"GET /{lang}/desk/list/{kind}":          account.May(account.ReadDesk),
	"GET /{lang}/desk/case":                 account.May(account.ReadDesk),
	"POST /{lang}/desk/case":                account.May(account.Decide),
	"GET /{lang}/desk/decisions":            account.May(account.ReadDesk),
	"POST /{lang}/desk/decisions/{id}/undo": account.May(account.Decide),

	"GET /{lang}/returns":                       account.May(account.Report),
	"GET /{lang}/returns/{form}":                account.May(account.Report),
	"POST /{lang}/returns/{form}":               account.May(account.Report),
	"POST /{lang}/returns/{form}/file":          account.May(account.Report),
	"GET /{lang}/returns/{form}/template.xlsx":  account.May(account.Report),
	"GET /{lang}/returns/{form}/template.csv":   account.May(account.Report),
	"GET /{lang}/returns/{form}/{id}":           account.May(account.Report),
	"POST /{lang}/returns/{form}/{id}/approve":  account.May(account.Approve),
	"POST /{lang}/returns/{form}/{id}/withdraw": account.May(account.Report),
}

func TestEveryRouteAdmitsWhomTheTableNames(t *testing.T) {
	h, _, accounts := newDesk(t, time.Now)
	if _, err := accounts.SetRole(t.Context(), "li", "administrator", "test"); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, route := range web.Routes() {
		name := route.Method + " " + route.Pattern
		want, ok := who[name]
		if !ok {
			if route.Method != http.MethodGet || route.Who != web.Anyone {
				t.Errorf("%s is for %s and does not stand in the table", name, route.Who)
			}
			continue
		}
		seen++
		if route.Who != want {
			t.Errorf("%s is for %s, want %s", name, route.Who, want)
		}
		path := strings.Replace(route.Pattern, "{lang}", "en", 1)
		ask := func(b *browser) bool { // whether b is sent to sign in
			w := b.get(path)
			if route.Method == http.MethodPost {
				w = b.post(path)
			}
			if w.Code == http.StatusForbidden && (want == web.Anyone || want == web.SignedIn) || w.Code >= 500 {
				t.Errorf("%s answers %d", name, w.Code)
			}
			return w.Code == http.StatusSeeOther && strings.HasPrefix(w.Header().Get("Location"), "/en/sign-in?") ||
				w.Code == http.StatusSeeOther && w.Header().Get("Location") == "/en/sign-in" && want != web.Anyone && b.cookies["onewindow-flash"] == nil
		}
		if got := ask(newBrowser(t, h)); got != (want != web.Anyone) {
			t.Errorf("%s: a stranger is sent to sign in: %v", name, got)
		}
		if ask(newBrowser(t, h).signIn("li")) {
			t.Errorf("%s: somebody signed in is sent to sign in", name)
		}
	}
	if seen != len(who) {
		t.Errorf("%d routes of the table are served, of %d", seen, len(who))
	}
}

// TestMarkupOfForms holds pages with refused forms and pages of people who are
// signed in to what TestMarkup asks of all others.
func TestMarkupOfForms(t *testing.T) {
	h, _, _ := newDesk(t, time.Now)
	for _, lang := range []string{"en", "zh"} {
		b := newBrowser(t, h)
		pages := []*httptest.ResponseRecorder{b.post("/"+lang+"/sign-in", "login", `"><script>`, "password", "")}
		b.signIn("li")
		pages = append(pages, b.get("/"+lang+"/"), b.get("/"+lang+"/account"), b.post("/"+lang+"/account/password", "old", "x"))
		for i, w := range pages {
			body := w.Body.String()
			if err := balanced(body); err != nil {
				t.Errorf("%s %d: %v", lang, i, err)
			}
			root, err := html.Parse(strings.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			c := &markup{ids: map[string]bool{}, labels: map[string]bool{}, count: map[string]int{}}
			c.collect(root)
			c.check(root, lang)
			if n := strings.Count(body, "<script"); n != 1 {
				c.fault("%d scripts", n)
			}
			for _, fault := range c.faults {
				t.Errorf("%s %d: %s", lang, i, fault)
			}
		}
	}
}
