package saved_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
	"onewindow/internal/saved"
	"onewindow/internal/store/sqlite"
)

func open(t testing.TB, path string) (*saved.Searches, *sqlite.DB) {
	t.Helper()
	db, err := sqlite.Open(path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return saved.New(saved.Config{
		Store: db, Region: "990000", State: func() int64 { return 7 }, Now: func() time.Time { now = now.Add(time.Second); return now },
		Canonical: func(q string) (string, error) {
			if strings.Contains(q, "(") {
				return "", ierr.New(ierr.Invalid, "query.open", nil)
			}
			return strings.ToLower(q), nil
		},
	}), db
}

func TestSearchesOfTheOwnerOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.db")
	s, db := open(t, path)
	owner := account.AsOwner(context.Background())
	x, err := s.Add(owner, saved.Keep{Title: " Pumps ", Query: "TI=Pump", Sort: "date", Author: "tester"})
	if err != nil || len(x.ID) != 24 || x.Title != "Pumps" || x.Query != "ti=pump" || x.By != "tester" || x.Region != "990000" {
		t.Fatalf("%+v, %v", x, err)
	}
	other, err := s.Add(owner, saved.Keep{Title: "All", Query: ""})
	if err != nil || other.ID == x.ID {
		t.Fatal(other, err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s, db = open(t, path)
	defer db.Close()
	if got, err := s.Get(context.Background(), x.ID); err != nil || got.Title != "Pumps" || !got.Created.Equal(x.Created) {
		t.Errorf("%+v, %v", got, err)
	}
	all, err := s.List(owner)
	if err != nil || len(all) != 2 || all[0].ID != other.ID {
		t.Errorf("%+v, %v", all, err)
	}
	if got, err := s.Revise(owner, x.ID, saved.Keep{Title: "Motors", Query: "motor"}); err != nil || got.Title != "Motors" || got.Query != "motor" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := s.Withdraw(owner, x.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{x.ID, "none", strings.Repeat("a", 24)} {
		if _, err := s.Get(owner, id); ierr.KindOf(err) != ierr.NotFound {
			t.Errorf("%s: %v", id, err)
		}
	}
}

func TestWhatCannotBeKeptIsRefused(t *testing.T) {
	s, db := open(t, filepath.Join(t.TempDir(), "register.db"))
	defer db.Close()
	owner := account.AsOwner(context.Background())
	for _, k := range []saved.Keep{
		{Title: "", Query: "x"}, {Title: strings.Repeat("x", saved.MaxTitle+1)}, {Title: "a\nb"}, {Title: "\xff"},
		{Title: "x", Query: "("}, {Title: "x", Query: strings.Repeat("x", saved.MaxQuery+1)},
	} {
		if _, err := s.Add(owner, k); ierr.KindOf(err) != ierr.Invalid {
			t.Errorf("%.20q %.20q: %v", k.Title, k.Query, err)
		}
	}
	stranger := context.Background()
	x, err := s.Add(owner, saved.Keep{Title: "x"})
	if err != nil {
		t.Fatal(err)
	}
	_, add := s.Add(stranger, saved.Keep{Title: "x"})
	_, list := s.List(stranger)
	_, revise := s.Revise(stranger, x.ID, saved.Keep{Title: "y"})
	_, withdraw := s.Withdraw(stranger, x.ID)
	for _, err := range []error{add, list, revise, withdraw} {
		if ierr.KindOf(err) != ierr.Forbidden {
			t.Errorf("a stranger: %v", errors.Join(err))
		}
	}
	for range saved.MaxOfOne - 1 {
		if _, err := s.Add(owner, saved.Keep{Title: "x"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Add(owner, saved.Keep{Title: "x"}); ierr.KindOf(err) != ierr.TooLarge {
		t.Errorf("one too many: %v", err)
	}
}
