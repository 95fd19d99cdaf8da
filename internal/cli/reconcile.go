package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) reconcile() *cobra.Command {
	cmd := a.command("reconcile", &cobra.Command{Use: "reconcile", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.reconcileAdd(), a.reconcileList(), a.reconcileShow(), a.reconcileRecords(), a.reconcileExport())
	return cmd
}

// maxTable bounds the file of an official table, in bytes.
const maxTable = 2 << 20

func (a *app) reconcileAdd() *cobra.Command {
	var t v1.AddOfficialTable
	var about string
	cmd := a.command("reconcile-add", &cobra.Command{Use: "add FILE [--about ABOUT]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&about, "about", "", a.flag("about"))
	cmd.Flags().StringVar(&t.Author, "author", "", a.flag("author"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		var err error
		if t.File, err = small(args[0], maxTable); err != nil {
			return err
		}
		if about == "" { // a description of the same name lies beside the table
			about = strings.TrimSuffix(args[0], filepath.Ext(args[0])) + ".yaml"
		}
		text, err := small(about, 64<<10)
		if err != nil {
			return err
		}
		t.Name, t.About, t.Author = filepath.Base(args[0]), string(text), author(t.Author)
		made, err := c.AddOfficialTable(ctx, t)
		if err != nil {
			return err
		}
		return a.emit(format, made, func() *sheet {
			return a.officialTables(v1.OfficialTables{Mark: v1.Mark{Sample: made.Invented}, Tables: []v1.OfficialTable{*made}})
		})
	})
	return cmd
}

// small reads a file of at most limit bytes.
func small(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "cli.path", ierr.Args{"path": path})
	}
	if info.Size() > limit {
		return nil, ierr.New(ierr.TooLarge, "cli.file_size", ierr.Args{"path": path, "limit": limit >> 10})
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "cli.path", ierr.Args{"path": path})
	}
	return b, nil
}

func (a *app) reconcileList() *cobra.Command {
	cmd := a.command("reconcile-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.OfficialTables(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet { return a.officialTables(*all) })
	})
	return cmd
}

func (a *app) officialTables(all v1.OfficialTables) *sheet {
	s := a.sheet(all.Mark, column{name: "table"}, column{name: "revision"}, column{name: "measure"}, column{name: "from"}, column{name: "to"},
		column{name: "publisher"}, column{name: "name", wide: true})
	s.empty = a.t("cli.none.official", nil)
	for _, t := range all.Tables {
		s.add(t.ID, t.Revision, label(t.Measure), t.From, t.To, t.Publisher, t.Name)
	}
	return s
}

// reconcileFlags are the flags of whatever counts.
func (a *app) reconcileFlags(cmd *cobra.Command, p *v1.ReconcileParams) {
	cmd.Flags().StringVar(&p.On, "on", "", a.flag("on"))
	cmd.Flags().StringVar(&p.Known, "known", "", a.flag("known"))
	cmd.Flags().IntVar(&p.Revision, "revision", 0, a.flag("revision"))
}

func (a *app) reconcileShow() *cobra.Command {
	var p v1.ReconcileParams
	cmd := a.command("reconcile-show", &cobra.Command{Use: "show TABLE", Args: a.args(1, 1)})
	a.reconcileFlags(cmd, &p)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		r, err := c.Reconciliation(ctx, args[0], p)
		if err != nil {
			return err
		}
		return a.emit(format, r, func() *sheet { return a.reconciliation(r) })
	})
	return cmd
}

// reconciliation lays a sheet out: a column for each rule that holds, and below the
// table what the rules are and what is not explained.
func (a *app) reconciliation(r *v1.Reconciliation) *sheet {
	columns := []column{{name: "cell"}, {name: "own", number: true}, {name: "official", number: true}, {name: "difference", number: true}}
	for _, rule := range r.Rules {
		if rule.Holds {
			columns = append(columns, column{name: rule.Rule.Code, title: rule.Rule.Label, number: true})
		}
	}
	s := a.sheet(r.Mark, append(columns, column{name: "rest", number: true}, column{name: "query", plain: true})...)
	for _, c := range r.Cells {
		row := []any{c.Key, c.Own, c.Official, c.Difference}
		for i, rule := range r.Rules {
			if rule.Holds {
				row = append(row, c.Effects[i].Plus-c.Effects[i].Minus)
			}
		}
		s.add(append(row, c.Rest, c.Query)...)
	}
	s.note(a.t("reconcile.line.sum", map[string]any{"own": r.Sum.Own, "official": r.Sum.Official, "apart": r.Sum.Apart, "unexplained": r.Sum.Unexplained, "state": r.Known}))
	for _, rule := range r.Rules {
		args := map[string]any{"rule": rule.Rule.Label, "why": rule.Why, "counted": signed(rule.Counted), "moved": rule.Moved, "gain": rule.Gain}
		switch {
		case rule.Declared:
			s.note(a.t("reconcile.line.declared", args))
		case rule.Holds:
			s.note(a.t("reconcile.line.holds", args))
		default:
			s.note(a.t("reconcile.line.idle", args))
		}
	}
	for _, x := range r.Checks {
		if x.Total != x.Sum {
			s.note(a.t("reconcile.line.check", map[string]any{"cell": x.Label, "total": x.Total, "sum": x.Sum}))
		}
	}
	for _, g := range r.Gaps {
		s.note(a.t("reconcile.line.gap", map[string]any{"kind": label(g.Kind), "code": g.Code, "days": g.Days, "first": g.First, "last": g.Last, "have": g.Have, "missing": g.Missing}))
	}
	return s
}

// signed writes a number with its sign.
func signed(n int64) string {
	if n > 0 {
		return "+" + strconv.FormatInt(n, 10)
	}
	return strconv.FormatInt(n, 10)
}

func (a *app) reconcileRecords() *cobra.Command {
	var p v1.ReconcileRecordsParams
	cmd := a.command("reconcile-records", &cobra.Command{Use: "records TABLE [--cell CELL] [--rule RULE]", Args: a.args(1, 1)})
	a.reconcileFlags(cmd, &p.ReconcileParams)
	cmd.Flags().StringVar(&p.Cell, "cell", "", a.flag("cell"))
	cmd.Flags().StringVar(&p.Rule, "rule", "", a.flag("reconcile-rule"))
	cmd.Flags().BoolVar(&p.Alone, "alone", false, a.flag("alone"))
	cmd.Flags().IntVar(&p.Limit, "limit", 100, a.flag("limit"))
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		r, err := c.ReconcileRecords(ctx, args[0], p)
		if err != nil {
			return err
		}
		return a.emit(format, r, func() *sheet {
			s := a.sheet(r.Mark, column{name: "record"}, column{name: "number"}, column{name: "cell"}, column{name: "effect", number: true},
				column{name: "counted_before"}, column{name: "counted_after"}, column{name: "holder"}, column{name: "title"})
			s.empty = a.t("cli.none.moved", nil)
			for _, x := range r.Records {
				s.add(x.Record, x.Number, x.Cell, signed(x.N), whereabouts(x.Before), whereabouts(x.After), x.Holder, x.Title)
			}
			s.note(a.t("reconcile.line.records", map[string]any{"n": r.Total, "sum": signed(r.Sum)}))
			return s
		})
	})
	return cmd
}

// whereabouts writes where a record counts on one line.
func whereabouts(places []v1.ReconcilePlace) string {
	var out []string
	for _, p := range places {
		text := strings.TrimSpace(label(p.Region) + " " + p.Day)
		if p.N > 1 {
			text += fmt.Sprintf(" ×%d", p.N)
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

func (a *app) reconcileExport() *cobra.Command {
	var p v1.ReconcileParams
	cmd := a.command("reconcile-export", &cobra.Command{Use: "export TABLE FILE", Args: a.args(2, 2)})
	a.reconcileFlags(cmd, &p)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, _ string) error {
		form := strings.TrimPrefix(strings.ToLower(filepath.Ext(args[1])), ".")
		if form != "csv" && form != "xlsx" {
			return ierr.New(ierr.Invalid, "cli.reconcile_form", ierr.Args{"file": args[1]})
		}
		f, err := os.Create(args[1])
		if err != nil {
			return ierr.Wrap(err, ierr.Invalid, "cli.path", ierr.Args{"path": args[1]})
		}
		if err := c.ReconcileSheet(ctx, args[0], p, form, f); err != nil {
			f.Close()
			os.Remove(args[1])
			return err
		}
		return f.Close()
	})
	return cmd
}
