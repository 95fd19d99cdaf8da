package api

import (
	"context"
	"fmt"
	"slices"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

func (s *server) figure(ctx context.Context, in *v1.FigureParams) (*v1.Figure, error) {
	r := indicator.Ref{Indicator: in.Indicator, Region: s.Indicators.Whole(), View: indicator.View(in.View)}
	if s.Indicators.Definition(r.Indicator) == nil {
		return nil, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": r.Indicator})
	}
	if !slices.Contains(indicator.Views, r.View) {
		return nil, ierr.New(ierr.Invalid, "indicator.view", ierr.Args{"view": in.View})
	}
	var err error
	if r.Period, err = indicator.ParsePeriod(in.Period); err != nil {
		return nil, ierr.New(ierr.Invalid, "returns.period", ierr.Args{"period": in.Period})
	}
	if r.Parts, err = indicator.ParseParts(in.Parts); err != nil {
		return nil, ierr.New(ierr.Invalid, "indicator.parts", ierr.Args{"parts": in.Parts})
	}
	if in.Region != "" {
		codes, err := s.Region.Resolve(in.Region)
		if err != nil {
			return nil, err
		}
		r.Region = codes[0]
	}
	e, release, err := s.Evaluator(ctx, in.State, in.Approval)
	if err != nil {
		return nil, err
	}
	defer release()
	f, err := e.Figure(ctx, r)
	if err != nil {
		return nil, err
	}
	say := printer(ctx)
	out := s.figureOf(say, f)
	beside, err := e.Beside(ctx, f)
	if err != nil {
		return nil, err
	}
	if beside != nil && f.Value != nil {
		line := s.figureOf(say, beside)
		line.Difference = f.Value.Sub(*beside.Value).String()
		out.Beside = &line
	}
	return &out, nil
}

// listing is the command that lists the records that a figure counts, in its state.
func listing(f *indicator.Figure) string {
	return fmt.Sprintf("onewindow search '%s' --known %d", f.Query, f.State)
}

// figureOf tells a figure with all that it rests on.
func (s *server) figureOf(say *i18n.Printer, f *indicator.Figure) v1.Figure {
	out := v1.Figure{
		Sample: f.Sample, Figure: f.Ref.String(), Name: s.figureName(say)(f.Ref), Qualifier: string(f.Qualifier), Definition: f.Definition,
		Reported: f.Reported, Vintage: f.Vintage.String(), State: f.State, Approval: f.Approval, Query: f.Query, On: f.On.String(), Return: f.Return, Source: f.Source,
	}
	if n, ok := f.Published(); ok {
		out.Value, out.Exact, out.Origin = n.Text(f.Places), f.Value.String(), named(say, "figure.origin", string(f.Origin))
	}
	if u := s.Indicators.Units[f.Unit]; u != nil {
		out.Unit = v1.Class{Code: f.Unit, Label: indicator.InLang(u.Names, say.Lang())}
	}
	if d := s.Indicators.Definition(f.Ref.Indicator); d != nil {
		out.About, out.Basis = indicator.InLang(d.About, say.Lang()), indicator.InLang(s.Indicators.Bases[d.Basis], say.Lang())
	}
	if a := f.Absent; a != nil {
		if out.Absent = indicator.InLang(a.Text, say.Lang()); out.Absent == "" {
			out.Absent = say.T("figure.absent."+a.Code, a.Args)
		}
	}
	if f.Origin == indicator.FromRegister {
		out.Records = f.Value.String()
		out.Command = listing(f)
	}
	if r, err := s.Returns.Return(f.Return); err == nil {
		out.Signed = &v1.Signed{PreparedBy: r.Prepared.By, ApprovedBy: r.Approved.By, ApprovedAt: s.local(r.Approved.At), Hash: r.Approved.Hash}
	}
	for _, x := range f.Inputs {
		out.Inputs = append(out.Inputs, s.figureOf(say, x))
	}
	return out
}
