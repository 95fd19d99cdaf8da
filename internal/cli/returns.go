package cli

import (
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

// returns is the group of commands about what member bodies report.
func (a *app) returns() *cobra.Command {
	cmd := a.command("return", &cobra.Command{Use: "return", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.returnForms(), a.returnTemplate(), a.returnSubmit(), a.returnList(), a.returnShow(),
		a.returnSign("approve", (*client.Connection).ApproveReturn), a.returnSign("withdraw", (*client.Connection).WithdrawReturn))
	return cmd
}

func (a *app) returnForms() *cobra.Command {
	cmd := a.command("return-forms", &cobra.Command{Use: "forms", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.ReturnForms(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "form"}, column{name: "name", wide: true}, column{name: "body", wide: true}, column{name: "numbers", number: true},
				column{name: "period"}, column{name: "due"}, column{name: "outcome", wide: true})
			for _, f := range all.Forms {
				outcome := a.t("returns.owed", nil)
				switch {
				case f.Counts:
					outcome = a.t("returns.counts", nil)
				case f.Waiting != 0:
					outcome = a.t("returns.waits", ierr.Args{"return": f.Waiting})
				case f.Late > 0:
					outcome = a.t("returns.late", ierr.Args{"days": f.Late})
				}
				s.add(f.ID, f.Name, f.Body, f.Numbers, f.Period, f.Due, outcome)
			}
			return s
		})
	})
	return cmd
}

func (a *app) returnTemplate() *cobra.Command {
	var p v1.TemplateParams
	var out string
	cmd := a.command("return-template", &cobra.Command{Use: "template FORM --out FILE", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&p.Period, "period", "", a.flag("period"))
	cmd.Flags().StringVar(&out, "out", "", a.flag("out-table"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		p.Form, p.Format = args[0], strings.TrimPrefix(strings.ToLower(filepath.Ext(out)), ".")
		if p.Format != "xlsx" && p.Format != "csv" {
			return ierr.New(ierr.Invalid, "mapping.out", ierr.Args{"out": out})
		}
		return a.working(cmd.Context(), a.config(), func(c *client.Connection) error {
			return a.writeNew(out, func(w io.Writer) error { return c.ReturnTemplate(cmd.Context(), p, w) })
		})
	}
	return cmd
}

func (a *app) returnSubmit() *cobra.Command {
	var r v1.SubmitReturn
	cmd := a.command("return-submit", &cobra.Command{Use: "submit FORM FILE [--period PERIOD]", Args: a.args(2, 2)})
	cmd.Flags().StringVar(&r.Period, "period", "", a.flag("period"))
	cmd.Flags().StringVar(&r.CutOff, "cut-off", "", a.flag("cut-off"))
	cmd.Flags().StringVar(&r.Reason, "reason", "", a.flag("revision-reason"))
	cmd.Flags().StringVar(&r.Note, "note", "", a.flag("note"))
	cmd.Flags().StringVar(&r.By, "by", whoami(), a.flag("signed-by"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		info, err := os.Stat(args[1])
		if err != nil {
			return ierr.Wrap(err, ierr.Invalid, "cli.file", ierr.Args{"path": args[1], "reason": err.Error()})
		}
		if info.Size() > v1.MaxReturn {
			return ierr.New(ierr.TooLarge, "returns.file_size", ierr.Args{"limit": v1.MaxReturn >> 20})
		}
		if r.File, err = os.ReadFile(args[1]); err != nil {
			return ierr.Wrap(err, ierr.Invalid, "cli.file", ierr.Args{"path": args[1], "reason": err.Error()})
		}
		if r.Format = "csv"; strings.EqualFold(filepath.Ext(args[1]), ".xlsx") {
			r.Format = "xlsx"
		}
		done, err := c.SubmitReturn(ctx, args[0], r)
		if err != nil {
			return err
		}
		return a.emitReturn(format, done)
	})
	return cmd
}

func (a *app) returnList() *cobra.Command {
	var p v1.ReturnsParams
	cmd := a.command("return-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.Flags().StringVar(&p.Form, "form", "", a.flag("return-form"))
	cmd.Flags().StringVar(&p.Period, "period", "", a.flag("period"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.Returns(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "return", number: true}, column{name: "form", wide: true}, column{name: "period"}, column{name: "revision", number: true},
				column{name: "outcome"}, column{name: "numbers", number: true}, column{name: "prepared"}, column{name: "approved"})
			s.empty = a.t("returns.none", nil)
			for _, r := range all.Returns {
				approved := ""
				if r.Approved != nil {
					approved = r.Approved.By
				}
				s.add(r.ID, r.Form.Label, r.Period, r.Revision, r.Status.Label, r.Numbers, r.Prepared.By, approved)
			}
			return s
		})
	})
	return cmd
}

func (a *app) returnShow() *cobra.Command {
	cmd := a.command("return-show", &cobra.Command{Use: "show RETURN", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		n, err := number(args)
		if err != nil {
			return err
		}
		r, err := c.Return(ctx, n)
		if err != nil {
			return err
		}
		return a.emitReturn(format, r)
	})
	return cmd
}

// returnSign makes a command that signs a return.
func (a *app) returnSign(name string, sign func(*client.Connection, context.Context, int64, v1.SignReturn) (*v1.ReturnDetail, error)) *cobra.Command {
	var x v1.SignReturn
	cmd := a.command("return-"+name, &cobra.Command{Use: name + " RETURN", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&x.By, "by", whoami(), a.flag("signed-by"))
	if name == "withdraw" {
		cmd.Flags().StringVar(&x.Reason, "reason", "", a.flag("reason"))
	}
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		n, err := number(args)
		if err != nil {
			return err
		}
		r, err := sign(c, ctx, n, x)
		if err != nil {
			return err
		}
		return a.emitReturn(format, r)
	})
	return cmd
}

// meant writes a number of a return with its qualifier in words.
func (a *app) meant(qualifier, n string) string {
	if qualifier != "" {
		return a.t("figure.qualifier."+qualifier, nil) + " " + n
	}
	return cmp.Or(n, "–")
}

// emitReturn prints a return with its numbers and signatures.
func (a *app) emitReturn(format string, r *v1.ReturnDetail) error {
	return a.emit(format, r, func() *sheet {
		s := a.sheet(v1.Mark{}, column{name: "figure", wide: true}, column{name: "name", wide: true}, column{name: "value", number: true}, column{name: "unit"},
			column{name: "qualifier"}, column{name: "note"}, column{name: "reason"})
		for _, v := range r.Values {
			s.add(v.Figure, v.Name, v.Value, v.Unit, v.Qualifier, v.Note, v.Reason)
		}
		s.notes = append(s.notes, a.t("returns.about", ierr.Args{
			"return": r.ID, "form": r.Form.Label, "period": r.Period, "revision": r.Revision, "status": r.Status.Label,
		}), a.t("returns.signed.prepared", ierr.Args{"by": r.Prepared.By, "at": moment(&r.Prepared.At), "hash": r.Prepared.Hash}))
		if x := r.Approved; x != nil {
			s.notes = append(s.notes, a.t("returns.signed.approved", ierr.Args{"by": x.By, "at": moment(&x.At), "hash": x.Hash}))
		}
		if w := r.Withdrawn; w != nil {
			s.notes = append(s.notes, a.t("returns.signed.withdrawn", ierr.Args{"by": w.By, "at": moment(&w.At), "reason": w.Reason}))
		}
		for _, c := range r.Changes {
			s.notes = append(s.notes, a.t("returns.changed", ierr.Args{
				"revision": r.Against.Revision, "name": c.Name, "before": a.meant(c.BeforeMeant, c.Before), "after": a.meant(c.AfterMeant, c.After), "difference": cmp.Or(c.Difference, "–"),
			}))
		}
		if r.Source != "" {
			s.notes = append(s.notes, a.t("returns.transcribed", ierr.Args{"edition": r.Source}))
		}
		return s
	})
}
