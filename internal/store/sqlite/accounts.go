package sqlite

import (
	"context"
	"database/sql"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

const personColumns = "id, login, display, body, region, role, disabled, added, password, password_set"

// People implements account.Store.
func (db *DB) People(ctx context.Context) ([]account.Account, error) {
	return db.people(ctx, "ORDER BY login")
}

// PersonByID implements account.Store.
func (db *DB) PersonByID(ctx context.Context, id int64) (*account.Account, error) {
	return firstOf(db.people(ctx, "WHERE id = ?", id))
}

// PersonByLogin implements account.Store.
func (db *DB) PersonByLogin(ctx context.Context, login string) (*account.Account, error) {
	return firstOf(db.people(ctx, "WHERE login = ?", login))
}

// firstOf returns the first of a list, nil where it is empty.
func firstOf[T any](list []T, err error) (*T, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

func (r reader) people(ctx context.Context, where string, args ...any) ([]account.Account, error) {
	var out []account.Account
	err := r.q.query(ctx, "SELECT "+personColumns+" FROM person "+where, args, func(rows *sql.Rows) error {
		var a account.Account
		var added, set int64
		if err := rows.Scan(&a.ID, &a.Login, &a.Display, &a.Body, &a.Region, &a.Role, &a.Disabled, &added, &a.Hash, &set); err != nil {
			return err
		}
		a.Added, a.PasswordSet = instant(added), instant(set)
		out = append(out, a)
		return nil
	})
	return out, err
}

// PutPerson implements account.Store.
func (db *DB) PutPerson(ctx context.Context, a account.Account, endSessions bool, leaf audit.Leaf) (id int64, err error) {
	err = db.transact(ctx, func(t *tx) error {
		taken, err := firstOf(t.people(ctx, "WHERE login = ? AND id <> ?", a.Login, a.ID))
		if err != nil {
			return err
		}
		if taken != nil {
			return ierr.New(ierr.Conflict, "account.login-taken", ierr.Args{"login": a.Login})
		}
		id, err = t.insert(ctx, "INSERT OR REPLACE INTO person ("+personColumns+") VALUES "+marks(10, 1),
			orNull(a.ID), a.Login, a.Display, a.Body, a.Region, a.Role, a.Disabled, micros(a.Added), a.Hash, micros(a.PasswordSet))
		if err != nil {
			return err
		}
		if endSessions {
			if _, err := t.q.exec(ctx, "DELETE FROM session WHERE person = ?", id); err != nil {
				return err
			}
		}
		return t.Append(ctx, leaf)
	})
	return id, err
}

// Rehash implements account.Store.
func (db *DB) Rehash(ctx context.Context, id int64, old, hash string) error {
	return db.alone(ctx, "UPDATE person SET password = ? WHERE id = ? AND password = ?", hash, id, old)
}

// alone runs one statement in a transaction of its own.
func (db *DB) alone(ctx context.Context, statement string, args ...any) error {
	return db.transact(ctx, func(t *tx) error {
		_, err := t.q.exec(ctx, statement, args...)
		return err
	})
}

const sessionColumns = "hash, person, begun, seen, address, agent"

// PutSession implements account.Store.
func (db *DB) PutSession(ctx context.Context, s account.Session) error {
	return db.alone(ctx, "INSERT INTO session ("+sessionColumns+") VALUES "+marks(6, 1),
		s.Hash, s.Person, micros(s.Begun), micros(s.Seen), s.Address, s.Agent)
}

// Session implements account.Store.
func (db *DB) Session(ctx context.Context, hash string) (*account.Session, error) {
	return firstOf(db.sessionRows(ctx, "WHERE hash = ?", hash))
}

// Sessions implements account.Store.
func (db *DB) Sessions(ctx context.Context, person int64) ([]account.Session, error) {
	return db.sessionRows(ctx, "WHERE person = ? ORDER BY begun DESC, hash", person)
}

func (r reader) sessionRows(ctx context.Context, where string, args ...any) ([]account.Session, error) {
	var out []account.Session
	err := r.q.query(ctx, "SELECT "+sessionColumns+" FROM session "+where, args, func(rows *sql.Rows) error {
		var s account.Session
		var begun, seen int64
		if err := rows.Scan(&s.Hash, &s.Person, &begun, &seen, &s.Address, &s.Agent); err != nil {
			return err
		}
		s.Begun, s.Seen = instant(begun), instant(seen)
		out = append(out, s)
		return nil
	})
	return out, err
}

// TouchSession implements account.Store.
func (db *DB) TouchSession(ctx context.Context, hash string, seen time.Time) error {
	return db.alone(ctx, "UPDATE session SET seen = max(seen, ?) WHERE hash = ?", micros(seen), hash)
}

// EndSession implements account.Store.
func (db *DB) EndSession(ctx context.Context, hash string) error {
	return db.alone(ctx, "DELETE FROM session WHERE hash = ?", hash)
}

// EndSessions implements account.Store.
func (db *DB) EndSessions(ctx context.Context, person int64, leaf audit.Leaf) (n int64, err error) {
	err = db.transact(ctx, func(t *tx) error {
		res, err := t.q.exec(ctx, "DELETE FROM session WHERE person = ?", person)
		if err != nil {
			return err
		}
		if n, err = res.RowsAffected(); err != nil {
			return err
		}
		return t.Append(ctx, leaf)
	})
	return n, err
}

// ForgetSessions implements account.Store.
func (db *DB) ForgetSessions(ctx context.Context, begun, seen time.Time) error {
	return db.alone(ctx, "DELETE FROM session WHERE begun < ? OR seen < ?", micros(begun), micros(seen))
}
