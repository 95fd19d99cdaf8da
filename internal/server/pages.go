package server

import (
	"context"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// pages answers what the pages ask.
type pages struct{ *Server }

var _ web.Register = pages{}

func (p pages) print(lang string) *i18n.Printer { return p.config.Catalogs.Printer(lang) }

// named returns the text called <family>.<code>, and the code where there is none.
func named(say *i18n.Printer, family, code string) string {
	if key := family + "." + code; say.Has(key) {
		return say.T(key, nil)
	}
	return code
}

// Overview tells what the register holds as a whole.
func (p pages) Overview(ctx context.Context, lang string) (web.Overview, error) {
	say := p.print(lang)
	all, err := p.finder.Search(ctx, find.Public(), find.Request{Lang: lang, Limit: 1, Facets: []string{"kind", "region", "year"}})
	if err != nil {
		return web.Overview{}, err
	}
	publications, err := p.finder.Count(ctx, find.Public(), find.CountRequest{Lang: lang, Unit: find.Publication})
	if err != nil {
		return web.Overview{}, err
	}
	out := web.Overview{Rights: all.Total, Publications: publications.Total, State: all.State, Behind: all.Behind}
	for _, f := range all.Facets {
		if f.Dimension == "kind" {
			for _, v := range f.Values {
				out.Kinds = append(out.Kinds, web.Tally{Label: v.Label, N: v.Count, Query: v.Clause})
			}
		}
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
	out.Examples = p.examples(say, all)
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

// examples makes queries that this register has answers to, of its most
// frequent values, and the number of its newest right.
func (p pages) examples(say *i18n.Printer, all *find.Result) []web.Example {
	top := map[string]find.FacetValue{}
	for _, f := range all.Facets {
		for _, v := range f.Values {
			if v.Count > top[f.Dimension].Count && v.Clause != "" && (f.Dimension != "region" || p.pack.City(v.Code) != "") {
				top[f.Dimension] = v
			}
		}
	}
	var out []web.Example
	for _, pair := range [][2]string{{"region", "kind"}, {"kind", "year"}} {
		a, b := top[pair[0]], top[pair[1]]
		if a.Count > 0 && b.Count > 0 {
			out = append(out, web.Example{Query: a.Clause + " and " + b.Clause, Meaning: say.List([]string{a.Label, b.Label})})
		}
	}
	for _, h := range all.Hits {
		if h.View != nil && len(h.View.Documents) > 0 {
			out = append(out, web.Example{Query: h.View.Documents[0].ID, Meaning: say.T("server.example.number", nil)})
		}
	}
	return out
}

// Number returns the record that a number names.
func (p pages) Number(ctx context.Context, number string) (int64, error) {
	v, err := p.register.ByNumber(ctx, number, register.AsOf{})
	if err != nil {
		return 0, err
	}
	return v.ID, nil
}

// Fields lists what queries can ask about.
func (p pages) Fields(lang string) []web.Field {
	var out []web.Field
	for _, f := range query.RightFields() {
		out = append(out, web.Field{Name: f.Name, Label: p.print(lang).T(f.Label, nil), Aliases: f.Aliases[lang]})
	}
	return out
}

// texts puts the text in the reader's language first.
func texts(lang string, in []register.Text) []register.Text {
	out := slices.Clone(in)
	slices.SortStableFunc(out, func(a, b register.Text) int {
		switch {
		case a.Lang == lang && b.Lang != lang:
			return -1
		case b.Lang == lang && a.Lang != lang:
			return 1
		}
		return 0
	})
	return out
}

// names returns a party's names, the one in the reader's language first.
func names(lang string, p *register.Party) []record.Text {
	out := slices.Clone(p.Names)
	slices.SortStableFunc(out, func(a, b record.Text) int {
		switch {
		case a.Lang == lang && b.Lang != lang:
			return -1
		case b.Lang == lang && a.Lang != lang:
			return 1
		}
		return 0
	})
	return out
}
