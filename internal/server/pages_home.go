package server

import (
	"context"

	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/web"
)

// Overview tells what the register holds as a whole.
func (p pages) Overview(ctx context.Context, lang string) (web.Overview, error) {
	all, err := p.finder.Search(ctx, find.Public(), find.Request{Lang: lang, Facets: []string{"kind", "region"}})
	if err != nil {
		return web.Overview{}, err
	}
	publications, err := p.finder.Count(ctx, find.Public(), find.CountRequest{Lang: lang, Unit: find.Publication})
	if err != nil {
		return web.Overview{}, err
	}
	out := web.Overview{Rights: all.Total, Publications: publications.Total, State: all.State, Behind: all.Behind}
	kinds := all.Facets[0].Values
	for _, v := range kinds {
		out.Kinds = append(out.Kinds, web.Tally{Label: v.Label, N: v.Count, Query: v.Clause})
	}
	for _, v := range all.Facets[1].Values {
		tally := web.Tally{Label: v.Label, N: v.Count, Query: v.Clause}
		if p.pack.City(v.Code) != "" {
			out.Cities = append(out.Cities, tally)
		} else {
			out.Others = append(out.Others, tally)
		}
	}
	if out.Years, err = p.years(ctx, lang, kinds); err != nil {
		return out, err
	}
	if out.From, out.To, err = p.span(ctx); err != nil {
		return out, err
	}
	loads, _, err := p.Loads(ctx, lang, 1, 1)
	if err != nil {
		return out, err
	}
	if len(loads) > 0 {
		out.Last = &loads[0]
	}
	out.Examples, err = p.examples(ctx, p.print(lang), all.State)
	return out, err
}

// shownYears is how many years the overview tells apart.
const shownYears = 8

// years counts rights by the year of their newest publication and by kind, the
// newest year first; what is older than the years told apart is one row.
func (p pages) years(ctx context.Context, lang string, kinds []find.FacetValue) ([]web.Year, error) {
	table, err := p.finder.Count(ctx, find.Public(), find.CountRequest{Lang: lang, By: []string{"year", "kind"}})
	if err != nil {
		return nil, err
	}
	var out []web.Year
	last := ""
	for _, r := range table.Rows {
		if r.Codes[0] != last && len(out) <= shownYears {
			last = r.Codes[0]
			year := web.Year{Kinds: make([]int64, len(kinds))}
			if len(out) < shownYears && last != "" {
				year.Label, year.Query = r.Labels[0], "latest="+r.Codes[0]
			}
			out = append(out, year)
		}
		year := &out[len(out)-1]
		year.N += r.Count
		for i, k := range kinds {
			if k.Code == r.Codes[1] {
				year.Kinds[i] += r.Count
			}
		}
	}
	return out, nil
}

// span returns the first and the last day of publication.
func (p pages) span(ctx context.Context) (from, to date.Date, err error) {
	for _, end := range []struct {
		sort string
		day  *date.Date
	}{{find.ByOldest, &from}, {find.ByDate, &to}} {
		found, err := p.finder.Search(ctx, find.Public(), find.Request{Sort: end.sort, Limit: 1})
		if err != nil {
			return 0, 0, err
		}
		for _, h := range found.Hits {
			if h.View != nil && len(h.View.Documents) > 0 {
				*end.day = h.View.Documents[0].Published
			}
		}
	}
	return from, to, nil
}
