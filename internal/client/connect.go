package client

import (
	"context"
	"errors"
	"net"
	"time"

	"onewindow/internal/folder"
	"onewindow/internal/ierr"
)

// patience is how long Connect waits for one owner that has the folder but not
// its socket: not yet, or no longer. A busy machine takes seconds to begin.
const patience = 10 * time.Second

// Connection is a client of the server of a data folder.
type Connection struct {
	*Client
	Own  bool // the server runs inside this process
	stop func() error
}

// Close gives the connection up, and stops the server if it is our own.
func (c *Connection) Close() error {
	c.Client.Close()
	if c.stop != nil {
		return c.stop()
	}
	return nil
}

// Connect reaches the server that owns the data folder at dir, or has start run
// one inside this process, which must listen on the folder's socket when start
// returns; the function that start returns stops it. A server that takes the
// folder at the same moment is waited for a few seconds, and so is each one after it.
func Connect(ctx context.Context, dir, lang string, start func(context.Context) (stop func() error, err error)) (*Connection, error) {
	var owner int
	var end time.Time
	for {
		if c := dial(dir, lang); c != nil {
			return &Connection{Client: c}, nil
		}
		stop, err := start(ctx)
		if err == nil {
			if c := dial(dir, lang); c != nil {
				return &Connection{Client: c, Own: true, stop: stop}, nil
			}
			return nil, errors.Join(ierr.New(ierr.Internal, "client.unreachable", ierr.Args{"reason": "no socket"}), stop())
		}
		if ierr.KindOf(err) != ierr.Busy {
			return nil, err
		}
		if o, _ := folder.Holder(dir); end.IsZero() || o.PID != owner {
			owner, end = o.PID, time.Now().Add(patience)
		}
		if time.Now().After(end) {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ierr.Wrap(ctx.Err(), ierr.Cancelled, "cancelled", nil)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// dial returns a client of the folder's socket, nil when nobody answers there.
func dial(dir, lang string) *Client {
	o, err := folder.Holder(dir)
	if err != nil || o.Socket == "" {
		return nil
	}
	conn, err := net.DialTimeout("unix", o.Socket, patience)
	if err != nil {
		return nil
	}
	conn.Close()
	return Socket(o.Socket, lang)
}
