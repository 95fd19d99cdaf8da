package sqlite

import (
	"context"
	"encoding/json"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// tx is the one transaction under way on the writing connection.
type tx struct{ reader }

// Write implements register.Store.
func (db *DB) Write(ctx context.Context, fn func(register.Tx) error) error {
	return db.transact(ctx, func(t *tx) error { return fn(t) })
}

// transact runs fn in a transaction when its turn comes. What fn panics with leaves
// nothing behind.
func (db *DB) transact(ctx context.Context, fn func(*tx) error) error {
	if db.writer == nil {
		return ierr.New(ierr.Forbidden, "store.not_writable", nil)
	}
	select {
	case db.turn <- struct{}{}:
		defer func() { <-db.turn }()
	case <-ctx.Done():
		return wrap(ctx.Err())
	}
	quiet := context.WithoutCancel(ctx)
	if _, err := db.writer.q.exec(quiet, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	done := false
	defer func() {
		if !done {
			db.writer.q.exec(quiet, "ROLLBACK")
		}
	}()
	if err := fn(db.writer); err != nil {
		return wrap(err)
	}
	if _, err := db.writer.q.exec(quiet, "COMMIT"); err != nil {
		return err
	}
	done = true
	db.checks.committed()
	return nil
}

// Bulk inserts are OR FAIL: a transaction in which anything fails is rolled back as
// a whole, so that SQLite need not note before each insert how to undo it alone.

// PutStatements implements register.Tx.
func (t *tx) PutStatements(ctx context.Context, rows []register.Row) error {
	return t.q.bulk(ctx, `INSERT OR FAIL INTO statement (id, file, state_from, same, ordinal, row_number, member, issued, rank, hash, body) VALUES `, "",
		11, len(rows), func(args []any, i int) []any {
			r := &rows[i]
			var body any
			if r.Body != nil {
				body = r.Body
			}
			return append(args, r.ID, r.File, r.From, orNull(r.Same), r.Position.Ordinal, r.Position.Row,
				orNull(r.Position.Member), int64(r.Issued), r.Rank, r.Hash[:], body)
		})
}

// orNull stores a zero value as NULL.
func orNull[T comparable](v T) any {
	var zero T
	if v == zero {
		return nil
	}
	return v
}

// CloseStatements implements register.Tx.
func (t *tx) CloseStatements(ctx context.Context, ids []int64, state int64) error {
	for _, id := range ids {
		if _, err := t.q.exec(ctx, "UPDATE statement SET state_to = ? WHERE id = ?", state, id); err != nil {
			return err
		}
	}
	return nil
}

// PutNumbers implements register.Tx.
func (t *tx) PutNumbers(ctx context.Context, numbers []register.Number) error {
	return t.q.bulk(ctx, "INSERT OR FAIL INTO number (key, right_id, home) VALUES ",
		" ON CONFLICT (key) DO UPDATE SET right_id = excluded.right_id, home = excluded.home",
		3, len(numbers), func(args []any, i int) []any {
			n := &numbers[i]
			var home any
			if n.Home != n.Right {
				home = n.Home
			}
			return append(args, n.Key, n.Right, home)
		})
}

// PutHolder implements register.Tx.
func (t *tx) PutHolder(ctx context.Context, key string, right int64) error {
	_, err := t.q.exec(ctx, "INSERT INTO number_past (key, right_id) VALUES (?, ?) ON CONFLICT DO NOTHING", key, right)
	return err
}

// PutSuccession implements register.Tx.
func (t *tx) PutSuccession(ctx context.Context, s register.Succession) error {
	_, err := t.q.exec(ctx, `INSERT INTO succession (right_id, state_from, state_to, into_right) VALUES (?, ?, ?, ?)
		ON CONFLICT (right_id, state_from) DO UPDATE SET state_to = excluded.state_to, into_right = excluded.into_right`,
		s.Right, s.From, s.To, s.Into)
	return err
}

// PutState implements register.Tx. An instant before that of the last state is
// moved up to it.
func (t *tx) PutState(ctx context.Context, s register.State, right int64) error {
	_, err := t.q.exec(ctx, `INSERT INTO state (id, at, act, load, last_right, rights)
		VALUES (?, max(?, COALESCE((SELECT max(at) FROM state), 0)), ?, ?, ?, ?)`,
		s.ID, micros(s.At), string(s.Act), s.Load, right, packRights(s.Rights))
	return err
}

// PutLoad implements register.Tx. What follows from files and states is not
// stored.
func (t *tx) PutLoad(ctx context.Context, l register.LoadInfo) (int64, error) {
	if l.ID != 0 {
		_, err := t.q.exec(ctx, "UPDATE load SET status = ?, finished = ?, undone = ?, surveyed = ?, decided = ?, decided_actor = ?, decided_reason = ? WHERE id = ?",
			string(l.Status), micros(l.Finished), l.Undone, l.Surveyed, micros(l.Decided), l.DecidedBy, l.Reason, l.ID)
		return l.ID, err
	}
	return t.insert(ctx, `INSERT INTO load (label, as_format, actor, job, status, created, finished, met, undone, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		l.Label, l.As, l.By, l.Job, string(l.Status), micros(l.Created), micros(l.Finished), l.First, l.Undone, l.Source)
}

func (t *tx) insert(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.q.exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

const fileColumns = `id, load, position, path, size, sha256, as_format, format, status, skipped, undone, ordinal,
	entries, documents, rejected, new, repeated, known, flagged, rights, changed, merged, disputed`

// PutFile implements register.Tx.
func (t *tx) PutFile(ctx context.Context, f register.File) (int64, error) {
	c := f.Counts
	args := []any{orNull(f.ID), f.Load, f.Position, f.Path, f.Size, f.SHA256, f.As, f.Format, string(f.Status), f.Skipped, f.Undone, f.Ordinal,
		c.Entries, c.Documents, c.Rejected, c.New, c.Repeated, c.Known, c.Flagged, c.Rights, c.Changed, c.Merged, c.Disputed}
	id, err := t.insert(ctx, "INSERT OR REPLACE INTO file ("+fileColumns+") VALUES "+marks(len(args), 1), args...)
	if f.ID != 0 {
		id = f.ID
	}
	return id, err
}

// PutRejects implements register.Tx.
func (t *tx) PutRejects(ctx context.Context, rows []register.RejectRow) error {
	texts := make([]string, len(rows))
	for i := range rows {
		args, err := json.Marshal(rows[i].Args)
		if err != nil {
			return err
		}
		texts[i] = string(args)
	}
	return t.q.bulk(ctx, "INSERT INTO reject (file, ordinal, row_number, member, line, offset, format, code, args, raw) VALUES ", "",
		10, len(rows), func(args []any, i int) []any {
			r := &rows[i]
			return append(args, r.File, r.Position.Ordinal, r.Position.Row, r.Position.Member, r.Line, r.Offset, r.Format, r.Code, texts[i], r.Raw)
		})
}

// AddTallies implements register.Tx.
func (t *tx) AddTallies(ctx context.Context, rows []register.Tally) error {
	return t.q.bulk(ctx, "INSERT INTO tally (file, what, name, n) VALUES ",
		" ON CONFLICT (file, what, name) DO UPDATE SET n = n + excluded.n",
		4, len(rows), func(args []any, i int) []any {
			return append(args, rows[i].File, rows[i].What, rows[i].Name, rows[i].N)
		})
}

// PutOverride implements register.Tx.
func (t *tx) PutOverride(ctx context.Context, o register.Override) (int64, error) {
	id, err := t.insert(ctx, `INSERT OR REPLACE INTO override (id, right_id, field, value, reason, actor, state_from, state_to) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		orNull(o.ID), o.Right, o.Field, o.Value, o.Reason, o.By, o.From, o.To)
	return id, err
}

// Append implements register.Tx.
func (t *tx) Append(ctx context.Context, leaf audit.Leaf) error {
	_, err := t.q.exec(ctx, "INSERT INTO leaf (kind, state, salt, payload, hash) VALUES (?, ?, ?, ?, ?)",
		leaf.Kind, leaf.State, leaf.Salt, string(leaf.Payload), leaf.Hash[:])
	return err
}
