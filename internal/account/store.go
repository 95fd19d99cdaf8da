package account

import (
	"context"
	"time"

	"onewindow/internal/audit"
)

// Session is one browser in which a person is signed in.
type Session struct {
	Hash    string // of the token, by which the store knows it
	Person  int64
	Begun   time.Time
	Seen    time.Time // when it was last used, a minute more or less
	Address string    // where it was begun from
	Agent   string    // what the browser called itself
}

// Store keeps people and sessions. What it was told is on the disk when it
// returns.
type Store interface {
	// People returns all people, by login.
	People(ctx context.Context) ([]Account, error)
	// PersonByID returns a person, nil where there is none.
	PersonByID(ctx context.Context, id int64) (*Account, error)
	// PersonByLogin returns a person, nil where there is none.
	PersonByLogin(ctx context.Context, login string) (*Account, error)
	// PutPerson writes a new person (ID 0) or a changed one and the leaf of the
	// act in one transaction, ends the person's sessions with it where asked, and
	// returns the id. A login that another has is refused with Conflict
	// "account.login-taken".
	PutPerson(ctx context.Context, a Account, endSessions bool, leaf audit.Leaf) (int64, error)
	// Rehash replaces the hash of a password by another of the same password,
	// where it is still the old one.
	Rehash(ctx context.Context, id int64, old, hash string) error

	// PutSession writes a new session.
	PutSession(ctx context.Context, s Session) error
	// Session returns the session with this hash, nil where there is none.
	Session(ctx context.Context, hash string) (*Session, error)
	// TouchSession notes when a session was last used. One that is gone stays so.
	TouchSession(ctx context.Context, hash string, seen time.Time) error
	// EndSession removes a session. One that is gone is no error.
	EndSession(ctx context.Context, hash string) error
	// EndSessions removes all sessions of a person, writes the leaf of the act, and
	// returns how many there were.
	EndSessions(ctx context.Context, person int64, leaf audit.Leaf) (int64, error)
	// Sessions returns the sessions of a person, the newest first.
	Sessions(ctx context.Context, person int64) ([]Session, error)
	// ForgetSessions removes sessions that were begun or last used before a moment.
	ForgetSessions(ctx context.Context, begun, seen time.Time) error
}
