package cli

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) quality() *cobra.Command {
	cmd := a.command("quality", &cobra.Command{Use: "quality", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		sum, err := c.Quality(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, sum, func() *sheet { return a.qualitySummary(sum) })
	})
	cmd.AddCommand(a.qualityList(), a.qualityShow(), a.qualityDecide(), a.qualityUndo(), a.qualityDecisions())
	return cmd
}

// qualitySummary lays out what waits for a decision: by kind, then where it comes from.
func (a *app) qualitySummary(sum *v1.QualitySummary) *sheet {
	s := a.sheet(sum.Mark, column{name: "doubt"}, column{name: "kind"}, column{name: "from"}, column{name: "open", number: true},
		column{name: "groups", number: true}, column{name: "decided", number: true})
	open := 0
	for _, k := range sum.Kinds {
		s.add(k.Kind.Label, k.Kind.Code, "", k.Open, k.Groups, k.Decided)
		open += k.Open
	}
	part := func(from string, p v1.QualityPart) {
		for _, k := range sum.Kinds {
			if n := p.Open[k.Kind.Code]; n > 0 {
				s.add(k.Kind.Label, k.Kind.Code, from, n, "", "")
			}
		}
	}
	for _, p := range sum.Loads {
		part(strings.TrimSpace(a.t("cli.quality.load", ierr.Args{"load": strconv.FormatInt(p.Load, 10)})+" "+p.Label), p)
	}
	for _, p := range sum.Formats {
		part(p.Format, p)
	}
	if open > 0 {
		s.note(a.t("cli.quality.next", nil))
	}
	return s
}

func (a *app) qualityList() *cobra.Command {
	var p v1.QualityListParams
	cmd := a.command("quality-list", &cobra.Command{Use: "list KIND", Args: a.args(1, 1)})
	f := cmd.Flags()
	f.Int64Var(&p.Load, "load", 0, a.flag("doubts-of-load"))
	f.StringVar(&p.Source, "source", "", a.flag("of-source"))
	f.StringVar(&p.Field, "field", "", a.flag("of-field"))
	f.StringVar(&p.Flag, "flag", "", a.flag("of-flag"))
	f.BoolVar(&p.Decided, "decided", false, a.flag("decided"))
	f.IntVar(&p.Limit, "limit", 50, a.flag("limit"))
	f.IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		list, err := c.QualityList(ctx, args[0], p)
		if err != nil {
			return err
		}
		return a.emit(format, list, func() *sheet { return a.qualityItems(list, p.Decided) })
	})
	return cmd
}

// qualityItems lays out groups of like cases, or the cases of one.
func (a *app) qualityItems(list *v1.QualityList, decided bool) *sheet {
	s := a.sheet(list.Mark, column{name: "like", number: true}, column{name: "case"}, column{name: "question", wide: true}, column{name: "says", wide: true},
		column{name: "record"}, column{name: "format"}, column{name: "load"}, column{name: "decision"})
	s.empty = a.t("cli.none.doubts", nil)
	for _, x := range list.Items {
		n := x.Open
		if decided {
			n = x.Decided
		}
		s.add(n, x.Case, x.Question, x.Says, x.Record, x.Format, nonzero(x.Load), x.Decision)
	}
	if len(list.Items) > 0 {
		s.note(a.t("cli.quality.count", ierr.Args{"groups": list.Groups, "cases": list.Cases}))
	}
	return s
}

func (a *app) qualityShow() *cobra.Command {
	var p v1.QualityAlikeParams
	var like bool
	cmd := a.command("quality-show", &cobra.Command{Use: "show CASE", Args: a.args(1, 1)})
	cmd.Flags().BoolVar(&like, "like", false, a.flag("show-like"))
	cmd.Flags().IntVar(&p.Limit, "limit", 50, a.flag("limit"))
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Case = args[0]
		if like {
			list, err := c.QualityAlike(ctx, p)
			if err != nil {
				return err
			}
			return a.emit(format, list, func() *sheet { return a.qualityItems(list, false) })
		}
		x, err := c.QualityCase(ctx, p.QualityCaseParam)
		if err != nil {
			return err
		}
		return a.emit(format, x, func() *sheet { return a.qualityCase(x) })
	})
	return cmd
}

// qualityCase lays out a case: the evidence, what each source says, and the choices
// with the numbers that they are taken by.
func (a *app) qualityCase(x *v1.QualityCase) *sheet {
	s := a.sheet(x.Mark, column{name: "what"}, column{name: "value", wide: true}, column{name: "why", wide: true})
	s.add(label(x.Kind), x.Question, x.ID)
	for _, f := range x.Evidence {
		s.add(label(f.What), f.Text, f.Note)
	}
	for _, o := range x.Sources {
		from := fmt.Sprintf("%s %d", nameOf(o.File), o.Row)
		if o.Doubtful {
			from += " *"
		}
		s.add(from, o.Says, o.Document)
	}
	for i, c := range x.Choices {
		what := label(c.Act)
		if c.Free {
			what += " …"
		}
		text := c.Label
		if c.Present != "" {
			text += ": " + c.Present
		}
		s.add(fmt.Sprintf("%d  %s", i+1, what), text, c.Reason)
	}
	s.note(a.t("cli.quality.alike", ierr.Args{"n": x.AlikeOpen, "why": x.Why}))
	if d := x.Decision; d != nil {
		s.note(a.t("cli.quality.decided", ierr.Args{"id": d.ID, "act": label(d.Act), "author": d.Author, "reason": d.Reason}))
	}
	return s
}

func (a *app) qualityDecide() *cobra.Command {
	var d v1.QualityDecide
	var as string
	cmd := a.command("quality-decide", &cobra.Command{Use: "decide CASE --as CHOICE", Args: a.args(1, 1)})
	f := cmd.Flags()
	f.StringVar(&as, "as", "", a.flag("as-choice"))
	f.StringVar(&d.Field, "field", "", a.flag("correct-field"))
	f.StringVar(&d.Reason, "reason", "", a.flag("decision-reason"))
	f.StringVar(&d.Author, "author", "", a.flag("author"))
	f.BoolVar(&d.Like, "like", false, a.flag("decide-like"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		d.Case, d.Author = args[0], author(d.Author)
		if err := a.choose(ctx, c, &d, as); err != nil {
			return err
		}
		made, err := c.DecideQuality(ctx, d)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet { return a.qualityMade(v1.Mark{}, *made) })
	})
	return cmd
}

// choose reads --as: the number of a choice, as show lists them, or an act, each
// with "=" and a value where it needs one.
func (a *app) choose(ctx context.Context, c *client.Connection, d *v1.QualityDecide, as string) error {
	act, value, _ := strings.Cut(as, "=")
	n, err := strconv.Atoi(act)
	if err != nil {
		d.Act, d.Value = act, value
		if act == "" {
			return ierr.New(ierr.Invalid, "cli.quality.as", nil)
		}
		return nil
	}
	x, err := c.QualityCase(ctx, v1.QualityCaseParam{Case: d.Case})
	if err != nil {
		return err
	}
	if n < 1 || n > len(x.Choices) {
		return ierr.New(ierr.Invalid, "cli.quality.choice", ierr.Args{"n": n, "last": len(x.Choices)})
	}
	o := x.Choices[n-1]
	d.Act, d.Value = o.Act.Code, o.Value
	if o.Field != "" && d.Field == "" {
		d.Field = o.Field
	}
	if o.Free {
		d.Value = value
	}
	return nil
}

func (a *app) qualityUndo() *cobra.Command {
	var u v1.UndoDecision
	cmd := a.command("quality-undo", &cobra.Command{Use: "undo DECISION", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&u.Reason, "reason", "", a.flag("decision-reason"))
	cmd.Flags().StringVar(&u.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		u.Author = author(u.Author)
		undone, err := c.UndoQuality(ctx, args[0], u)
		if err != nil {
			return err
		}
		return a.emit(format, undone, func() *sheet { return a.qualityMade(v1.Mark{}, *undone) })
	})
	return cmd
}

func (a *app) qualityDecisions() *cobra.Command {
	var p v1.QualityDecisionsParams
	cmd := a.command("quality-decisions", &cobra.Command{Use: "decisions", Args: a.args(0, 0)})
	cmd.Flags().StringVar(&p.Kind, "kind", "", a.flag("of-kind"))
	cmd.Flags().BoolVar(&p.Undone, "undone", false, a.flag("undone"))
	cmd.Flags().IntVar(&p.Limit, "limit", 50, a.flag("limit"))
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.QualityDecisions(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.qualityMade(all.Mark, all.Decisions...)
			if all.Total > len(all.Decisions) {
				s.note(a.t("cli.quality.more", ierr.Args{"n": all.Total}))
			}
			return s
		})
	})
	return cmd
}

// qualityMade lays out decisions.
func (a *app) qualityMade(mark v1.Mark, list ...v1.QualityDecision) *sheet {
	s := a.sheet(mark, column{name: "decision"}, column{name: "kind"}, column{name: "act"}, column{name: "value", wide: true}, column{name: "case"},
		column{name: "cases", number: true}, column{name: "author"}, column{name: "made"}, column{name: "undone"}, column{name: "why", wide: true})
	s.empty = a.t("cli.none.decisions", nil)
	for _, d := range list {
		value := d.Value
		if d.Label != "" {
			value = d.Label
		}
		if d.Was != "" {
			value = d.Was + " → " + value
		}
		s.add(d.ID, label(d.Kind), label(d.Act), value, d.Case, d.Cases, d.Author, moment(&d.Made), moment(d.Undone), d.Reason)
	}
	return s
}
