package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"onewindow/internal/api/v1"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/register"
)

// request makes a request of the finder.
func (s *server) request(ctx context.Context, q string, unit, sort string, at v1.AsOf) (find.Request, error) {
	if n := utf8.RuneCountInString(q); n > v1.MaxQuery {
		return find.Request{}, ierr.New(ierr.TooLarge, "api.query", ierr.Args{"limit": v1.MaxQuery})
	}
	asOf, err := s.asOf(ctx, at)
	return find.Request{Query: q, Lang: printer(ctx).Lang(), Unit: find.Unit(unit), Sort: sort, AsOf: asOf}, err
}

// list cuts a list written with commas.
func list(s string) []string {
	var out []string
	for _, item := range strings.Split(s, ",") {
		if item = strings.TrimSpace(item); item != "" {
			out = append(out, item)
		}
	}
	return out
}

// told adds the query itself to an error about it, so that a reader can be
// shown the place.
func told(err error, q string) error {
	e := ierr.As(err)
	if _, ok := e.Args["pos"]; err == nil || !ok {
		return err
	}
	args := ierr.Args{"query": q}
	for k, v := range e.Args {
		args[k] = v
	}
	return ierr.Wrap(e.Cause, e.Kind, e.Code, args)
}

func (s *server) search(ctx context.Context, in *v1.SearchParams) (*v1.Search, error) {
	req, err := s.request(ctx, in.Query, in.Unit, in.Sort, in.AsOf)
	if err != nil {
		return nil, err
	}
	if in.Offset+in.Limit > v1.MaxReach {
		return nil, ierr.New(ierr.TooLarge, "api.reach", ierr.Args{"limit": v1.MaxReach})
	}
	req.Offset, req.Limit, req.Facets = in.Offset, in.Limit, list(in.Facets)
	found, err := s.Finder.Search(ctx, find.Public(), req)
	if err != nil {
		return nil, told(err, in.Query)
	}
	say := printer(ctx)
	covered, err := s.coverageOf(ctx, say, in.Query, found.State, req.AsOf)
	if err != nil {
		return nil, err
	}
	out := &v1.Search{
		Coverage: covered,
		Mark:     v1.Mark{Sample: s.Sample, State: found.State, Behind: found.Behind},
		Query:    found.Query, Understood: steps(found.Steps), Notes: found.Notes, Unit: in.Unit, Sort: found.Sort, Total: found.Total,
		Offset: in.Offset, Hits: []v1.Hit{}, Took: found.Took.Microseconds(),
	}
	for _, h := range found.Hits {
		out.Hits = append(out.Hits, s.hit(say, h))
	}
	for _, f := range found.Facets {
		facet := v1.Facet{Dimension: f.Dimension, Label: named(say, "dimension", f.Dimension).Label, Values: []v1.FacetValue{}}
		for _, x := range f.Values {
			facet.Values = append(facet.Values, v1.FacetValue{Code: x.Code, Label: s.valueLabel(say, f.Dimension, x.Code, x.Label), Count: x.Count, Query: x.Clause})
		}
		out.Facets = append(out.Facets, facet)
	}
	return out, nil
}

// steps flattens a tree of steps.
func steps(tree query.Step) []v1.Step {
	var out []v1.Step
	var walk func(query.Step, int)
	walk = func(s query.Step, depth int) {
		out = append(out, v1.Step{Depth: depth, Text: s.Text})
		for _, c := range s.Steps {
			walk(c, depth+1)
		}
	}
	if tree.Text != "" {
		walk(tree, 0)
	}
	return out
}

// hit writes a right in short: its newest publication, or the one that was
// found. A right that is gone since the index was written has its id alone.
func (s *server) hit(say *i18n.Printer, h find.Hit) v1.Hit {
	v := h.View
	if v == nil {
		return v1.Hit{Record: h.Right, Score: h.Score, Sample: s.Sample}
	}
	out := v1.Hit{
		Record: v.ID, Application: v.Application.Number, Kind: named(say, "kind", string(v.Kind)), Title: titleIn(v, say.Lang()),
		Filed: v.Application.Filed.String(), Score: h.Score, Sample: s.Sample,
	}
	for i, d := range v.Documents {
		if i == 0 && h.Document == "" || d.ID == h.Document {
			out.Publication, out.Published = d.ID, d.Published.String()
		}
	}
	if p := v.Principal(); p != nil {
		out.Principal = p.Name()
	}
	c := s.Finder.Classify(v)
	out.Region, out.HolderType = s.found(say, "region", c.Region), s.class(say, "holder-type", c.HolderType.Code)
	out.Field = s.class(say, "field", c.Field.Code)
	return out
}

// titleIn returns the title in a language, else the first.
func titleIn(v *register.View, lang string) string {
	for _, t := range v.Titles {
		if t.Lang == lang {
			return t.Text.Text
		}
	}
	return v.Title()
}

func (s *server) count(ctx context.Context, in *v1.CountParams) (*v1.Count, error) {
	req, err := s.request(ctx, in.Query, in.Unit, "", in.AsOf)
	if err != nil {
		return nil, err
	}
	by := list(in.By)
	if len(by) > v1.MaxBy {
		return nil, ierr.New(ierr.TooLarge, "api.by", ierr.Args{"limit": v1.MaxBy})
	}
	table, err := s.Finder.Count(ctx, find.Public(), find.CountRequest{
		Query: req.Query, Lang: req.Lang, By: by, Unit: req.Unit, AsOf: req.AsOf,
	})
	if err != nil {
		return nil, told(err, in.Query)
	}
	if in.Sort == "count" {
		table.Rows = slices.Clone(table.Rows)
		slices.SortStableFunc(table.Rows, func(a, b find.TableRow) int { return cmp.Compare(b.Count, a.Count) })
	}
	say := printer(ctx)
	covered, err := s.coverageOf(ctx, say, in.Query, table.State, req.AsOf)
	if err != nil {
		return nil, err
	}
	out := &v1.Count{
		Coverage: covered,
		Mark:     v1.Mark{Sample: s.Sample, State: table.State, Behind: table.Behind},
		Query:    table.Query, Understood: steps(table.Steps), Notes: table.Notes, Unit: in.Unit, Total: table.Total,
		Dimensions: []v1.Dimension{}, Rows: []v1.CountRow{}, Cut: len(table.Rows) > in.Limit, Took: table.Took.Microseconds(),
	}
	for _, d := range table.Dimensions {
		out.Dimensions = append(out.Dimensions, v1.Dimension{Name: d, Label: named(say, "dimension", d).Label})
	}
	for _, r := range table.Rows[:min(in.Limit, len(table.Rows))] {
		row := v1.CountRow{Codes: r.Codes, Labels: make([]string, len(r.Labels)), Count: r.Count}
		for i := range r.Labels {
			row.Labels[i] = s.valueLabel(say, table.Dimensions[i], r.Codes[i], r.Labels[i])
		}
		out.Rows = append(out.Rows, row)
	}
	return out, nil
}

// valueLabel names a value of a dimension as it is named elsewhere.
func (s *server) valueLabel(say *i18n.Printer, dimension, code, label string) string {
	if dimension == "county" {
		return s.class(say, "region", code).Label
	}
	return label
}

func (s *server) explain(ctx context.Context, in *v1.ExplainParams) (*v1.Explanation, error) {
	u, err := s.Finder.Explain(in.Query, printer(ctx).Lang())
	if err != nil {
		return nil, told(err, in.Query)
	}
	return &v1.Explanation{Query: u.Query, Understood: steps(u.Steps), Notes: u.Notes}, nil
}
