package cli

import (
	"context"
	"os/user"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) override() *cobra.Command {
	cmd := a.command("override", &cobra.Command{Use: "override", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.overrideSet(), a.overrideWithdraw(), a.overrideList())
	return cmd
}

func (a *app) overrideSet() *cobra.Command {
	var o v1.SetOverride
	cmd := a.command("override-set", &cobra.Command{Use: "set NUMBER FIELD VALUE", Args: a.args(3, 3)})
	cmd.Flags().StringVar(&o.Reason, "reason", "", a.flag("reason"))
	cmd.Flags().StringVar(&o.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		o.Field, o.Value = args[1], args[2]
		if o.Author == "" {
			o.Author = whoami()
		}
		made, err := c.SetOverride(ctx, args[0], o)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet {
			return a.overrides(v1.Overrides{Mark: v1.Mark{Sample: made.Sample}, Overrides: []v1.Override{*made}})
		})
	})
	return cmd
}

// whoami is who signs a correction where nobody else is named.
func whoami() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return ""
}

func (a *app) overrideWithdraw() *cobra.Command {
	var e v1.EndOverride
	cmd := a.command("override-withdraw", &cobra.Command{Use: "withdraw NUMBER FIELD", Args: a.args(2, 2)})
	cmd.Flags().StringVar(&e.Reason, "reason", "", a.flag("reason"))
	cmd.Flags().StringVar(&e.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		if e.Author == "" {
			e.Author = whoami()
		}
		o, err := c.WithdrawOverride(ctx, args[0], args[1], e)
		if err != nil {
			return err
		}
		return a.emit(format, o, func() *sheet {
			return a.overrides(v1.Overrides{Mark: v1.Mark{Sample: o.Sample}, Overrides: []v1.Override{*o}})
		})
	})
	return cmd
}

func (a *app) overrideList() *cobra.Command {
	cmd := a.command("override-list", &cobra.Command{Use: "list NUMBER", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		o, err := c.Overrides(ctx, args[0])
		if err != nil {
			return err
		}
		return a.emit(format, o, func() *sheet { return a.overrides(*o) })
	})
	return cmd
}

func (a *app) overrides(o v1.Overrides) *sheet {
	s := a.sheet(o.Mark, column{name: "override"}, column{name: "record"}, column{name: "field"}, column{name: "value_code", plain: true},
		column{name: "value"}, column{name: "author"}, column{name: "made"}, column{name: "withdrawn"}, column{name: "why", wide: true})
	s.empty = a.t("cli.none.overrides", nil)
	for _, x := range o.Overrides {
		s.add(x.ID, x.Record, x.Field, x.Value.Code, label(x.Value), x.Author, moment(&x.Made), nonzero(x.Withdrawn), x.Reason)
	}
	return s
}
