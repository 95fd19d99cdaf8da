package saved_test

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
	"onewindow/internal/saved"
)

// FuzzKeep wants that what is kept is readable, within its limits, and the same
// when it is got again; all else is refused as the fault of who asked.
func FuzzKeep(f *testing.F) {
	for _, s := range [][3]string{
		{"Pumps", "ti=pump", "date"}, {"", "x", ""}, {" 泵 ", "", ""}, {"a\nb", "x", ""}, {"\xff", "x", ""}, {"x", "(", ""}, {"x", "\x00", ""}, {"\u2028", "x", "\xff"},
		{strings.Repeat("泵", saved.MaxTitle), "x", ""}, {"x", strings.Repeat("y", saved.MaxQuery+1), ""},
	} {
		f.Add(s[0], s[1], s[2])
	}
	s, db := open(f, filepath.Join(f.TempDir(), "register.db"))
	f.Cleanup(func() { _ = db.Close() })
	f.Fuzz(func(t *testing.T, title, query, sort string) {
		owner := account.AsOwner(t.Context())
		x, err := s.Add(owner, saved.Keep{Title: title, Query: query, Sort: sort})
		if err != nil {
			if kind := ierr.KindOf(err); kind != ierr.Invalid {
				t.Errorf("%q %q %q: %v", title, query, sort, err)
			}
			return
		}
		if x.Title == "" || !utf8.ValidString(x.Title+x.Query+x.Sort) || strings.ContainsFunc(x.Title, unicode.IsControl) || utf8.RuneCountInString(x.Title) > saved.MaxTitle {
			t.Errorf("%+v is kept", x)
		}
		got, err := s.Get(t.Context(), x.ID)
		if err != nil || got.Title != x.Title || got.Query != x.Query || got.Sort != x.Sort {
			t.Errorf("%+v comes back as %+v, %v", x, got, err)
		}
		if _, err := s.Withdraw(owner, x.ID); err != nil {
			t.Error(err)
		}
	})
}
