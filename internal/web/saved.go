package web

import (
	"net/http"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
	"onewindow/internal/saved"
)

// savedView is a saved search on a page.
type savedView struct {
	saved.Search
	Mine bool  // the reader may change it
	Form *form // that changes it, nil for others
}

// savedPage is the body of the page of the searches that a reader keeps.
type savedPage struct {
	Searches []savedView
}

// mayKeep tells whether the reader may keep searches.
func (v *visit) mayKeep() bool {
	p, ok := account.PersonOf(v.ctx())
	return v.site.Saved != nil && ok && p.May(account.Save)
}

// keepForm asks for a title, and for a query where it is to be changed.
func (v *visit) keepForm(id, action string, q Question, title string) *form {
	query := &field{Name: "query", Label: "web.saved.query", Kind: kindLines, Limit: MaxQuery, Optional: true, Value: q.Query}
	submit := "web.saved.change"
	if id == "keep" {
		query.Kind, submit = kindUnshown, "web.saved.keep"
	}
	f := v.newForm(id, action, submit,
		&field{Name: "title", Label: "web.saved.title", Kind: kindText, Limit: saved.MaxTitle, Value: title},
		query,
		&field{Name: "sort", Label: "web.sort.label", Kind: kindUnshown, Limit: MaxNumber, Optional: true, Value: string(q.Sort)},
		&field{Name: "unit", Label: "web.unit.label", Kind: kindUnshown, Limit: MaxNumber, Optional: true, Value: string(q.Unit)},
	)
	return f
}

// kept reads what the form asks to keep.
func kept(f *form) saved.Keep {
	k := saved.Keep{Title: f.value("title"), Query: f.value("query")}
	for _, s := range sorts {
		if f.value("sort") == s {
			k.Sort = s
		}
	}
	for _, u := range units {
		if f.value("unit") == u {
			k.Unit = u
		}
	}
	return k
}

// serveSaved shows a saved search and its results now, to whoever has the link.
func serveSaved(v *visit) error {
	if v.site.Saved == nil {
		return ierr.New(ierr.NotFound, "saved.none", nil)
	}
	x, err := v.site.Saved.Get(v.ctx(), v.r.PathValue("id"))
	if err != nil {
		return err
	}
	q := Question{Query: x.Query, Page: 1, Size: PageSize, Sort: Sort(x.Sort), Unit: Unit(x.Unit)}
	if q.Sort == "" {
		q.Sort = ByRank
	}
	if q.Unit == "" {
		q.Unit = Rights
	}
	return v.results(q, &savedView{Search: x, Mine: v.site.Saved.May(v.ctx(), x)})
}

// serveSavedList shows the searches that the reader keeps.
func serveSavedList(v *visit) error {
	return v.savedList(http.StatusOK, nil)
}

// savedList renders the list; wrong is a form that was not accepted.
func (v *visit) savedList(status int, wrong *form) error {
	all, err := v.site.Saved.List(v.ctx())
	if err != nil {
		return err
	}
	body := savedPage{}
	for _, x := range all {
		f := v.keepForm("saved-"+x.ID, "/"+v.lang+"/saved/"+x.ID, Question{Query: x.Query, Sort: Sort(x.Sort), Unit: Unit(x.Unit)}, x.Title)
		if wrong != nil && wrong.ID == f.ID {
			f = wrong
		}
		body.Searches = append(body.Searches, savedView{x, true, f})
	}
	return v.render(status, "saved", page{Title: v.print.T("web.saved.mine", nil), Section: "account", NoIndex: true, At: "saved", Body: body})
}

// keepSearch keeps the search of a page of results.
func keepSearch(v *visit) error {
	f := v.keepForm("keep", "/"+v.lang+"/saved", Question{}, "")
	if err := v.read(f); err != nil {
		return err
	}
	if !f.ok() {
		return ierr.New(ierr.Invalid, "saved.title", ierr.Args{"limit": saved.MaxTitle})
	}
	x, err := v.site.Saved.Add(v.ctx(), kept(f))
	if err != nil {
		return err
	}
	v.flash("search-kept", nil)
	return v.seeOther("/" + v.lang + "/s/" + x.ID)
}

// reviseSearch changes a search.
func reviseSearch(v *visit) error {
	id := v.r.PathValue("id")
	f := v.keepForm("saved-"+id, "/"+v.lang+"/saved/"+id, Question{}, "")
	if err := v.read(f); err != nil {
		return err
	}
	if f.ok() {
		_, err := v.site.Saved.Revise(v.ctx(), id, kept(f))
		if err == nil {
			v.flash("search-changed", nil)
			return v.seeOther("/" + v.lang + "/saved")
		}
		if ierr.KindOf(err) != ierr.Invalid {
			return err
		}
		f.reject("query", err)
	}
	return v.savedList(http.StatusUnprocessableEntity, f)
}

// withdrawSearch ends a link.
func withdrawSearch(v *visit) error {
	if _, err := v.site.Saved.Withdraw(v.ctx(), v.r.PathValue("id")); err != nil {
		return err
	}
	v.flash("search-withdrawn", nil)
	return v.seeOther("/" + v.lang + "/saved")
}
