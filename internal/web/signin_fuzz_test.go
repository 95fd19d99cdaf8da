package web

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzLocalPath holds every path that people are led back to within this site,
// in the eyes of a browser too, which takes a backslash for a slash and drops
// tabs and line ends.
func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/en/loads?page=2", "//evil.example", "/\\evil.example", "/%2F/x", "/en/../..//evil", "https://evil.example", "/\t/evil", "/a:b", "/?x=//y#z", "/%00"} {
		f.Add(s)
	}
	here, err := url.Parse("https://ip.example/en/sign-in")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := localPath(s)
		if got == "" {
			return
		}
		browser := strings.NewReplacer("\\", "/", "\t", "", "\n", "", "\r", "").Replace(got)
		to, err := here.Parse(browser)
		if err != nil || to.Host != here.Host || to.Scheme != here.Scheme || strings.HasPrefix(browser, "//") || !strings.HasPrefix(got, "/") {
			t.Errorf("%q leads to %q: %v, %v", s, got, to, err)
		}
		if again := localPath(got); again != got {
			t.Errorf("%q becomes %q, then %q", s, got, again)
		}
	})
}
