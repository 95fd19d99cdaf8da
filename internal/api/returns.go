package api

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/returns"
)

func (s *server) returnForms(ctx context.Context, _ *struct{}) (*v1.ReturnForms, error) {
	say := printer(ctx)
	out := &v1.ReturnForms{Forms: []v1.ReturnForm{}}
	owed := s.Returns.Owed()
	for _, f := range s.Returns.Forms() {
		latest := s.Returns.Latest(f)
		form := v1.ReturnForm{
			ID: f.ID, Name: indicator.InLang(f.Names, say.Lang()), Body: indicator.InLang(f.Body, say.Lang()), DueDays: f.Days, Numbers: len(f.Cells),
			Period: latest.String(), Due: f.Due(latest).String(), Counts: true,
		}
		if i := slices.IndexFunc(owed, func(o returns.Owed) bool { return o.Form == f }); i >= 0 {
			form.Counts, form.Waiting, form.Late = false, owed[i].Waiting, max(owed[i].Days, 0)
		}
		out.Forms = append(out.Forms, form)
	}
	return out, nil
}

// formPeriod reads a period of a form; without one it is the latest that has ended.
func (s *server) formPeriod(form, period string) (*returns.Form, indicator.Period, error) {
	f, err := s.Returns.Form(form)
	if err != nil {
		return nil, indicator.Period{}, err
	}
	if period == "" {
		return f, s.Returns.Latest(f), nil
	}
	p, err := indicator.ParsePeriod(period)
	if err != nil || !f.Of(p) {
		return nil, p, ierr.New(ierr.Invalid, "returns.period", ierr.Args{"period": period})
	}
	return f, p, nil
}

// returnTemplate writes the file that is made for a form: with the numbers that count
// already, so that a revision begins with what it revises.
func (s *server) returnTemplate(ctx context.Context, in *v1.TemplateParams) (func(huma.Context), error) {
	f, p, err := s.formPeriod(in.Form, in.Period)
	if err != nil {
		return nil, err
	}
	r := &returns.Return{Form: f.ID, Period: p}
	for _, x := range s.Returns.Standing(0) {
		if x.Form == f.ID && x.Period == p {
			r = &x
		}
	}
	say := printer(ctx)
	write, kind := returns.WriteXLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if in.Format == "csv" {
		write, kind = returns.WriteCSV, "text/csv; charset=utf-8"
	}
	var b bytes.Buffer
	if err := write(&b, s.Indicators, f, r, say, s.figureName(say)); err != nil {
		return nil, err
	}
	return func(hc huma.Context) {
		_, w := humago.Unwrap(hc)
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+f.ID+"-"+p.String()+"."+in.Format+`"`)
		w.WriteHeader(http.StatusOK)
		// A reader who is gone already misses nothing.
		_, _ = w.Write(b.Bytes())
	}, nil
}

// figureName says in words what a figure is.
func (s *server) figureName(say *i18n.Printer) func(indicator.Ref) string {
	return func(r indicator.Ref) string { return s.Indicators.Name(r, say, s.Region.Name) }
}

func (s *server) listReturns(ctx context.Context, in *v1.ReturnsParams) (*v1.Returns, error) {
	out := &v1.Returns{Returns: []v1.ReturnInfo{}}
	for _, r := range s.Returns.All() {
		if (in.Form == "" || r.Form == in.Form) && (in.Period == "" || r.Period.String() == in.Period) {
			out.Returns = append(out.Returns, s.returnInfo(printer(ctx), &r))
		}
	}
	slices.Reverse(out.Returns)
	return out, nil
}

func (s *server) returnInfo(say *i18n.Printer, r *returns.Return) v1.ReturnInfo {
	out := v1.ReturnInfo{
		ID: r.ID, Form: v1.Class{Code: r.Form, Label: r.Form}, Period: r.Period.String(), Revision: r.Revision,
		Status: named(say, "returns.status", string(r.Status)), CutOff: r.CutOff.String(), Reason: r.Reason, Source: r.Source, Note: r.Note,
		Numbers: len(r.Values), Prepared: s.signature(r.Prepared), Approval: r.Number,
	}
	if f, err := s.Returns.Form(r.Form); err == nil {
		out.Form.Label = indicator.InLang(f.Names, say.Lang())
	}
	if r.Status == returns.Approved {
		signed := s.signature(r.Approved)
		out.Approved = &signed
	}
	return out
}

func (s *server) signature(x returns.Signature) v1.Signature {
	return v1.Signature{By: x.By, At: s.local(x.At), Hash: x.Hash}
}

func (s *server) showReturn(ctx context.Context, in *v1.ReturnPath) (*v1.ReturnDetail, error) {
	r, err := s.Returns.Return(in.ID)
	return s.returnDetail(ctx, r, err)
}

func (s *server) returnDetail(ctx context.Context, r *returns.Return, err error) (*v1.ReturnDetail, error) {
	say := printer(ctx)
	if err != nil {
		return nil, s.refused(say, err)
	}
	out := &v1.ReturnDetail{ReturnInfo: s.returnInfo(say, r), Values: []v1.ReturnValue{}}
	name := s.figureName(say)
	for _, v := range r.Values {
		x := v1.ReturnValue{Figure: v.Ref.String(), Name: name(v.Ref), Value: v.Value.Text(v.Places), Qualifier: string(v.Qualifier), Note: v.Note, Reason: v.Reason}
		if d := s.Indicators.Definition(v.Ref.Indicator); d != nil {
			x.Unit = indicator.InLang(s.Indicators.Units[d.UnitOf(v.Ref.View)].Names, say.Lang())
		}
		out.Values = append(out.Values, x)
	}
	return out, nil
}

// refused makes one refusal of all that is wrong with a return, a line each with its
// place.
func (s *server) refused(say *i18n.Printer, err error) error {
	var problems returns.Problems
	if !errors.As(err, &problems) {
		return err
	}
	const most = 50
	var lines []string
	for i, p := range problems {
		if i == most {
			lines = append(lines, "…")
			break
		}
		line := say.T("returns.problem."+p.Code, p.Args)
		if p.Ref.Indicator != "" {
			line = s.figureName(say)(p.Ref) + ": " + line
		}
		if p.Row > 0 {
			line = say.T("returns.place", ierr.Args{"row": p.Row, "column": p.Column}) + " " + line
		}
		lines = append(lines, line)
	}
	return ierr.New(ierr.Invalid, "returns.refused", ierr.Args{"n": len(problems), "problems": strings.Join(lines, "\n")})
}

func (s *server) submitReturn(ctx context.Context, in *struct {
	v1.FormPath
	Body v1.SubmitReturn
}) (*v1.ReturnDetail, error) {
	_, p, err := s.formPeriod(in.Form, in.Body.Period)
	if err != nil {
		return nil, err
	}
	r := returns.Return{Form: in.Form, Period: p, Reason: in.Body.Reason, Note: in.Body.Note}
	if in.Body.CutOff != "" {
		if r.CutOff, err = date.Parse(in.Body.CutOff); err != nil {
			return nil, ierr.New(ierr.Invalid, "returns.day", ierr.Args{"day": in.Body.CutOff})
		}
	}
	var langs []indicator.Say
	for _, lang := range s.Catalogs.Langs() {
		langs = append(langs, s.Catalogs.Printer(lang))
	}
	if in.Body.Format == "csv" {
		r.Values, err = returns.ReadCSV(bytes.NewReader(in.Body.File), p, langs)
	} else {
		r.Values, err = returns.ReadXLSX(bytes.NewReader(in.Body.File), int64(len(in.Body.File)), p, langs)
	}
	if err != nil {
		return nil, s.refused(printer(ctx), err)
	}
	by, err := signer(ctx, in.Body.By)
	if err != nil {
		return nil, err
	}
	done, err := s.Returns.Prepare(ctx, r, by)
	return s.returnDetail(ctx, done, err)
}

// signer returns who signs: nobody signs without a name.
func signer(ctx context.Context, claimed string) (string, error) {
	by := account.Signature(ctx, claimed)
	if strings.TrimSpace(by) == "" {
		return "", ierr.New(ierr.Invalid, "returns.by", nil)
	}
	return by, nil
}

type signReturn struct {
	v1.ReturnPath
	Body v1.SignReturn
}

func (s *server) approveReturn(ctx context.Context, in *signReturn) (*v1.ReturnDetail, error) {
	by, err := signer(ctx, in.Body.By)
	if err != nil {
		return nil, err
	}
	r, err := s.Returns.Approve(ctx, in.ID, by)
	return s.returnDetail(ctx, r, err)
}

func (s *server) withdrawReturn(ctx context.Context, in *signReturn) (*v1.ReturnDetail, error) {
	by, err := signer(ctx, in.Body.By)
	if err != nil {
		return nil, err
	}
	r, err := s.Returns.Withdraw(ctx, in.ID, in.Body.Reason, by)
	return s.returnDetail(ctx, r, err)
}
