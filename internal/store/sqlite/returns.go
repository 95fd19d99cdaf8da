package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/audit"
	"onewindow/internal/date"
	"onewindow/internal/returns"
)

const returnColumns = "id, form, period, revision, cut_off, reason, source, note, content, status, " +
	"prepared_by, prepared_at, prepared_hash, approved_by, approved_at, approved_hash, approval, withdrawn_by, withdrawn_at, withdrawn_for"

// Returns implements returns.Store.
func (db *DB) Returns(ctx context.Context, fn func(returns.Return) error) error {
	return db.reader.q.query(ctx, "SELECT "+returnColumns+" FROM body_return ORDER BY id", nil, func(rows *sql.Rows) error {
		var r returns.Return
		var period, content string
		var cutOff, prepared, approved, withdrawn int64
		err := rows.Scan(&r.ID, &r.Form, &period, &r.Revision, &cutOff, &r.Reason, &r.Source, &r.Note, &content, &r.Status,
			&r.Prepared.By, &prepared, &r.Prepared.Hash, &r.Approved.By, &approved, &r.Approved.Hash, &r.Number,
			&r.Withdrawn.By, &withdrawn, &r.Withdrawn.Reason)
		if err != nil {
			return err
		}
		if err := r.Period.UnmarshalText([]byte(period)); err != nil {
			return err
		}
		r.CutOff, r.Prepared.At, r.Approved.At, r.Withdrawn.At = date.Date(cutOff), instant(prepared), instant(approved), instant(withdrawn)
		if err := json.Unmarshal([]byte(content), &r.Values); err != nil {
			return err
		}
		return fn(r)
	})
}

// PutReturn implements returns.Store. Of a return that is there only what became of it
// is written: its numbers stay as they were signed.
func (db *DB) PutReturn(ctx context.Context, r returns.Return, leaf audit.Leaf) (id int64, err error) {
	content, err := json.Marshal(r.Values)
	if err != nil {
		return 0, err
	}
	err = db.transact(ctx, func(t *tx) error {
		id, err = t.insert(ctx, "INSERT INTO body_return ("+returnColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "+
			"ON CONFLICT (id) DO UPDATE SET status = excluded.status, approved_by = excluded.approved_by, approved_at = excluded.approved_at, "+
			"approved_hash = excluded.approved_hash, approval = excluded.approval, withdrawn_by = excluded.withdrawn_by, "+
			"withdrawn_at = excluded.withdrawn_at, withdrawn_for = excluded.withdrawn_for",
			orNull(r.ID), r.Form, r.Period.String(), r.Revision, int64(r.CutOff), r.Reason, r.Source, r.Note, string(content), string(r.Status),
			r.Prepared.By, micros(r.Prepared.At), r.Prepared.Hash, r.Approved.By, micros(r.Approved.At), r.Approved.Hash, r.Number,
			r.Withdrawn.By, micros(r.Withdrawn.At), r.Withdrawn.Reason)
		if err != nil {
			return err
		}
		if r.ID != 0 {
			id = r.ID
		}
		return t.Append(ctx, leaf)
	})
	return id, err
}
