// Command onewindow runs the intellectual-property register of a region: see
// its help.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"golang.org/x/term"

	"onewindow/internal/cli"
)

func main() {
	collectLess()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, cli.Env{
		Args: os.Args[1:], In: os.Stdin, Secret: secret(ctx), Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now, Version: version(),
		Terminal: term.IsTerminal(int(os.Stderr.Fd())), Width: width,
	})
	stop()
	os.Exit(code)
}

// version returns the version or the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value
		}
	}
	return v
}

// secret returns a function that reads a line from the terminal and does not show
// it, nil where input is no terminal. Ctrl-C ends it and leaves the terminal as it
// was.
func secret(ctx context.Context) func() (string, error) {
	terminal := int(os.Stdin.Fd())
	if !term.IsTerminal(terminal) {
		return nil
	}
	return func() (string, error) {
		before, err := term.GetState(terminal)
		if err != nil {
			return "", err
		}
		type line struct {
			text []byte
			err  error
		}
		read := make(chan line, 1)
		go func() {
			text, err := term.ReadPassword(terminal)
			read <- line{text, err}
		}()
		select {
		case l := <-read:
			return string(l.text), l.err
		case <-ctx.Done():
			return "", errors.Join(ctx.Err(), term.Restore(terminal, before))
		}
	}
}

// width returns the places of the terminal that progress is shown on.
func width() int {
	if w, _, err := term.GetSize(int(os.Stderr.Fd())); err == nil && w > 0 {
		return w
	}
	return 80
}
