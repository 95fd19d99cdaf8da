package server

import (
	"context"
	"path/filepath"
	"slices"

	"onewindow/internal/account"
	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/supply"
	"onewindow/internal/web"
)

// Sources lists who delivers files.
func (p pages) Sources(ctx context.Context, lang string) ([]web.Source, error) {
	all, err := p.backend.TellSources(ctx, p.print(lang), p.sources.All())
	var out []web.Source
	for i := range all {
		out = append(out, sourceLine(&all[i]))
	}
	return out, err
}

func sourceLine(s *v1.SourceInfo) web.Source {
	return web.Source{
		ID: s.ID, Name: s.Name, Offices: s.Offices, Deliveries: s.Deliveries, LastIssue: s.LastIssue, Missing: int64(s.MissingCount), Complete: s.Complete,
	}
}

// Source returns one source with its deliveries and declarations.
func (p pages) Source(ctx context.Context, lang, id string) (web.SourceDetail, error) {
	of := p.sources.Get(id)
	if of == nil {
		return web.SourceDetail{}, ierr.New(ierr.NotFound, "coverage.source-page", nil)
	}
	say := p.print(lang)
	all, err := p.backend.TellSources(ctx, say, []*supply.Source{of})
	if err != nil {
		return web.SourceDetail{}, err
	}
	s := &all[0]
	out := web.SourceDetail{Source: sourceLine(s), About: s.About, Licence: s.Licence, Formats: s.Formats, MissingDays: s.Missing}
	for _, k := range s.Kinds {
		out.Kinds = append(out.Kinds, k.Label)
	}
	for _, b := range s.Expected {
		out.Expected = append(out.Expected, web.Bound{Delivery: b.Of == "delivery", What: b.What.Label, Range: rangeOf(say, b.What.Code, b.Min, b.Max)})
	}
	for _, l := range s.Loads {
		status := map[string]web.Status{"done": web.Done, "undone": web.Undone, "held": web.Held, "refused": web.Refused}[l.Status]
		if status == "" {
			status = web.Running
		}
		out.Loads = append(out.Loads, web.Delivery{
			Load: l.Load, Status: status, Begun: l.Started, Files: l.Files, Entries: l.Entries, Documents: l.Documents,
			Rejected: l.Rejected, Flagged: l.Flagged, Issues: l.Issues,
		})
	}
	out.Declared = p.declared(say, s.Declarations)
	return out, nil
}

func (p pages) declared(say *i18n.Printer, list []v1.Declaration) []web.Declaration {
	var out []web.Declaration
	for _, d := range list {
		one := web.Declaration{
			ID: d.ID, Source: d.Source.Label, SourceID: d.Source.Code, Load: d.Load, Complete: d.Complete, From: d.From, To: d.To,
			Ground: d.Ground, State: d.State, Ended: d.Ended, EndedFor: d.EndedFor,
		}
		for _, k := range d.Kinds {
			one.Kinds = append(one.Kinds, named(say, "kind", k))
		}
		for _, h := range d.Happenings {
			one.Happenings = append(one.Happenings, named(say, "coverage.happening", h))
		}
		for _, r := range d.Regions {
			one.Regions = append(one.Regions, p.pack.Name(r, say.Lang()))
		}
		out = append(out, one)
	}
	return out
}

// supplied adds to a load what its sources expect and what is declared of it.
func (p pages) supplied(ctx context.Context, lang string, out *web.LoadDetail, info *register.LoadInfo, files []register.File) error {
	say := p.print(lang)
	told := v1.LoadDetail{Load: v1.Load{ID: info.ID}}
	if err := p.backend.Supplied(ctx, say, &told, files); err != nil {
		return err
	}
	for _, e := range told.Expected {
		out.Expected = append(out.Expected, web.Expectation{
			Source: e.Source.Label, SourceID: e.Source.Code, File: nameOf(e.File), What: e.What.Label, Met: amount(say, e.What.Code, e.Met),
			Range: rangeOf(say, e.What.Code, e.Min, e.Max), Breach: e.Breach,
		})
	}
	slices.SortStableFunc(out.Expected, func(a, b web.Expectation) int { // breaches first
		switch {
		case a.Breach && !b.Breach:
			return -1
		case b.Breach && !a.Breach:
			return 1
		}
		return 0
	})
	out.Declared = p.declared(say, told.Declarations)
	if account.IsInsider(ctx) {
		out.Decided, out.DecidedBy, out.Reason = info.Decided, info.DecidedBy, info.Reason
	}
	return nil
}

// Decide accepts or refuses a load that is held back.
func (p pages) Decide(ctx context.Context, load int64, accept bool, reason string) error {
	by := account.Signature(ctx, "")
	if !accept {
		_, err := p.register.Refuse(ctx, load, reason, by)
		return err
	}
	if _, err := p.register.Accept(ctx, load, reason, by); err != nil {
		return err
	}
	_, err := p.jobs.Start(ctx, api.Work{Resume: load, By: by})
	return err
}

// rangeOf writes a range of numbers or of shares.
func rangeOf(say *i18n.Printer, what string, low, high *float64) string {
	switch {
	case low != nil && high != nil:
		return amount(say, what, *low) + " – " + amount(say, what, *high)
	case low != nil:
		return "≥ " + amount(say, what, *low)
	case high != nil && what == supply.OfChange:
		return "± " + amount(say, what, *high)
	case high != nil:
		return "≤ " + amount(say, what, *high)
	}
	return ""
}

// amount writes a number, or a share in percent.
func amount(say *i18n.Printer, what string, f float64) string {
	if what == supply.OfEntries || what == supply.OfDocuments {
		return say.Number(int64(f))
	}
	return say.Percent(f)
}

// coverage tells whether what a query counts is a figure.
func (p pages) coverage(ctx context.Context, say *i18n.Printer, q string, state int64) (web.Coverage, error) {
	parsed, err := p.finder.Parse(q)
	if err != nil {
		return web.Coverage{}, err
	}
	v, err := p.judge.Of(ctx, parsed.Root, state, api.Day(ctx, p.register, register.AsOf{}))
	if err != nil {
		return web.Coverage{}, err
	}
	c := api.Coverage(say, p.sources, p.pack, v)
	return web.Coverage{Figure: c.Figure, Text: c.Text, Reasons: c.Reasons}, nil
}

// nameOf returns the last part of a path, nothing for no path.
func nameOf(path string) string {
	if path == "" {
		return ""
	}
	return filepath.Base(path)
}
