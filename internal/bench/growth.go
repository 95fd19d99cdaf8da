package bench

// Grown is one figure on the way and at the end.
type Grown struct {
	Name          string  // bench.growth.<name> is its message
	Before, After float64 // 0 where it was not measured
	Unit          string  // bench.unit.<unit> is its message
}

// Growth returns how figures grew with the records, none where nothing was
// measured on the way.
func (r *Report) Growth() []Grown {
	if r.Before == nil {
		return nil
	}
	var out []Grown
	b, a := r.Before.grown(), r.Figures.grown()
	for i := range a {
		out = append(out, Grown{a[i].Name, b[i].After, a[i].After, a[i].Unit})
	}
	return out
}

// grown lists figures in After, always the same ones.
func (f *Figures) grown() []Grown {
	const mb, gib = 1e6, 1 << 30
	g := func(name string, v float64, unit string) Grown { return Grown{name, 0, v, unit} }
	out := []Grown{
		g("rate", f.Build.LastRate, "records"),
		g("register", float64(f.Build.Size.Register)/mb, "mb"),
		g("index", float64(f.Build.Size.Index)/mb, "mb"),
		g("columns", float64(f.Build.Size.Columns)/mb, "mb"),
		g("parties", float64(f.Build.Size.Parties)/mb, "mb"),
		g("peak", float64(f.Build.PeakBytes)/gib, "gib"),
		g("ask-peak", float64(f.AskPeakBytes)/gib, "gib"),
		g("open", f.OpenSeconds, "s"),
		g("p50", f.Mix.All.P50, "ms"),
		g("p99", f.Mix.All.P99, "ms"),
		g("views", f.Mix.Views.P50, "ms"),
		g("counts", f.Counts.Worst().P50, "ms"),
	}
	if f.Wider != nil && f.Holders != nil {
		out = append(out, g("wider-p50", f.Wider.All.P50, "ms"), g("wider-p99", f.Wider.All.P99, "ms"),
			g("resolving", f.Build.Resolving, "s"),
			g("holders", f.Holders.All.P50, "ms"), g("holders-p99", f.Holders.All.P99, "ms"), g("largest", f.Holders.Largest.P50, "ms"))
	}
	return out
}
