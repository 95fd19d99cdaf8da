package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"time"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

// packRights writes ascending ids as differences in varints.
func packRights(ids []int64) []byte {
	out := make([]byte, 0, 2*len(ids)+8)
	last := int64(0)
	for _, id := range ids {
		out = binary.AppendUvarint(out, uint64(id-last))
		last = id
	}
	return out
}

// unpackRights reads what packRights wrote.
func unpackRights(b []byte) ([]int64, error) {
	var out []int64
	last := int64(0)
	for len(b) > 0 {
		d, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, ierr.New(ierr.Corrupt, "store.damaged", nil)
		}
		last += int64(d)
		out = append(out, last)
		b = b[n:]
	}
	return out, nil
}

// statesAtOnce is how many states one question is answered with.
const statesAtOnce = 64

// States implements register.Reader.
func (r reader) States(ctx context.Context, after int64, fn func(register.State) error) error {
	for {
		var chunk []register.State
		err := r.q.query(ctx, "SELECT id, at, act, load, rights FROM state WHERE id > ? ORDER BY id LIMIT ?", []any{after, statesAtOnce},
			func(rows *sql.Rows) error {
				var s register.State
				var at int64
				var rights sql.RawBytes
				if err := rows.Scan(&s.ID, &at, &s.Act, &s.Load, &rights); err != nil {
					return err
				}
				var err error
				s.At = instant(at)
				s.Rights, err = unpackRights(rights)
				chunk = append(chunk, s)
				return err
			})
		if err != nil {
			return err
		}
		for _, s := range chunk {
			if err := fn(s); err != nil {
				return err
			}
			after = s.ID
		}
		if len(chunk) < statesAtOnce {
			return nil
		}
	}
}

// State implements register.Reader.
func (r reader) State(ctx context.Context, id int64) (*register.State, error) {
	s := register.State{ID: id}
	var at int64
	found, err := r.q.one(ctx, "SELECT at, act, load FROM state WHERE id = ?", []any{id}, &at, &s.Act, &s.Load)
	if err != nil || !found {
		return nil, err
	}
	s.At = instant(at)
	return &s, nil
}

// StateBefore implements register.Reader.
func (r reader) StateBefore(ctx context.Context, t time.Time) (int64, error) {
	var id int64
	_, err := r.q.one(ctx, "SELECT id FROM state WHERE at < ? ORDER BY at DESC, id DESC LIMIT 1", []any{micros(t)}, &id)
	return id, err
}

// Last implements register.Reader.
func (r reader) Last(ctx context.Context) (state, right int64, err error) {
	_, err = r.q.one(ctx, "SELECT id, last_right FROM state ORDER BY id DESC LIMIT 1", nil, &state, &right)
	return state, right, err
}

// Loads implements register.Reader. Counts are the sums over the files, first
// and last state those that name the load.
func (r reader) Loads(ctx context.Context) ([]register.LoadInfo, error) {
	var out []register.LoadInfo
	err := r.q.query(ctx, `SELECT l.id, l.label, l.as_format, l.actor, l.job, l.status, l.created, l.finished, l.undone,
		l.source, l.surveyed, l.decided, l.decided_actor, l.decided_reason,
		COALESCE((SELECT min(s.id) FROM state AS s WHERE s.load = l.id AND s.act = 'load'), l.met),
		COALESCE((SELECT max(s.id) FROM state AS s WHERE s.load = l.id AND s.act = 'load'), l.met),
		count(f.id), COALESCE(sum(f.entries), 0), COALESCE(sum(f.documents), 0), COALESCE(sum(f.rejected), 0), COALESCE(sum(f.new), 0),
		COALESCE(sum(f.repeated), 0), COALESCE(sum(f.known), 0), COALESCE(sum(f.flagged), 0), COALESCE(sum(f.rights), 0),
		COALESCE(sum(f.changed), 0), COALESCE(sum(f.merged), 0), COALESCE(sum(f.disputed), 0)
		FROM load AS l LEFT JOIN file AS f ON f.load = l.id GROUP BY l.id ORDER BY l.id`, nil,
		func(rows *sql.Rows) error {
			var l register.LoadInfo
			var created, finished, decided int64
			c := &l.Counts
			err := rows.Scan(&l.ID, &l.Label, &l.As, &l.By, &l.Job, &l.Status, &created, &finished, &l.Undone,
				&l.Source, &l.Surveyed, &decided, &l.DecidedBy, &l.Reason, &l.First, &l.Last, &l.Files,
				&c.Entries, &c.Documents, &c.Rejected, &c.New, &c.Repeated, &c.Known, &c.Flagged, &c.Rights, &c.Changed, &c.Merged, &c.Disputed)
			l.Created, l.Finished, l.Decided = instant(created), instant(finished), instant(decided)
			out = append(out, l)
			return err
		})
	return out, err
}

// Files implements register.Reader.
func (r reader) Files(ctx context.Context, load int64) ([]register.File, error) {
	var out []register.File
	err := r.q.query(ctx, "SELECT "+fileColumns+" FROM file WHERE ?1 = 0 OR load = ?1 ORDER BY load, position", []any{load},
		func(rows *sql.Rows) error {
			var f register.File
			c := &f.Counts
			err := rows.Scan(&f.ID, &f.Load, &f.Position, &f.Path, &f.Size, &f.SHA256, &f.As, &f.Format, &f.Status, &f.Skipped, &f.Undone, &f.Ordinal,
				&c.Entries, &c.Documents, &c.Rejected, &c.New, &c.Repeated, &c.Known, &c.Flagged, &c.Rights, &c.Changed, &c.Merged, &c.Disputed)
			out = append(out, f)
			return err
		})
	return out, err
}

// Rejects implements register.Reader.
func (r reader) Rejects(ctx context.Context, load int64, limit, offset int) ([]register.RejectRow, error) {
	var out []register.RejectRow
	err := r.q.query(ctx, `SELECT j.file, j.ordinal, j.row_number, j.member, j.line, j.offset, j.format, j.code, j.args, j.raw
		FROM file AS f JOIN reject AS j ON j.file = f.id WHERE f.load = ? ORDER BY f.position, j.ordinal, j.id LIMIT ? OFFSET ?`, []any{load, limit, offset},
		func(rows *sql.Rows) error {
			var j register.RejectRow
			var args string
			if err := rows.Scan(&j.File, &j.Position.Ordinal, &j.Position.Row, &j.Position.Member, &j.Line, &j.Offset, &j.Format, &j.Code, &args, &j.Raw); err != nil {
				return err
			}
			out = append(out, j)
			return json.Unmarshal([]byte(args), &out[len(out)-1].Args)
		})
	return out, err
}

// Tallies implements register.Reader.
func (r reader) Tallies(ctx context.Context, load int64) ([]register.Tally, error) {
	var out []register.Tally
	err := r.q.query(ctx, `SELECT t.file, t.what, t.name, t.n FROM file AS f JOIN tally AS t ON t.file = f.id
		WHERE f.load = ? ORDER BY f.position, t.what, t.name`, []any{load},
		func(rows *sql.Rows) error {
			var t register.Tally
			err := rows.Scan(&t.File, &t.What, &t.Name, &t.N)
			out = append(out, t)
			return err
		})
	return out, err
}

// Overrides implements register.Reader.
func (r reader) Overrides(ctx context.Context) ([]register.Override, error) {
	var out []register.Override
	err := r.q.query(ctx, "SELECT id, right_id, field, value, reason, actor, state_from, state_to FROM override ORDER BY id", nil,
		func(rows *sql.Rows) error {
			var o register.Override
			err := rows.Scan(&o.ID, &o.Right, &o.Field, &o.Value, &o.Reason, &o.By, &o.From, &o.To)
			out = append(out, o)
			return err
		})
	return out, err
}
