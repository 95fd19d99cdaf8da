package cli

import (
	"context"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

func (a *app) count() *cobra.Command {
	var p v1.CountParams
	var explain bool
	cmd := a.command("count", &cobra.Command{Use: "count [QUERY]", Args: a.args(0, -1)})
	flags := cmd.Flags()
	a.asOfFlags(flags, &p.AsOf)
	flags.StringVar(&p.By, "by", "", a.flag("by"))
	flags.StringVar(&p.Unit, "unit", "right", a.flag("unit"))
	flags.IntVar(&p.Limit, "limit", 1000, a.flag("rows"))
	flags.BoolVar(&explain, "explain", false, a.flag("explain"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Query = strings.Join(args, " ")
		counted, err := c.Count(ctx, p)
		if err != nil {
			return err
		}
		if !explain {
			counted.Understood = nil
		}
		return a.emit(format, counted, func() *sheet { return a.counts(counted) })
	})
	return cmd
}

func (a *app) counts(counted *v1.Count) *sheet {
	var columns []column
	for _, d := range counted.Dimensions {
		columns = append(columns, column{name: d.Name + "_code", title: d.Name, plain: true}, column{name: d.Name, title: d.Label})
	}
	s := a.sheet(counted.Mark, append(columns, column{name: "count", number: true})...)
	for _, r := range counted.Rows {
		var row []any
		for i := range counted.Dimensions {
			row = append(row, r.Codes[i], label(v1.Class{Code: r.Codes[i], Label: r.Labels[i]}))
		}
		s.add(append(row, r.Count)...)
	}
	if len(counted.Dimensions) == 0 {
		s.rows = [][]string{{strconv.FormatInt(counted.Total, 10)}}
		a.explained(s, counted.Query, counted.Understood, counted.Notes)
		return s
	}
	s.total = make([]string, len(s.columns))
	s.total[1] = a.t("cli.total", nil)
	s.total[len(s.total)-1] = strconv.FormatInt(counted.Total, 10)
	if counted.Cut {
		s.note(a.t("cli.count-cut", ierr.Args{"n": len(counted.Rows)}))
	}
	a.explained(s, counted.Query, counted.Understood, counted.Notes)
	return s
}
