package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// Desk is what the pages of the desk of doubts ask: what waits for a decision, with
// its evidence, in the words of the API. Who decides is the person of the context.
type Desk interface {
	Summary(ctx context.Context, lang string) (*v1.QualitySummary, error)
	List(ctx context.Context, lang, kind string, p v1.QualityListParams) (*v1.QualityList, error)
	Case(ctx context.Context, lang, id string) (*v1.QualityCase, error)
	Alike(ctx context.Context, lang string, p v1.QualityAlikeParams) (*v1.QualityList, error)
	Decisions(ctx context.Context, lang string, p v1.QualityDecisionsParams) (*v1.QualityDecisions, error)
	Decide(ctx context.Context, lang string, d v1.QualityDecide) (*v1.QualityDecision, error)
	Undo(ctx context.Context, lang, id, reason string) (*v1.QualityDecision, error)
}

// deskPage is the body of the desk's first page.
type deskPage struct {
	Kinds   []v1.QualityCount
	Parts   []deskPart
	Open    int
	Decided int
}

// deskPart is a load or a format with its open cases, in the order of the kinds.
type deskPart struct {
	v1.QualityPart
	Cells []deskCell
}

// deskCell leads to the open cases of one kind of one load or format.
type deskCell struct {
	Kind        string
	Name, Value string // of the parameter that narrows the list
	Open        int
}

// desk returns the desk; pages of one that there is not are absent.
func (v *visit) desk() (Desk, error) {
	if v.site.Desk == nil {
		return nil, ierr.New(ierr.NotFound, "web.page", nil)
	}
	return v.site.Desk, nil
}

func serveDesk(v *visit) error {
	desk, err := v.desk()
	if err != nil {
		return err
	}
	sum, err := desk.Summary(v.ctx(), v.lang)
	if err != nil {
		return err
	}
	body := deskPage{Kinds: sum.Kinds}
	for _, k := range sum.Kinds {
		body.Open += k.Open
		body.Decided += k.Decided
	}
	for _, p := range append(sum.Loads, sum.Formats...) {
		part := deskPart{QualityPart: p}
		name, value := "source", p.Format
		if p.Load != 0 {
			name, value = "load", strconv.FormatInt(p.Load, 10)
		} else if p.Format == "" {
			continue
		}
		for _, k := range sum.Kinds {
			part.Cells = append(part.Cells, deskCell{k.Kind.Code, name, value, p.Open[k.Kind.Code]})
		}
		body.Parts = append(body.Parts, part)
	}
	return v.render(http.StatusOK, "desk", page{Section: "desk", Title: v.print.T("web.desk.title", nil), NoIndex: true, At: "desk", Body: body})
}

// deskListPage is the body of a list of groups of like cases.
type deskListPage struct {
	*v1.QualityList
	Params  v1.QualityListParams
	Filters []string // what the list is narrowed to, in words
	Pager   *pager
}

func serveDeskList(v *visit) error {
	desk, err := v.desk()
	if err != nil {
		return err
	}
	n, err := v.pageNumber()
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	p := v1.QualityListParams{
		Source: q.Get("source"), Field: q.Get("field"), Flag: q.Get("flag"), Decided: q.Get("decided") != "", Limit: PageSize, Offset: (n - 1) * PageSize,
	}
	if s := q.Get("load"); s != "" {
		if p.Load, err = strconv.ParseInt(s, 10, 64); err != nil || p.Load < 1 {
			return ierr.New(ierr.NotFound, "web.page", nil)
		}
	}
	kind := v.r.PathValue("kind")
	list, err := desk.List(v.ctx(), v.lang, kind, p)
	if err != nil {
		return err
	}
	body := deskListPage{QualityList: list, Params: p}
	if p.Load != 0 {
		body.Filters = append(body.Filters, v.print.T("web.source.load", ierr.Args{"id": strconv.FormatInt(p.Load, 10)}))
	}
	for _, s := range []string{p.Source, p.Field, p.Flag} {
		if s != "" {
			body.Filters = append(body.Filters, s)
		}
	}
	body.Pager = v.pager(n, int64(list.Groups), func(page int) string {
		q.Set("page", strconv.Itoa(page))
		return v.r.URL.Path + "?" + q.Encode()
	})
	return v.render(http.StatusOK, "desk-list", page{Section: "desk", Title: list.Kind.Label, NoIndex: true, Body: body})
}

// deskCasePage is the body of the page of one case.
type deskCasePage struct {
	*v1.QualityCase
	Form      *form
	Choices   []deskChoice
	Alike     *v1.QualityList // nil for pairs of parties, which the rules of parties hold together
	MayDecide bool
	CanLike   bool
	HasFree   bool // a choice takes a value that the person names
}

// deskChoice is a choice with the key that takes it.
type deskChoice struct {
	v1.QualityChoice
	Key     string // of the form
	Digit   int    // on the keyboard, 0 for none
	Checked bool
}

// maxPreview is how many like cases a page shows before they are decided.
const maxPreview = 10

func serveDeskCase(v *visit) error {
	c, p, err := v.deskCase(v.r.URL.Query().Get("case"))
	if err != nil {
		return err
	}
	c.Form = v.caseForm(c)
	p.Body = c
	return v.render(http.StatusOK, "desk-case", p)
}

// deskCase reads a case and the cases like it.
func (v *visit) deskCase(id string) (*deskCasePage, page, error) {
	p := page{Section: "desk", NoIndex: true, At: "desk/case?" + url.Values{"case": {id}}.Encode()}
	desk, err := v.desk()
	if err != nil {
		return nil, p, err
	}
	c := &deskCasePage{MayDecide: account.May(account.Decide).Admit(v.ctx()) == nil}
	if c.QualityCase, err = desk.Case(v.ctx(), v.lang, id); err != nil {
		return nil, p, err
	}
	p.Title = c.Question
	if c.Kind.Code != "party" && c.QualityCase.Alike > 1 {
		c.Alike, err = desk.Alike(v.ctx(), v.lang, v1.QualityAlikeParams{QualityCaseParam: v1.QualityCaseParam{Case: id}, Limit: maxPreview})
	}
	for i, x := range c.QualityCase.Choices {
		choice := deskChoice{QualityChoice: x, Key: strconv.Itoa(i + 1)}
		if i < 9 {
			choice.Digit = i + 1
		}
		c.Choices = append(c.Choices, choice)
		c.HasFree = c.HasFree || x.Free
		c.CanLike = c.CanLike || x.Like && c.AlikeOpen > 1
	}
	return c, p, err
}

func (v *visit) caseForm(c *deskCasePage) *form {
	var options []fieldOption
	for _, x := range c.Choices {
		options = append(options, fieldOption{x.Key, x.Act.Label})
	}
	return v.newForm("decide", "/"+v.lang+"/desk/case", "web.desk.decide",
		&field{Name: "case", Label: "web.desk.case", Kind: kindUnshown, Limit: 400, Value: c.ID},
		&field{Name: "choice", Label: "web.desk.choice", Kind: kindChoice, Options: options},
		&field{Name: "value", Label: "web.desk.value", Hint: "web.desk.value-hint", Kind: kindText, Limit: 400, Optional: true},
		&field{Name: "reason", Label: "web.desk.reason", Kind: kindText, Limit: v1.MaxReason},
		&field{Name: "like", Label: "web.desk.like", Kind: kindCheck, Optional: true},
		&field{Name: "offered", Label: "web.desk.choice", Kind: kindUnshown, Limit: 64, Value: c.offered()},
	)
}

// offered names what a page offers to decide: the choices, which a form takes by their
// numbers, and the decision that stands.
func (c *deskCasePage) offered() string {
	h := sha256.New()
	if c.Decision != nil {
		fmt.Fprintf(h, "%q\n", c.Decision.ID)
	}
	for _, x := range c.Choices {
		fmt.Fprintf(h, "%q %q %q %t\n", x.Act.Code, x.Field, x.Value, x.Like)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

func decideDeskCase(v *visit) error {
	values, err := v.posted()
	if err != nil {
		return err
	}
	c, p, err := v.deskCase(values.Get("case"))
	if err != nil {
		return err
	}
	f := v.caseForm(c)
	c.Form = f
	if err := v.fillIn(f, values); err != nil {
		return err
	}
	p.Body = c
	if at := f.field("offered"); f.ok() && at.Value != c.offered() {
		at.Value, f.field("choice").Value = c.offered(), ""
		f.reject("", ierr.New(ierr.Conflict, "web.desk.changed", nil))
	}
	if f.ok() {
		made, err := v.decideCase(c, f)
		if err == nil {
			v.flash("desk.decided", map[string]string{"act": made.Act.Label, "n": v.print.Number(made.Cases), "id": made.ID})
			return v.seeOther("/" + v.lang + "/desk/list/" + c.Kind.Code)
		}
		if !f.rejected("", err) {
			return err
		}
	}
	for i := range c.Choices {
		c.Choices[i].Checked = c.Choices[i].Key == f.value("choice")
	}
	return v.again(http.StatusUnprocessableEntity, "desk-case", f, p)
}

// decideCase decides as a form says, which offers the choices by their numbers.
func (v *visit) decideCase(c *deskCasePage, f *form) (*v1.QualityDecision, error) {
	n, _ := strconv.Atoi(f.value("choice"))
	x := c.Choices[n-1]
	d := v1.QualityDecide{Case: c.ID, Act: x.Act.Code, Field: x.Field, Value: x.Value, Like: f.checked("like"), Reason: f.value("reason")}
	if x.Free {
		d.Value, _, _ = strings.Cut(f.value("value"), " ")
		if x.Field != "" {
			d.Value = f.value("value")
		}
	}
	return v.site.Desk.Decide(v.ctx(), v.lang, d)
}

// deskDecisionsPage is the body of the list of decisions.
type deskDecisionsPage struct {
	*v1.QualityDecisions
	All       bool // those undone are shown too
	MayDecide bool
	Form      *form
	Pager     *pager
}

func serveDeskDecisions(v *visit) error {
	p, err := v.deskDecisions()
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "desk-decisions", p)
}

func (v *visit) deskDecisions() (page, error) {
	p := page{Section: "desk", Title: v.print.T("web.desk.decisions", nil), NoIndex: true, At: "desk/decisions"}
	desk, err := v.desk()
	if err != nil {
		return p, err
	}
	n, err := v.pageNumber()
	if err != nil {
		return p, err
	}
	q := v.r.URL.Query()
	body := deskDecisionsPage{All: q.Get("undone") != "", MayDecide: account.May(account.Decide).Admit(v.ctx()) == nil}
	body.QualityDecisions, err = desk.Decisions(v.ctx(), v.lang, v1.QualityDecisionsParams{Undone: body.All, Limit: PageSize, Offset: (n - 1) * PageSize})
	if err != nil {
		return p, err
	}
	body.Pager = v.pager(n, int64(body.Total), func(page int) string {
		q.Set("page", strconv.Itoa(page))
		return "/" + v.lang + "/desk/decisions?" + q.Encode()
	})
	p.Body = body
	return p, nil
}

func undoDeskDecision(v *visit) error {
	id := v.r.PathValue("id")
	f := v.newForm("undo", "/"+v.lang+"/desk/decisions/"+url.PathEscape(id)+"/undo", "web.desk.undo",
		&field{Name: "reason", Label: "web.desk.reason", Kind: kindText, Limit: v1.MaxReason})
	if err := v.read(f); err != nil {
		return err
	}
	desk, err := v.desk()
	if err != nil {
		return err
	}
	if f.ok() {
		_, err := desk.Undo(v.ctx(), v.lang, id, f.value("reason"))
		if err == nil {
			v.flash("desk.undone", map[string]string{"id": id})
			return v.seeOther("/" + v.lang + "/desk/decisions")
		}
		if !f.rejected("", err) {
			return err
		}
	}
	p, err := v.deskDecisions()
	if err != nil {
		return err
	}
	body := p.Body.(deskDecisionsPage)
	body.Form = f
	p.Body = body
	return v.again(http.StatusUnprocessableEntity, "desk-decisions", f, p)
}
