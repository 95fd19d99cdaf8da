package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/client"
	"onewindow/internal/decimal"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/indicator/faulty"
)

// edition is the group of commands about editions as they were printed.
func (a *app) edition() *cobra.Command {
	cmd := a.command("edition", &cobra.Command{Use: "edition", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.editionCheck(), a.editionFaults())
	return cmd
}

// printed reads a printed edition and what it is checked with: its id begins with
// that of its region.
func (a *app) printed(id string) (set *indicator.Set, e *indicator.Edition, sources *indicator.Book, err error) {
	regionID, _, _ := strings.Cut(id, "-")
	set, pack, err := a.indicators(regionID)
	if err != nil {
		return nil, nil, nil, err
	}
	if e, err = indicator.LoadEdition(a.defs, id); err != nil {
		return nil, nil, nil, err
	}
	return set, e, set.Residents(pack, e.Book), nil
}

// counted adds to the sources of record what the register of the data folder says,
// where that is asked for.
func (a *app) counted(ctx context.Context, wanted bool, id string, sources *indicator.Book) (*indicator.Book, error) {
	if !wanted {
		return sources, nil
	}
	all := slices.Clone(sources.Observations())
	err := a.working(ctx, a.config(), func(c *client.Connection) error {
		counted, err := c.CountedEdition(ctx, id)
		if err != nil {
			return err
		}
		for _, f := range counted.Figures {
			r, err := indicator.ParseRef(f.Figure)
			if err != nil {
				return err
			}
			n, places, err := decimal.Parse(f.Value)
			if err != nil {
				return err
			}
			all = append(all, indicator.Observation{Ref: r, Value: n, Places: places, Where: f.Query})
		}
		return nil
	})
	return indicator.NewBook(all), err
}

func (a *app) editionCheck() *cobra.Command {
	var all, counted bool
	cmd := a.command("edition-check", &cobra.Command{Use: "check ID [--all] [--counted]", Args: a.args(1, 1)})
	cmd.Flags().BoolVar(&counted, "counted", false, a.flag("edition-counted"))
	cmd.Flags().BoolVar(&all, "all", false, a.flag("edition-all"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		set, e, sources, err := a.printed(args[0])
		if err != nil {
			return err
		}
		if sources, err = a.counted(cmd.Context(), counted, args[0], sources); err != nil {
			return err
		}
		results := set.Check(e.Book, sources, e.Notes)
		return a.emit(format, results, func() *sheet { return a.checks(set, results, all) })
	}
	return cmd
}

// checks lays results out: what does not hold first, what passed only on demand.
func (a *app) checks(set *indicator.Set, results []indicator.Result, all bool) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "outcome"}, column{name: "check"}, column{name: "figure", wide: true}, column{name: "where"},
		column{name: "stated", number: true}, column{name: "follows", number: true}, column{name: "finding", wide: true})
	count := map[indicator.Status]int{}
	for _, status := range []indicator.Status{indicator.Open, indicator.Explained, indicator.Passed} {
		for i := range results {
			r := &results[i]
			if r.Status != status {
				continue
			}
			count[status]++
			if status != indicator.Passed || all {
				s.add(a.t("check.status."+string(status), nil), a.t("check.rule."+string(r.Rule), nil), r.Of, r.Where, r.Stated, r.Follow, a.found(set, r))
			}
		}
	}
	s.notes = append(s.notes, a.t("check.summary", ierr.Args{
		"n": len(results), "passed": count[indicator.Passed], "explained": count[indicator.Explained], "open": count[indicator.Open],
	}))
	return s
}

// found says what a check found, in the reader's language.
func (a *app) found(set *indicator.Set, r *indicator.Result) string {
	if r.Note != nil {
		return a.named(r.Note.Text)
	}
	text := r.Text
	if u := set.Units[text]; u != nil {
		text = a.named(u.Names)
	} else if b := set.Bases[text]; b != nil {
		text = a.named(b)
	}
	return a.t("check.found."+r.Says, ierr.Args{"difference": r.Difference().String(), "text": text})
}

func (a *app) editionFaults() *cobra.Command {
	var n int
	var seed uint64
	var counted bool
	cmd := a.command("edition-faults", &cobra.Command{Use: "faults ID [--editions N] [--seed N] [--counted]", Args: a.args(1, 1)})
	cmd.Flags().BoolVar(&counted, "counted", false, a.flag("edition-counted"))
	cmd.Flags().IntVar(&n, "editions", 200, a.flag("edition-faults"))
	cmd.Flags().Uint64Var(&seed, "seed", 1, a.flag("edition-seed"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		if n < 1 || n > 100_000 {
			return ierr.New(ierr.Invalid, "edition.number", ierr.Args{"limit": 100_000})
		}
		set, e, sources, err := a.printed(args[0])
		if err != nil {
			return err
		}
		if sources, err = a.counted(cmd.Context(), counted, args[0], sources); err != nil {
			return err
		}
		r := faulty.Measure(set, e, sources, n, seed)
		return a.emit(format, r, func() *sheet { return a.faults(r) })
	}
	return cmd
}

// faults lays the measurement of the checks out.
func (a *app) faults(r faulty.Report) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "fault", wide: true}, column{name: "can_befall", number: true}, column{name: "tied", number: true}, column{name: "faults", number: true},
		column{name: "caught", number: true}, column{name: "inside", number: true}, column{name: "inside_caught", number: true}, column{name: "hidden", number: true})
	var sum faulty.Tally
	for _, k := range r.Kinds {
		s.add(a.t("fault."+string(k.Kind), nil), k.Of, k.Tied, k.Faults, k.Caught, k.Inside, k.Found, k.Hidden)
		sum.Faults, sum.Caught, sum.Inside, sum.Found, sum.Hidden = sum.Faults+k.Faults, sum.Caught+k.Caught, sum.Inside+k.Inside, sum.Found+k.Found, sum.Hidden+k.Hidden
	}
	s.total = texts([]any{a.t("fault.all", nil), "", "", sum.Faults, sum.Caught, sum.Inside, sum.Found, sum.Hidden})
	s.notes = append(s.notes, a.t("fault.figures", ierr.Args{"n": r.Figures, "tied": r.Tied, "open": r.Open}))
	return s
}
