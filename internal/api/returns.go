package api

import (
	"bytes"
	"context"
	"errors"
	"io"
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

// ReturnsDesk answers about returns for the pages, in the words of the API. Whose returns
// a reader sees and signs hangs on the person of the context.
type ReturnsDesk struct{ s *server }

// NewReturnsDesk makes one of a backend.
func NewReturnsDesk(b Backend) ReturnsDesk { return ReturnsDesk{&server{Backend: b}} }

// Forms lists the forms of the reader's body, or all.
func (d ReturnsDesk) Forms(ctx context.Context, lang string) (*v1.ReturnForms, error) {
	return d.s.formsOf(ctx, d.s.Catalogs.Printer(lang)), nil
}

// Sheet shows a form for a period, the latest that has ended where none is given.
func (d ReturnsDesk) Sheet(ctx context.Context, lang, form, period string) (*v1.ReturnSheet, error) {
	return d.s.returnSheet(ctx, d.s.Catalogs.Printer(lang), form, period)
}

// Template writes the file that is made for a form.
func (d ReturnsDesk) Template(ctx context.Context, w io.Writer, lang string, p v1.TemplateParams) error {
	return d.s.writeTemplate(ctx, w, d.s.Catalogs.Printer(lang), &p)
}

// Return shows one revision.
func (d ReturnsDesk) Return(ctx context.Context, lang string, id int64) (*v1.ReturnDetail, error) {
	r, err := d.s.ownReturn(ctx, id)
	if err != nil {
		return nil, err
	}
	return d.s.detail(d.s.Catalogs.Printer(lang), r), nil
}

// Submit hands a return in, which signs it as prepared. Where it is refused, problems say
// all that is wrong.
func (d ReturnsDesk) Submit(ctx context.Context, lang, form string, in v1.SubmitReturn) (*v1.ReturnDetail, []v1.ReturnProblem, error) {
	say := d.s.Catalogs.Printer(lang)
	r, err := d.s.handIn(ctx, form, &in)
	var problems returns.Problems
	if errors.As(err, &problems) {
		return nil, d.s.problemsOf(say, problems), nil
	}
	if err != nil {
		return nil, nil, err
	}
	return d.s.detail(say, r), nil, nil
}

// Approve signs a return that another person prepared.
func (d ReturnsDesk) Approve(ctx context.Context, id int64) error {
	_, err := d.s.sign(ctx, id, "", d.s.Returns.Approve)
	return err
}

// Withdraw takes a return back that waits for approval.
func (d ReturnsDesk) Withdraw(ctx context.Context, id int64, reason string) error {
	_, err := d.s.sign(ctx, id, "", withdrawing(d.s.Returns, reason))
	return err
}

func withdrawing(desk *returns.Desk, reason string) func(context.Context, int64, string) (*returns.Return, error) {
	return func(ctx context.Context, id int64, by string) (*returns.Return, error) {
		return desk.Withdraw(ctx, id, reason, by)
	}
}

// reports tells whether the reader sees a form's returns: those of the office see all,
// others what their own body reports.
func reports(ctx context.Context, f *returns.Form) bool {
	if account.IsInsider(ctx) {
		return true
	}
	p, ok := account.PersonOf(ctx)
	return ok && f.Reports(p.Body)
}

// ownForm returns a form that the reader's body reports with. Forbidden where another
// one does.
func (s *server) ownForm(ctx context.Context, id string) (*returns.Form, error) {
	f, err := s.Returns.Form(id)
	if err == nil && !reports(ctx, f) {
		return nil, ierr.New(ierr.Forbidden, "returns.body", ierr.Args{"form": id})
	}
	return f, err
}

// ownReturn returns a return of the reader's body; those of others are not there.
func (s *server) ownReturn(ctx context.Context, id int64) (*returns.Return, error) {
	r, err := s.Returns.Return(id)
	if err != nil {
		return nil, err
	}
	if f, err := s.Returns.Form(r.Form); err != nil && !account.IsInsider(ctx) || err == nil && !reports(ctx, f) {
		return nil, ierr.New(ierr.NotFound, "returns.unknown", ierr.Args{"return": id})
	}
	return r, nil
}

func (s *server) returnForms(ctx context.Context, _ *struct{}) (*v1.ReturnForms, error) {
	return s.formsOf(ctx, printer(ctx)), nil
}

func (s *server) formsOf(ctx context.Context, say *i18n.Printer) *v1.ReturnForms {
	out := &v1.ReturnForms{Forms: []v1.ReturnForm{}, Waiting: []v1.ReturnInfo{}}
	owed := s.Returns.Owed()
	for _, f := range s.Returns.Forms() {
		if reports(ctx, f) {
			out.Forms = append(out.Forms, s.returnForm(say, f, owed))
		}
	}
	for _, r := range s.Returns.All() {
		if r.Status != returns.Prepared {
			continue
		}
		if _, err := s.ownReturn(ctx, r.ID); err == nil {
			out.Waiting = append(out.Waiting, s.returnInfo(say, &r))
		}
	}
	return out
}

func (s *server) returnForm(say *i18n.Printer, f *returns.Form, owed []returns.Owed) v1.ReturnForm {
	latest := s.Returns.Latest(f)
	form := v1.ReturnForm{
		ID: f.ID, Name: indicator.InLang(f.Names, say.Lang()), Body: indicator.InLang(f.Body, say.Lang()), DueDays: f.Days, Numbers: len(f.Cells),
		Period: latest.String(), Due: f.Due(latest).String(), Counts: true,
	}
	if i := slices.IndexFunc(owed, func(o returns.Owed) bool { return o.Form == f }); i >= 0 {
		form.Counts, form.Waiting, form.Late = false, owed[i].Waiting, max(owed[i].Days, 0)
	}
	return form
}

// formPeriod reads a period of a form of the reader's body; without one it is the latest
// that has ended.
func (s *server) formPeriod(ctx context.Context, form, period string) (*returns.Form, indicator.Period, error) {
	f, err := s.ownForm(ctx, form)
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

// maxPeriods is how many periods a sheet offers to be reported.
const maxPeriods = 12

func (s *server) returnSheet(ctx context.Context, say *i18n.Printer, form, period string) (*v1.ReturnSheet, error) {
	f, p, err := s.formPeriod(ctx, form, period)
	if err != nil {
		return nil, err
	}
	out := &v1.ReturnSheet{Form: s.returnForm(say, f, s.Returns.Owed()), Period: p.String(), Due: f.Due(p).String(), Revisions: []v1.ReturnInfo{}}
	if f.Change.Sign() > 0 {
		out.Bound = f.Change.String()
	}
	for q := s.Returns.Latest(f); len(out.Periods) < maxPeriods; q = f.Before(q) {
		out.Periods = append(out.Periods, q.String())
	}
	counting := s.counting(f.ID, p)
	for _, r := range s.Returns.Revisions(f.ID, p) {
		info := s.returnInfo(say, &r)
		if out.Revisions = append(out.Revisions, info); r.Status == returns.Prepared {
			out.Waiting = &info
		}
		if r.ID == counting.ID {
			out.Counting = &info
		}
	}
	slices.Reverse(out.Revisions)
	name := s.figureName(say)
	before := valuesByRef(s.Returns.Prior(f.ID, p), p)
	now := valuesByRef(counting.Values, p)
	for _, c := range f.Cells {
		d := s.Indicators.Definition(c.Ref.Indicator)
		u := s.Indicators.Units[d.UnitOf(c.Ref.View)]
		cell := v1.ReturnCell{Figure: c.Ref.String(), Name: name(c.Ref), Unit: indicator.InLang(u.Names, say.Lang()), Whole: u.Whole, Required: c.Required}
		if v, ok := before[c.Ref.In(p)]; ok {
			cell.Before = v.Value.Text(v.Places)
		}
		if v, ok := now[c.Ref.In(p)]; ok {
			cell.Counting = s.returnValue(say, v)
		}
		out.Cells = append(out.Cells, cell)
	}
	return out, nil
}

// counting returns the revision that counts for a form and period, an empty one for that
// period where none does.
func (s *server) counting(form string, p indicator.Period) *returns.Return {
	for _, x := range s.Returns.Standing(0) {
		if x.Form == form && x.Period == p {
			return &x
		}
	}
	return &returns.Return{Form: form, Period: p}
}

// valuesByRef finds values by their figures, taken to a period.
func valuesByRef(all []returns.Value, p indicator.Period) map[indicator.Ref]*returns.Value {
	out := map[indicator.Ref]*returns.Value{}
	for i := range all {
		out[all[i].Ref.In(p)] = &all[i]
	}
	return out
}

// returnTemplate writes the file that is made for a form: with the numbers that count
// already, so that a revision begins with what it revises.
func (s *server) returnTemplate(ctx context.Context, in *v1.TemplateParams) (func(huma.Context), error) {
	f, p, err := s.formPeriod(ctx, in.Form, in.Period)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := s.writeTemplate(ctx, &b, printer(ctx), in); err != nil {
		return nil, err
	}
	kind := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if in.Format == "csv" {
		kind = "text/csv; charset=utf-8"
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

func (s *server) writeTemplate(ctx context.Context, w io.Writer, say *i18n.Printer, in *v1.TemplateParams) error {
	f, p, err := s.formPeriod(ctx, in.Form, in.Period)
	if err != nil {
		return err
	}
	write := returns.WriteXLSX
	if in.Format == "csv" {
		write = returns.WriteCSV
	}
	return write(w, s.Indicators, f, s.counting(f.ID, p), say, s.figureName(say))
}

// figureName says in words what a figure is.
func (s *server) figureName(say *i18n.Printer) func(indicator.Ref) string {
	return func(r indicator.Ref) string { return s.Indicators.Name(r, say, s.Region.Name) }
}

func (s *server) listReturns(ctx context.Context, in *v1.ReturnsParams) (*v1.Returns, error) {
	out := &v1.Returns{Returns: []v1.ReturnInfo{}}
	for _, r := range s.Returns.All() {
		if in.Form != "" && r.Form != in.Form || in.Period != "" && r.Period.String() != in.Period {
			continue
		}
		if _, err := s.ownReturn(ctx, r.ID); err == nil {
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
	if w := r.Withdrawn; r.Status == returns.Withdrawn {
		out.Withdrawn = &v1.Withdrawal{By: w.By, At: s.local(w.At), Reason: w.Reason}
	}
	return out
}

func (s *server) signature(x returns.Signature) v1.Signature {
	return v1.Signature{By: x.By, At: s.local(x.At), Hash: x.Hash}
}

func (s *server) showReturn(ctx context.Context, in *v1.ReturnPath) (*v1.ReturnDetail, error) {
	r, err := s.ownReturn(ctx, in.ID)
	return s.returnDetail(ctx, r, err)
}

// returnDetail answers with a return, or with one refusal of all that is wrong with it.
func (s *server) returnDetail(ctx context.Context, r *returns.Return, err error) (*v1.ReturnDetail, error) {
	say := printer(ctx)
	if err != nil {
		return nil, s.refused(say, err)
	}
	return s.detail(say, r), nil
}

// detail tells a return with its numbers and what they change.
func (s *server) detail(say *i18n.Printer, r *returns.Return) *v1.ReturnDetail {
	out := &v1.ReturnDetail{ReturnInfo: s.returnInfo(say, r), Values: []v1.ReturnValue{}}
	for i := range r.Values {
		out.Values = append(out.Values, s.returnValue(say, &r.Values[i]))
	}
	before := s.countedBefore(r)
	if before == nil {
		return out
	}
	against := s.returnInfo(say, before)
	out.Against = &against
	for _, c := range returns.Changes(before, r) {
		x := v1.ReturnChange{Figure: c.Ref.String(), Name: s.figureName(say)(c.Ref), Unit: s.unitName(say, c.Ref)}
		if c.Before != nil {
			x.Before, x.BeforeMeant = c.Before.Value.Text(c.Before.Places), string(c.Before.Qualifier)
		}
		if c.After != nil {
			x.After, x.AfterMeant = c.After.Value.Text(c.After.Places), string(c.After.Qualifier)
		}
		if c.Before != nil && c.After != nil {
			x.Difference = c.After.Value.Sub(c.Before.Value).String()
		}
		out.Changes = append(out.Changes, x)
	}
	return out
}

// countedBefore returns the revision that counted before another one did, or that counts
// while it does not; nil where there is none.
func (s *server) countedBefore(r *returns.Return) *returns.Return {
	var out *returns.Return
	for _, x := range s.Returns.Revisions(r.Form, r.Period) {
		if x.Revision < r.Revision && x.Status == returns.Approved && (out == nil || x.Number > out.Number) {
			out = &x
		}
	}
	return out
}

func (s *server) unitName(say *i18n.Printer, r indicator.Ref) string {
	d := s.Indicators.Definition(r.Indicator)
	if d == nil {
		return ""
	}
	return indicator.InLang(s.Indicators.Units[d.UnitOf(r.View)].Names, say.Lang())
}

func (s *server) returnValue(say *i18n.Printer, v *returns.Value) v1.ReturnValue {
	return v1.ReturnValue{
		Figure: v.Ref.String(), Name: s.figureName(say)(v.Ref), Value: v.Value.Text(v.Places), Unit: s.unitName(say, v.Ref), Qualifier: string(v.Qualifier), Note: v.Note, Reason: v.Reason,
	}
}

// problemsOf tells what is wrong with a return that is refused.
func (s *server) problemsOf(say *i18n.Printer, problems returns.Problems) []v1.ReturnProblem {
	var out []v1.ReturnProblem
	for _, p := range problems {
		x := v1.ReturnProblem{Code: p.Code, Message: say.T("returns.problem."+p.Code, p.Args), Row: p.Row, Column: p.Column}
		if p.Ref.Indicator != "" {
			x.Figure, x.Name = p.Ref.In(indicator.Period{}).String(), s.figureName(say)(p.Ref)
		}
		out = append(out, x)
	}
	return out
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
	for i, p := range s.problemsOf(say, problems) {
		if i == most {
			lines = append(lines, "…")
			break
		}
		line := p.Message
		if p.Name != "" {
			line = p.Name + ": " + line
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
	r, err := s.handIn(ctx, in.Form, &in.Body)
	return s.returnDetail(ctx, r, err)
}

// handIn reads a return and has it signed as prepared.
func (s *server) handIn(ctx context.Context, form string, in *v1.SubmitReturn) (*returns.Return, error) {
	_, p, err := s.formPeriod(ctx, form, in.Period)
	if err != nil {
		return nil, err
	}
	r := returns.Return{Form: form, Period: p, Reason: in.Reason, Note: in.Note}
	if in.CutOff != "" {
		if r.CutOff, err = date.Parse(in.CutOff); err != nil {
			return nil, ierr.New(ierr.Invalid, "returns.day", ierr.Args{"day": in.CutOff})
		}
	}
	if r.Values, err = s.readValues(in, p); err != nil {
		return nil, err
	}
	by, err := signer(ctx, in.By)
	if err != nil {
		return nil, err
	}
	return s.Returns.Prepare(ctx, r, by)
}

// readValues reads the numbers of a return, out of a file or as they were typed.
func (s *server) readValues(in *v1.SubmitReturn, p indicator.Period) ([]returns.Value, error) {
	var langs []indicator.Say
	for _, lang := range s.Catalogs.Langs() {
		langs = append(langs, s.Catalogs.Printer(lang))
	}
	switch in.Format {
	case "values":
		typed := make([]returns.Typed, len(in.Values))
		for i, v := range in.Values {
			typed[i] = returns.Typed(v)
		}
		return returns.ReadTyped(typed, p)
	case "csv":
		return returns.ReadCSV(bytes.NewReader(in.File), p, langs)
	}
	return returns.ReadXLSX(bytes.NewReader(in.File), int64(len(in.File)), p, langs)
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

// sign has a return of the reader's body signed or withdrawn.
func (s *server) sign(ctx context.Context, id int64, claimed string, act func(context.Context, int64, string) (*returns.Return, error)) (*returns.Return, error) {
	by, err := signer(ctx, claimed)
	if err != nil {
		return nil, err
	}
	if _, err := s.ownReturn(ctx, id); err != nil {
		return nil, err
	}
	return act(ctx, id, by)
}

func (s *server) approveReturn(ctx context.Context, in *signReturn) (*v1.ReturnDetail, error) {
	r, err := s.sign(ctx, in.ID, in.Body.By, s.Returns.Approve)
	return s.returnDetail(ctx, r, err)
}

func (s *server) withdrawReturn(ctx context.Context, in *signReturn) (*v1.ReturnDetail, error) {
	r, err := s.sign(ctx, in.ID, in.Body.By, withdrawing(s.Returns, in.Body.Reason))
	return s.returnDetail(ctx, r, err)
}
