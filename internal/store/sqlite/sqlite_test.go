package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
	"onewindow/internal/official"
	"onewindow/internal/party"
	"onewindow/internal/register"
	"onewindow/internal/returns"
	"onewindow/internal/store/storetest"
)

func open(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) register.Store { return open(t, filepath.Join(t.TempDir(), "a b?#%.db")) })
}

func TestDecisionsOnParties(t *testing.T) {
	storetest.Parties(t, func(t *testing.T) party.Store { return open(t, filepath.Join(t.TempDir(), "register.db")) })
}

func TestAccounts(t *testing.T) {
	storetest.Accounts(t, func(t *testing.T) account.Store { return open(t, filepath.Join(t.TempDir(), "register.db")) })
}

func TestOfficialTables(t *testing.T) {
	storetest.Official(t, func(t *testing.T) official.Store { return open(t, filepath.Join(t.TempDir(), "register.db")) })
}

func TestReturns(t *testing.T) {
	storetest.Returns(t, func(t *testing.T) returns.Store { return open(t, filepath.Join(t.TempDir(), "register.db")) })
}

func TestLog(t *testing.T) {
	storetest.Log(t, func(t *testing.T) storetest.LogStore { return open(t, filepath.Join(t.TempDir(), "register.db")) })
}

func TestMigrationsKeepWhatIsThere(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "old.db")
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := sql.Open("sqlite", dsn(path, false, writePragmas))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec(fmt.Sprintf("%s;PRAGMA application_id = %d; PRAGMA user_version = 1; INSERT INTO number VALUES ('pub:CN1', 7, NULL)", all[0], applicationID)); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	db := open(t, path)
	if got, err := db.Numbers(ctx, []string{"pub:CN1"}); err != nil || len(got) != 1 || got[0].Right != 7 {
		t.Errorf("after migration: %v, %v", got, err)
	}
	if n, err := version(ctx, db.pool); err != nil || n != len(all) {
		t.Errorf("the version is %d, %v; want %d", n, err, len(all))
	}
	if _, err := db.OpenJobs(ctx); err != nil {
		t.Errorf("the second migration has not run: %v", err)
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	db := open(t, path)
	if _, err := db.conn.ExecContext(context.Background(), "PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	for _, o := range []Options{{}, {ReadOnly: true}} {
		if _, err := Open(path, o); ierr.KindOf(err) != ierr.Unsupported {
			t.Errorf("%+v: %v", o, err)
		}
	}
}

func TestWhatIsNoDatabaseOfOurs(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "foreign.db")
	raw, err := sql.Open("sqlite", foreign)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Exec("CREATE TABLE other (id)"); err != nil {
		t.Fatal(err)
	}
	raw.Close()
	text := filepath.Join(dir, "text.db")
	if err := os.WriteFile(text, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{foreign, text} {
		if _, err := Open(path, Options{}); ierr.KindOf(err) != ierr.Corrupt {
			t.Errorf("%s: %v", filepath.Base(path), err)
		}
	}
	if _, err := Open(filepath.Join(dir, "missing.db"), Options{ReadOnly: true}); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "no such folder", "x.db"), Options{}); ierr.KindOf(err) != ierr.Forbidden {
		t.Errorf("a missing folder: %v", err)
	}
}

func TestTheFilesAreThisUsersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes of files are not kept here")
	}
	path := filepath.Join(t.TempDir(), "private.db")
	open(t, path)
	for _, end := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + end)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", path+end, info.Mode(), err)
		}
	}
}

func TestADamagedPageIsAnError(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "damaged.db")
	db := open(t, path)
	err := db.Write(ctx, func(tx register.Tx) error {
		var rows []register.Row
		for right := int64(1); right < 3000; right++ {
			rows = append(rows, register.Row{ID: register.StatementID(right, 0), From: 1, Body: []byte("body")})
		}
		return tx.PutStatements(ctx, rows)
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for page := 30; page*8192 < len(b); page++ {
		for i := range 200 {
			b[page*8192+i] = 0xa5
		}
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err = Open(path, Options{})
	if err == nil {
		defer db.Close()
		err = db.Scan(ctx, 1, 1<<40, 0, func(*register.Row) error { return nil })
	}
	if ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a damaged page gives %v", err)
	}
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ro.db")
	db := open(t, path)
	if err := db.Write(ctx, func(tx register.Tx) error {
		return tx.PutState(ctx, register.State{ID: 1, At: time.Unix(1, 0)}, 0)
	}); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		t.Errorf("closing left %d bytes in the log", wal.Size())
	}
	ro, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	if n, _, err := ro.Last(ctx); err != nil || n != 1 {
		t.Errorf("the last state is %d, %v", n, err)
	}
	if err := ro.Write(ctx, func(register.Tx) error { return nil }); ierr.KindOf(err) != ierr.Forbidden {
		t.Errorf("writing gives %v", err)
	}
}

func TestPackedRights(t *testing.T) {
	ids := []int64{1, 2, 300, 1 << 43}
	got, err := unpackRights(packRights(ids))
	if err != nil || len(got) != 4 || got[3] != 1<<43 || got[2] != 300 {
		t.Errorf("%v reads back as %v, %v", ids, got, err)
	}
	if _, err := unpackRights([]byte{0x80}); ierr.KindOf(err) != ierr.Corrupt {
		t.Errorf("a cut list gives %v", err)
	}
}

// TestAPanicLeavesNoTransactionOpen: what comes after it is written as ever.
func TestAPanicLeavesNoTransactionOpen(t *testing.T) {
	db, err := Open(filepath.Join(t.TempDir(), "register.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	put := func(id int64, after func()) error {
		return db.Write(t.Context(), func(tx register.Tx) error {
			defer after()
			return tx.PutState(t.Context(), register.State{ID: id, At: time.Unix(id, 0), Act: register.ActCreated}, 0)
		})
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is swallowed")
			}
		}()
		put(1, func() { panic("invented") })
	}()
	if err := put(2, func() {}); err != nil {
		t.Fatal(err)
	}
	if s, err := db.State(t.Context(), 1); s != nil || err != nil {
		t.Errorf("what panicked was written: %+v, %v", s, err)
	}
}
