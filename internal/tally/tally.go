// Package tally counts records for figures: what a definition asks for, in one state
// of the register, and only where a source answers for its being complete.
package tally

import (
	"context"

	"onewindow/internal/coverage"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// The dimensions of counts by which reporting units are told apart.
const (
	byCity   = "region"
	byCounty = "county"
)

// Counter counts in one state of the register. It implements indicator.Counter; who
// opens it has to Close it.
type Counter struct {
	pinned *find.Pinned
	finder *find.Finder
	judge  *coverage.Judge
	whole  string
	reason func(coverage.Verdict) map[string]string
}

// Open holds the state that a time names, the present one for the zero time. reason
// says in every language why a count is no figure.
func Open(ctx context.Context, f *find.Finder, j *coverage.Judge, pack *region.Pack, at register.AsOf, reason func(coverage.Verdict) map[string]string) (*Counter, error) {
	p, err := f.Pin(ctx, find.Public(), at)
	if err != nil {
		return nil, err
	}
	return &Counter{pinned: p, finder: f, judge: j, whole: pack.Code(), reason: reason}, nil
}

// Close ends the holding of the state.
func (c *Counter) Close() { c.pinned.Release() }

// State returns the state that is counted in.
func (c *Counter) State() int64 { return c.pinned.State() }

// Rows lists the rights that Tally counts, with their codes.
func (c *Counter) Rows(ctx context.Context, query string, counties bool, by []string, fn func(right int64, codes []string) error) error {
	first := byCity
	if counties {
		first = byCounty
	}
	return c.pinned.Each(ctx, find.CountRequest{Query: c.within(query), By: append([]string{first}, by...)}, fn)
}

// within limits a query to the region.
func (c *Counter) within(query string) string { return "(" + query + ") and region=" + c.whole }

// Tally counts rights of a query within the region by city, or by county, and by other
// dimensions. Where no source declares on the day that everything is there, the table
// has a reason and no rows.
func (c *Counter) Tally(ctx context.Context, query string, on date.Date, counties bool, by []string) (indicator.Tally, error) {
	out := indicator.Tally{State: c.State()}
	query = c.within(query)
	q, err := c.finder.Parse(query)
	if err != nil {
		return out, err
	}
	v, err := c.judge.Of(ctx, q.Root, c.State(), on)
	if err != nil {
		return out, err
	}
	if !v.Figure {
		out.Gap = &indicator.Reason{Code: "coverage", Text: c.reason(v)}
		return out, nil
	}
	for _, d := range v.By {
		out.Covered = append(out.Covered, d.ID)
	}
	first := byCity
	if counties {
		first = byCounty
	}
	t, err := c.pinned.Count(ctx, find.CountRequest{Query: query, By: append([]string{first}, by...)})
	if err != nil {
		return out, err
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, indicator.TallyRow{Codes: row.Codes, N: row.Count})
	}
	return out, nil
}
