package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"

	"onewindow/internal/register"
)

const rulingColumns = "id, doubt, act, alike, key, field, was, value, at_case, cases, reason, actor, state_from, undoes"

// Rulings implements register.Reader.
func (r reader) Rulings(ctx context.Context) ([]register.Ruling, error) {
	var out []register.Ruling
	err := r.q.query(ctx, "SELECT "+rulingColumns+" FROM ruling ORDER BY id", nil, func(rows *sql.Rows) error {
		var x register.Ruling
		err := rows.Scan(&x.ID, &x.Doubt, &x.Act, &x.Like, &x.Key, &x.Field, &x.Was, &x.Value, &x.Case, &x.Cases, &x.Reason, &x.By, &x.From, &x.Undoes)
		out = append(out, x)
		return err
	})
	return out, err
}

// PutRuling implements register.Tx.
func (t *tx) PutRuling(ctx context.Context, x register.Ruling) (int64, error) {
	return t.insert(ctx, "INSERT INTO ruling ("+rulingColumns+") VALUES "+marks(14, 1),
		nil, string(x.Doubt), string(x.Act), x.Like, x.Key, x.Field, x.Was, x.Value, x.Case, x.Cases, x.Reason, x.By, x.From, x.Undoes)
}

// Reject implements register.Reader.
func (r reader) Reject(ctx context.Context, file, ordinal int64) (*register.RejectRow, error) {
	var out *register.RejectRow
	err := r.q.query(ctx, `SELECT file, ordinal, row_number, member, line, offset, format, code, args, raw
		FROM reject WHERE file = ? AND ordinal = ? ORDER BY id LIMIT 1`, []any{file, ordinal},
		func(rows *sql.Rows) error {
			var j register.RejectRow
			var args string
			if err := rows.Scan(&j.File, &j.Position.Ordinal, &j.Position.Row, &j.Position.Member, &j.Line, &j.Offset, &j.Format, &j.Code, &args, &j.Raw); err != nil {
				return err
			}
			out = &j
			return json.Unmarshal([]byte(args), &out.Args)
		})
	return out, err
}
