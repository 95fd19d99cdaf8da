// Command onewindow runs the intellectual-property register of a region: see
// its help.
package main

import (
	"context"
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
		Args: os.Args[1:], Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Now: time.Now, Version: version(),
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

// width returns the places of the terminal that progress is shown on.
func width() int {
	if w, _, err := term.GetSize(int(os.Stderr.Fd())); err == nil && w > 0 {
		return w
	}
	return 80
}
