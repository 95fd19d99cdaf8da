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

// migrations returns the texts of all migrations; the first one leads from
// version 0 to version 1. A published migration never changes: a new one follows.
func migrations() ([]string, error) {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var out []string
	for i, name := range names {
		if want := fmt.Sprintf("migrations/%04d_", i+1); len(name) < len(want) || name[:len(want)] != want {
			return nil, fmt.Errorf("sqlite: migration %s is out of order", name)
		}
		text, err := fs.ReadFile(migrationFiles, name)
		if err != nil {
			return nil, err
		}
		out = append(out, string(text))
	}
	return out, nil
}

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
	return err
}

// migrate brings a database up to date, each migration in its own transaction.
func migrate(ctx context.Context, conn *sql.Conn) error {
	all, err := migrations()
	if err != nil {
		return err
	}
	have, err := version(ctx, conn)
	if err != nil {
		return err
	}
	if have > len(all) {
		return ierr.New(ierr.Unsupported, "store.version", ierr.Args{"have": have, "want": len(all)})
	}
	for n := have; n < len(all); n++ {
		t, err := conn.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = t.ExecContext(ctx, fmt.Sprintf("%s;PRAGMA application_id = %d;PRAGMA user_version = %d", all[n], applicationID, n+1))
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
