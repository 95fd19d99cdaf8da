package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/audit"
	"onewindow/internal/party"
)

const decisionColumns = "id, act, a, b, rule, along, reason, actor, made, undone, undone_actor, undone_reason"

// Decisions implements party.Store.
func (db *DB) Decisions(ctx context.Context) ([]party.Decision, error) {
	var out []party.Decision
	err := db.reader.q.query(ctx, "SELECT "+decisionColumns+" FROM party_decision ORDER BY id", nil, func(rows *sql.Rows) error {
		var d party.Decision
		var a, b string
		var made, undone int64
		err := rows.Scan(&d.ID, &d.Act, &a, &b, &d.Rule, &d.Like, &d.Reason, &d.By, &made, &undone, &d.UndoneBy, &d.UndoneReason)
		if err != nil {
			return err
		}
		d.Made, d.Undone = instant(made), instant(undone)
		if err := json.Unmarshal([]byte(a), &d.A); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(b), &d.B); err != nil {
			return err
		}
		out = append(out, d)
		return nil
	})
	return out, err
}

// PutDecisions implements party.Store.
func (db *DB) PutDecisions(ctx context.Context, decisions []party.Decision, leaf audit.Leaf) ([]int64, error) {
	ids := make([]int64, len(decisions))
	err := db.transact(ctx, func(t *tx) error {
		for i, d := range decisions {
			if d.Like == party.LikeFirst {
				d.Like = ids[0]
			}
			var err error
			if ids[i], err = t.putDecision(ctx, &d); err != nil {
				return err
			}
		}
		return t.Append(ctx, leaf)
	})
	return ids, err
}

func (t *tx) putDecision(ctx context.Context, d *party.Decision) (int64, error) {
	a, err := json.Marshal(d.A)
	if err != nil {
		return 0, err
	}
	b, err := json.Marshal(d.B)
	if err != nil {
		return 0, err
	}
	return t.insert(ctx, "INSERT OR REPLACE INTO party_decision ("+decisionColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		orNull(d.ID), string(d.Act), string(a), string(b), d.Rule, d.Like, d.Reason, d.By, micros(d.Made), micros(d.Undone), d.UndoneBy, d.UndoneReason)
}
