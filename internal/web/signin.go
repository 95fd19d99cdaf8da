package web

import (
	"net/http"
	"net/url"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/ierr"
)

const (
	maxLogin  = 64
	maxReturn = 2048 // bytes of a path to come back to
)

// signInPage is the body of the sign-in page.
type signInPage struct {
	Form  *form
	Empty bool // nobody may sign in yet
}

// signInURL leads to the sign-in page, and back to a path from there.
func signInURL(lang, back string) string {
	path := "/" + lang + "/sign-in"
	if back = localPath(back); back == "" || strings.HasPrefix(back, path) {
		return path
	}
	return path + "?" + url.Values{"return": {back}}.Encode()
}

// localPath returns s when it is the path of a page of this site, with its
// query, and "" for anything else: nobody is led elsewhere by a link to the
// sign-in page.
func localPath(s string) string {
	if len(s) > maxReturn || !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\t\r\n") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || u.Opaque != "" || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, "\\") {
		return ""
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String()
}

// turnAway answers who may not use a page: nobody yet is led to the sign-in
// page, somebody who may not gets a page that says so.
func (v *visit) turnAway(err error) {
	if ierr.As(err).Code != "account.sign-in" || v.site.Accounts == nil {
		v.fail(err)
		return
	}
	back := v.r.URL.RequestURI()
	if v.r.Method != http.MethodGet && v.r.Method != http.MethodHead {
		back = ""
		if from, err := url.Parse(v.r.Referer()); err == nil && from.Host == v.r.Host {
			back = from.RequestURI()
		}
	}
	_ = v.seeOther(signInURL(v.lang, back)) // never fails
}

// signInForm makes the form of the sign-in page.
func (v *visit) signInForm(back string) *form {
	return v.newForm("sign-in", "/"+v.lang+"/sign-in", "web.sign-in.button",
		&field{Name: "login", Label: "web.sign-in.login", Kind: kindText, Limit: maxLogin, Auto: "username"},
		&field{Name: "password", Label: "web.sign-in.password", Kind: kindSecret, Limit: account.MaxPassword, Auto: "current-password"},
		&field{Name: "return", Kind: kindUnshown, Label: "web.sign-in.title", Optional: true, Value: back},
	)
}

func (v *visit) signInPage(f *form) (page, error) {
	if v.site.Accounts == nil {
		return page{}, ierr.New(ierr.NotFound, "web.page", nil)
	}
	people, err := v.site.Accounts.People(v.ctx())
	return page{Title: v.print.T("web.sign-in.title", nil), NoIndex: true, At: "sign-in", Body: signInPage{f, len(people) == 0}}, err
}

func serveSignIn(v *visit) error {
	back := localPath(v.r.URL.Query().Get("return"))
	if _, ok := account.PersonOf(v.ctx()); ok {
		return v.seeOther(v.after(back))
	}
	p, err := v.signInPage(v.signInForm(back))
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "sign-in", p)
}

// after returns where somebody who has signed in goes.
func (v *visit) after(back string) string {
	if back == "" {
		return "/" + v.lang + "/account"
	}
	return back
}

func signIn(v *visit) error {
	f := v.signInForm("")
	p, err := v.signInPage(f)
	if err != nil {
		return err
	}
	if err := v.read(f); err != nil {
		return err
	}
	status := http.StatusUnprocessableEntity
	if f.ok() {
		if _, err = v.site.Accounts.Begin(v.w, v.r, f.value("login"), f.value("password")); err == nil {
			return v.seeOther(v.after(localPath(f.value("return"))))
		}
		if !f.rejected("", err) {
			return err
		}
		if status = ierr.KindOf(err).HTTP(); ierr.KindOf(err) == ierr.Busy {
			status = http.StatusTooManyRequests
		}
	}
	return v.again(status, "sign-in", f, p)
}

// signOut ends the session of this browser. Without one nothing happens.
func signOut(v *visit) error {
	if v.site.Accounts == nil {
		return ierr.New(ierr.NotFound, "web.page", nil)
	}
	if err := v.site.Accounts.End(v.w, v.r); err != nil {
		return err
	}
	v.flash("signed-out", nil)
	return v.seeOther("/" + v.lang + "/")
}
