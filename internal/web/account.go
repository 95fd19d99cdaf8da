package web

import (
	"net/http"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

// accountPage is the body of the page about one's own account.
type accountPage struct {
	account.Person
	Unit     string // name of the unit that the body is of
	RoleName string
	Can      []string // what the role may do
	Form     *form
	Sessions []sessionView
}

// sessionView is one browser in which the reader is signed in.
type sessionView struct {
	account.Session
	Current bool
}

func (v *visit) passwordForm() *form {
	return v.newForm("password", "/"+v.lang+"/account/password", "web.account.change",
		&field{Name: "old", Label: "web.account.old", Kind: kindSecret, Limit: account.MaxPassword, Auto: "current-password"},
		&field{Name: "new", Label: "web.account.new", Hint: "web.account.new-hint", Kind: kindSecret, Limit: account.MaxPassword, Auto: "new-password"},
		&field{Name: "again", Label: "web.account.again", Kind: kindSecret, Limit: account.MaxPassword, Auto: "new-password"},
	)
}

// accountPage makes the page of the person who is signed in.
func (v *visit) accountPage(f *form) (page, error) {
	p, _ := account.PersonOf(v.ctx())
	body := accountPage{Person: p, Unit: p.Region, RoleName: p.Role, Form: f}
	if v.site.Unit != nil {
		body.Unit = v.site.Unit(p.Region, v.lang)
	}
	if r := v.site.Accounts.Role(p.Role); r != nil {
		body.RoleName = r.Name(v.lang)
	}
	for _, what := range p.Permissions() {
		body.Can = append(body.Can, v.print.T("permission."+string(what), nil))
	}
	all, err := v.site.Accounts.SessionsOf(v.ctx(), p.Login)
	for _, s := range all {
		s.Agent = clip(s.Agent, 120)
		body.Sessions = append(body.Sessions, sessionView{s, account.IsCurrent(v.ctx(), s)})
	}
	return page{Title: v.print.T("web.account.title", nil), Section: "account", NoIndex: true, At: "account", Body: body}, err
}

func serveAccount(v *visit) error {
	p, err := v.accountPage(v.passwordForm())
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "account", p)
}

func changePassword(v *visit) error {
	f := v.passwordForm()
	if err := v.read(f); err != nil {
		return err
	}
	if f.ok() && f.value("new") != f.value("again") {
		f.reject("again", ierr.New(ierr.Invalid, "web.account.unlike", nil))
	}
	if f.ok() {
		err := v.site.Accounts.Change(v.w, v.r, f.value("old"), f.value("new"))
		if err == nil {
			v.flash("password-changed", nil)
			return v.seeOther("/" + v.lang + "/account")
		}
		name := "new"
		switch ierr.As(err).Code {
		case "account.refused":
			name, err = "old", ierr.New(ierr.Invalid, "web.account.old-wrong", nil)
		case "account.wait":
			name = ""
		}
		if !f.rejected(name, err) {
			return err
		}
	}
	p, err := v.accountPage(f)
	if err != nil {
		return err
	}
	return v.again(http.StatusUnprocessableEntity, "account", f, p)
}

// endSessions signs the reader out everywhere.
func endSessions(v *visit) error {
	p, _ := account.PersonOf(v.ctx())
	if _, err := v.site.Accounts.EndSessions(v.ctx(), p.Login, p.Signature()); err != nil {
		return err
	}
	if err := v.site.Accounts.End(v.w, v.r); err != nil {
		return err
	}
	v.flash("signed-out-everywhere", nil)
	return v.seeOther("/" + v.lang + "/sign-in")
}
