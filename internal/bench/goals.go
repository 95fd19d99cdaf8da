package bench

// Goal is a figure with what it should reach on two processors, over a million
// records; the goals of parties hold over five million too.
type Goal struct {
	Name  string  `json:"name"` // bench.goal.<name> is its message
	Value float64 `json:"value"`
	Unit  string  `json:"unit"` // bench.unit.<unit> is its message
	Bound float64 `json:"bound"`
	Most  bool    `json:"most"` // Bound is the most; else the least
}

// Met tells whether the goal was reached.
func (g *Goal) Met() bool {
	if g.Most {
		return g.Value <= g.Bound
	}
	return g.Value >= g.Bound
}

// Goals returns the figures that have one, as far as they were measured.
func (r *Report) Goals() []Goal {
	const gib = 1 << 30
	goals := []Goal{{"build", r.Build.Rate, "records", 15_000, false}}
	if r.Files != nil {
		goals = append(goals, Goal{"files", r.Files.LoadRate, "rows", 20_000, false})
	}
	if r.Build.PeakBytes > 0 {
		goals = append(goals, Goal{"memory", float64(max(r.Build.PeakBytes, r.AskPeakBytes)) / gib, "gib", 2, true})
	}
	if r.Holders != nil {
		goals = append(goals, Goal{"holders", r.Holders.All.P99, "ms", 20, true}, Goal{"largest", r.Holders.Largest.P99, "ms", 20, true})
	}
	if r.Matching != nil {
		goals = append(goals, Goal{"matching", r.Matching.Seconds, "s", 60, true})
	}
	return append(goals,
		Goal{"p50", r.Mix.All.P50, "ms", 3, true},
		Goal{"p99", r.Mix.All.P99, "ms", 25, true},
		Goal{"counts", r.Counts.Worst().P50, "ms", 20, true},
		Goal{"open", r.OpenSeconds, "s", 1, true})
}
