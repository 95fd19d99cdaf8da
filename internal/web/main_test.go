package web_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/i18n"
	"onewindow/internal/region"
	"onewindow/internal/saved"
	"onewindow/internal/store/sqlite"
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
	dir, err := os.MkdirTemp("", "onewindow-pages-")
	if err == nil {
		var store *sqlite.DB
		if store, err = sqlite.Open(filepath.Join(dir, "register.db"), sqlite.Options{}); err == nil {
			err = serve(address, store)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// serve serves the pages to be looked at; one may sign in as "li" with the
// password "brass kettle rain" and as "wang", who may do little, with the same.
func serve(address string, store *sqlite.DB) error {
	accounts, err := newAccounts(store, time.Now)
	if err != nil {
		return err
	}
	site, _, err := newSite(accounts, store)
	if err != nil {
		return err
	}
	return http.ListenAndServe(address, accounts.Identify(site.Handler()))
}

var loadPack = sync.OnceValues(func() (*region.Pack, error) { return region.Load(os.DirFS("../../defs"), "jiangsu") })

// newAccounts makes the accounts of two people.
func newAccounts(store account.Store, now func() time.Time) (*account.Accounts, error) {
	pack, err := loadPack()
	if err != nil {
		return nil, err
	}
	a, err := account.Open(account.Config{
		Store: store, Defs: os.DirFS("../../defs"), Pack: pack, State: func() int64 { return 1 }, Now: now, Log: slog.New(slog.DiscardHandler),
		Cost: account.Cost{Memory: 64, Passes: 1, Threads: 1},
	})
	if err != nil {
		return nil, err
	}
	for _, p := range []account.NewPerson{
		{Login: "li", Display: "Li Sample", Body: "Search office", Role: "clerk", Password: "brass kettle rain"},
		{Login: "zhao", Display: "Zhao Sample", Body: "Sample office", Role: "administrator", Password: "brass kettle rain"},
		{Login: "wang", Display: "王样例", Body: "苏州样例局", Region: "苏州", Role: "member", Password: "brass kettle rain"},
	} {
		if _, err := a.Add(context.Background(), p, "test"); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// newSite makes the pages of the invented register, which is a sample.
func newSite(accounts *account.Accounts, store saved.Store) (*web.Site, *memory, error) {
	catalogs, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		return nil, nil, err
	}
	register, err := newMemory(catalogs)
	if err != nil {
		return nil, nil, err
	}
	pack, err := loadPack()
	if err != nil {
		return nil, nil, err
	}
	site, err := web.New(web.Config{
		Register: register, Catalogs: catalogs, Sample: true, Zone: zone, Log: slog.New(slog.DiscardHandler),
		Region: map[string]string{"en": "Linhe Province", "zh": "临河省"}, Accounts: accounts, Unit: pack.Name, Reconcile: &register.ledger, Figures: almanac{}, Papers: press{},
		Saved: saved.New(saved.Config{Store: store, Region: "320000", State: func() int64 { return 1 }, Now: time.Now, Canonical: func(src string) (string, error) {
			parts, err := register.TakeApart("en", src)
			return parts.Query, err
		}}),
	})
	return site, register, err
}

func newHandler(t *testing.T) (http.Handler, *memory) {
	t.Helper()
	h, register, _ := newDesk(t, time.Now)
	return h, register
}

// newDesk makes the pages together with accounts that one can sign in with.
func newDesk(t *testing.T, now func() time.Time) (http.Handler, *memory, *account.Accounts) {
	t.Helper()
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "register.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	accounts, err := newAccounts(store, now)
	if err != nil {
		t.Fatal(err)
	}
	site, register, err := newSite(accounts, store)
	if err != nil {
		t.Fatal(err)
	}
	return accounts.Identify(site.Handler()), register, accounts
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
