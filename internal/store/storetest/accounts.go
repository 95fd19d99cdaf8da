package storetest

import (
	"fmt"
	"testing"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

// Accounts runs what every store of people and sessions must do.
func Accounts(t *testing.T, open func(t *testing.T) account.Store) {
	s := open(t)
	at := time.UnixMicro(1_700_000_000_000_000).UTC()
	li := account.Account{Person: account.Person{Login: "li", Display: "李样例", Body: "检索科", Region: "320000", Role: "clerk", Added: at}, Hash: "h1", PasswordSet: at}
	chen := account.Account{Person: account.Person{Login: "chen", Display: "Chen", Body: "x", Region: "320500", Role: "member", Added: at}, Hash: "h2", PasswordSet: at}
	put := func(a *account.Account, end bool) {
		t.Helper()
		id, err := s.PutPerson(ctx, *a, end, leaf())
		if err != nil || id < 1 || a.ID != 0 && id != a.ID {
			t.Fatalf("putting %s: %d, %v", a.Login, id, err)
		}
		a.ID = id
	}
	people := func(what string, want ...account.Account) {
		t.Helper()
		got, err := s.People(ctx)
		same(t, what, logins(got), err, logins(want))
	}
	people("people of an empty store")
	put(&li, false)
	put(&chen, false)
	people("people by login", chen, li)
	one, err := s.PersonByLogin(ctx, "li")
	same(t, "a person by login", fmt.Sprintf("%+v", *one), err, fmt.Sprintf("%+v", li))
	one, err = s.PersonByID(ctx, chen.ID)
	same(t, "a person by id", fmt.Sprintf("%+v", *one), err, fmt.Sprintf("%+v", chen))
	one, err = s.PersonByLogin(ctx, "none")
	same(t, "nobody", one == nil, err, true)

	twin := li
	twin.ID = 0
	if _, err := s.PutPerson(ctx, twin, false, leaf()); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("a second person with one login: %v", err)
	}

	begin := func(hash string, of int64, begun, seen time.Time) account.Session {
		t.Helper()
		x := account.Session{Hash: hash, Person: of, Begun: begun, Seen: seen, Address: "192.0.2.1", Agent: "browser"}
		if err := s.PutSession(ctx, x); err != nil {
			t.Fatal(err)
		}
		return x
	}
	first := begin("s1", li.ID, at, at)
	second := begin("s2", li.ID, at.Add(time.Hour), at.Add(time.Hour))
	other := begin("s3", chen.ID, at, at.Add(time.Hour))
	got, err := s.Sessions(ctx, li.ID)
	same(t, "sessions, the newest first", got, err, []account.Session{second, first})
	if err := s.TouchSession(ctx, "s1", at.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	first.Seen = at.Add(time.Minute)
	found, err := s.Session(ctx, "s1")
	same(t, "a session that was used", *found, err, first)
	if err := s.EndSession(ctx, "s1"); err != nil {
		t.Fatal(err)
	}
	if err := s.TouchSession(ctx, "s1", at.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	found, err = s.Session(ctx, "s1")
	same(t, "a session that was used after its end", found == nil, err, true)

	li.Disabled, li.Hash = true, "h3"
	put(&li, true)
	one, err = s.PersonByID(ctx, li.ID)
	same(t, "a changed person", fmt.Sprintf("%+v", *one), err, fmt.Sprintf("%+v", li))
	got, err = s.Sessions(ctx, li.ID)
	same(t, "sessions that ended with a change", len(got), err, 0)
	got, err = s.Sessions(ctx, chen.ID)
	same(t, "sessions of somebody else", got, err, []account.Session{other})

	same(t, "rehashing", nil, s.Rehash(ctx, chen.ID, "h2", "h4"), nil)
	same(t, "rehashing what has changed", nil, s.Rehash(ctx, chen.ID, "h2", "h5"), nil)
	one, err = s.PersonByID(ctx, chen.ID)
	same(t, "the hash", one.Hash, err, "h4")

	n, err := s.EndSessions(ctx, chen.ID, leaf())
	same(t, "ended sessions", n, err, int64(1))
	begin("old", chen.ID, at, at.Add(time.Hour))
	begin("idle", chen.ID, at.Add(time.Hour), at)
	fresh := begin("fresh", chen.ID, at.Add(time.Hour), at.Add(time.Hour))
	same(t, "forgetting", nil, s.ForgetSessions(ctx, at.Add(time.Minute), at.Add(time.Minute)), nil)
	got, err = s.Sessions(ctx, chen.ID)
	same(t, "sessions that are kept", got, err, []account.Session{fresh})
}

func logins(people []account.Account) []string {
	out := []string{}
	for _, p := range people {
		out = append(out, p.Login)
	}
	return out
}
