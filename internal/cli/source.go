package cli

import (
	"context"
	"os"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/definition"
	"onewindow/internal/ierr"
)

func (a *app) source() *cobra.Command {
	cmd := a.command("source", &cobra.Command{Use: "source", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.sourceList(), a.sourceShow(), a.sourceDeclare(), a.sourceWithdraw())
	return cmd
}

func (a *app) sourceList() *cobra.Command {
	cmd := a.command("source-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.Sources(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(all.Mark, column{name: "source", title: a.t("cli.column.supplier", nil)}, column{name: "name", wide: true}, column{name: "offices", plain: true}, column{name: "deliveries", number: true},
				column{name: "first_issue", plain: true}, column{name: "last_issue"}, column{name: "missing", number: true}, column{name: "complete", number: true})
			for _, x := range all.Sources {
				s.add(x.ID, x.Name, strings.Join(x.Offices, " "), x.Deliveries, x.FirstIssue, x.LastIssue, x.MissingCount, x.Complete)
			}
			return s
		})
	})
	return cmd
}

func (a *app) sourceShow() *cobra.Command {
	cmd := a.command("source-show", &cobra.Command{Use: "show SOURCE", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		s, err := c.Source(ctx, args[0])
		if err != nil {
			return err
		}
		return a.emit(format, s, func() *sheet { return a.sourceSheet(s) })
	})
	return cmd
}

// sourceSheet lays out the deliveries of a source, and below them whatever else is
// known of it.
func (a *app) sourceSheet(x *v1.SourceDetail) *sheet {
	s := a.sheet(x.Mark, column{name: "load"}, column{name: "status"}, column{name: "started"}, column{name: "files", number: true}, column{name: "entries", number: true},
		column{name: "documents", number: true}, column{name: "rejected", number: true}, column{name: "flagged", number: true}, column{name: "issues", wide: true})
	s.empty = a.t("cli.none.deliveries", nil)
	for _, l := range x.Loads {
		s.add(l.Load, a.status(l.Status), moment(&l.Started), l.Files, l.Entries, l.Documents, l.Rejected, l.Flagged, strings.Join(l.Issues, " "))
	}
	s.note(a.t("cli.source-name", ierr.Args{"id": x.ID, "name": x.Name}))
	s.note(x.About)
	s.note(a.t("cli.source-licence", ierr.Args{"licence": x.Licence}))
	for _, b := range x.Expected {
		s.note(a.t("cli.source-expects."+b.Of, ierr.Args{"what": label(b.What), "range": a.bounds(b.What.Code, b.Min, b.Max)}))
	}
	if x.MissingCount > 0 {
		s.note(a.t("cli.source-missing", ierr.Args{"n": x.MissingCount, "days": strings.Join(x.Missing[:min(12, len(x.Missing))], " ")}))
	}
	for _, d := range x.Declarations {
		s.note(a.declared(d))
	}
	if len(x.Declarations) == 0 {
		s.note(a.t("cli.source-undeclared", nil))
	}
	return s
}

// bounds writes a range of numbers or of shares.
func (a *app) bounds(what string, low, high *float64) string {
	write := func(f float64) string { return a.amount(what, f) }
	switch {
	case low != nil && high != nil:
		return write(*low) + " – " + write(*high)
	case low != nil:
		return "≥ " + write(*low)
	case high != nil && what == "change":
		return "± " + write(*high)
	case high != nil:
		return "≤ " + write(*high)
	}
	return ""
}

// amount writes a number, or a share as a percentage.
func (a *app) amount(what string, f float64) string {
	if what == "entries" || what == "documents" {
		return a.say.Number(int64(f))
	}
	return a.say.Percent(f)
}

// declared writes a declaration in one line.
func (a *app) declared(d v1.Declaration) string {
	key := "cli.declared.incomplete"
	if d.Complete {
		key = "cli.declared.complete"
	}
	names := func(family string, codes []string) []string {
		var out []string
		for _, c := range codes {
			if k := family + c; a.say.Has(k) {
				c = a.t(k, nil)
			}
			out = append(out, c)
		}
		return out
	}
	regions := any(a.t("cli.declared.everywhere", nil))
	if len(d.Regions) > 0 {
		regions = d.Regions
	}
	dash := func(day string) string {
		if day == "" {
			return "…"
		}
		return day
	}
	text := a.t(key, ierr.Args{
		"id": strconv.FormatInt(d.ID, 10), "kinds": names("kind.", d.Kinds), "happenings": names("coverage.happening.", d.Happenings), "regions": regions,
		"from": dash(d.From), "to": dash(d.To), "ground": d.Ground,
	})
	switch {
	case d.Ended > 0:
		text += " " + a.t("cli.declared.ended", ierr.Args{"state": strconv.FormatInt(d.Ended, 10), "why": d.EndedFor})
	case d.State == 0:
		text += " " + a.t("cli.declared.pending", nil)
	}
	return text
}

// coverFlags adds the flags that say what is covered.
func (a *app) coverFlags(flags *pflag.FlagSet, c *v1.Cover, incomplete *bool) {
	flags.StringSliceVar(&c.Happenings, "happenings", nil, a.flag("happenings"))
	flags.StringSliceVar(&c.Kinds, "kinds", nil, a.flag("kinds"))
	flags.StringSliceVar(&c.Offices, "offices", nil, a.flag("offices"))
	flags.StringSliceVar(&c.Regions, "regions", nil, a.flag("regions"))
	flags.StringVar(&c.From, "from", "", a.flag("from-day"))
	flags.StringVar(&c.To, "to", "", a.flag("to-day"))
	flags.BoolVar(incomplete, "incomplete", false, a.flag("incomplete"))
	flags.Int64Var(&c.Unread, "except-unread", 0, a.flag("except-unread"))
	flags.StringVar(&c.Ground, "ground", "", a.flag("ground"))
}

func (a *app) sourceDeclare() *cobra.Command {
	var d v1.Declare
	var incomplete bool
	cmd := a.command("source-declare", &cobra.Command{Use: "declare SOURCE --happenings LIST --ground TEXT", Args: a.args(1, 1)})
	a.coverFlags(cmd.Flags(), &d.Cover, &incomplete)
	cmd.Flags().Int64Var(&d.Load, "load", 0, a.flag("of-load"))
	cmd.Flags().Int64Var(&d.Replaces, "replaces", 0, a.flag("replaces"))
	cmd.Flags().StringVar(&d.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		if d.Complete = !incomplete; d.Author == "" {
			d.Author = whoami()
		}
		made, err := c.Declare(ctx, args[0], d)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet { return a.declaredSheet(made) })
	})
	return cmd
}

func (a *app) sourceWithdraw() *cobra.Command {
	var e v1.EndOverride
	cmd := a.command("source-withdraw", &cobra.Command{Use: "withdraw DECLARATION --reason TEXT", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&e.Reason, "reason", "", a.flag("reason"))
	cmd.Flags().StringVar(&e.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, err := number(args)
		if err != nil {
			return err
		}
		if e.Author == "" {
			e.Author = whoami()
		}
		ended, err := c.WithdrawDeclaration(ctx, id, e)
		if err != nil {
			return err
		}
		return a.emit(format, ended, func() *sheet { return a.declaredSheet(ended) })
	})
	return cmd
}

func (a *app) declaredSheet(d *v1.Declaration) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "declaration"}, column{name: "source", title: a.t("cli.column.supplier", nil)}, column{name: "state", number: true}, column{name: "value", wide: true})
	s.add(d.ID, d.Source.Code, d.State, a.declared(*d))
	return s
}

// readCoverage reads the file that says what a load covers: one cover, or a list of
// them, as YAML or JSON.
func (a *app) readCoverage(path string) ([]v1.Cover, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.NotFound, "cli.coverage-file", ierr.Args{"path": path, "reason": err.Error()})
	}
	var list []v1.Cover
	if definition.Decode(b, &list, yaml.UseJSONUnmarshaler()) == nil {
		return list, nil
	}
	var one v1.Cover
	if err := definition.Decode(b, &one, yaml.UseJSONUnmarshaler()); err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "cli.coverage-file", ierr.Args{"path": path, "reason": yaml.FormatError(err, false, false)})
	}
	return []v1.Cover{one}, nil
}

func (a *app) loadsDecide(name, use string) *cobra.Command {
	var d v1.Decision
	cmd := a.command(name, &cobra.Command{Use: use + " LOAD --reason TEXT", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&d.Reason, "reason", "", a.flag("reason"))
	cmd.Flags().StringVar(&d.Author, "author", "", a.flag("author"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		id, err := number(args)
		if err != nil {
			return err
		}
		if d.Author == "" {
			d.Author = whoami()
		}
		cfg := a.config()
		cfg.Work = true
		return a.working(cmd.Context(), cfg, func(c *client.Connection) error {
			if use == "refuse" {
				l, err := c.RefuseLoad(cmd.Context(), id, d)
				if err != nil {
					return err
				}
				return a.emit(format, l, func() *sheet { return a.loadDetail(l) })
			}
			job, err := c.AcceptLoad(cmd.Context(), id, d)
			if err != nil {
				return err
			}
			return a.finishLoad(cmd.Context(), c, *job, format, false)
		})
	}
	return cmd
}

// coverage notes whether a number is a figure, and with reasons why not.
func (a *app) coverage(s *sheet, c v1.Coverage, reasons bool) {
	s.note(c.Text)
	if reasons {
		for _, r := range c.Reasons {
			s.note("  " + r)
		}
	}
}
