// Package cli is the command line: it reads flags, asks a server's API through
// the client, and prints the answer as a table, JSON or CSV.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"onewindow/defs"
	"onewindow/internal/client"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// Env is what a command finds around itself.
type Env struct {
	Args     []string  // without the program's name
	In       io.Reader // nil for none
	Out, Err io.Writer
	Getenv   func(string) string
	Now      func() time.Time
	Version  string
	Terminal bool                   // Err is a terminal
	Width    func() int             // places of that terminal
	Secret   func() (string, error) // reads a line from the terminal and does not show it; nil where there is none
}

// app is one run of the program.
type app struct {
	Env
	settings settings
	catalogs *i18n.Catalogs
	say      *i18n.Printer
	defs     fs.FS
	log      *slog.Logger
}

// Run runs the command that env.Args name and returns the exit code: 0, or the
// one of the kind of error that it ended with, told on env.Err in the reader's
// language.
func Run(ctx context.Context, env Env) int {
	env.Out = output{env.Out}
	a := &app{Env: env, settings: newSettings(), defs: defs.FS}
	if err := a.prepare(); err != nil {
		return a.fail(err, "")
	}
	root := a.root()
	root.SetArgs(env.Args)
	cmd, err := root.ExecuteContextC(ctx)
	if err != nil {
		return a.fail(err, cmd.CommandPath())
	}
	return 0
}

// prepare reads what must be known before there are commands: their texts are
// in the language that is set.
func (a *app) prepare() error {
	var err error
	if a.catalogs, err = i18n.Load(a.defs); err != nil {
		return err
	}
	a.say = a.catalogs.Printer(systemLanguage(a.Getenv))
	if err := a.settings.read(peek(a.Args, "config"), a.Getenv); err != nil {
		return err
	}
	lang := peek(a.Args, "lang")
	if lang == "" {
		lang = a.settings.value("lang")
	}
	if lang != "" && !a.catalogs.Has(lang) {
		return ierr.New(ierr.Invalid, "cli.lang", ierr.Args{"lang": lang, "known": a.catalogs.Langs()})
	}
	if lang != "" {
		a.say = a.catalogs.Printer(lang)
	}
	if l := a.settings.named("lang"); l.value == "" {
		l.value = a.say.Lang()
	}
	if dir := peek(a.Args, "defs"); dir != "" {
		a.settings.named("defs").value = dir
	}
	if dir := a.settings.value("defs"); dir != "" {
		a.defs = os.DirFS(dir)
		if a.catalogs, err = i18n.Load(a.defs); err != nil {
			return ierr.Wrap(err, ierr.Invalid, "cli.defs", ierr.Args{"dir": dir, "reason": err.Error()})
		}
		a.say = a.catalogs.Printer(a.say.Lang())
	}
	return nil
}

// peek returns the value of a flag before the flags are known.
func peek(args []string, name string) string {
	value := ""
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, "--"+name+"="); ok {
			value = v
		} else if arg == "--"+name && i+1 < len(args) {
			value = args[i+1]
		}
	}
	return value
}

// systemLanguage returns the wish that the environment states, by POSIX.
func systemLanguage(getenv func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			tag, _, _ := strings.Cut(v, ".")
			return strings.ReplaceAll(tag, "_", "-")
		}
	}
	return ""
}

// fail tells the reader of err and returns the exit code of its kind.
func (a *app) fail(err error, command string) int {
	e := ierr.As(err)
	var r *client.Refusal
	text := ""
	switch {
	case errors.As(err, &r):
		text = r.Problem.Detail
		if p := r.Problem.Place; p != nil {
			text += "\n" + a.pointAt(r.Problem.Args, p.Pos, p.End)
		}
	case a.say != nil:
		text = a.say.Error(err)
	default:
		text = err.Error()
	}
	fmt.Fprintln(a.Err, "onewindow: "+plainLines(text))
	if e.Kind == ierr.Internal && r == nil && e.Cause != nil && e.Code != "cli.output" {
		fmt.Fprintln(a.Err, plainLines(err.Error()))
	}
	if e.Code == "cli.usage" || e.Code == "cli.flag" || e.Code == "cli.command" {
		fmt.Fprintln(a.Err, a.t("cli.help-hint", ierr.Args{"command": command}))
	}
	return e.Kind.Exit()
}

// pointAt writes the query with a line below that marks runes pos to end.
func (a *app) pointAt(args map[string]any, pos, end int) string {
	query, _ := args["query"].(string)
	runes := []rune(query)
	if pos > len(runes) {
		return ""
	}
	end = min(max(end, pos+1), len(runes))
	marked := 1
	if end > pos {
		marked = max(places(string(runes[pos:end])), 1)
	}
	return "  " + query + "\n  " + strings.Repeat(" ", places(string(runes[:pos]))) + strings.Repeat("^", marked)
}

// t returns the text called key.
func (a *app) t(key string, args ierr.Args) string { return a.say.T(key, args) }

// command gives cmd its texts: cli.<name>.short, .long and .example.
func (a *app) command(name string, cmd *cobra.Command) *cobra.Command {
	cmd.Short = a.t("cli."+name+".short", nil)
	cmd.Long = a.t("cli."+name+".long", nil)
	if key := "cli." + name + ".example"; a.say.Has(key) {
		cmd.Example = a.t(key, nil)
	}
	return cmd
}

// flag returns the text of a flag.
func (a *app) flag(name string) string { return a.t("cli.flag."+name, nil) }
