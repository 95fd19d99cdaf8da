package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) figure() *cobra.Command {
	var p v1.FigureParams
	var parts []string
	var explain bool
	cmd := a.command("figure", &cobra.Command{Use: "figure INDICATOR --period PERIOD", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&p.Region, "region", "", a.flag("figure-region"))
	cmd.Flags().StringVar(&p.Period, "period", "", a.flag("period"))
	cmd.Flags().StringArrayVar(&parts, "part", nil, a.flag("figure-part"))
	cmd.Flags().StringVar(&p.View, "view", "", a.flag("figure-view"))
	cmd.Flags().Int64Var(&p.State, "state", 0, a.flag("figure-state"))
	cmd.Flags().Int64Var(&p.Approval, "approval", 0, a.flag("figure-approval"))
	cmd.Flags().BoolVar(&explain, "explain", false, a.flag("figure-explain"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Indicator, p.Parts = args[0], strings.Join(parts, ";")
		f, err := c.Figure(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, f, func() *sheet { return a.figureSheet(f, explain) })
	})
	return cmd
}

// figureSheet lays a figure out: its number, or why there is none; on demand what it
// means and what it rests on, inputs indented below.
func (a *app) figureSheet(f *v1.Figure, explain bool) *sheet {
	s := a.sheet(v1.Mark{Sample: f.Sample}, column{name: "what"}, column{name: "value", wide: true})
	a.figureLines(s, f, "", explain)
	return s
}

func (a *app) figureLines(s *sheet, f *v1.Figure, indent string, explain bool) {
	add := func(what, text string) {
		if text != "" {
			s.add(indent+a.t("figure.what."+what, nil), text)
		}
	}
	add("name", f.Name)
	if f.Value == "" {
		add("value", a.t("figure.none", ierr.Args{"reason": f.Absent}))
	} else {
		value := f.Value + " " + f.Unit.Label
		if f.Qualifier != "" {
			value = a.t("figure.qualifier."+f.Qualifier, nil) + " " + value
		}
		add("value", value)
	}
	if !explain {
		return
	}
	add("figure", f.Figure)
	add("about", f.About)
	add("basis", f.Basis)
	add("method", f.Method)
	add("exact", f.Exact)
	add("origin", f.Origin.Label)
	if f.Reported {
		add("reported", a.t("figure.reported", nil))
	}
	add("vintage", f.Vintage)
	add("query", f.Query)
	add("records", f.Records)
	add("command", f.Command)
	add("complete", f.Complete)
	add("on", f.On)
	if f.Return != 0 {
		add("return", a.t("figure.return", ierr.Args{"return": f.Return}))
	}
	add("source", f.Source)
	if x := f.Signed; x != nil {
		add("prepared", x.PreparedBy)
		add("approved", x.ApprovedBy+", "+moment(&x.ApprovedAt))
		add("hash", x.Hash)
	}
	add("definition", f.Definition)
	if f.State > 0 && indent == "" {
		add("state", a.t("figure.rests", ierr.Args{"state": f.State, "approval": f.Approval}))
	}
	if b := f.Beside; b != nil {
		add("beside", a.t("figure.beside", ierr.Args{"value": b.Value, "origin": b.Origin.Label, "difference": b.Difference}))
	}
	for i := range f.Inputs {
		a.figureLines(s, &f.Inputs[i], indent+"  ", explain)
	}
}
