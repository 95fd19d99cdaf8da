package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"
)

// TestAMigrationThatComesLateIsMadeUpFor goes past a number before there is a
// migration for it.
func TestAMigrationThatComesLateIsMadeUpFor(t *testing.T) {
	ctx := context.Background()
	db, err := sql.Open("sqlite", dsn(filepath.Join(t.TempDir(), "gap.db"), false, writePragmas))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	early := []string{"CREATE TABLE a (x)", "", "CREATE TABLE c (x)"}
	late := []string{early[0], "CREATE TABLE b (x)", early[2]}
	for range 2 {
		if err := migrateTo(ctx, conn, early); err != nil {
			t.Fatal(err)
		}
	}
	if open, err := gaps(ctx, conn, early); err != nil || len(open) != 0 {
		t.Errorf("made up for already: %v, %v", open, err)
	}
	if open, err := gaps(ctx, conn, late); err != nil || len(open) != 1 || open[0] != 2 {
		t.Errorf("open: %v, %v", open, err)
	}
	for range 2 {
		if err := migrateTo(ctx, conn, late); err != nil {
			t.Fatal(err)
		}
	}
	var tables int
	if err := conn.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name IN ('a', 'b', 'c')").Scan(&tables); err != nil || tables != 3 {
		t.Errorf("%d tables, %v", tables, err)
	}
	if n, err := version(ctx, conn); err != nil || n != 3 {
		t.Errorf("version %d, %v", n, err)
	}
}
