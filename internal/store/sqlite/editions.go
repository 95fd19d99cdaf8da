package sqlite

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/audit"
	"onewindow/internal/edition"
)

// Editions implements edition.Store.
func (db *DB) Editions(ctx context.Context, fn func(edition.Edition) error) error {
	return db.reader.q.query(ctx, "SELECT content FROM edition ORDER BY paper, n", nil, func(rows *sql.Rows) error {
		var content []byte
		if err := rows.Scan(&content); err != nil {
			return err
		}
		r, err := gzip.NewReader(bytes.NewReader(content))
		if err != nil {
			return err
		}
		var e edition.Edition
		if err := json.NewDecoder(r).Decode(&e); err != nil {
			return err
		}
		return fn(e)
	})
}

// PutEdition implements edition.Store.
func (db *DB) PutEdition(ctx context.Context, e edition.Edition, leaf audit.Leaf) error {
	plain, err := audit.Canonical(e)
	if err != nil {
		return err
	}
	var content bytes.Buffer
	w := gzip.NewWriter(&content)
	if _, err := w.Write(plain); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return db.transact(ctx, func(t *tx) error {
		if _, err := t.insert(ctx, "INSERT INTO edition (paper, n, content) VALUES (?, ?, ?)", e.Paper, e.N, content.Bytes()); err != nil {
			return err
		}
		return t.Append(ctx, leaf)
	})
}
