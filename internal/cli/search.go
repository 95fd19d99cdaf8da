package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/ierr"
)

// asOfFlags adds the flags that choose the time asked about.
func (a *app) asOfFlags(flags *pflag.FlagSet, to *v1.AsOf) {
	flags.StringVar(&to.On, "on", "", a.flag("on"))
	flags.StringVar(&to.Known, "known", "", a.flag("known"))
}

func (a *app) search() *cobra.Command {
	var p v1.SearchParams
	var explain bool
	var out string
	cmd := a.command("search", &cobra.Command{Use: "search [QUERY]", Args: a.args(0, -1)})
	flags := cmd.Flags()
	a.asOfFlags(flags, &p.AsOf)
	flags.StringVar(&p.Unit, "unit", "right", a.flag("unit"))
	flags.StringVar(&p.Sort, "sort", "", a.flag("sort"))
	flags.IntVar(&p.Offset, "offset", 0, a.flag("offset"))
	flags.IntVar(&p.Limit, "limit", 20, a.flag("limit"))
	flags.StringVar(&p.Facets, "facets", "", a.flag("facets"))
	flags.BoolVar(&explain, "explain", false, a.flag("explain"))
	flags.StringVar(&out, "out", "", a.flag("out"))
	cmd.RunE = a.ask(append(usual[:3:3], "ndjson", "xlsx", "st96"), func(ctx context.Context, c *client.Connection, args []string, format string) error {
		p.Query = strings.Join(args, " ")
		if out != "" || !slices.Contains(usual, format) {
			return a.export(ctx, c, p, format, out, flags.Changed("limit"))
		}
		if err := checkSearch(p); err != nil {
			return err
		}
		found, err := c.Search(ctx, p)
		if err != nil {
			return err
		}
		if !explain {
			found.Understood = nil
		}
		return a.emit(format, found, func() *sheet {
			s := a.hits(found)
			if found.Total == 0 {
				s.empty = a.t("cli.found-nothing", nil)
				a.hint(ctx, c, s, found.Query)
			}
			return s
		})
	})
	return cmd
}

func (a *app) hits(found *v1.Search) *sheet {
	s := a.sheet(found.Mark,
		column{name: "publication"}, column{name: "record", plain: true}, column{name: "application", plain: true},
		column{name: "published"}, column{name: "filed", plain: true},
		column{name: "kind_code", plain: true}, column{name: "kind"},
		column{name: "region_code", plain: true}, column{name: "region"},
		column{name: "holder_type_code", plain: true}, column{name: "holder_type", plain: true},
		column{name: "title"}, column{name: "principal"})
	for _, h := range found.Hits {
		s.add(h.Publication, h.Record, h.Application, h.Published, h.Filed, h.Kind.Code, label(h.Kind),
			h.Region.Code, label(h.Region), h.HolderType.Code, label(h.HolderType), h.Title, h.Principal)
	}
	for _, f := range found.Facets {
		parts := make([]string, len(f.Values))
		for i, v := range f.Values {
			parts[i] = label(v1.Class{Code: v.Code, Label: v.Label}) + " " + a.say.Number(v.Count)
		}
		s.note(a.t("cli.facet", ierr.Args{"name": f.Label, "values": parts}))
	}
	switch {
	case found.Total == 0:
	case len(found.Hits) == 0:
		s.note(a.t("cli.found-none."+found.Unit, ierr.Args{"n": found.Total}))
	default:
		s.note(a.t("cli.found."+found.Unit, ierr.Args{"n": found.Total, "first": found.Offset + 1, "last": found.Offset + len(found.Hits)}))
	}
	a.coverage(s, found.Coverage, false)
	a.explained(s, found.Query, found.Understood, found.Notes)
	return s
}

// explained adds how a query was understood where that was asked for, and what
// was guessed in any case.
func (a *app) explained(s *sheet, query string, steps []v1.Step, notes []string) {
	s.notes = append(s.notes, notes...)
	if len(steps) == 0 {
		return
	}
	s.note(a.t("cli.understood", ierr.Args{"query": query}))
	for _, step := range steps {
		s.note(strings.Repeat("  ", step.Depth+1) + step.Text)
	}
}
