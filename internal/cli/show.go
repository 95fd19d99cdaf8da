package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) show() *cobra.Command {
	var asOf v1.AsOf
	var history bool
	cmd := a.command("show", &cobra.Command{Use: "show NUMBER", Args: a.args(1, -1)})
	a.asOfFlags(cmd.Flags(), &asOf)
	cmd.Flags().BoolVar(&history, "history", false, a.flag("history"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		wanted := strings.Join(args, " ") // a number may be written in groups
		if history {
			h, err := c.History(ctx, wanted)
			if err != nil {
				return err
			}
			return a.emit(format, h, func() *sheet { return a.history(h) })
		}
		r, err := c.Record(ctx, wanted, asOf)
		if err != nil {
			return err
		}
		return a.emit(format, r, func() *sheet { return a.record(r, format == "csv") })
	})
	return cmd
}

func (a *app) history(h *v1.History) *sheet {
	s := a.sheet(h.Mark, column{name: "state"}, column{name: "time"}, column{name: "act"}, column{name: "load"}, column{name: "what", wide: true})
	for _, c := range h.Changes {
		names := make([]string, len(c.Fields))
		for i, f := range c.Fields {
			names[i] = label(f)
		}
		what := a.say.List(names)
		if c.Gone {
			what = a.t("cli.show.gone", nil)
		}
		s.add(c.State, moment(&c.Time), label(c.Act), nonzero(c.Load), what)
	}
	return s
}
