package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Returns is what the pages of returns ask: the forms of the reader's body, and what was
// handed in, in the words of the API. Who signs is the person of the context.
type Returns interface {
	Forms(ctx context.Context, lang string) (*v1.ReturnForms, error)
	Sheet(ctx context.Context, lang, form, period string) (*v1.ReturnSheet, error)
	Template(ctx context.Context, w io.Writer, lang string, p v1.TemplateParams) error
	Return(ctx context.Context, lang string, id int64) (*v1.ReturnDetail, error)
	// Submit hands a return in. One that is refused leaves problems and no return.
	Submit(ctx context.Context, lang, form string, r v1.SubmitReturn) (*v1.ReturnDetail, []v1.ReturnProblem, error)
	Approve(ctx context.Context, id int64) error
	Withdraw(ctx context.Context, id int64, reason string) error
}

// returnRoutes are the pages of returns.
func returnRoutes() []Route {
	report, approve := account.May(account.Report), account.May(account.Approve)
	return []Route{
		{"GET", "/{lang}/returns", report, serveReturnForms},
		{"GET", "/{lang}/returns/{form}", report, serveReturnSheet},
		{"POST", "/{lang}/returns/{form}", report, enterReturn},
		{"POST", "/{lang}/returns/{form}/file", report, uploadReturn},
		{"GET", "/{lang}/returns/{form}/template.xlsx", report, serveReturnTemplate},
		{"GET", "/{lang}/returns/{form}/template.csv", report, serveReturnTemplate},
		{"GET", "/{lang}/returns/{form}/{id}", report, serveReturn},
		{"POST", "/{lang}/returns/{form}/{id}/approve", approve, approveReturn},
		{"POST", "/{lang}/returns/{form}/{id}/withdraw", report, withdrawReturn},
	}
}

// returns gives what the pages ask; pages of returns that there are not are absent.
func (v *visit) returns() (Returns, error) {
	if v.site.Returns == nil {
		return nil, ierr.New(ierr.NotFound, "web.page", nil)
	}
	return v.site.Returns, nil
}

// mayReport tells whether the reader hands returns in.
func (v *visit) mayReport() bool {
	return v.site.Returns != nil && account.May(account.Report).Admit(v.ctx()) == nil
}

func returnURL(lang, form string, id int64) string {
	at := "/" + lang + "/returns/" + form
	if id != 0 {
		at += "/" + strconv.FormatInt(id, 10)
	}
	return at
}

// returnFormsPage is the body of the list of forms.
type returnFormsPage struct {
	*v1.ReturnForms
	Late int
	Body string // of the reader, where they have no form
}

func serveReturnForms(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	all, err := desk.Forms(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	body := returnFormsPage{ReturnForms: all}
	for _, f := range all.Forms {
		if f.Late > 0 {
			body.Late++
		}
	}
	if p, ok := account.PersonOf(v.ctx()); ok {
		body.Body = p.Body
	}
	return v.render(http.StatusOK, "returns", page{Section: "returns", Title: v.print.T("web.returns.title", nil), NoIndex: true, At: "returns", Body: body})
}

// returnSheetPage is the body of the page of a form for one period.
type returnSheetPage struct {
	*v1.ReturnSheet
	Entry  *returnEntry // nil while a revision waits
	Upload *form
	Limit  int64 // of a file, MiB
}

func serveReturnSheet(v *visit) error {
	return v.returnSheet(http.StatusOK, v.r.URL.Query().Get("period"), nil)
}

// returnSheet renders the page of a form; wrong is what was handed in and refused.
func (v *visit) returnSheet(status int, period string, wrong *handedIn) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	sheet, err := desk.Sheet(v.ctx(), v.lang, v.r.PathValue("form"), period)
	if err != nil {
		return err
	}
	body := &returnSheetPage{ReturnSheet: sheet, Limit: v1.MaxReturn >> 20}
	if sheet.Waiting == nil || wrong != nil { // what was typed is kept
		body.Entry, body.Upload = v.returnEntry(sheet), v.uploadForm(sheet)
	}
	title := sheet.Form.Name + " " + sheet.Period
	if wrong != nil {
		wrong.show(v, body)
		title = v.print.T("web.form.title", ierr.Args{"title": title})
	}
	return v.render(status, "return-sheet", page{Section: "returns", Title: title, NoIndex: true, At: "returns/" + sheet.Form.ID, Body: body})
}

// handedIn is what was handed in and refused: the values of the form and what is wrong.
type handedIn struct {
	entry    *returnEntry // nil where it came as a file
	upload   *form        // nil where it was typed
	problems []v1.ReturnProblem
	err      error // that refuses the whole
}

// show puts what was typed, and what is wrong with it, into the page.
func (w *handedIn) show(v *visit, body *returnSheetPage) {
	f := w.upload
	if w.entry != nil {
		body.Entry, f = w.entry, w.entry.form
	} else {
		body.Upload = w.upload
	}
	for _, p := range w.problems {
		if w.entry != nil {
			w.entry.reject(p)
		} else {
			f.Faults = append(f.Faults, fault{"", v.placed(p)})
		}
	}
	if w.err != nil {
		f.reject("", w.err)
	}
}

// placed tells a problem with its place in the file and the figure that it is about.
func (v *visit) placed(p v1.ReturnProblem) string {
	text := p.Message
	if p.Name != "" {
		text = p.Name + v.print.T("web.returns.colon", nil) + text
	}
	if p.Row > 0 {
		text = v.print.T("returns.place", ierr.Args{"row": p.Row, "column": p.Column}) + " " + text
	}
	return text
}

// enterReturn takes the numbers that were typed into the page.
func enterReturn(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	values, err := v.posted()
	if err != nil {
		return err
	}
	period := values.Get("period")
	sheet, err := desk.Sheet(v.ctx(), v.lang, v.r.PathValue("form"), period)
	if err != nil {
		return err
	}
	entry := v.returnEntry(sheet)
	if err := v.fillIn(entry.form, values); err != nil {
		return err
	}
	wrong := &handedIn{entry: entry}
	if entry.form.ok() {
		done, problems, err := desk.Submit(v.ctx(), v.lang, sheet.Form.ID, entry.submission())
		if done != nil {
			return v.handed(done)
		}
		if wrong.problems, wrong.err = problems, err; err != nil && !refusal(err) {
			return err
		}
	}
	return v.returnSheet(http.StatusUnprocessableEntity, sheet.Period, wrong)
}

// uploadReturn takes a filled-in file.
func uploadReturn(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	values, file, err := v.uploaded("file", v1.MaxReturn)
	if err != nil {
		return err
	}
	sheet, err := desk.Sheet(v.ctx(), v.lang, v.r.PathValue("form"), values.Get("period"))
	if err != nil {
		return err
	}
	f := v.uploadForm(sheet)
	if err := v.fillIn(f, values); err != nil {
		return err
	}
	wrong := &handedIn{upload: f}
	if file == nil {
		f.Faults = append(f.Faults, fault{"return-file-file", v.print.T("web.returns.no-file", nil)})
	}
	if f.ok() {
		r := v1.SubmitReturn{Period: sheet.Period, CutOff: f.value("cut_off"), Reason: f.value("reason"), Note: f.value("note"), File: file.Data, Format: "csv"}
		if strings.EqualFold(path.Ext(file.Name), ".xlsx") {
			r.Format = "xlsx"
		}
		done, problems, err := desk.Submit(v.ctx(), v.lang, sheet.Form.ID, r)
		if done != nil {
			return v.handed(done)
		}
		if wrong.problems, wrong.err = problems, err; err != nil && !refusal(err) {
			return err
		}
	}
	return v.returnSheet(http.StatusUnprocessableEntity, sheet.Period, wrong)
}

// refusal tells whether the reader can do something about an error.
func refusal(err error) bool {
	switch ierr.KindOf(err) {
	case ierr.Invalid, ierr.Conflict, ierr.TooLarge, ierr.Unsupported:
		return true
	}
	return false
}

func (v *visit) handed(r *v1.ReturnDetail) error {
	v.flash("return-prepared", nil)
	return v.seeOther(returnURL(v.lang, r.Form.Code, r.ID))
}

func serveReturnTemplate(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	p := v1.TemplateParams{Form: v.r.PathValue("form"), Period: v.r.URL.Query().Get("period"), Format: strings.TrimPrefix(path.Ext(v.r.URL.Path), ".")}
	var b bytes.Buffer
	if err := desk.Template(v.ctx(), &b, v.lang, p); err != nil {
		return err
	}
	kind := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if p.Format == "csv" {
		kind = "text/csv; charset=utf-8"
	}
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+strings.Trim(p.Form+"-"+p.Period, "-")+"."+p.Format+`"`)
	h.Set("Cache-Control", "no-store")
	// A reader who is gone already misses nothing.
	_, _ = v.w.Write(b.Bytes())
	return nil
}

// returnPage is the body of the page of one revision.
type returnPage struct {
	*v1.ReturnDetail
	Revisions  []v1.ReturnInfo // of the same form and period, the newest first
	Waits      bool            // for approval
	Counts     bool
	MayApprove bool   // the reader, who did not prepare it
	Own        bool   // the reader prepared it
	Path       string // of the page
	Withdraw   *form
}

func (v *visit) returnID() (int64, error) {
	id, err := strconv.ParseInt(v.r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, ierr.New(ierr.NotFound, "web.page", nil)
	}
	return id, nil
}

func serveReturn(v *visit) error { return v.oneReturn(http.StatusOK, nil) }

// oneReturn renders the page of one revision; wrong is a form that was not accepted.
func (v *visit) oneReturn(status int, wrong *form) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	id, err := v.returnID()
	if err != nil {
		return err
	}
	r, err := desk.Return(v.ctx(), v.lang, id)
	if err != nil {
		return err
	}
	if r.Form.Code != v.r.PathValue("form") {
		return ierr.New(ierr.NotFound, "returns.unknown", ierr.Args{"return": id})
	}
	sheet, err := desk.Sheet(v.ctx(), v.lang, r.Form.Code, r.Period)
	if err != nil {
		return err
	}
	body := returnPage{
		ReturnDetail: r, Revisions: sheet.Revisions, Waits: r.Status.Code == "prepared", Counts: sheet.Counting != nil && sheet.Counting.ID == id,
		Path: returnURL(v.lang, r.Form.Code, id), Withdraw: wrong,
	}
	if p, ok := account.PersonOf(v.ctx()); ok {
		body.Own = p.Signature() == r.Prepared.By
		body.MayApprove = p.May(account.Approve) && !body.Own
	}
	if body.Withdraw == nil {
		body.Withdraw = v.withdrawForm(body.Path)
	}
	return v.render(status, "return", page{
		Section: "returns", Title: v.print.T("web.returns.one", ierr.Args{"form": r.Form.Label, "period": r.Period, "revision": r.Revision}), NoIndex: true,
		At: strings.TrimPrefix(body.Path, "/"+v.lang+"/"), Body: body,
	})
}

func (v *visit) withdrawForm(at string) *form {
	return v.newForm("withdraw", at+"/withdraw", "web.returns.withdraw",
		&field{Name: "reason", Label: "web.returns.withdraw-reason", Kind: kindLines, Limit: maxReturnText})
}

func approveReturn(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	id, err := v.returnID()
	if err != nil {
		return err
	}
	if _, err := v.posted(); err != nil {
		return err
	}
	if err := desk.Approve(v.ctx(), id); err != nil {
		return err
	}
	v.flash("return-approved", nil)
	return v.seeOther(returnURL(v.lang, v.r.PathValue("form"), id))
}

func withdrawReturn(v *visit) error {
	desk, err := v.returns()
	if err != nil {
		return err
	}
	id, err := v.returnID()
	if err != nil {
		return err
	}
	at := returnURL(v.lang, v.r.PathValue("form"), id)
	f := v.withdrawForm(at)
	if err := v.read(f); err != nil {
		return err
	}
	if f.ok() {
		err := desk.Withdraw(v.ctx(), id, f.value("reason"))
		if err == nil {
			v.flash("return-withdrawn", nil)
			return v.seeOther(at)
		}
		if !refusal(err) {
			return err
		}
		f.reject("reason", err)
	}
	return v.oneReturn(http.StatusUnprocessableEntity, f)
}
