package api

import (
	"cmp"
	"context"
	"math"
	"slices"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/register"
	"onewindow/internal/supply"
)

// Supplied adds to a load whose its files are, what was expected of them, and what
// they are declared to cover.
func (s Backend) Supplied(ctx context.Context, say *i18n.Printer, out *v1.LoadDetail, files []register.File) error {
	surveys, err := s.Register.Surveys(ctx, out.ID)
	if err != nil {
		return err
	}
	of := map[int64]string{}
	for _, x := range surveys {
		of[x.File] = x.Source
	}
	paths := map[int64]string{}
	for i, f := range files {
		paths[f.ID] = pathFor(ctx, f.Path)
		if of[f.ID] != "" && i < len(out.Files) {
			c := supplierOf(say, s.Sources, of[f.ID])
			out.Files[i].Source = &c
		}
	}
	findings, err := s.Register.Findings(ctx, out.ID)
	if err != nil {
		return err
	}
	for _, f := range findings {
		out.Expected = append(out.Expected, v1.Expected{
			Source: supplierOf(say, s.Sources, f.Source), File: paths[f.File], What: named(say, "expected", f.What), Met: f.Met,
			Min: bound(f.Min), Max: bound(f.Max), Breach: f.Breach(),
		})
	}
	for _, d := range s.Register.Declared() {
		if d.Load == out.ID {
			out.Declarations = append(out.Declarations, s.declaration(ctx, say, d))
		}
	}
	return nil
}

func bound(f float64) *float64 {
	if math.IsNaN(f) {
		return nil
	}
	return &f
}

// decision is who decides about a held load, and why.
type decision struct {
	NumberPath
	Body v1.Decision
}

// acceptLoad lets a load in and starts the job that reads it.
func (s *server) acceptLoad(ctx context.Context, in *decision) (*v1.Job, error) {
	by := account.Signature(ctx, in.Body.Author)
	if _, err := s.Register.Accept(ctx, in.ID, in.Body.Reason, by); err != nil {
		return nil, err
	}
	return s.start(ctx, Work{Resume: in.ID, By: by})
}

func (s *server) refuseLoad(ctx context.Context, in *decision) (*v1.LoadDetail, error) {
	if _, err := s.Register.Refuse(ctx, in.ID, in.Body.Reason, account.Signature(ctx, in.Body.Author)); err != nil {
		return nil, err
	}
	return s.load(ctx, &in.NumberPath)
}

func (s *server) sources(ctx context.Context, _ *struct{}) (*v1.Sources, error) {
	told, err := s.TellSources(ctx, printer(ctx), s.Sources.All())
	out := &v1.Sources{Mark: s.mark(), Sources: told}
	for i := range out.Sources {
		out.Sources[i].Missing, out.Sources[i].Loads, out.Sources[i].Declarations = nil, nil, nil
	}
	return out, err
}

func (s *server) source(ctx context.Context, in *struct {
	ID string `path:"id" maxLength:"48"`
}) (*v1.SourceDetail, error) {
	of, err := sourceNamed(s.Sources, in.ID)
	if err != nil {
		return nil, err
	}
	told, err := s.TellSources(ctx, printer(ctx), []*supply.Source{of})
	if err != nil {
		return nil, err
	}
	return &v1.SourceDetail{Mark: s.mark(), SourceInfo: told[0]}, nil
}

// TellSources writes sources out with their deliveries.
func (s Backend) TellSources(ctx context.Context, say *i18n.Printer, list []*supply.Source) ([]v1.SourceInfo, error) {
	surveys, err := s.Register.Surveys(ctx, 0)
	if err != nil {
		return nil, err
	}
	loads, err := s.Register.Loads(ctx)
	if err != nil {
		return nil, err
	}
	by := map[int64]*register.LoadInfo{}
	for i := range loads {
		by[loads[i].ID] = &loads[i]
	}
	out := make([]v1.SourceInfo, 0, len(list))
	for _, of := range list {
		out = append(out, s.tellSource(ctx, say, of, surveys, by))
	}
	return out, nil
}

func (s Backend) tellSource(ctx context.Context, say *i18n.Printer, of *supply.Source, surveys []register.Survey, loads map[int64]*register.LoadInfo) v1.SourceInfo {
	out := v1.SourceInfo{
		ID: of.ID, Name: of.Name(say.Lang()), About: of.About[say.Lang()], Offices: of.Offices, Kinds: []v1.Class{}, Licence: of.Licence,
		Formats: of.Formats, Files: of.Files,
	}
	for _, k := range of.Kinds {
		out.Kinds = append(out.Kinds, named(say, "kind", string(k)))
	}
	out.Expected = append(bounds(say, "file", of.File), bounds(say, "delivery", of.Total)...)
	var days []date.Date // of issues that stand
	for i := range surveys {
		x, l := &surveys[i], loads[surveys[i].Load]
		if x.Source != of.ID || l == nil {
			continue
		}
		if n := len(out.Loads); n == 0 || out.Loads[n-1].Load != l.ID {
			out.Loads = append(out.Loads, v1.SourceLoad{Load: l.ID, Status: string(l.Status), Started: s.local(l.Created)})
		}
		to := &out.Loads[len(out.Loads)-1]
		to.Files++
		to.Entries, to.Documents, to.Rejected, to.Flagged = to.Entries+x.Entries, to.Documents+x.Documents, to.Rejected+x.Rejected, to.Flagged+x.Flagged
		for _, d := range register.Main(x.Issues) {
			if l.Status == register.Done {
				days = append(days, d)
			}
			if text := d.String(); len(to.Issues) < 60 && !slices.Contains(to.Issues, text) {
				to.Issues = append(to.Issues, text)
			}
		}
	}
	for _, l := range out.Loads {
		if l.Status == string(register.Done) {
			out.Deliveries++
		}
	}
	slices.Reverse(out.Loads)
	if len(days) > 0 {
		out.FirstIssue, out.LastIssue = slices.Min(days).String(), slices.Max(days).String()
	}
	missing, n := of.Issues.Missing(days, Day(ctx, s.Register, register.AsOf{}))
	for _, d := range missing {
		out.Missing = append(out.Missing, d.String())
	}
	out.MissingCount = n
	for _, d := range s.Register.Declared() {
		if d.Source != of.ID {
			continue
		}
		told := s.declaration(ctx, say, d)
		if told.Complete && told.State != 0 && told.Ended == 0 {
			out.Complete++
		}
		out.Declarations = append(out.Declarations, told)
	}
	slices.SortFunc(out.Declarations, func(a, b v1.Declaration) int { return cmp.Compare(b.ID, a.ID) })
	return out
}

// bounds lists what is expected of a file or a delivery.
func bounds(say *i18n.Printer, of string, e supply.Expectation) []v1.Bound {
	var out []v1.Bound
	whole := func(n *int64) *float64 {
		if n == nil {
			return nil
		}
		f := float64(*n)
		return &f
	}
	for _, b := range []v1.Bound{
		{What: v1.Class{Code: supply.OfEntries}, Min: whole(e.Entries.Min), Max: whole(e.Entries.Max)},
		{What: v1.Class{Code: supply.OfDocuments}, Min: whole(e.Documents.Min), Max: whole(e.Documents.Max)},
		{What: v1.Class{Code: supply.OfRejects}, Max: e.Rejects},
		{What: v1.Class{Code: supply.OfFlags}, Max: e.Flags},
		{What: v1.Class{Code: supply.OfChange}, Max: e.Change},
	} {
		if b.Min != nil || b.Max != nil {
			b.Of, b.What = of, named(say, "expected", b.What.Code)
			out = append(out, b)
		}
	}
	return out
}
