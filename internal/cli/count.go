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
	var explain, share bool
	cmd := a.command("count", &cobra.Command{Use: "count [QUERY]", Args: a.args(0, -1)})
	flags := cmd.Flags()
	a.asOfFlags(flags, &p.AsOf)
	flags.StringVar(&p.By, "by", "", a.flag("by"))
	flags.StringVar(&p.Unit, "unit", "right", a.flag("unit"))
	flags.IntVar(&p.Limit, "limit", 1000, a.flag("rows"))
	flags.StringVar(&p.Sort, "sort", "code", a.flag("sort-count"))
	flags.BoolVar(&share, "share", false, a.flag("share"))
	flags.BoolVar(&explain, "explain", false, a.flag("explain"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Query = strings.Join(args, " ")
		if p.Sort != "code" && p.Sort != "count" {
			return ierr.New(ierr.Invalid, "cli.choice", ierr.Args{"flag": "sort", "value": p.Sort, "known": []string{"code", "count"}})
		}
		if err := within("cli.range", "limit", p.Limit, 1, v1.MaxRows); err != nil {
			return err
		}
		counted, err := c.Count(ctx, p)
		if err != nil {
			return err
		}
		if !explain {
			counted.Understood = nil
		}
		return a.emit(format, counted, func() *sheet { return a.counts(counted, share) })
	})
	return cmd
}

// counts lays a table of counts out, with each row's share of the total where
// that is wanted.
func (a *app) counts(counted *v1.Count, share bool) *sheet {
	var columns []column
	for _, d := range counted.Dimensions {
		columns = append(columns, column{name: d.Name + "_code", title: d.Name, plain: true}, column{name: d.Name, title: d.Label})
	}
	columns = append(columns, column{name: "count", number: true}, column{name: "figure", plain: true})
	if share = share && len(counted.Dimensions) > 0; share {
		columns = append(columns, column{name: "share", plain: true, number: true}, column{name: "share_percent", title: a.t("cli.column.share", nil), number: true, table: true})
	}
	s := a.sheet(counted.Mark, columns...)
	for _, r := range counted.Rows {
		var row []any
		for i := range counted.Dimensions {
			row = append(row, r.Codes[i], label(v1.Class{Code: r.Codes[i], Label: r.Labels[i]}))
		}
		row = append(row, r.Count, counted.Coverage.Figure)
		if share {
			part := float64(r.Count) / float64(max(counted.Total, 1))
			row = append(row, strconv.FormatFloat(part, 'f', 6, 64), a.say.Percent(part))
		}
		s.add(row...)
	}
	if len(counted.Dimensions) == 0 {
		s.rows = [][]string{{strconv.FormatInt(counted.Total, 10), strconv.FormatBool(counted.Coverage.Figure)}}
		a.coverage(s, counted.Coverage, true)
		a.explained(s, counted.Query, counted.Understood, counted.Notes)
		return s
	}
	s.total = make([]string, len(s.columns))
	s.total[1] = a.t("cli.total", nil)
	s.total[2*len(counted.Dimensions)] = strconv.FormatInt(counted.Total, 10)
	if counted.Cut {
		s.note(a.t("cli.count-cut", ierr.Args{"n": len(counted.Rows)}))
	}
	a.coverage(s, counted.Coverage, true)
	a.explained(s, counted.Query, counted.Understood, counted.Notes)
	return s
}
