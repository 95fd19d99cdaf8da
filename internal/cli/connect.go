package cli

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"onewindow/internal/client"
	"onewindow/internal/ierr"
	"onewindow/internal/server"
)

// config returns what a server of this run's data folder is opened with.
func (a *app) config() server.Config {
	return server.Config{Dir: a.settings.value("data"), Defs: a.defs, Catalogs: a.catalogs, Log: a.log, Now: a.Now, Version: a.Version}
}

// connect reaches the server that owns the data folder, or starts one with cfg
// inside this process.
func (a *app) connect(ctx context.Context, cfg server.Config) (*client.Connection, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return nil, err
	}
	return client.Connect(ctx, dir, a.say.Lang(), func(ctx context.Context) (func() error, error) {
		s, err := server.Open(cfg)
		if err != nil {
			return nil, err
		}
		if !cfg.Work { // a question is answered from everything that is there
			err = s.Ready(ctx)
		}
		if err != nil {
			return nil, errors.Join(err, s.Close())
		}
		return func() error {
			if cfg.Work { // others may have asked this server for more
				err = s.Settled(ctx)
			}
			return errors.Join(ignore(err, ierr.Cancelled), s.Close())
		}, nil
	})
}

// ignore drops an error of one kind.
func ignore(err error, kind ierr.Kind) error {
	if ierr.KindOf(err) == kind {
		return nil
	}
	return err
}

// Servers come and go with the commands that run them: how often a command asks
// again when one went while it asked, and the pause between.
const (
	attempts = 40
	pause    = 250 * time.Millisecond
)

// again tells whether an error says no more than that a server is going.
func again(err error, c *client.Connection) bool {
	code := ierr.As(err).Code
	return err != nil && (code == "server.passing" || code == "job.closing" || code == "client.unreachable" && (c == nil || !c.Own))
}

// ask makes the body of a command that asks one question and prints the answer.
func (a *app) ask(formats []string, question func(ctx context.Context, c *client.Connection, args []string, format string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		format, err := a.format(formats...)
		if err != nil {
			return err
		}
		return a.working(cmd.Context(), a.config(), func(c *client.Connection) error {
			return question(cmd.Context(), c, args, format)
		})
	}
}

// working connects and does something, again where the server went meanwhile.
func (a *app) working(ctx context.Context, cfg server.Config, do func(*client.Connection) error) error {
	var err error
	for range attempts {
		var c *client.Connection
		if c, err = a.connect(ctx, cfg); err == nil {
			err = do(c)
			if cerr := c.Close(); err == nil {
				err = cerr
			}
		}
		if !again(err, c) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
	}
	return err
}

// usual are the formats that every answer has.
var usual = []string{"table", "json", "csv"}
