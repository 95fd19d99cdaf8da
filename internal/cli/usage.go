package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onewindow/internal/ierr"
)

// usage writes how a command is used, in the reader's language.
func (a *app) usage(cmd *cobra.Command) error {
	var b strings.Builder
	head := func(name string) { fmt.Fprintf(&b, "\n%s\n", a.t("cli.usage."+name, nil)) }
	fmt.Fprintf(&b, "%s\n  %s\n", a.t("cli.usage.usage", nil), cmd.UseLine())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "  %s %s\n", cmd.CommandPath(), a.t("cli.usage.command", nil))
	}
	if cmd.Example != "" {
		head("examples")
		b.WriteString(cmd.Example + "\n")
	}
	if cmd.HasAvailableSubCommands() {
		head("commands")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() && c.Name() != "help" {
				fmt.Fprintf(&b, "  %-*s  %s\n", cmd.NamePadding(), c.Name(), c.Short)
			}
		}
	}
	if flags := a.flagUsages(cmd.LocalFlags()); flags != "" {
		head("flags")
		b.WriteString(flags)
	}
	if flags := a.flagUsages(cmd.InheritedFlags()); flags != "" {
		head("global")
		b.WriteString(flags)
	}
	if cmd.HasAvailableSubCommands() {
		b.WriteString("\n" + a.t("cli.usage.more", nil) + "\n")
	}
	_, err := io.WriteString(a.Out, b.String())
	return err
}

// flagUsages writes a line for each flag, with its default where it has one.
func (a *app) flagUsages(flags *pflag.FlagSet) string {
	type line struct{ name, text string }
	var lines []line
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		text := f.Usage
		switch f.Value.Type() {
		case "bool":
		case "int":
			name += " N"
			if f.DefValue != "0" {
				text += a.t("cli.usage.default", ierr.Args{"value": f.DefValue})
			}
		default:
			name += " " + strings.ToUpper(f.Name)
			if f.DefValue != "" {
				text += a.t("cli.usage.default", ierr.Args{"value": f.DefValue})
			}
		}
		widest = max(widest, len(name))
		lines = append(lines, line{name, text})
	})
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "  %-*s  %s\n", widest, l.name, l.text)
	}
	return b.String()
}
