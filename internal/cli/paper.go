package cli

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

// paper is the group of commands about papers.
func (a *app) paper() *cobra.Command {
	cmd := a.command("paper", &cobra.Command{Use: "paper", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.paperList(), a.paperCheck(), a.paperPublish(), a.paperEditions(), a.paperDiff(), a.paperPack(), a.paperVerify())
	return cmd
}

func (a *app) paperList() *cobra.Command {
	cmd := a.command("paper-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		list, err := c.Papers(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, list, func() *sheet {
			s := a.sheet(list.Mark, column{name: "id"}, column{name: "title", wide: true}, column{name: "period"}, column{name: "languages"}, column{name: "tables", number: true}, column{name: "charts", number: true})
			for _, p := range list.Papers {
				s.add(p.ID, p.Title, p.Period, strings.Join(p.Languages, " "), p.Tables, p.Charts)
			}
			return s
		})
	})
	return cmd
}

func (a *app) paperCheck() *cobra.Command {
	cmd := a.command("paper-check", &cobra.Command{Use: "check ID", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		r, err := c.CheckPaper(ctx, args[0])
		if err != nil {
			return err
		}
		if err := a.emit(format, r, func() *sheet { return a.paperChecks(r) }); err != nil || len(r.Open) == 0 {
			return err
		}
		return ierr.New(ierr.Conflict, "paper.open", ierr.Args{"id": args[0], "n": len(r.Open)})
	})
	return cmd
}

// paperChecks lays out what is open and what is explained.
func (a *app) paperChecks(r *v1.PaperCheck) *sheet {
	s := a.sheet(r.Mark, column{name: "outcome"}, column{name: "where"}, column{name: "finding", wide: true})
	for _, f := range r.Open {
		s.add(a.t("check.status.open", nil), f.Where, f.Text)
	}
	for _, n := range r.Notes {
		s.add(a.t("check.status.explained", nil), n.ID, n.Text)
	}
	s.notes = append(s.notes, a.t("paper.summary", ierr.Args{
		"n": r.Figures, "relations": r.Relations, "claims": r.Claims, "explained": r.Explained, "open": len(r.Open), "seconds": fmt.Sprintf("%.1f", r.Seconds),
	}))
	return s
}
