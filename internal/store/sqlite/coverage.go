package sqlite

import (
	"context"
	"database/sql"
	"math"

	"onewindow/internal/register"
)

// Surveys implements register.Reader.
func (r reader) Surveys(ctx context.Context, load int64) ([]register.Survey, error) {
	var out []register.Survey
	at := map[int64]int{}
	err := r.q.query(ctx, `SELECT s.file, f.load, f.path, s.source, s.format, s.counted, s.entries, s.documents, s.rejected, s.flagged
		FROM survey AS s JOIN file AS f ON f.id = s.file WHERE ?1 = 0 OR f.load = ?1 ORDER BY f.load, f.position`, []any{load},
		func(rows *sql.Rows) error {
			var s register.Survey
			err := rows.Scan(&s.File, &s.Load, &s.Path, &s.Source, &s.Format, &s.Counted, &s.Entries, &s.Documents, &s.Rejected, &s.Flagged)
			at[s.File] = len(out)
			out = append(out, s)
			return err
		})
	if err != nil {
		return nil, err
	}
	err = r.q.query(ctx, `SELECT i.file, i.day, i.documents FROM issue AS i JOIN file AS f ON f.id = i.file
		WHERE ?1 = 0 OR f.load = ?1 ORDER BY i.file, i.day`, []any{load},
		func(rows *sql.Rows) error {
			var file int64
			var i register.Issue
			if err := rows.Scan(&file, &i.Day, &i.Documents); err != nil {
				return err
			}
			if k, ok := at[file]; ok {
				out[k].Issues = append(out[k].Issues, i)
			}
			return nil
		})
	return out, err
}

// Findings implements register.Reader.
func (r reader) Findings(ctx context.Context, load int64) ([]register.Finding, error) {
	var out []register.Finding
	err := r.q.query(ctx, "SELECT load, source, file, what, met, least, most FROM finding WHERE load = ? ORDER BY id", []any{load},
		func(rows *sql.Rows) error {
			var f register.Finding
			var least, most sql.NullFloat64
			err := rows.Scan(&f.Load, &f.Source, &f.File, &f.What, &f.Met, &least, &most)
			f.Min, f.Max = bound(least), bound(most)
			out = append(out, f)
			return err
		})
	return out, err
}

func bound(f sql.NullFloat64) float64 {
	if !f.Valid {
		return math.NaN()
	}
	return f.Float64
}

// Declarations implements register.Reader.
func (r reader) Declarations(ctx context.Context) ([]register.Declaration, error) {
	var out []register.Declaration
	err := r.q.query(ctx, "SELECT id, load, source, cover, ground, actor, state_from, state_to, end_actor, end_reason FROM declaration ORDER BY id", nil,
		func(rows *sql.Rows) error {
			var d register.Declaration
			err := rows.Scan(&d.ID, &d.Load, &d.Source, &d.Cover, &d.Ground, &d.By, &d.From, &d.To, &d.EndedBy, &d.EndedFor)
			out = append(out, d)
			return err
		})
	return out, err
}

// PutSurveys implements register.Tx.
func (t *tx) PutSurveys(ctx context.Context, rows []register.Survey) error {
	for i := range rows {
		s := &rows[i]
		if _, err := t.q.exec(ctx, "INSERT OR REPLACE INTO survey (file, source, format, counted, entries, documents, rejected, flagged) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
			s.File, s.Source, s.Format, s.Counted, s.Entries, s.Documents, s.Rejected, s.Flagged); err != nil {
			return err
		}
		err := t.q.bulk(ctx, "INSERT OR REPLACE INTO issue (file, day, documents) VALUES ", "", 3, len(s.Issues), func(args []any, k int) []any {
			return append(args, s.File, int64(s.Issues[k].Day), s.Issues[k].Documents)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// PutFindings implements register.Tx.
func (t *tx) PutFindings(ctx context.Context, rows []register.Finding) error {
	return t.q.bulk(ctx, "INSERT INTO finding (load, source, file, what, met, least, most) VALUES ", "", 7, len(rows), func(args []any, i int) []any {
		f := &rows[i]
		return append(args, f.Load, f.Source, f.File, f.What, f.Met, boundOrNull(f.Min), boundOrNull(f.Max))
	})
}

func boundOrNull(f float64) any {
	if math.IsNaN(f) {
		return nil
	}
	return f
}

// PutDeclaration implements register.Tx.
func (t *tx) PutDeclaration(ctx context.Context, d register.Declaration) (int64, error) {
	id, err := t.insert(ctx, `INSERT OR REPLACE INTO declaration (id, load, source, cover, ground, actor, state_from, state_to, end_actor, end_reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		orNull(d.ID), d.Load, d.Source, d.Cover, d.Ground, d.By, d.From, d.To, d.EndedBy, d.EndedFor)
	return id, err
}
