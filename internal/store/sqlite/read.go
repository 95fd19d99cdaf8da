package sqlite

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"onewindow/internal/register"
)

// reader answers questions over a connection or a pool.
type reader struct{ q *statements }

// askKeys is how many keys or rights one question names at most.
const askKeys = 128

// inChunks calls ask with chunks of list, each filled up to a power of two
// with fill, so that few statements are prepared.
func inChunks[T any](list []T, fill T, ask func(marks string, args []any) error) error {
	for chunk := range slices.Chunk(list, askKeys) {
		n := powerOver(len(chunk))
		args := make([]any, n)
		for i := range args {
			args[i] = fill
			if i < len(chunk) {
				args[i] = chunk[i]
			}
		}
		if err := ask(marks(1, n), args); err != nil {
			return err
		}
	}
	return nil
}

// Numbers implements register.Reader.
func (r reader) Numbers(ctx context.Context, keys []string) ([]register.Number, error) {
	keys = slices.Clone(keys)
	slices.Sort(keys)
	keys = slices.Compact(keys)
	var out []register.Number
	err := inChunks(keys, "", func(marks string, args []any) error {
		return r.q.query(ctx, "SELECT key, right_id, COALESCE(home, right_id) FROM (VALUES "+marks+") AS asked CROSS JOIN number ON key = asked.column1", args,
			func(rows *sql.Rows) error {
				var n register.Number
				if err := rows.Scan(&n.Key, &n.Right, &n.Home); err != nil {
					return err
				}
				out = append(out, n)
				return nil
			})
	})
	return out, err
}

// Holders implements register.Reader.
func (r reader) Holders(ctx context.Context, key string) ([]int64, error) {
	return r.ids(ctx, "SELECT right_id FROM number_past WHERE key = ? ORDER BY right_id", key)
}

func (r reader) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	var out []int64
	err := r.q.query(ctx, query, args, func(rows *sql.Rows) error {
		var id int64
		err := rows.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, err
}

// rowColumns are the columns of a register.Row, of statement s whose body may
// lie in statement b.
const rowColumns = `s.id, s.file, s.state_from, s.state_to, COALESCE(s.same, 0), s.ordinal, s.row_number,
	COALESCE(s.member, ''), s.issued, s.rank, s.hash, COALESCE(s.body, b.body)`

// standing restricts statements to those that stand in state ?1, all for 0.
const standing = `(?1 = 0 OR s.state_from <= ?1 AND (s.state_to = 0 OR s.state_to > ?1))`

// scanRow reads a register.Row. Its body is valid until the next row.
func scanRow(rows *sql.Rows, row *register.Row, hash, body *sql.RawBytes) error {
	err := rows.Scan(&row.ID, &row.File, &row.From, &row.To, &row.Same, &row.Position.Ordinal, &row.Position.Row,
		&row.Position.Member, &row.Issued, &row.Rank, hash, body)
	copy(row.Hash[:], *hash)
	row.Body = *body
	return err
}

// Statements implements register.Reader. The rights are asked for in order, and
// a join in the order written keeps it.
func (r reader) Statements(ctx context.Context, rights []int64, known int64, fn func(*register.Row) error) error {
	rights = slices.Clone(rights)
	slices.Sort(rights)
	rights = slices.Compact(rights)
	var row register.Row
	var hash, body sql.RawBytes
	return inChunks(rights, -1, func(marks string, args []any) error {
		return r.q.query(ctx, "SELECT "+rowColumns+" FROM (SELECT ?1 AS known) CROSS JOIN (VALUES "+marks+`) AS r
			CROSS JOIN statement AS s ON s.id BETWEEN r.column1 << 20 AND r.column1 << 20 | 1048575
			LEFT JOIN statement AS b ON b.id = s.same WHERE `+standing, append([]any{known}, args...),
			func(rows *sql.Rows) error {
				if err := scanRow(rows, &row, &hash, &body); err != nil {
					return err
				}
				return fn(&row)
			})
	})
}

// scanRows is how many rows a scan asks for at a time.
const scanRows = 4096

// Scan implements register.Reader. It asks in chunks, so that a long scan holds
// no transaction open.
func (r reader) Scan(ctx context.Context, from, to, known int64, fn func(*register.Row) error) error {
	var row register.Row
	var hash, body sql.RawBytes
	next, end := register.StatementID(from, 0), register.StatementID(to, 0)
	for {
		n := 0
		err := r.q.query(ctx, "SELECT "+rowColumns+` FROM statement AS s LEFT JOIN statement AS b ON b.id = s.same
			WHERE s.id >= ?2 AND s.id < ?3 AND `+standing+" ORDER BY s.id LIMIT ?4", []any{known, next, end, scanRows},
			func(rows *sql.Rows) error {
				if err := scanRow(rows, &row, &hash, &body); err != nil {
					return err
				}
				n++
				next = row.ID + 1
				return fn(&row)
			})
		if err != nil || n < scanRows {
			return err
		}
	}
}

// FileRights implements register.Reader.
func (r reader) FileRights(ctx context.Context, file int64, fn func(int64) error) error {
	return r.q.query(ctx, "SELECT DISTINCT id >> 20 FROM statement WHERE file = ? ORDER BY id", []any{file}, func(rows *sql.Rows) error {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		return fn(id)
	})
}

// Successions implements register.Reader.
func (r reader) Successions(ctx context.Context) ([]register.Succession, error) {
	var out []register.Succession
	err := r.q.query(ctx, "SELECT right_id, into_right, state_from, state_to FROM succession ORDER BY state_from, right_id", nil,
		func(rows *sql.Rows) error {
			var s register.Succession
			err := rows.Scan(&s.Right, &s.Into, &s.From, &s.To)
			out = append(out, s)
			return err
		})
	return out, err
}

// micros and instant turn times into what is stored and back.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
