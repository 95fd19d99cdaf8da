package server

import (
	"context"
	"slices"

	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// Search runs a query. Items are records whatever is counted, so that a record
// with several publications stands once.
func (p pages) Search(ctx context.Context, lang string, q web.Question) (web.Results, error) {
	req := find.Request{
		Query: q.Query, Lang: lang, Sort: string(q.Sort), Offset: (q.Page - 1) * q.Size, Limit: q.Size, Facets: facets,
	}
	parsed, err := p.finder.Parse(q.Query)
	if err != nil {
		return web.Results{}, err
	}
	if q.Sort == web.ByRank && !parsed.NeedsWords() {
		req.Sort = find.ByDate
	}
	rights, err := p.finder.Search(ctx, find.Public(), req)
	if err != nil {
		return web.Results{}, err
	}
	counted := rights
	if q.Unit == web.Publications {
		req.Unit, req.Sort, req.Offset, req.Limit = find.Publication, "", 0, 0
		if counted, err = p.finder.Search(ctx, find.Public(), req); err != nil {
			return web.Results{}, err
		}
	}
	say := p.print(lang)
	out := web.Results{
		Total: counted.Total, Found: rights.Total, Sort: web.Sort(rights.Sort), Unranked: !parsed.NeedsWords(),
		Understood: rights.Steps, Notes: rights.Notes, Behind: rights.Behind,
	}
	if out.Coverage, err = p.coverage(ctx, say, q.Query, rights.State); err != nil {
		return out, err
	}
	words := wordsOf(parsed)
	for _, h := range rights.Hits {
		if h.View != nil {
			out.Items = append(out.Items, p.item(say, h.View, words))
		}
	}
	for _, f := range p.worthwhile(counted.Facets) {
		out.Facets = append(out.Facets, p.facet(parsed, f))
	}
	return out, nil
}

func (p pages) item(say *i18n.Printer, v *register.View, words []query.Term) web.Item {
	lang := say.Lang()
	c := p.finder.Classify(v)
	out := web.Item{
		ID: v.ID, Kind: named(say, "kind", string(v.Kind)), Application: v.Application.Number,
		Region: p.place(say, c.Region), HolderType: named(say, "holder-type", c.HolderType.Code), Field: named(say, "field", c.Field.Code),
		Filed: v.Application.Filed, Doubtful: doubtful(v), Disputed: len(v.Disputed) > 0,
	}
	for i, t := range texts(lang, v.Titles) {
		switch i {
		case 0:
			out.Title = marked(t.Text, words, 0)
		case 1:
			out.OtherTitle = t.Text
		}
	}
	if len(v.Titles) == 0 && v.Title() != "" {
		out.Title = marked(record.Text{Text: v.Title()}, words, 0)
	}
	if abstracts := texts(lang, v.Abstracts); len(abstracts) > 0 {
		out.Snippet = marked(abstracts[0].Text, words, snippetRunes)
	}
	for i := range v.Documents {
		out.Numbers = append(out.Numbers, v.Documents[i].ID)
		out.Published = max(out.Published, v.Documents[i].Published)
	}
	for _, role := range []record.Role{record.Holder, record.Applicant} {
		for i := range v.Parties {
			if party := &v.Parties[i]; party.Role == role && len(party.Names) > 0 {
				out.Holders = append(out.Holders, names(lang, party)[0])
			}
		}
		if len(out.Holders) > 0 {
			break
		}
	}
	return out
}

// facets are the facets of a page of results.
var facets = append(slices.Clone(find.DefaultFacets), "county")

// worthwhile leaves out the counties unless all results lie in one city.
func (p pages) worthwhile(all []find.Facet) []find.Facet {
	oneCity := false
	for _, f := range all {
		if f.Dimension == "region" {
			oneCity = len(f.Values) == 1 && p.pack.City(f.Values[0].Code) != ""
		}
	}
	var out []find.Facet
	for _, f := range all {
		if f.Dimension != "county" {
			out = append(out, f)
			continue
		}
		after := slices.IndexFunc(out, func(f find.Facet) bool { return f.Dimension == "region" })
		if oneCity && len(f.Values) > 1 {
			out = slices.Insert(out, after+1, f)
		}
	}
	return out
}

// facet adds to each value the whole query that it leads to: with the value or,
// where the query has it already, without.
func (p pages) facet(parsed *query.Query, f find.Facet) web.Facet {
	out := web.Facet{ID: f.Dimension}
	for _, v := range f.Values {
		if v.Clause == "" {
			continue
		}
		whole, chosen, err := p.refine(parsed, v.Clause)
		if err != nil {
			p.config.Log.Error("a facet makes no query", "clause", v.Clause, "err", err)
			continue
		}
		out.Values = append(out.Values, web.Tally{Label: v.Label, N: v.Count, Query: whole, Chosen: chosen})
	}
	return out
}

// refine returns the query with a clause added to it or, where it has the
// clause as one of its conditions, taken out.
func (p pages) refine(parsed *query.Query, clause string) (whole string, chosen bool, err error) {
	added, err := p.finder.Parse(clause)
	if err != nil {
		return "", false, err
	}
	conditions := conditionsOf(parsed.Root)
	write := func(n query.Node) string {
		one := *parsed
		one.Root = n
		return one.String()
	}
	rest := slices.DeleteFunc(slices.Clone(conditions), func(n query.Node) bool { return write(n) == write(added.Root) })
	if chosen = len(rest) < len(conditions); !chosen {
		rest = append(rest, conditionsOf(added.Root)...)
	}
	switch len(rest) {
	case 0:
		return "", chosen, nil
	case 1:
		return write(rest[0]), chosen, nil
	}
	return write(query.And{Nodes: rest}), chosen, nil
}

// conditionsOf lists what a query asks for all together.
func conditionsOf(n query.Node) []query.Node {
	switch n := n.(type) {
	case query.All:
		return nil
	case query.And:
		return n.Nodes
	}
	return []query.Node{n}
}
