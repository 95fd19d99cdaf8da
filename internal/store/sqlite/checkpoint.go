package sqlite

import (
	"context"
	"database/sql"
	"log/slog"
	"sync"
	"time"
)

// checkpointEvery is after how many commits the write-ahead log is moved into
// the file, and checkpointIdle after how long a rest.
const (
	checkpointEvery = 16
	checkpointIdle  = time.Second
)

// checkpointer moves the write-ahead log into the file, on a connection of its
// own beside the writer, so that no commit has to wait for it.
type checkpointer struct {
	db      *sql.DB
	commits chan struct{}
	ended   chan struct{}
	stopped sync.Once
}

func startCheckpoints(path string) (*checkpointer, error) {
	db, err := sql.Open("sqlite", dsn(path, false, []string{"busy_timeout(10000)", "synchronous(FULL)"}))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	c := &checkpointer{db: db, commits: make(chan struct{}, checkpointEvery), ended: make(chan struct{})}
	go c.run()
	return c, nil
}

// committed tells that there is something more to move. It never waits.
func (c *checkpointer) committed() {
	select {
	case c.commits <- struct{}{}:
	default:
	}
}

// stop ends the checkpoints after the one that is under way. No commit may
// follow.
func (c *checkpointer) stop() {
	c.stopped.Do(func() {
		close(c.commits)
		<-c.ended
		c.db.Close()
	})
}

func (c *checkpointer) run() {
	defer close(c.ended)
	idle := time.NewTimer(checkpointIdle)
	defer idle.Stop()
	n := 0
	for {
		idle.Reset(checkpointIdle)
		select {
		case _, ok := <-c.commits:
			if !ok {
				return
			}
			if n++; n < checkpointEvery {
				continue
			}
		case <-idle.C:
			if n == 0 {
				continue
			}
		}
		n = 0
		c.catchUp()
	}
}

// catchUp moves what there is, and what the writer adds meanwhile, which is
// less each time: only when all of it is moved does the log begin anew.
func (c *checkpointer) catchUp() {
	for range 8 {
		var busy, pages, moved int
		err := c.db.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &pages, &moved)
		if err != nil {
			slog.Warn("the write-ahead log could not be moved into the database", "error", err)
			return
		}
		if moved >= pages {
			return
		}
	}
}
