package cli

import (
	"maps"
	"path/filepath"
	"strconv"

	"github.com/spf13/cobra"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
	"onewindow/internal/mapping"
	"onewindow/internal/source/tabular"
)

func (a *app) mappingCheck() *cobra.Command {
	var own, as string
	cmd := a.command("mapping-check", &cobra.Command{Use: "check FILE [--mapping FILE.yaml] [--as ID]", Args: a.args(1, 1)})
	cmd.Flags().StringVar(&own, "mapping", "", a.flag("mapping"))
	cmd.Flags().StringVar(&as, "as", "", a.flag("as"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		format, err := a.format(usual...)
		if err != nil {
			return err
		}
		library, err := mapping.Open(a.defs)
		if err != nil {
			return err
		}
		var given *tabular.Mapping
		if own != "" {
			text, err := readMapping(own)
			if err != nil {
				return err
			}
			if given, err = library.Parse(filepath.Base(own), []byte(text)); err != nil {
				return err
			}
		}
		r, err := library.Check(cmd.Context(), args[0], as, given)
		if err != nil {
			return err
		}
		findings := a.findings(r)
		return a.emit(format, findings, func() *sheet { return a.checked(r, findings) })
	}
	return cmd
}

// finding is one line of what a check found.
type finding struct {
	What  string `json:"what"` // read, rejected, flagged, format, kind, unread, reject, flag
	Name  string `json:"name,omitempty"`
	Label string `json:"label,omitempty"`
	N     int64  `json:"count,omitempty"`
	Place string `json:"sheet,omitempty"`
	Row   int64  `json:"row,omitempty"`
	Field string `json:"field,omitempty"`
	Raw   string `json:"raw,omitempty"`
}

// findings lists what a check found, sums first.
func (a *app) findings(r *mapping.Report) []finding {
	out := []finding{{What: "read", N: r.Read}, {What: "rejected", N: r.Rejected}, {What: "flagged", N: r.Flagged}}
	for _, list := range []struct {
		what   string
		counts []mapping.Count
	}{{"format", r.Formats}, {"kind", r.Kinds}, {"unread", r.Unread}} {
		for _, c := range list.counts {
			out = append(out, finding{What: list.what, Name: c.Name, Label: a.known(c.Name), N: c.N})
		}
	}
	for _, t := range r.Troubles {
		f := finding{What: "flag", Name: t.Code, Label: a.known("flag." + t.Code), Place: t.Place, Row: t.Row, Field: t.Field, Raw: t.Raw}
		if t.Reject {
			args := ierr.Args{}
			maps.Copy(args, t.Args)
			f.What, f.Label = "reject", a.t("reject."+t.Code, args)
		}
		out = append(out, f)
	}
	return out
}

// known returns the text of a key, "" where there is none.
func (a *app) known(key string) string {
	if a.say.Has(key) {
		return a.t(key, nil)
	}
	return ""
}

// checked lays findings out as a table.
func (a *app) checked(r *mapping.Report, findings []finding) *sheet {
	s := a.sheet(v1.Mark{}, column{name: "what"}, column{name: "count", number: true}, column{name: "sheet", plain: true}, column{name: "row"},
		column{name: "field"}, column{name: "text", wide: true}, column{name: "raw"})
	for _, f := range findings {
		text := f.Label
		switch {
		case text == "":
			text = f.Name
		}
		s.add(a.t("cli.check."+f.What, nil), nonzeroOr(f.N, f.Row), f.Place, nonzero(f.Row), f.Field, text, f.Raw)
	}
	if r.More > 0 {
		s.note(a.t("cli.check-more", ierr.Args{"n": r.More}))
	}
	return s
}

// nonzeroOr writes a count, nothing for a finding that stands in a row.
func nonzeroOr(n, row int64) string {
	if row > 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
