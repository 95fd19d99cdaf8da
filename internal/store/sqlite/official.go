package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/audit"
	"onewindow/internal/official"
)

// Tables implements official.Store.
func (db *DB) Tables(ctx context.Context) ([]official.Table, error) {
	var out []official.Table
	err := db.reader.q.query(ctx, `SELECT revision, json_remove(body, '$.cells'), actor, added FROM official_table AS t
		WHERE revision = (SELECT max(revision) FROM official_table WHERE id = t.id) ORDER BY id`, nil,
		func(rows *sql.Rows) error {
			t, err := scanTable(rows)
			out = append(out, t)
			return err
		})
	return out, err
}

func scanTable(rows *sql.Rows) (t official.Table, err error) {
	var body, by string
	var revision int
	var added int64
	if err = rows.Scan(&revision, &body, &by, &added); err == nil {
		err = json.Unmarshal([]byte(body), &t)
	}
	t.Revision, t.By, t.Added = revision, by, instant(added)
	return t, err
}

// Table implements official.Store.
func (db *DB) Table(ctx context.Context, id string, revision int) (*official.Table, error) {
	var out *official.Table
	err := db.reader.q.query(ctx, `SELECT revision, body, actor, added FROM official_table
		WHERE id = ? AND (revision = ? OR ? = 0) ORDER BY revision DESC LIMIT 1`, []any{id, revision, revision},
		func(rows *sql.Rows) error {
			t, err := scanTable(rows)
			out = &t
			return err
		})
	return out, err
}

// PutTable implements official.Store.
func (db *DB) PutTable(ctx context.Context, t *official.Table, leaf func(revision int) (audit.Leaf, error)) (int, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return 0, err
	}
	revision := 0
	err = db.transact(ctx, func(x *tx) error {
		err := x.q.query(ctx, "SELECT coalesce(max(revision), 0) + 1 FROM official_table WHERE id = ?", []any{t.ID}, func(rows *sql.Rows) error {
			return rows.Scan(&revision)
		})
		if err != nil {
			return err
		}
		if _, err := x.insert(ctx, "INSERT INTO official_table (id, revision, body, actor, added) VALUES (?, ?, ?, ?, ?)",
			t.ID, revision, string(body), t.By, micros(t.Added)); err != nil {
			return err
		}
		l, err := leaf(revision)
		if err != nil {
			return err
		}
		return x.Append(ctx, l)
	})
	return revision, err
}
