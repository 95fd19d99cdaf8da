package cli

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onewindow/internal/ierr"
)

// root builds the tree of commands, in the language of a.say.
func (a *app) root() *cobra.Command {
	root := a.command("root", &cobra.Command{
		Use:           "onewindow",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noSuchCommand,
	})
	version := root.Flags().Bool("version", false, a.flag("version"))
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *version {
			return a.version()
		}
		return cmd.Help()
	}
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpCommand(a.command("help", &cobra.Command{Use: "help [COMMAND]", Args: cobra.ArbitraryArgs, RunE: a.help}))
	root.SetUsageFunc(a.usage)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		fmt.Fprintf(a.Out, "%s\n\n", strings.TrimSpace(cmd.Long))
		// A reader who is gone already misses nothing.
		_ = a.usage(cmd)
	})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	a.globalFlags(root.PersistentFlags())
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return a.settle(cmd.Flags()) }
	root.AddCommand(a.commands()...)
	for _, cmd := range everyCommand(root) {
		cmd.DisableFlagsInUseLine = true
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = a.flag("help")
	}
	return root
}

// version tells which program this is and what it was made with.
func (a *app) version() error {
	_, err := fmt.Fprintf(a.Out, "OneWindow %s (%s)\n", cmp.Or(a.Version, "-"), runtime.Version())
	return err
}

// everyCommand returns root and all commands below it.
func everyCommand(root *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{root}
	for _, c := range root.Commands() {
		all = append(all, everyCommand(c)...)
	}
	return all
}

// globalFlags are the flags of every command. Their values go through the
// settings, so that environment and file can give them too.
func (a *app) globalFlags(flags *pflag.FlagSet) {
	for _, name := range []string{"data", "format", "lang", "defs", "log"} {
		flags.String(name, a.settings.value(name), a.flag(name))
	}
	flags.String("config", "", a.flag("config"))
}

// settle lets the flags that were given override the settings.
func (a *app) settle(flags *pflag.FlagSet) error {
	for _, s := range a.settings {
		if f := flags.Lookup(s.name); f != nil && f.Changed {
			s.value, s.source = f.Value.String(), "flag"
		}
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(a.settings.value("log"))); err != nil {
		return ierr.New(ierr.Invalid, "cli.log", ierr.Args{"value": a.settings.value("log")})
	}
	a.log = slog.New(slog.NewTextHandler(a.Err, &slog.HandlerOptions{Level: level}))
	return nil
}

// format returns the wanted format, which must be one of allowed.
func (a *app) format(allowed ...string) (string, error) {
	f := a.settings.value("format")
	if !slices.Contains(allowed, f) {
		return "", ierr.New(ierr.Invalid, "cli.format", ierr.Args{"format": f, "known": allowed})
	}
	return f, nil
}

// number wants exactly one argument, a whole number.
func number(args []string) (int64, error) {
	n, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil || n < 1 {
		return 0, ierr.New(ierr.Invalid, "cli.number", ierr.Args{"value": args[0]})
	}
	return n, nil
}

// args wants between low and high arguments; high below zero is no limit.
func (a *app) args(low, high int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < low || high >= 0 && len(args) > high {
			return ierr.New(ierr.Invalid, "cli.usage", ierr.Args{"use": cmd.UseLine()})
		}
		return nil
	}
}

// group is the body of a command that only holds others.
func group(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return noSuchCommand(cmd, args)
	}
	return cmd.Help()
}

// noSuchCommand says that cmd holds no command of the first argument's name, and
// which was probably meant: one that is written almost so, or one of that name
// elsewhere.
func noSuchCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	cmd.SuggestionsMinimumDistance = 2
	var near []string
	for _, name := range cmd.SuggestionsFor(args[0]) {
		near = append(near, cmd.CommandPath()+" "+name)
	}
	all := everyCommand(cmd.Root())
	slices.SortStableFunc(all, func(a, b *cobra.Command) int {
		return strings.Count(a.CommandPath(), " ") - strings.Count(b.CommandPath(), " ")
	})
	for _, c := range all {
		if len(near) == 0 && c.Name() == args[0] && c.IsAvailableCommand() {
			near = append(near, strings.Join(append([]string{c.CommandPath()}, args[1:]...), " "))
		}
	}
	if len(near) > 0 {
		return ierr.New(ierr.Invalid, "cli.command-near", ierr.Args{"name": args[0], "near": near})
	}
	return ierr.New(ierr.Invalid, "cli.command", ierr.Args{"name": args[0]})
}

func (a *app) help(cmd *cobra.Command, args []string) error {
	found, _, err := cmd.Root().Find(args)
	if err != nil || found == cmd.Root() && len(args) > 0 {
		return ierr.New(ierr.Invalid, "cli.command", ierr.Args{"name": strings.Join(args, " ")})
	}
	return found.Help()
}

// flagError says what is wrong with a flag.
func flagError(err error) error {
	var (
		unknown *pflag.NotExistError
		empty   *pflag.ValueRequiredError
		wrong   *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		return ierr.New(ierr.Invalid, "cli.flag", ierr.Args{"flag": unknown.GetSpecifiedName()})
	case errors.As(err, &empty):
		return ierr.New(ierr.Invalid, "cli.flag-empty", ierr.Args{"flag": empty.GetSpecifiedName()})
	case errors.As(err, &wrong):
		return ierr.New(ierr.Invalid, "cli.flag-value", ierr.Args{"flag": wrong.GetFlag().Name, "value": wrong.GetValue()})
	}
	return ierr.Wrap(err, ierr.Invalid, "cli.flag-other", ierr.Args{"reason": err.Error()})
}
