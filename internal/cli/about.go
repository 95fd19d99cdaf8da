package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
)

// commands are the commands in the order in which help lists them.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.demo(), a.load(), a.mapping(), a.search(), a.count(), a.show(), a.serve(), a.loads(), a.undo(),
		a.source(),
		a.override(), a.party(), a.quality(), a.reconcile(),
		a.user(), a.saved(),
		a.figure(), a.indicator(), a.returns(), a.edition(), a.paper(), a.audit(),
		a.jobs(), a.statusCommand(), a.bench(), a.configCommand(), a.completion(), a.reference(),
	}
}

func (a *app) configCommand() *cobra.Command {
	cmd := a.command("config", &cobra.Command{Use: "config", Args: a.args(0, 0)})
	a.listenFlag(cmd.Flags())
	cmd.RunE = func(*cobra.Command, []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		type line struct {
			Name        string `json:"name"`
			Value       string `json:"value"`
			Source      string `json:"source"`
			Environment string `json:"environment"`
		}
		var lines []line
		for _, x := range a.settings {
			lines = append(lines, line{x.name, x.shown(), x.source, x.environment()})
		}
		return a.emit(format, lines, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "name"}, column{name: "value", wide: true}, column{name: "from"}, column{name: "environment"})
			for _, l := range lines {
				s.add(l.Name, l.Value, a.t("cli.from."+l.Source, nil), l.Environment)
			}
			return s
		})
	}
	return cmd
}

func (a *app) completion() *cobra.Command {
	shells := map[string]func(*cobra.Command, io.Writer) error{
		"bash":       func(c *cobra.Command, w io.Writer) error { return c.GenBashCompletionV2(w, true) },
		"zsh":        (*cobra.Command).GenZshCompletion,
		"fish":       func(c *cobra.Command, w io.Writer) error { return c.GenFishCompletion(w, true) },
		"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
	}
	cmd := a.command("completion", &cobra.Command{Use: "completion bash|zsh|fish|powershell", Args: a.args(1, 1)})
	cmd.ValidArgs = []string{"bash", "zsh", "fish", "powershell"}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		write, ok := shells[args[0]]
		if !ok {
			return a.args(2, 2)(cmd, args)
		}
		return write(cmd.Root(), a.Out)
	}
	return cmd
}

// reference is the hidden command that writes doc/cli.md.
func (a *app) reference() *cobra.Command {
	cmd := a.command("docs", &cobra.Command{Use: "docs", Args: a.args(0, 0), Hidden: true})
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return a.writeReference(cmd.Root()) }
	return cmd
}

// writeReference writes one chapter for each command.
func (a *app) writeReference(root *cobra.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", a.t("cli.docs.title", nil), a.t("cli.docs.about", nil))
	for _, cmd := range everyCommand(root) {
		if cmd.Hidden || cmd.Name() == "help" {
			continue
		}
		mark := "##"
		if cmd.Parent() != nil && cmd.Parent() != root {
			mark = "###"
		}
		fmt.Fprintf(&b, "\n%s %s\n\n%s\n\n```\n%s\n```\n", mark, cmd.CommandPath(), strings.TrimSpace(cmd.Long), cmd.UseLine())
		if cmd.Example != "" {
			fmt.Fprintf(&b, "\n```sh\n%s\n```\n", cmd.Example)
		}
		if flags := a.flagUsages(cmd.NonInheritedFlags()); flags != "" {
			fmt.Fprintf(&b, "\n```\n%s```\n", flags)
		}
	}
	_, err := io.WriteString(a.Out, b.String())
	return err
}
