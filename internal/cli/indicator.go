package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

// indicator is the group of commands about what indicators mean. They work on the
// definitions and need no data folder.
func (a *app) indicator() *cobra.Command {
	cmd := a.command("indicator", &cobra.Command{Use: "indicator", RunE: group, Args: cobra.ArbitraryArgs})
	cmd.AddCommand(a.indicatorList(), a.indicatorShow(), a.indicatorTest())
	return cmd
}

// indicators reads the definitions for a region; without one, for the first that
// there is.
func (a *app) indicators(id string) (*indicator.Set, *region.Pack, error) {
	id, err := a.demoRegion(id)
	if err != nil {
		return nil, nil, err
	}
	pack, err := region.Load(a.defs, id)
	if err != nil {
		return nil, nil, err
	}
	set, err := indicator.Load(a.defs, pack)
	return set, pack, err
}

// named returns a text in the reader's language, in another where it is not there.
func (a *app) named(names map[string]string) string {
	if s := names[a.say.Lang()]; s != "" {
		return s
	}
	for _, lang := range a.catalogs.Langs() {
		if names[lang] != "" {
			return names[lang]
		}
	}
	return ""
}

func (a *app) indicatorList() *cobra.Command {
	var regionID string
	cmd := a.command("indicator-list", &cobra.Command{Use: "list [WORD]", Args: a.args(0, 1)})
	cmd.Flags().StringVar(&regionID, "region", "", a.flag("indicator-region"))
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		set, _, err := a.indicators(regionID)
		if err != nil {
			return err
		}
		type entry struct {
			ID   string         `json:"id"`
			Name string         `json:"name"`
			Unit string         `json:"unit"`
			Kind indicator.Kind `json:"kind"`
		}
		all := []entry{}
		s := a.sheet(v1.Mark{}, column{name: "id", wide: true}, column{name: "indicator", wide: true}, column{name: "unit"}, column{name: "kind"})
		for _, d := range set.Definitions {
			e := entry{d.ID, a.named(d.Names), a.named(set.Units[d.Unit].Names), d.Kind}
			if len(args) > 0 && !strings.Contains(strings.ToLower(e.ID+" "+e.Name), strings.ToLower(args[0])) {
				continue
			}
			all = append(all, e)
			s.add(e.ID, e.Name, e.Unit, a.t("indicator.kind."+string(e.Kind), nil))
		}
		return a.emit(format, all, func() *sheet { return s })
	}
	return cmd
}

func (a *app) indicatorShow() *cobra.Command {
	var regionID string
	cmd := a.command("indicator-show", &cobra.Command{Use: "show ID", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&regionID, "region", "", a.flag("indicator-region"))
	cmd.RunE = func(_ *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		set, _, err := a.indicators(regionID)
		if err != nil {
			return err
		}
		d := set.Definition(args[0])
		if d == nil {
			return ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": args[0]})
		}
		facts := a.aboutIndicator(set, d)
		return a.emit(format, facts, func() *sheet {
			s := a.sheet(v1.Mark{}, column{name: "what"}, column{name: "value", wide: true})
			for _, f := range facts {
				s.add(f.Label, f.Text)
			}
			return s
		})
	}
	return cmd
}

// fact is one line about an indicator.
type fact struct {
	What  string `json:"what"`
	Label string `json:"label"`
	Text  string `json:"text"`
}

// aboutIndicator tells what a definition says.
func (a *app) aboutIndicator(set *indicator.Set, d *indicator.Definition) []fact {
	var out []fact
	add := func(what, text string) {
		if text != "" {
			out = append(out, fact{what, a.t("indicator.fact."+what, nil), text})
		}
	}
	add("id", d.ID)
	add("name", a.named(d.Names))
	add("about", a.named(d.About))
	add("unit", a.named(set.Units[d.Unit].Names))
	add("kind", a.t("indicator.kind."+string(d.Kind), nil))
	if d.Basis != "" {
		add("basis", a.named(set.Bases[d.Basis]))
	}
	for _, m := range d.Dimensions {
		list := set.Codelists[m.Codelist]
		var codes []string
		for _, c := range list.Codes {
			codes = append(codes, a.named(c.Names))
		}
		add("dimension", a.t("indicator.parts."+string(m.Parts), ierr.Args{"dimension": m.ID, "name": a.named(list.Names), "codes": strings.Join(codes, a.t("indicator.and", nil))}))
	}
	if sc := set.Schemes[d.Rows]; sc != nil {
		add("rows", a.named(sc.Names))
	}
	if d.Of != nil {
		add("ratio", a.t("indicator.ratio", ierr.Args{"numerator": d.Of.Numerator, "denominator": d.Of.Denominator}))
	}
	add("sum", strings.Join(d.Sum, " + "))
	add("at_most", strings.Join(d.AtMost, ", "))
	for _, x := range d.Absent {
		add("absent", a.named(x.Reason))
	}
	return slices.Clip(out)
}
