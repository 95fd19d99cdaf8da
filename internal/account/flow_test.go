package account_test

import (
	"bytes"
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onewindow/defs"
	"onewindow/internal/account"
	"onewindow/internal/audit"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/store/sqlite"
)

const password = "brass kettle rain"

var cheap = account.Cost{Memory: 64, Passes: 1, Threads: 1}

var loadPack = sync.OnceValues(func() (*region.Pack, error) { return region.Load(defs.FS, "jiangsu") })

// office is accounts over a store of their own, at a time that tests move on.
type office struct {
	*account.Accounts
	t     *testing.T
	path  string
	store *sqlite.DB
	now   time.Time
	log   bytes.Buffer
}

// newOffice makes accounts with a clerk "li".
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, path: filepath.Join(t.TempDir(), "register.db"), now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	var err error
	if o.store, err = sqlite.Open(o.path, sqlite.Options{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.store.Close() })
	o.open(cheap)
	if _, err := o.Add(t.Context(), account.NewPerson{Login: " Li ", Display: "Li Sample", Body: "Search office", Role: "clerk", Password: password}, "owner"); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o *office) open(cost account.Cost) {
	o.t.Helper()
	pack, err := loadPack()
	if err != nil {
		o.t.Fatal(err)
	}
	o.Accounts, err = account.Open(account.Config{
		Store: o.store, Defs: defs.FS, Pack: pack, State: func() int64 { return 7 }, Now: func() time.Time { return o.now },
		Log: slog.New(slog.NewTextHandler(&o.log, nil)), Cost: cost,
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// enter signs in and returns the token.
func (o *office) enter(login, password string) (string, error) {
	token, _, err := o.SignIn(o.t.Context(), account.Attempt{Login: login, Password: password, Address: "192.0.2.1", Agent: "browser"})
	return token, err
}

func (o *office) mustEnter() string {
	o.t.Helper()
	token, err := o.enter("li", password)
	if err != nil {
		o.t.Fatal(err)
	}
	return token
}

// isIn tells whether somebody is signed in by a token.
func (o *office) isIn(token string) bool {
	o.t.Helper()
	_, _, ok, err := o.Lookup(o.t.Context(), token)
	if err != nil {
		o.t.Fatal(err)
	}
	return ok
}

func wantCode(t *testing.T, what string, err error, want string) {
	t.Helper()
	if got := ierr.As(err).Code; err == nil || got != want {
		t.Errorf("%s: %v, want %s", what, err, want)
	}
}

func TestSigningIn(t *testing.T) {
	o := newOffice(t)
	token := o.mustEnter()
	p, s, ok, err := o.Lookup(t.Context(), token)
	if !ok || err != nil || p.Login != "li" || p.Region != "320000" || !p.May(account.Decide) || p.May(account.Users) || s.Address != "192.0.2.1" {
		t.Errorf("%+v, %+v, %v, %v", p, s, ok, err)
	}
	if o.mustEnter() == token {
		t.Error("two sessions have one token")
	}
	_, err = o.enter("li", "brass kettle snow")
	wantCode(t, "a wrong password", err, "account.refused")
	_, err = o.enter("nobody", password)
	wantCode(t, "an unknown name", err, "account.refused")
	_, err = o.enter(strings.Repeat("x", 100_000), strings.Repeat("y", 100_000))
	wantCode(t, "a very long name", err, "account.refused")
	if o.isIn("") || o.isIn("x") || o.isIn(token+"x") {
		t.Error("a made-up token is good")
	}
	if strings.Contains(o.log.String(), "kettle") || !strings.Contains(o.log.String(), "sign-in refused") {
		t.Errorf("the log says %s", o.log.String())
	}
}

func TestUnknownNamesTakeAsLong(t *testing.T) {
	o := newOffice(t)
	o.open(account.Cost{Memory: 8 << 10, Passes: 4, Threads: 1})
	if _, err := o.SetPassword(t.Context(), "li", password, "owner"); err != nil {
		t.Fatal(err)
	}
	took := func(login string) time.Duration {
		best := time.Hour
		for range 4 {
			began := time.Now()
			o.enter(login, "brass kettle snow")
			best = min(best, time.Since(began))
		}
		return best
	}
	known, unknown := took("li"), took("nobody")
	if unknown < known/4 || known < unknown/4 {
		t.Errorf("a known name takes %v, an unknown one %v", known, unknown)
	}
}

func TestSessionsEnd(t *testing.T) {
	ctx := t.Context()
	for what, end := range map[string]func(o *office, token string) error{
		"signing out":    func(o *office, token string) error { return o.SignOut(ctx, token) },
		"being disabled": func(o *office, _ string) error { _, err := o.Disable(ctx, "li", "x"); return err },
		"another password": func(o *office, _ string) error {
			_, err := o.SetPassword(ctx, "li", "violet engine moss", "x")
			return err
		},
		"being signed out":  func(o *office, _ string) error { _, err := o.EndSessions(ctx, "li", "x"); return err },
		"an idle hour":      func(o *office, _ string) error { o.now = o.now.Add(account.IdleTime + time.Second); return nil },
		"twelve busy hours": busyHours,
	} {
		o := newOffice(t)
		token := o.mustEnter()
		if !o.isIn(token) {
			t.Fatal("not signed in")
		}
		if err := end(o, token); err != nil {
			t.Fatal(err)
		}
		if o.isIn(token) {
			t.Errorf("%s does not end the session", what)
		}
		if err := o.SignOut(ctx, token); err != nil {
			t.Errorf("signing out of what has ended: %v", err)
		}
	}
}

// busyHours uses a session twice an hour for as long as it can last.
func busyHours(o *office, token string) error {
	for range 24 {
		if !o.isIn(token) {
			o.t.Error("a session that is used ends too soon")
		}
		o.now = o.now.Add(30 * time.Minute)
	}
	o.now = o.now.Add(time.Second)
	return nil
}

func TestChangesOfAPersonHoldAtOnce(t *testing.T) {
	o, ctx := newOffice(t), t.Context()
	token := o.mustEnter()
	if _, err := o.SetRole(ctx, "li", "administrator", "x"); err != nil {
		t.Fatal(err)
	}
	if p, _, ok, _ := o.Lookup(ctx, token); !ok || !p.May(account.Users) {
		t.Error("a new role waits")
	}
	if _, err := o.Disable(ctx, "LI", "x"); err != nil {
		t.Fatal(err)
	}
	_, err := o.enter("li", password)
	wantCode(t, "somebody disabled", err, "account.disabled")
	_, err = o.enter("li", "brass kettle snow")
	wantCode(t, "somebody disabled with a wrong password", err, "account.refused")
	_, err = o.Disable(ctx, "li", "x")
	wantCode(t, "disabling again", err, "account.disabled-already")
	if _, err := o.Enable(ctx, "li", "x"); err != nil {
		t.Fatal(err)
	}
	_, err = o.Enable(ctx, "li", "x")
	wantCode(t, "enabling again", err, "account.enabled-already")
	if o.isIn(token) {
		t.Error("an ended session comes back")
	}
	o.mustEnter()
}

func TestChangingOnesPassword(t *testing.T) {
	o, ctx := newOffice(t), t.Context()
	token, other := o.mustEnter(), o.mustEnter()
	p, _, _, _ := o.Lookup(ctx, token)
	change := func(old, to string) (string, error) { return o.ChangePassword(ctx, p, old, to, "192.0.2.1", "b") }
	_, err := change("brass kettle snow", "violet engine moss")
	wantCode(t, "a wrong old password", err, "account.refused")
	_, err = change(password, password)
	wantCode(t, "the same password", err, "account.password-same")
	_, err = change(password, "short")
	wantCode(t, "a short password", err, "account.password-short")
	if !o.isIn(token) {
		t.Error("a refused change ends the session")
	}
	fresh, err := change(password, "violet engine moss")
	if err != nil || !o.isIn(fresh) || o.isIn(token) || o.isIn(other) {
		t.Errorf("after the change: %v, %v %v %v", err, o.isIn(fresh), o.isIn(token), o.isIn(other))
	}
	for range 10 {
		_, err = change("guess", "violet engine mass")
	}
	wantCode(t, "guessing the old password", err, "account.wait")
}

func TestAHashOfAnotherCostIsRenewed(t *testing.T) {
	o := newOffice(t)
	before := o.hash()
	o.open(account.Cost{Memory: 128, Passes: 2, Threads: 1})
	token := o.mustEnter()
	if after := o.hash(); after == before || !strings.HasPrefix(after, "$argon2id$v=19$m=128,t=2,p=1$") {
		t.Errorf("the hash is %s", after)
	}
	if !o.isIn(token) {
		t.Error("the session ends with the renewal")
	}
	o.mustEnter()
}

// hash returns the stored hash of li's password.
func (o *office) hash() string {
	o.t.Helper()
	x, err := o.store.PersonByLogin(o.t.Context(), "li")
	if err != nil {
		o.t.Fatal(err)
	}
	return x.Hash
}

// TestSecretsAreNotKept looks through the whole file: neither a password nor a
// token is in it, and no hash of a password in the log.
func TestSecretsAreNotKept(t *testing.T) {
	o, ctx := newOffice(t), t.Context()
	token := o.mustEnter()
	hash := o.hash()
	for _, act := range []func() error{
		func() error { _, err := o.SetRole(ctx, "li", "analyst", "wang"); return err },
		func() error { _, err := o.SetPassword(ctx, "li", "violet engine moss", "wang"); return err },
		func() error { _, err := o.Disable(ctx, "li", "wang"); return err },
		func() error { _, err := o.Enable(ctx, "li", "wang"); return err },
		func() error { _, err := o.EndSessions(ctx, "li", "wang"); return err },
	} {
		if err := act(); err != nil {
			t.Fatal(err)
		}
	}
	o.store.Close()
	db, err := sql.Open("sqlite", "file:"+o.path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT kind, state, payload FROM leaf ORDER BY seq")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for rows.Next() {
		var kind, payload string
		var state int64
		if err := rows.Scan(&kind, &state, &payload); err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, kind)
		if state != 7 || !strings.Contains(payload, `"login":"li"`) || !strings.Contains(payload, `"by":"`) {
			t.Errorf("%s of state %d says %s", kind, state, payload)
		}
		for _, secret := range []string{"kettle", "violet", "argon2", hash, token} {
			if strings.Contains(payload, secret) {
				t.Errorf("%s holds a secret: %s", kind, payload)
			}
		}
	}
	if got, want := strings.Join(kinds, " "), "account.add account.role account.password account.disable account.enable account.sessions-end"; got != want {
		t.Errorf("the log holds %s, want %s", got, want)
	}
	var n int
	if err := db.QueryRow("SELECT count(*) FROM session WHERE hash = ?", token).Scan(&n); err != nil || n != 0 {
		t.Errorf("a token is kept as it is: %d, %v", n, err)
	}
}

func TestWhoIsAddedIsChecked(t *testing.T) {
	o := newOffice(t)
	good := account.NewPerson{Login: "wang", Body: "x", Role: "clerk", Password: password}
	for want, change := range map[string]func(*account.NewPerson){
		"account.login":          func(n *account.NewPerson) { n.Login = "w" },
		"account.login-taken":    func(n *account.NewPerson) { n.Login = "LI" },
		"account.display":        func(n *account.NewPerson) { n.Display = strings.Repeat("王", 41) },
		"account.body":           func(n *account.NewPerson) { n.Body = "a\nb" },
		"account.role":           func(n *account.NewPerson) { n.Role = "king" },
		"account.region-several": func(n *account.NewPerson) { n.Region = "鼓楼区" },
		"region.unit_none":       func(n *account.NewPerson) { n.Region = "Atlantis" },
		"account.password-name":  func(n *account.NewPerson) { n.Password = "wang kettle rain" },
	} {
		n := good
		change(&n)
		_, err := o.Add(t.Context(), n, "owner")
		wantCode(t, want, err, want)
	}
	p, err := o.Add(t.Context(), good, "owner")
	if err != nil || p.Display != "wang" || p.Region != "320000" || p.Signature() != "wang (wang)" {
		t.Errorf("%+v, %v", p, err)
	}
	long := good
	long.Login, long.Display = strings.Repeat("w", 32), strings.Repeat("王", 40)
	if p, err = o.Add(t.Context(), long, "owner"); err != nil || len(p.Signature()) > 200 {
		t.Errorf("a signature of %d bytes, %v", len(p.Signature()), err)
	}
}

func TestOfSeveralWhoTakeALoginOneGetsIt(t *testing.T) {
	o := newOffice(t)
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = o.Add(t.Context(), account.NewPerson{Login: "wang", Body: "x", Role: "clerk", Password: password}, "owner")
		})
	}
	wg.Wait()
	taken := 0
	for _, err := range errs {
		if err == nil {
			taken++
		} else {
			wantCode(t, "a login that another takes", err, "account.login-taken")
		}
	}
	if taken != 1 {
		t.Errorf("%d have one login", taken)
	}
}

func TestARoleThatIsGoneMayNothing(t *testing.T) {
	o := newOffice(t)
	x, err := o.store.PersonByLogin(t.Context(), "li")
	if err != nil {
		t.Fatal(err)
	}
	x.Role = "abolished"
	if _, err := o.store.PutPerson(t.Context(), *x, false, leaf()); err != nil {
		t.Fatal(err)
	}
	o.open(cheap)
	p, _, ok, err := o.Lookup(t.Context(), o.mustEnter())
	if !ok || err != nil || len(p.Permissions()) != 0 || !strings.Contains(o.log.String(), "abolished") {
		t.Errorf("%+v, %v, %v, %s", p, ok, err, o.log.String())
	}
}

func TestProxiesAreBelievedOnThisMachineAlone(t *testing.T) {
	for _, row := range []struct {
		peer, forwarded, proto string
		address                string
		secure                 bool
	}{
		{"203.0.113.5:99", "192.0.2.9", "https", "203.0.113.5", false},
		{"127.0.0.1:99", "", "", "127.0.0.1", false},
		{"127.0.0.1:99", "10.0.0.1, 192.0.2.9", "https", "192.0.2.9", true},
		{"[::1]:99", "2001:db8::7", "HTTPS", "2001:db8::7", true},
		{"127.0.0.1:99", "nonsense", "http", "127.0.0.1", false},
		{"@", "192.0.2.9", "https", "@", false},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = row.peer
		r.Header.Set("X-Forwarded-For", row.forwarded)
		r.Header.Set("X-Forwarded-Proto", row.proto)
		if a, s := account.AddressOf(r), account.IsSecure(r); a != row.address || s != row.secure {
			t.Errorf("%+v: %s, %v", row, a, s)
		}
	}
}

func leaf() audit.Leaf { return audit.Leaf{Kind: "k", Salt: []byte("salt"), Payload: []byte("{}")} }
