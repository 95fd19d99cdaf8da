package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
)

func (a *app) saved() *cobra.Command {
	cmd := a.command("saved", &cobra.Command{Use: "saved", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.savedAdd(), a.savedList(), a.savedShow(), a.savedRun(), a.savedRevise(), a.savedRemove())
	return cmd
}

func (a *app) savedAdd() *cobra.Command {
	var s v1.SaveSearch
	cmd := a.command("saved-add", &cobra.Command{Use: "add TITLE QUERY", Args: a.args(2, -1)})
	a.savedFlags(cmd, &s)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		s.Title, s.Query, s.Author = args[0], strings.Join(args[1:], " "), author(s.Author)
		x, err := c.SaveSearch(ctx, s)
		return a.emitSaved(format, x, err)
	})
	return cmd
}

func (a *app) savedRevise() *cobra.Command {
	var s v1.SaveSearch
	cmd := a.command("saved-revise", &cobra.Command{Use: "revise ID TITLE QUERY", Args: a.args(3, -1)})
	a.savedFlags(cmd, &s)
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		s.Title, s.Query = args[1], strings.Join(args[2:], " ")
		x, err := c.ReviseSearch(ctx, args[0], s)
		return a.emitSaved(format, x, err)
	})
	return cmd
}

func (a *app) savedFlags(cmd *cobra.Command, s *v1.SaveSearch) {
	cmd.Flags().StringVar(&s.Sort, "sort", "", a.flag("sort"))
	cmd.Flags().StringVar(&s.Unit, "unit", "", a.flag("unit"))
	cmd.Flags().StringVar(&s.Author, "author", "", a.flag("author"))
}

func (a *app) savedList() *cobra.Command {
	cmd := a.command("saved-list", &cobra.Command{Use: "list", Args: a.args(0, 0)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, _ []string, format string) error {
		all, err := c.SavedSearches(ctx)
		if err != nil {
			return err
		}
		return a.emit(format, all, func() *sheet { return a.savedSheet(all.Searches) })
	})
	return cmd
}

func (a *app) savedShow() *cobra.Command {
	return a.savedAct("show", (*client.Connection).SavedSearch)
}

func (a *app) savedRemove() *cobra.Command {
	return a.savedAct("remove", (*client.Connection).WithdrawSearch)
}

// savedAct makes a command about the search with an id.
func (a *app) savedAct(name string, act func(*client.Connection, context.Context, string) (*v1.SavedSearch, error)) *cobra.Command {
	cmd := a.command("saved-"+name, &cobra.Command{Use: name + " ID", Args: a.args(1, 1)})
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		x, err := act(c, ctx, args[0])
		return a.emitSaved(format, x, err)
	})
	return cmd
}

// savedRun asks what is kept, as of now.
func (a *app) savedRun() *cobra.Command {
	var p v1.SearchParams
	cmd := a.command("saved-run", &cobra.Command{Use: "run ID", Args: a.args(1, 1)})
	cmd.Flags().IntVar(&p.Limit, "limit", 20, a.flag("limit"))
	cmd.Flags().IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	cmd.RunE = a.ask(usual, func(ctx context.Context, c *client.Connection, args []string, format string) error {
		x, err := c.SavedSearch(ctx, args[0])
		if err != nil {
			return err
		}
		p.Query, p.Sort, p.Unit = x.Query, x.Sort, x.Unit
		if p.Unit == "" {
			p.Unit = "right"
		}
		if err := checkSearch(p); err != nil {
			return err
		}
		found, err := c.Search(ctx, p)
		if err != nil {
			return err
		}
		return a.emit(format, found, func() *sheet { return a.hits(found) })
	})
	return cmd
}

// emitSaved prints a search as it is after an act.
func (a *app) emitSaved(format string, x *v1.SavedSearch, err error) error {
	if err != nil {
		return err
	}
	return a.emit(format, x, func() *sheet { return a.savedSheet([]v1.SavedSearch{*x}) })
}

func (a *app) savedSheet(all []v1.SavedSearch) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "id", wide: true}, column{name: "title", wide: true}, column{name: "query", wide: true},
		column{name: "sort", plain: true}, column{name: "unit", plain: true}, column{name: "by"}, column{name: "body", plain: true},
		column{name: "changed"}, column{name: "path", wide: true})
	s.empty = a.t("cli.none.saved", nil)
	for _, x := range all {
		s.add(x.ID, x.Title, x.Query, x.Sort, x.Unit, x.By, x.Body, moment(&x.Changed), x.Path)
	}
	return s
}
