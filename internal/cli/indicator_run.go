package cli

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strconv"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/indicator/rehearsal"
	"onewindow/internal/region"
	"onewindow/internal/server"
)

// rehearsed is what became of one evaluation of a test, for answers in JSON.
type rehearsed struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Figure string `json:"figure"`
	Want   string `json:"want"`
	Got    string `json:"got"`
	Passed bool   `json:"passed"`
}

func (a *app) indicatorTest() *cobra.Command {
	var regionID string
	cmd := a.command("indicator-test", &cobra.Command{Use: "test [ID...]", Args: cobra.ArbitraryArgs})
	cmd.Flags().StringVar(&regionID, "region", "", a.flag("indicator-region"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		set, pack, err := a.indicators(regionID)
		if err != nil {
			return err
		}
		scripts, err := a.rehearsals(args)
		if err != nil {
			return err
		}
		all, failed := []rehearsed{}, 0
		for _, s := range scripts {
			outcomes, err := a.rehearse(cmd.Context(), set, pack, s)
			if err != nil {
				return err
			}
			for _, o := range outcomes {
				if !o.Passed() {
					failed++
				}
				all = append(all, rehearsed{s.File, o.Line, o.Ref.String(), o.Want.String(), o.Got.String(), o.Passed()})
			}
		}
		if err := a.emit(format, all, func() *sheet { return a.rehearsalSheet(all, len(scripts), failed) }); err != nil || failed == 0 {
			return err
		}
		return ierr.New(ierr.Conflict, "indicator.test-failed", ierr.Args{"n": failed})
	}
	return cmd
}

// rehearsals reads the tests of the definitions named, all where none is.
func (a *app) rehearsals(ids []string) ([]*rehearsal.Script, error) {
	files, err := fs.Glob(a.defs, indicator.Folder+"/*.test")
	if err != nil {
		return nil, err
	}
	if len(ids) > 0 {
		files = nil
		for _, id := range ids {
			files = append(files, path.Join(indicator.Folder, id+".test"))
		}
	}
	var out []*rehearsal.Script
	var faults []error
	for _, f := range files {
		src, err := fs.ReadFile(a.defs, f)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, ierr.New(ierr.NotFound, "indicator.no-test", ierr.Args{"file": f})
		}
		if err != nil {
			return nil, err
		}
		s, err := rehearsal.Parse(f, src)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		out = append(out, s)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "indicator.test-faults", ierr.Args{"reason": err.Error()})
	}
	return out, nil
}

// rehearse runs one test: with a register of its own where it lays out rows.
func (a *app) rehearse(ctx context.Context, set *indicator.Set, pack *region.Pack, s *rehearsal.Script) ([]rehearsal.Outcome, error) {
	if len(s.Tables) > 0 {
		return server.Rehearse(ctx, a.config(), pack.ID(), s)
	}
	e := indicator.NewEvaluator(set, pack)
	e.Reporter = s.Reporter()
	return s.Run(ctx, e)
}

// rehearsalSheet lists what did not come out as expected, and how much did.
func (a *app) rehearsalSheet(all []rehearsed, tests, failed int) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "place", wide: true}, column{name: "figure", wide: true}, column{name: "expected"}, column{name: "got"})
	for _, o := range all {
		if !o.Passed {
			s.add(o.File+":"+strconv.Itoa(o.Line), o.Figure, o.Want, o.Got)
		}
	}
	s.notes = append(s.notes, a.t("indicator.tested", ierr.Args{"n": tests, "figures": len(all), "failed": failed}))
	return s
}
