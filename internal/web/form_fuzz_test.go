package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/i18n"
)

// FuzzForm posts anything to a form: what it lets through is readable, within its
// limits and one of its choices, and stands in it as it was typed.
func FuzzForm(f *testing.F) {
	catalogs, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("line=a&lines=b%0d%0ac&choice=one&tick=yes", "application/x-www-form-urlencoded")
	f.Add("line=a%00&choice=three", "application/x-www-form-urlencoded; charset=utf-8")
	f.Add("line=%ff&line=b", "application/x-www-form-urlencoded")
	f.Add("line=a%0ab&lines="+strings.Repeat("x", 60), "application/x-www-form-urlencoded")
	f.Add("%zz;=&", "application/x-www-form-urlencoded")
	f.Add("line=a", "multipart/form-data; boundary=x")
	f.Add("", "")
	f.Fuzz(func(t *testing.T, body, kind string) {
		r := httptest.NewRequest(http.MethodPost, "/en/x", strings.NewReader(body))
		r.Header["Content-Type"] = []string{kind}
		v := &visit{w: httptest.NewRecorder(), r: r, lang: "en", print: catalogs.Printer("en")}
		x := v.newForm("x", "/en/x", "web.sign-in.title",
			&field{Name: "line", Label: "web.sign-in.login", Kind: kindText, Limit: 20},
			&field{Name: "lines", Label: "web.sign-in.login", Kind: kindLines, Limit: 50, Optional: true},
			&field{Name: "choice", Label: "web.sign-in.login", Kind: kindChoice, Options: []fieldOption{{"one", "One"}, {"two", "Two"}}},
			&field{Name: "tick", Label: "web.sign-in.login", Kind: kindCheck, Optional: true},
		)
		if v.read(x) != nil || !x.ok() {
			return
		}
		typed, err := url.ParseQuery(body)
		if err != nil || !strings.Contains(strings.ToLower(kind), "form-urlencoded") {
			t.Fatalf("%q of type %q is let through", body, kind)
		}
		line := x.value("line")
		if line == "" || utf8.RuneCountInString(line) > 20 || strings.ContainsFunc(line, unicode.IsControl) || line != strings.TrimSpace(typed.Get("line")) {
			t.Errorf("%q is let through as %q", typed.Get("line"), line)
		}
		if c := x.value("choice"); c != "one" && c != "two" {
			t.Errorf("%q is chosen", c)
		}
		for _, fd := range x.Fields {
			if !utf8.ValidString(fd.Value) || strings.ContainsRune(fd.Value, 0) || fd.Limit > 0 && utf8.RuneCountInString(fd.Value) > fd.Limit {
				t.Errorf("%s lets through %q", fd.Name, fd.Value)
			}
		}
	})
}

// FuzzFlash brings any cookie along: a message that is no message of ours is not
// shown.
func FuzzFlash(f *testing.F) {
	catalogs, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add("eyJrIjoic2lnbmVkLW91dCJ9")
	f.Add("eyJrIjoieCIsImEiOnsibiI6IjxzY3JpcHQ-In19")
	f.Add("%%%")
	f.Fuzz(func(t *testing.T, cookie string) {
		r := httptest.NewRequest(http.MethodGet, "/en/", nil)
		r.AddCookie(&http.Cookie{Name: flashCookie, Value: cookie})
		v := &visit{w: httptest.NewRecorder(), r: r, lang: "en", print: catalogs.Printer("en")}
		if told := v.takeFlash(); told != "" && strings.HasPrefix(told, "flash.") {
			t.Errorf("%q is told as %q", cookie, told)
		}
	})
}
