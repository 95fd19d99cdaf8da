package api

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/returns"
)

// Figures tells of figures and of what they mean, for the pages, in the words of the
// API.
type Figures struct{ s *server }

// NewFigures makes one of a backend.
func NewFigures(b Backend) Figures { return Figures{&server{Backend: b}} }

// Ref reads which figure is asked for. Errors are of what was asked.
func (f Figures) Ref(p v1.FigureParams) (indicator.Ref, error) { return f.s.figureRef(&p) }

// Tell tells a figure with all that it rests on.
func (f Figures) Tell(lang string, x *indicator.Figure) v1.Figure {
	return f.s.figureOf(f.s.Catalogs.Printer(lang), x)
}

// Beside tells a figure with its reconciliation line, where there is one.
func (f Figures) Beside(ctx context.Context, lang string, e *indicator.Evaluator, x *indicator.Figure) (*v1.Figure, error) {
	return f.s.figureBeside(ctx, f.s.Catalogs.Printer(lang), e, x)
}

// Count counts records. Errors are of what was asked.
func (f Figures) Count(ctx context.Context, lang string, p v1.CountParams) (*v1.Count, error) {
	return f.s.count(context.WithValue(ctx, printerKey, f.s.Catalogs.Printer(lang)), &p)
}

// Status tells whether a figure is final, revised or provisional.
func (f Figures) Status(lang string, x *indicator.Figure) v1.Class {
	return named(f.s.Catalogs.Printer(lang), "figure.status", f.s.figureStatus(x))
}

// Indicator tells what a definition means.
func (f Figures) Indicator(lang string, d *indicator.Definition) v1.Indicator {
	return f.s.indicatorOf(f.s.Catalogs.Printer(lang), d)
}

func (s *server) figureRef(in *v1.FigureParams) (indicator.Ref, error) {
	r := indicator.Ref{Indicator: in.Indicator, Region: s.Indicators.Whole(), View: indicator.View(in.View)}
	if s.Indicators.Definition(r.Indicator) == nil {
		return r, ierr.New(ierr.NotFound, "indicator.unknown", ierr.Args{"id": r.Indicator})
	}
	if !r.View.Known() {
		return r, ierr.New(ierr.Invalid, "indicator.view", ierr.Args{"view": in.View})
	}
	var err error
	if r.Period, err = indicator.ParsePeriod(in.Period); err != nil {
		return r, ierr.New(ierr.Invalid, "returns.period", ierr.Args{"period": in.Period})
	}
	if r.Parts, err = indicator.ParseParts(in.Parts); err != nil {
		return r, ierr.New(ierr.Invalid, "indicator.parts", ierr.Args{"parts": in.Parts})
	}
	if in.Region != "" {
		codes, err := s.Region.Resolve(in.Region)
		if err != nil {
			return r, err
		}
		r.Region = codes[0]
	}
	return r, nil
}

func (s *server) figure(ctx context.Context, in *v1.FigureParams) (*v1.Figure, error) {
	r, err := s.figureRef(in)
	if err != nil {
		return nil, err
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
	return s.figureBeside(ctx, printer(ctx), e, f)
}

// figureBeside tells a figure with its reconciliation line, where there is one.
func (s *server) figureBeside(ctx context.Context, say *i18n.Printer, e *indicator.Evaluator, f *indicator.Figure) (*v1.Figure, error) {
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
	if account.May(account.Report).Admit(ctx) != nil {
		Unnamed(&out)
	}
	return &out, nil
}

// Unnamed takes the names of those who signed out of a figure, which are for people who
// work with returns: what they signed, and its hash, stand.
func Unnamed(f *v1.Figure) {
	if f.Signed != nil {
		f.Signed.PreparedBy, f.Signed.ApprovedBy = "", ""
	}
	if f.Beside != nil {
		Unnamed(f.Beside)
	}
	for i := range f.Inputs {
		Unnamed(&f.Inputs[i])
	}
}

// listing is the command that lists the records that a figure counts, in its state.
func listing(f *indicator.Figure) string {
	return fmt.Sprintf("onewindow search '%s' --known state:%d", f.Query, f.State)
}

// coveredBy names the declarations by which a count is complete.
func (s *server) coveredBy(say *i18n.Printer, f *indicator.Figure) string {
	var by []string
	for _, d := range s.Register.Declarations(f.State) {
		if slices.Contains(f.Covered, d.ID) {
			by = append(by, say.T("coverage.by", ierr.Args{"id": d.ID, "source": supplierOf(say, s.Sources, d.Source).Label}))
		}
	}
	return say.List(by)
}

// figureOf tells a figure with all that it rests on.
func (s *server) figureOf(say *i18n.Printer, f *indicator.Figure) v1.Figure {
	out := v1.Figure{
		Sample: f.Sample, Figure: f.Ref.String(), Name: s.figureName(say)(f.Ref), Indicator: f.Ref.Indicator,
		Region: v1.Class{Code: f.Ref.Region, Label: s.Region.Name(f.Ref.Region, say.Lang())}, Period: f.Ref.Period.String(),
		Parts: string(f.Ref.Parts), View: string(f.Ref.View), Status: named(say, "figure.status", s.figureStatus(f)), Qualifier: string(f.Qualifier), Definition: f.Definition,
		Reported: f.Reported, Vintage: f.Vintage.String(), State: f.State, Approval: f.Approval, Query: f.Query, On: f.On.String(), Return: f.Return, Source: f.Source,
	}
	if n, ok := f.Published(); ok {
		out.Value, out.Exact, out.Origin = n.Text(f.Places), f.Value.String(), named(say, "figure.origin", string(f.Origin))
	}
	out.Unit = s.unitOf(say, f.Unit)
	if d := s.Indicators.Definition(f.Ref.Indicator); d != nil {
		out.Method = s.Indicators.Method(d, f.Ref.View, say)
		out.About, out.Basis = indicator.InLang(d.About, say.Lang()), indicator.InLang(s.Indicators.Bases[d.Basis], say.Lang())
	}
	if a := f.Absent; a != nil {
		if out.Absent = indicator.InLang(a.Text, say.Lang()); out.Absent == "" {
			out.Absent = say.T("figure.absent."+a.Code, s.reasonArgs(say, a.Args))
		}
	}
	if f.Origin == indicator.FromRegister {
		out.Records = f.Value.String()
		out.Command = listing(f)
		out.Complete = s.coveredBy(say, f)
	}
	if r, err := s.Returns.Return(f.Return); err == nil {
		out.Signed = &v1.Signed{Form: s.formOf(say, r.Form), Revision: r.Revision, Reason: r.Reason, CutOff: r.CutOff.String(), PreparedBy: r.Prepared.By, ApprovedBy: r.Approved.By, ApprovedAt: s.local(r.Approved.At), Hash: r.Approved.Hash}
	}
	for _, x := range f.Inputs {
		out.Inputs = append(out.Inputs, s.figureOf(say, x))
	}
	return out
}

// reasonArgs names the figure that a reason tells of in words.
func (s *server) reasonArgs(say *i18n.Printer, args ierr.Args) ierr.Args {
	name, _ := args["figure"].(string)
	r, err := indicator.ParseRef(name)
	if err != nil {
		return args
	}
	out := maps.Clone(args)
	out["figure"] = say.T("figure.in-period", ierr.Args{"name": s.figureName(say)(r), "period": r.Period.String()})
	return out
}

// The statuses of figures.
const (
	statusFinal       = "final"
	statusRevised     = "revised"
	statusProvisional = "provisional"
)

// figureStatus returns the status of a figure: provisional while its period runs or a
// correction of its return waits for approval; revised where its return is a later
// revision; of one that is derived the least settled of what it rests on.
func (s *server) figureStatus(f *indicator.Figure) string {
	if f.Value == nil {
		return ""
	}
	if f.Ref.Period.Last() >= s.Register.Today() {
		return statusProvisional
	}
	if r, err := s.Returns.Return(f.Return); err == nil {
		return s.returnStatus(r)
	}
	status := statusFinal
	for _, x := range f.Inputs {
		switch s.figureStatus(x) {
		case statusProvisional:
			return statusProvisional
		case statusRevised:
			status = statusRevised
		}
	}
	return status
}

func (s *server) returnStatus(r *returns.Return) string {
	for _, x := range s.Returns.Revisions(r.Form, r.Period) {
		if x.Status == returns.Prepared {
			return statusProvisional
		}
	}
	if r.Revision > 1 {
		return statusRevised
	}
	return statusFinal
}

func (s *server) formOf(say *i18n.Printer, id string) v1.Class {
	c := v1.Class{Code: id}
	if f, err := s.Returns.Form(id); err == nil {
		c.Label = indicator.InLang(f.Names, say.Lang())
	}
	return c
}

// indicatorOf tells what a definition means.
func (s *server) indicatorOf(say *i18n.Printer, d *indicator.Definition) v1.Indicator {
	lang := say.Lang()
	out := v1.Indicator{
		ID: d.ID, Name: indicator.InLang(d.Names, lang), About: indicator.InLang(d.About, lang), Unit: s.unitOf(say, d.Unit),
		Kind: named(say, "indicator.kind", string(d.Kind)), Places: d.Places, Basis: indicator.InLang(s.Indicators.Bases[d.Basis], lang), Hash: d.Hash(),
		Sum: s.indicatorsNamed(say, d.Sum), AtMost: s.indicatorsNamed(say, d.AtMost), Residents: d.FromPack(),
	}
	if x := s.Indicators.SubjectOf(d); x != nil {
		out.Subject = v1.Class{Code: x.ID, Label: indicator.InLang(x.Names, lang)}
	}
	if sc := s.Indicators.Schemes[d.Rows]; sc != nil {
		out.Units = indicator.InLang(sc.Names, lang)
	}
	for _, m := range d.Dimensions {
		list := s.Indicators.Codelists[m.Codelist]
		x := v1.IndicatorDimension{ID: m.ID, Label: indicator.InLang(list.Names, lang), Parts: string(m.Parts)}
		for _, c := range list.Codes {
			x.Codes = append(x.Codes, v1.Class{Code: c.ID, Label: indicator.InLang(c.Names, lang)})
		}
		out.Dimensions = append(out.Dimensions, x)
	}
	if d.Of != nil {
		of := s.indicatorsNamed(say, []string{d.Of.Numerator, d.Of.Denominator})
		out.Numerator, out.Denominator, out.Times = &of[0], &of[1], d.Of.Times
	}
	if d.Count != nil {
		out.Counted, out.Query = true, d.Count.Query
	}
	for _, v := range d.Reported {
		out.Reported = append(out.Reported, named(say, "indicator.view", string(v)))
	}
	for _, x := range s.Indicators.UsedBy(d.ID) {
		out.UsedBy = append(out.UsedBy, v1.Class{Code: x.ID, Label: indicator.InLang(x.Names, lang)})
	}
	for _, x := range d.Absent {
		what := x.Period
		if x.Dimension == "rows" && what == "" {
			what = out.Units
		}
		out.Absent = append(out.Absent, say.T("figure.lacks", ierr.Args{"what": what, "reason": indicator.InLang(x.Reason, lang)}))
	}
	return out
}

func (s *server) indicatorsNamed(say *i18n.Printer, ids []string) []v1.Class {
	var out []v1.Class
	for _, id := range ids {
		out = append(out, v1.Class{Code: id, Label: indicator.InLang(s.Indicators.Definition(id).Names, say.Lang())})
	}
	return out
}

func (s *server) unitOf(say *i18n.Printer, id string) v1.Class {
	c := v1.Class{Code: id}
	if u := s.Indicators.Units[id]; u != nil {
		c.Label = indicator.InLang(u.Names, say.Lang())
	}
	return c
}
