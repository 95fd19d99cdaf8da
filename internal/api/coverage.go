package api

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/coverage"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/lifecycle"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/supply"
)

// Day returns the day as of which a request is answered: the one asked for, else that
// of the state asked for, else today.
func Day(ctx context.Context, r *register.Register, at register.AsOf) date.Date {
	if at.On != 0 {
		return at.On
	}
	if at.Known > 0 {
		if s, err := r.StateInfo(ctx, at.Known); err == nil {
			return date.OfTime(s.At.In(r.Zone()))
		}
	}
	return r.Today()
}

// coverageOf tells whether what a query counts is a figure, in the state that was
// answered from.
func (s *server) coverageOf(ctx context.Context, say *i18n.Printer, q string, state int64, at register.AsOf) (v1.Coverage, error) {
	parsed, err := s.Finder.Parse(q)
	if err != nil {
		return v1.Coverage{}, err
	}
	v, err := s.Judge.Of(ctx, parsed.Root, state, Day(ctx, s.Register, at))
	if err != nil {
		return v1.Coverage{}, err
	}
	return Coverage(say, s.Sources, s.Region, v), nil
}

// maxReasons is how many reasons are written out.
const maxReasons = 6

// Coverage writes a verdict in the reader's language.
func Coverage(say *i18n.Printer, sources *supply.Sources, pack *region.Pack, v coverage.Verdict) v1.Coverage {
	out := v1.Coverage{Figure: v.Figure}
	for _, d := range v.By {
		out.Declarations = append(out.Declarations, v1.DeclaredBy{ID: d.ID, Source: supplierOf(say, sources, d.Source), Load: d.Load})
	}
	if v.Figure {
		var by []string
		for _, d := range out.Declarations {
			by = append(by, say.T("coverage.by", ierr.Args{"id": d.ID, "source": d.Source.Label}))
		}
		out.Text = say.T("coverage.figure", ierr.Args{"by": by})
		return out
	}
	out.Text = say.T("coverage.count", nil)
	undeclared := map[string][]string{} // by office: kinds
	var offices []string
	for _, g := range v.Gaps {
		out.Gaps = append(out.Gaps, v1.Gap{
			Code: string(g.Code), Kind: string(g.Kind), Office: g.Office, Region: g.Region, By: string(g.By),
			From: g.Days.From.String(), To: g.Days.To.String(), Source: g.Source, Load: g.Load, Count: g.N,
		})
		if g.Code == coverage.Undeclared && g.Kind != "" && g.By == "" {
			if undeclared[g.Office] == nil {
				offices = append(offices, g.Office)
			}
			undeclared[g.Office] = append(undeclared[g.Office], say.T("kind."+string(g.Kind), nil))
			continue
		}
		out.Reasons = append(out.Reasons, reason(say, sources, pack, g))
	}
	for _, o := range offices {
		out.Reasons = append(out.Reasons, say.T("coverage.gap.undeclared-kinds", ierr.Args{"kinds": undeclared[o], "office": officeOf(say, o)}))
	}
	if n := len(out.Reasons); n > maxReasons {
		out.Reasons = append(out.Reasons[:maxReasons-1], say.T("coverage.gap.more", ierr.Args{"n": n - maxReasons + 1}))
	}
	return out
}

func officeOf(say *i18n.Printer, code string) string {
	switch code {
	case supply.Everywhere:
		return say.T("coverage.office-any", nil)
	case "":
		return say.T("coverage.office-none", nil)
	}
	return say.T("coverage.office", ierr.Args{"office": code})
}

func reason(say *i18n.Printer, sources *supply.Sources, pack *region.Pack, g coverage.Gap) string {
	args := ierr.Args{
		"office": officeOf(say, g.Office), "source": supplierOf(say, sources, g.Source).Label, "load": g.Load, "n": g.N,
		"from": g.Days.From.String(), "to": g.Days.To.String(),
	}
	if g.Kind != "" {
		args["kind"] = say.T("kind."+string(g.Kind), nil)
	}
	if g.Region != "" {
		args["region"] = pack.Name(g.Region, say.Lang())
	}
	if g.By != "" {
		args["by"] = say.T("coverage.by-"+string(g.By), nil)
	}
	key := "coverage.gap." + string(g.Code)
	switch {
	case g.Code == coverage.Undeclared && g.By == coverage.ByEnd:
		key += "-ends"
	case g.Code == coverage.Undeclared && g.By == coverage.ByGrant:
		key += "-grants"
	case g.Code == coverage.DaysGap && g.Days.From == 0 && g.Days.To == 0:
		key += "-all"
	case g.Code == coverage.DaysGap && g.Days.From == 0:
		key += "-until"
	case g.Code == coverage.DaysGap && g.Days.To == 0:
		key += "-since"
	case g.Code == coverage.RegionGap && g.Region == "":
		key += "-everywhere"
	case g.Code == coverage.UnreadGap && g.Load != 0:
		key += "-load"
	}
	return say.T(key, args)
}

// supplierOf names a source in the reader's language.
func supplierOf(say *i18n.Printer, sources *supply.Sources, id string) v1.Class {
	if s := sources.Get(id); s != nil {
		return v1.Class{Code: id, Label: s.Name(say.Lang())}
	}
	return v1.Class{Code: id, Label: id}
}

// LifeOf computes the life of a right as of a day, by what was declared in a state of
// the register (0: the last one) to be known of it.
func (s Backend) LifeOf(ctx context.Context, v *register.View, on date.Date, known int64) lifecycle.Life {
	return s.Lives.Of(v, on, lifeSources(ctx, s.Judge, s.Finder, v, on, known))
}

// lifeSources says up to which day the events and annuities of a right are declared to
// be known, in a state and as of a day.
func lifeSources(ctx context.Context, j *coverage.Judge, f *find.Finder, v *register.View, on date.Date, known int64) lifecycle.Sources {
	if len(v.Documents) == 0 || !j.Lives(ctx, known) {
		return lifecycle.Sources{}
	}
	place := f.Classify(v).Region.Code
	upTo := func(h coverage.Happening) date.Date {
		d, err := j.UpTo(ctx, h, v.Kind, v.Documents[0].Office, place, on, known)
		if err != nil { // then nothing is known to be complete
			return 0
		}
		return d
	}
	return lifecycle.Sources{Events: upTo(coverage.LegalStatus), Annuities: upTo(coverage.Annuities)}
}

// covers reads what a load declares of its files.
func (s *server) covers(what v1.StartLoad) ([]register.Declaration, error) {
	return Covers(s.Sources, s.Region, what)
}

// Covers reads what a load declares of its files, held to its source.
func Covers(sources *supply.Sources, pack *region.Pack, what v1.StartLoad) ([]register.Declaration, error) {
	if what.Source == "" && len(what.Coverage) == 0 {
		return nil, nil
	}
	of, err := sourceNamed(sources, what.Source)
	if err != nil {
		return nil, err
	}
	var out []register.Declaration
	for _, c := range what.Coverage {
		cover, err := settled(c, of, pack)
		if err != nil {
			return nil, err
		}
		out = append(out, register.Declaration{Source: of.ID, Cover: cover.Text(), Ground: c.Ground, By: what.By})
	}
	return out, nil
}

func sourceNamed(sources *supply.Sources, id string) (*supply.Source, error) {
	if s := sources.Get(id); s != nil {
		return s, nil
	}
	var known []string
	for _, s := range sources.All() {
		known = append(known, s.ID)
	}
	return nil, ierr.New(ierr.NotFound, "coverage.source", ierr.Args{"id": id, "known": strings.Join(known, ", ")})
}

// settled reads a cover and holds it to its source.
func settled(c v1.Cover, of *supply.Source, pack *region.Pack) (coverage.Cover, error) {
	out := coverage.Cover{Offices: c.Offices, Regions: c.Regions, Complete: c.Complete, Unread: c.Unread}
	for _, k := range c.Kinds {
		out.Kinds = append(out.Kinds, record.Kind(k))
	}
	for _, h := range c.Happenings {
		out.Happenings = append(out.Happenings, coverage.Happening(h))
	}
	for _, d := range []struct {
		text string
		to   *date.Date
	}{{c.From, &out.From}, {c.To, &out.To}} {
		if d.text == "" {
			continue
		}
		day, err := date.Parse(d.text)
		if err != nil {
			return out, ierr.New(ierr.Invalid, "api.day", ierr.Args{"value": d.text})
		}
		*d.to = day
	}
	return out.Settled(of, pack)
}

// declaration writes a declaration out. Who made it is no business of the public.
func (s Backend) declaration(ctx context.Context, say *i18n.Printer, d register.Declaration) v1.Declaration {
	var c coverage.Cover
	_ = json.Unmarshal([]byte(d.Cover), &c) // it was checked when it was stored
	out := v1.Declaration{
		ID: d.ID, Source: supplierOf(say, s.Sources, d.Source), Load: d.Load, State: d.From, Ended: d.To, EndedFor: d.EndedFor,
		Cover: v1.Cover{
			Offices: c.Offices, Regions: c.Regions, From: c.From.String(), To: c.To.String(), Complete: c.Complete, Unread: c.Unread, Ground: d.Ground,
		},
	}
	for _, k := range c.Kinds {
		out.Kinds = append(out.Kinds, string(k))
	}
	for _, h := range c.Happenings {
		out.Happenings = append(out.Happenings, string(h))
	}
	if d.EndedFor == register.EndedByUndoing {
		out.EndedFor = say.T("coverage.ended-undo", nil)
	}
	if st, err := s.Register.StateInfo(ctx, d.From); err == nil && d.From != 0 {
		out.Made = s.localIf(st.At)
	}
	if account.IsInsider(ctx) {
		out.Author, out.EndedBy = d.By, d.EndedBy
	}
	return out
}

func (s *server) declare(ctx context.Context, in *struct {
	ID   string `path:"id" maxLength:"48"`
	Body v1.Declare
}) (*v1.Declaration, error) {
	of, err := sourceNamed(s.Sources, in.ID)
	if err != nil {
		return nil, err
	}
	cover, err := settled(in.Body.Cover, of, s.Region)
	if err != nil {
		return nil, err
	}
	if old := in.Body.Replaces; old != 0 && !slices.ContainsFunc(s.Register.Declarations(0), func(d register.Declaration) bool { return d.ID == old && d.Source == of.ID }) {
		return nil, ierr.New(ierr.NotFound, "register.declaration_unknown", ierr.Args{"id": old})
	}
	d, err := s.Register.Declare(ctx, register.Declaration{
		Load: in.Body.Load, Source: of.ID, Cover: cover.Text(), Ground: in.Body.Ground, By: account.Signature(ctx, in.Body.Author),
	}, in.Body.Replaces)
	if err != nil {
		return nil, err
	}
	out := s.declaration(ctx, printer(ctx), d)
	return &out, s.Register.Seen(ctx, d.From)
}

func (s *server) withdraw(ctx context.Context, in *struct {
	NumberPath
	v1.EndOverride
}) (*v1.Declaration, error) {
	d, err := s.Register.WithdrawDeclaration(ctx, in.ID, in.Reason, account.Signature(ctx, in.Author))
	if err != nil {
		return nil, err
	}
	out := s.declaration(ctx, printer(ctx), d)
	return &out, s.Register.Seen(ctx, d.To)
}
