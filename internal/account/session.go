package account

import (
	"context"
	"encoding/json"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/scs/v2"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

// How long a session lasts.
const (
	IdleTime    = time.Hour      // without a request
	LongestTime = 12 * time.Hour // in all
	touchEvery  = time.Minute    // how exactly the last request is noted
	maxAgent    = 200            // bytes that are kept of a browser's name
)

// sessionKey is what a session's values hold: one Session.
const sessionKey = "session"

// newSessions prepares the sessions. Tokens are 32 random bytes, of which the
// store is given a SHA-256 alone.
func (a *Accounts) newSessions() *scs.SessionManager {
	m := scs.New()
	m.Store, m.Codec = shelf{a}, codec{}
	m.Lifetime, m.HashTokenInStore = LongestTime, true
	return m
}

// codec writes the one value of a session.
type codec struct{}

func (codec) Encode(_ time.Time, values map[string]any) ([]byte, error) {
	return json.Marshal(values[sessionKey])
}

func (codec) Decode(b []byte) (time.Time, map[string]any, error) {
	var s Session
	err := json.Unmarshal(b, &s)
	return s.Begun.Add(LongestTime), map[string]any{sessionKey: s}, err
}

// shelf keeps sessions in the store. A session that has lasted too long is as
// good as gone.
type shelf struct{ a *Accounts }

func (s shelf) FindCtx(ctx context.Context, hash string) ([]byte, bool, error) {
	x, err := s.a.config.Store.Session(ctx, hash)
	if err != nil || x == nil || s.a.over(*x) {
		return nil, false, err
	}
	b, err := json.Marshal(x)
	return b, true, err
}

func (s shelf) CommitCtx(ctx context.Context, hash string, b []byte, _ time.Time) error {
	var x Session
	if err := json.Unmarshal(b, &x); err != nil {
		return err
	}
	x.Hash = hash
	return s.a.config.Store.PutSession(ctx, x)
}

func (s shelf) DeleteCtx(ctx context.Context, hash string) error {
	return s.a.config.Store.EndSession(ctx, hash)
}

// The forms without a context are never called.

func (s shelf) Find(hash string) ([]byte, bool, error) { return s.FindCtx(context.Background(), hash) }

func (s shelf) Commit(hash string, b []byte, until time.Time) error {
	return s.CommitCtx(context.Background(), hash, b, until)
}

func (s shelf) Delete(hash string) error { return s.DeleteCtx(context.Background(), hash) }

// over tells whether a session has ended by its age.
func (a *Accounts) over(s Session) bool {
	now := a.config.Now()
	return now.Sub(s.Seen) > IdleTime || now.Sub(s.Begun) > LongestTime
}

// begin begins a session of a person who has shown the password with this hash,
// and returns its token. A person who was disabled, or whose password was
// changed, meanwhile gets none.
func (a *Accounts) begin(ctx context.Context, id int64, hash, address, agent string) (string, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x, err := a.config.Store.PersonByID(ctx, id)
	if err != nil {
		return "", err
	}
	if x == nil || x.Disabled || x.Hash != hash {
		return "", ierr.New(ierr.Forbidden, "account.refused", nil)
	}
	now := a.config.Now()
	if err := a.config.Store.ForgetSessions(ctx, now.Add(-LongestTime), now.Add(-IdleTime)); err != nil {
		return "", err
	}
	if ctx, err = a.sessions.Load(ctx, ""); err != nil {
		return "", err
	}
	a.sessions.Put(ctx, sessionKey, Session{Person: id, Begun: now, Seen: now, Address: address, Agent: cutText(agent, maxAgent)})
	token, _, err := a.sessions.Commit(ctx)
	return token, err
}

// cutText returns the first whole characters of s within limit bytes, without
// what is no text.
func cutText(s string, limit int) string {
	out := make([]rune, 0, limit)
	n := 0
	for _, r := range s {
		if n += utf8.RuneLen(r); n > limit {
			break
		}
		if r >= ' ' && r != utf8.RuneError {
			out = append(out, r)
		}
	}
	return string(out)
}

// Lookup returns who is signed in by a token, false where nobody is: the session
// has ended, or the person is disabled. Person and role are as they are now.
func (a *Accounts) Lookup(ctx context.Context, token string) (Person, Session, bool, error) {
	loaded, err := a.sessions.Load(ctx, token)
	if err != nil {
		return Person{}, Session{}, false, err
	}
	s, ok := a.sessions.Get(loaded, sessionKey).(Session)
	if !ok {
		return Person{}, Session{}, false, nil
	}
	x, err := a.config.Store.PersonByID(ctx, s.Person)
	if err != nil || x == nil || x.Disabled {
		return Person{}, Session{}, false, err
	}
	if now := a.config.Now(); now.Sub(s.Seen) >= touchEvery {
		if err := a.config.Store.TouchSession(ctx, s.Hash, now); err != nil {
			return Person{}, Session{}, false, err
		}
	}
	return a.grant(x.Person), s, true, nil
}

// SignOut ends the session of a token, if there is one.
func (a *Accounts) SignOut(ctx context.Context, token string) error {
	loaded, err := a.sessions.Load(ctx, token)
	if err != nil {
		return err
	}
	if a.sessions.Token(loaded) == "" {
		return nil
	}
	return a.sessions.Destroy(loaded)
}

// SessionsOf returns a person's sessions that last, the newest first.
func (a *Accounts) SessionsOf(ctx context.Context, login string) ([]Session, error) {
	x, err := a.named(ctx, login)
	if err != nil {
		return nil, err
	}
	all, err := a.config.Store.Sessions(ctx, x.ID)
	var out []Session
	for _, s := range all {
		if !a.over(s) {
			out = append(out, s)
		}
	}
	return out, err
}

// EndSessions signs a person out everywhere and returns how many sessions there
// were.
func (a *Accounts) EndSessions(ctx context.Context, login, by string) (int64, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	x, err := a.named(ctx, login)
	if err != nil {
		return 0, err
	}
	leaf, err := audit.New("account.sessions-end", a.config.State(), map[string]any{"login": x.Login, "by": by})
	if err != nil {
		return 0, err
	}
	return a.config.Store.EndSessions(ctx, x.ID, leaf)
}
