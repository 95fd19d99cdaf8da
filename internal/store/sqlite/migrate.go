package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"sort"

	"onewindow/internal/ierr"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations returns the texts of all migrations; the first one leads from version 0
// to version 1. A published migration never changes: a new one follows. A number that
// is kept for one that is not there yet has no text: it is made up for once it comes.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []string
	for _, name := range names {
		var n int
		if _, err := fmt.Sscanf(name, "migrations/%04d_", &n); err != nil || n <= len(out) || n > len(out)+maxGap+1 {
			return nil, fmt.Errorf("sqlite: migration %s is out of order", name)
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, err
		}
		out = append(out, make([]string, n-len(out))...)
		out[n-1] = string(text)
	}
	return out, nil
}

// maxGap bounds how many numbers in a row may have no migration yet.
const maxGap = 4

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// version returns the number of migrations that a database has seen. A file
// that another program has made is refused.
func version(ctx context.Context, q queryer) (int, error) {
	var user, app, tables int
	if err := q.QueryRowContext(ctx, "PRAGMA user_version").Scan(&user); err != nil {
		return 0, err
	}
	if err := q.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
		return 0, err
	}
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return 0, err
	}
	if app != applicationID && (user != 0 || app != 0 || tables != 0) {
		return 0, ierr.New(ierr.Corrupt, "store.foreign", nil)
	}
	return user, nil
}

// checkVersion refuses a database that is not of this very version.
func checkVersion(ctx context.Context, q queryer) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	have, err := version(ctx, q)
	if err == nil && have != len(all) {
		err = ierr.New(ierr.Unsupported, "store.version", ierr.Args{"have": have, "want": len(all)})
	}
	if err != nil {
		return err
	}
	open, err := gaps(ctx, q, all)
	if err == nil && len(open) > 0 {
		err = ierr.New(ierr.Unsupported, "store.version", ierr.Args{"have": open[0] - 1, "want": len(all)})
	}
	return err
}

// migrate brings a database up to date, each migration in its own transaction.
func migrate(ctx context.Context, conn *sql.Conn) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	return migrateTo(ctx, conn, all)
}

// migrateTo brings a database to the last of all.
func migrateTo(ctx context.Context, conn *sql.Conn, all []string) error {
	have, err := version(ctx, conn)
	if err != nil {
		return err
	}
	if have > len(all) {
		return ierr.New(ierr.Unsupported, "store.version", ierr.Args{"have": have, "want": len(all)})
	}
	if err := makeUp(ctx, conn, all); err != nil {
		return err
	}
	for n := have; n < len(all); n++ {
		t, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		text := all[n]
		if text == "" {
			text = fmt.Sprintf("CREATE TABLE IF NOT EXISTS migration_gap (number INTEGER PRIMARY KEY);INSERT INTO migration_gap VALUES (%d)", n+1)
		}
		_, err = t.ExecContext(ctx, fmt.Sprintf("%s;PRAGMA application_id = %d;PRAGMA user_version = %d", text, applicationID, n+1))
		if err != nil {
			t.Rollback()
			return fmt.Errorf("sqlite: migration %d: %w", n+1, err)
		}
		if err := t.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// gaps returns the numbers that a database went past before there was a migration for
// them, and for which there is one now.
func gaps(ctx context.Context, q queryer, all []string) ([]int, error) {
	var tables int
	if err := q.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'migration_gap'").Scan(&tables); err != nil || tables == 0 {
		return nil, err
	}
	var out []int
	for n := range all {
		if all[n] == "" {
			continue
		}
		var open int
		if err := q.QueryRowContext(ctx, "SELECT count(*) FROM migration_gap WHERE number = ?", n+1).Scan(&open); err != nil {
			return nil, err
		}
		if open > 0 {
			out = append(out, n+1)
		}
	}
	return out, nil
}

// makeUp applies migrations whose numbers a database went past, each in its own
// transaction.
func makeUp(ctx context.Context, conn *sql.Conn, all []string) error {
	open, err := gaps(ctx, conn, all)
	if err != nil {
		return err
	}
	for _, n := range open {
		t, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		if _, err = t.ExecContext(ctx, fmt.Sprintf("%s;DELETE FROM migration_gap WHERE number = %d", all[n-1], n)); err != nil {
			t.Rollback()
			return fmt.Errorf("sqlite: migration %d: %w", n, err)
		}
		if err := t.Commit(); err != nil {
			return err
		}
	}
	return nil
}
