package cli

import (
	"context"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) loads() *cobra.Command {
	cmd := a.command("loads", &cobra.Command{Use: "loads", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.loadsList(), a.loadsShow(), a.loadsRejects(), a.loadsDecide("loads-accept", "accept"), a.loadsDecide("loads-refuse", "refuse"))
	return cmd
}

// pageFlags adds the flags that choose a stretch of a list.
func (a *app) pageFlags(cmd *cobra.Command, p *v1.Page) {
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.Flags().IntVar(&p.Limit, "limit", 100, a.flag("rows"))
}

func (a *app) loadsList() *cobra.Command {
	var p v1.Page
	cmd := a.command("loads-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	a.pageFlags(cmd, &p)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		if err := checkPage(p); err != nil {
			return err
		}
		l, err := c.Loads(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, l, func() *sheet {
			s := a.sheet(l.Mark, append([]column{{name: "load"}, {name: "label"}, {name: "files", table: true}, {name: "first_file", plain: true}, {name: "file_count", number: true, plain: true},
				{name: "status"}, {name: "started"}, {name: "ended", plain: true}}, countColumns...)...)
			s.empty = a.t("cli.none.loads", nil)
			for _, x := range l.Loads {
				s.add(append([]any{x.ID, x.Label, filesOf(x), x.FirstFile, x.FileCount, a.status(x.Status), moment(&x.Started), moment(x.Ended)}, counted(x.Counts)...)...)
			}
			return s
		})
	})
	return cmd
}

// filesOf names the first file of a load and says how many more there are.
func filesOf(l v1.Load) string {
	name := nameOf(l.FirstFile)
	if l.FileCount > 1 {
		name += " +" + strconv.Itoa(l.FileCount-1)
	}
	return name
}

// countColumns are the columns that counted fills.
var countColumns = []column{
	{name: "entries", number: true}, {name: "documents", number: true, plain: true}, {name: "new", number: true},
	{name: "repeated", number: true}, {name: "known", number: true, plain: true}, {name: "rejected", number: true},
	{name: "flagged", number: true}, {name: "records", number: true}, {name: "changed", number: true, plain: true},
	{name: "merged", number: true, plain: true}, {name: "disputed", number: true},
}

func counted(c v1.LoadCounts) []any {
	return []any{c.Entries, c.Documents, c.New, c.Repeated, c.Known, c.Rejected, c.Flagged, c.Records, c.Changed, c.Merged, c.Disputed}
}

// status returns the name of a state of loads, files and jobs.
func (a *app) status(code string) string {
	if key := "cli.state." + code; a.say.Has(key) {
		return a.t(key, nil)
	}
	return code
}

func (a *app) loadsShow() *cobra.Command {
	var unread bool
	cmd := a.command("loads-show", &cobra.Command{Use: "show LOAD", Args: a.args(1, 1)})
	cmd.Flags().BoolVar(&unread, "unread", false, a.flag("unread"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, err := number(args)
		if err != nil {
			return err
		}
		if unread {
			parts, err := c.Unread(ctx, id)
			if err != nil {
				return err
			}
			return a.emit(format, parts, func() *sheet { return a.unreadParts(parts) })
		}
		load, err := c.Load(ctx, id)
		if err != nil {
			return err
		}
		return a.emit(format, load, func() *sheet { return a.loadDetail(load) })
	})
	return cmd
}

func (a *app) loadDetail(l *v1.LoadDetail) *sheet {
	s := a.sheet(l.Mark, append([]column{{name: "path", plain: true}, {name: "file"}, {name: "format"}, {name: "source", plain: true}, {name: "status"}, {name: "size", plain: true}, {name: "sha256", plain: true}}, countColumns...)...)
	for _, f := range l.Files {
		s.add(append([]any{f.Path, nameOf(f.Path), f.Format, codeOf(f.Source), a.status(f.Status), f.Size, f.SHA256}, counted(f.Counts)...)...)
	}
	s.total = texts(append([]any{"", a.t("cli.total", nil), "", "", a.status(l.Status), "", ""}, counted(l.Counts)...))
	id := strconv.FormatInt(l.ID, 10)
	s.note(a.t("cli.load", ierr.Args{"load": id, "state": strconv.FormatInt(l.LastState, 10)}))
	if l.Undone > 0 {
		s.note(a.t("cli.load-undone", ierr.Args{"state": strconv.FormatInt(l.Undone, 10)}))
	}
	for _, e := range l.Expected {
		key := "cli.load-expected"
		if e.Breach {
			key = "cli.load-breach"
		}
		name := label(e.Source)
		if e.File != "" {
			name += ", " + nameOf(e.File)
		}
		s.note(a.t(key, ierr.Args{"source": name, "what": label(e.What), "met": a.amount(e.What.Code, e.Met), "range": a.bounds(e.What.Code, e.Min, e.Max)}))
	}
	for _, d := range l.Declarations {
		s.note(a.declared(d))
	}
	switch {
	case l.Status == "held":
		s.note(a.t("cli.load-held", ierr.Args{"load": id}))
	case l.Decided != nil:
		s.note(a.t("cli.load-decided."+map[bool]string{true: "refused", false: "accepted"}[l.Status == "refused"], ierr.Args{"by": l.DecidedBy, "reason": l.Reason}))
	}
	if l.Counts.Rejected > 0 {
		s.note(a.t("cli.load-rejects", ierr.Args{"load": id, "n": l.Counts.Rejected}))
	}
	a.cutRejects(s, l.RejectsCut)
	return s
}

// cutRejects notes how many rejected entries were not kept.
func (a *app) cutRejects(s *sheet, n int64) {
	if n > 0 {
		s.note(a.t("cli.rejects-cut", ierr.Args{"n": n}))
	}
}

// codeOf returns the code of what may be none.
func codeOf(c *v1.Class) string {
	if c == nil {
		return ""
	}
	return c.Code
}

func (a *app) unreadParts(u *v1.UnreadParts) *sheet {
	s := a.sheet(u.Mark, column{name: "format"}, column{name: "part", wide: true}, column{name: "count", number: true})
	for _, p := range u.Parts {
		s.add(p.Format, p.Part, p.Count)
	}
	return s
}

func (a *app) loadsRejects() *cobra.Command {
	var p v1.Page
	cmd := a.command("loads-rejects", &cobra.Command{Use: "rejects LOAD", Args: a.args(1, 1)})
	a.pageFlags(cmd, &p)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		id, err := number(args)
		if err != nil {
			return err
		}
		if err := checkPage(p); err != nil {
			return err
		}
		r, err := c.Rejects(ctx, id, p)
		if err != nil {
			return err
		}
		return a.emit(format, r, func() *sheet {
			s := a.sheet(r.Mark, column{name: "path", plain: true}, column{name: "file"}, column{name: "member"}, column{name: "row", number: true},
				column{name: "line", plain: true}, column{name: "code", plain: true}, column{name: "reason", wide: true}, column{name: "raw", plain: true})
			for _, x := range r.Rejects {
				s.add(x.File, nameOf(x.File), x.Member, x.Row, x.Line, x.Code, x.Reason, x.Raw)
			}
			if r.Total == 0 {
				s.empty = a.t("cli.rejects-none", nil)
				return s
			}
			s.note(a.t("cli.rejects", ierr.Args{"n": r.Total, "shown": fmt.Sprint(len(r.Rejects))}))
			a.cutRejects(s, r.Cut)
			return s
		})
	})
	return cmd
}

func (a *app) undo() *cobra.Command {
	cmd := a.command("undo", &cobra.Command{Use: "undo LOAD", Args: a.args(1, 1)})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		id, err := number(args)
		if err != nil {
			return err
		}
		cfg := a.config()
		cfg.Work = true
		return a.working(cmd.Context(), cfg, func(c *client.Connection) error {
			job, err := c.UndoLoad(cmd.Context(), id, v1.Actor{By: whoami()})
			if err != nil {
				return err
			}
			return a.finishLoad(cmd.Context(), c, *job, format, false)
		})
	}
	return cmd
}
