package cli

import (
	"onewindow/internal/bench"
	"onewindow/internal/ierr"
)

// benchGrowth sets what was measured on the way beside what was measured at the end.
func (a *app) benchGrowth(r *bench.Report) benchSheet {
	s := a.figures("growth", "figure", "before", "after", "ratio", "unit")
	for _, g := range r.Growth() {
		ratio := ""
		if g.Before > 0 {
			ratio = figure(g.After / g.Before)
		}
		s.add(g.Name, a.t("bench.growth."+g.Name, nil), figure(g.Before), figure(g.After), ratio, a.t("bench.unit."+g.Unit, nil))
	}
	s.note(a.t("bench.grown", ierr.Args{"before": r.Before.Records, "after": r.Records}))
	return s
}

// benchHolders shows how the rights of parties were found.
func (a *app) benchHolders(h *bench.Holders) benchSheet {
	s := a.figures("holders", "question", "hits", "p50", "p99", "max")
	s.add(append([]any{"largest", a.t("bench.holders.largest", nil), h.Rights}, a.timesOf(h.Largest)...)...)
	s.add(append([]any{"all", a.t("bench.holders.all", ierr.Args{"n": h.Asked}), ""}, a.timesOf(h.All)...)...)
	return s
}
