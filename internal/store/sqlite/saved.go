package sqlite

import (
	"context"
	"database/sql"

	"onewindow/internal/audit"
	"onewindow/internal/saved"
)

const savedColumns = "id, title, query, sort, unit, person, signed, body, region, created, changed, withdrawn"

// SavedSearch implements saved.Store.
func (db *DB) SavedSearch(ctx context.Context, id string) (*saved.Search, error) {
	return firstOf(db.savedRows(ctx, "WHERE id = ?", id))
}

// SavedSearches implements saved.Store.
func (db *DB) SavedSearches(ctx context.Context, person int64, everybody bool) ([]saved.Search, error) {
	return db.savedRows(ctx, "WHERE withdrawn = 0 AND (? OR person = ?) ORDER BY created DESC, id", everybody, person)
}

func (r reader) savedRows(ctx context.Context, where string, args ...any) ([]saved.Search, error) {
	var out []saved.Search
	err := r.q.query(ctx, "SELECT "+savedColumns+" FROM saved_search "+where, args, func(rows *sql.Rows) error {
		var s saved.Search
		var created, changed, withdrawn int64
		err := rows.Scan(&s.ID, &s.Title, &s.Query, &s.Sort, &s.Unit, &s.Person, &s.By, &s.Body, &s.Region, &created, &changed, &withdrawn)
		if err != nil {
			return err
		}
		s.Created, s.Changed, s.Withdrawn = instant(created), instant(changed), instant(withdrawn)
		out = append(out, s)
		return nil
	})
	return out, err
}

// PutSavedSearch implements saved.Store.
func (db *DB) PutSavedSearch(ctx context.Context, s saved.Search, leaf audit.Leaf) error {
	return db.transact(ctx, func(t *tx) error {
		_, err := t.q.exec(ctx, "INSERT OR REPLACE INTO saved_search ("+savedColumns+") VALUES "+marks(12, 1),
			s.ID, s.Title, s.Query, s.Sort, s.Unit, s.Person, s.By, s.Body, s.Region, micros(s.Created), micros(s.Changed), micros(s.Withdrawn))
		if err != nil {
			return err
		}
		return t.Append(ctx, leaf)
	})
}
