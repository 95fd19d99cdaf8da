// Package sqlite keeps a register, its jobs and its log in one SQLite file.
//
// There is one writing connection, which writers use in turn, and a pool of
// reading ones, which are never blocked (write-ahead log). Whatever a writer
// was told is done is on the disk (synchronous=FULL). The statements are plain
// SQL over 64-bit keys.
package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	_ "modernc.org/sqlite" // registers the driver

	"onewindow/internal/ierr"
)

// Options say how a database is opened.
type Options struct {
	ReadOnly bool // nothing is written, not even migrations; the file must be there
}

// applicationID marks the file as ours in its header: "1win".
const applicationID = 0x3177696e

// DB is an open database. It implements register.Store and job.Store.
type DB struct {
	reader
	path   string
	write  *sql.DB   // nil when read-only
	conn   *sql.Conn // the one writing connection
	turn   chan struct{}
	pool   *sql.DB
	writer *tx
	checks *checkpointer

	closing sync.Once
}

// Open opens the database at path, making or migrating it as needed. Errors:
// Corrupt when the file is damaged or no database of ours, Unsupported when a
// newer version of the program has made it, Busy when another process holds it.
func Open(path string, o Options) (*DB, error) {
	ctx := context.Background()
	db := &DB{path: path, turn: make(chan struct{}, 1)}
	if err := db.open(ctx, o); err != nil {
		db.discard()
		return nil, wrap(err)
	}
	return db, nil
}

func (db *DB) open(ctx context.Context, o Options) (err error) {
	if o.ReadOnly {
		if _, err := os.Stat(db.path); err != nil {
			return ierr.Wrap(err, ierr.NotFound, "store.missing", ierr.Args{"path": db.path})
		}
	} else {
		if err := db.openWriter(ctx); err != nil {
			return err
		}
	}
	if db.pool, err = sql.Open("sqlite", dsn(db.path, o.ReadOnly, readPragmas)); err != nil {
		return err
	}
	readers := max(4, 2*runtime.GOMAXPROCS(0))
	db.pool.SetMaxOpenConns(readers)
	db.pool.SetMaxIdleConns(readers)
	if o.ReadOnly {
		if err := checkVersion(ctx, db.pool); err != nil {
			return err
		}
	}
	db.reader.q = newStatements(db.pool)
	return nil
}

// openWriter opens the writing connection and migrates.
func (db *DB) openWriter(ctx context.Context) (err error) {
	db.makePrivate()
	if db.write, err = sql.Open("sqlite", dsn(db.path, false, writePragmas)); err != nil {
		return err
	}
	db.write.SetMaxOpenConns(1)
	if db.conn, err = db.write.Conn(ctx); err != nil {
		return err
	}
	if err := migrate(ctx, db.conn); err != nil {
		return err
	}
	db.writer = &tx{reader{q: newStatements(db.conn)}}
	db.checks, err = startCheckpoints(db.path)
	return err
}

// makePrivate makes a missing file, readable by this user alone since a
// register names people; the files that go with it follow its mode. Why it
// cannot be made is told when it is opened.
func (db *DB) makePrivate() {
	if f, err := os.OpenFile(db.path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600); err == nil {
		f.Close()
	}
}

// Pragmas of the two sorts of connections. The page size counts only while
// the file is made. No commit moves the write-ahead log into the file: that is
// the checkpointer's part.
var (
	writePragmas = []string{
		"busy_timeout(10000)", "page_size(8192)", "journal_mode(WAL)", "synchronous(FULL)",
		"cache_size(-131072)", "wal_autocheckpoint(0)", "journal_size_limit(67108864)", "temp_store(MEMORY)",
	}
	readPragmas = []string{"busy_timeout(10000)", "query_only(1)", "cache_size(-16384)", "temp_store(MEMORY)"}
)

// dsn writes the name of a connection.
func dsn(path string, readOnly bool, pragmas []string) string {
	v := url.Values{"_pragma": pragmas}
	if readOnly {
		v.Set("mode", "ro")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return fmt.Sprintf("file:%s?%s", (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath(), v.Encode())
}

// Path returns the path that the database was opened with.
func (db *DB) Path() string { return db.path }

// Close moves what is in the write-ahead log into the file and closes it. What
// is under way is waited for. Closing again does nothing.
func (db *DB) Close() error {
	var err error
	db.closing.Do(func() {
		if db.conn != nil {
			db.turn <- struct{}{} // for good: nothing is written any more
			db.pool.Close()
			db.checks.stop()
			_, err = db.conn.ExecContext(context.Background(), "PRAGMA wal_checkpoint(TRUNCATE)")
		}
		db.discard()
	})
	return wrap(err)
}

func (db *DB) discard() {
	if db.checks != nil {
		db.checks.stop()
	}
	if db.pool != nil {
		db.pool.Close()
	}
	if db.conn != nil {
		db.conn.Close()
	}
	if db.write != nil {
		db.write.Close()
	}
}
