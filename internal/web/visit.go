package web

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"onewindow/internal/account"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// visit is one request on its way to an answer.
type visit struct {
	site  *Site
	w     http.ResponseWriter
	r     *http.Request
	lang  string
	print *i18n.Printer
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// page is what every template gets: the frame, and a Body of its own.
type page struct {
	Title    string
	Region   string
	Section  string // the entry of the navigation that is current
	Query    string // what stands in the search box
	Quick    bool   // a small search box stands in the head
	Sample   bool
	Filled   int64 // entries of the sample that are loaded, while ToFill is not 0
	ToFill   int64 // entries that it will have
	NoIndex  bool  // search engines should leave the page alone
	Langs    []langLink
	NotFound bool
	Flash    string          // what became of the form before
	Accounts bool            // people can sign in
	Person   *account.Person // who is signed in, nil for nobody
	Desk     bool            // the reader may read the desk
	Figures  bool            // there are figures
	Returns  bool            // the reader hands returns in
	Papers   bool            // there are papers
	Here     string          // the path of this page, to come back to
	At       string          // the path below the language at which a page that answers a form is asked for
	Body     any
}

// langLink leads to the same page in another language.
type langLink struct {
	Lang, Name, URL string
	Current         bool
}

// render answers with a page. The template is filled before the first byte
// leaves, so that a fault in it becomes a page about an error.
func (v *visit) render(status int, template string, p page) error {
	p.Region = v.site.Region[v.lang]
	p.Sample = p.Sample || v.site.Sample
	if v.site.Filling != nil {
		p.Filled, p.ToFill = v.site.Filling(v.ctx())
	}
	at := *v.r.URL
	if v.r.Method == http.MethodPost {
		at = url.URL{Path: "/" + v.lang + "/" + p.At}
	}
	p.Langs, p.Here = v.langLinks(at), at.RequestURI()
	p.Accounts, p.Figures, p.Papers = v.site.Accounts != nil, v.site.Figures != nil, v.site.Papers != nil
	p.Desk = v.site.Desk != nil && account.IsInsider(v.ctx())
	p.Returns = v.mayReport()
	person, signedIn := account.PersonOf(v.ctx())
	if signedIn {
		p.Person = &person
	}
	p.Flash = v.takeFlash()
	var b bytes.Buffer
	if err := v.site.pages[v.lang][template].ExecuteTemplate(&b, "page", p); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", v.lang)
	if !signedIn {
		h.Set("Cache-Control", "no-cache")
	}
	if p.Accounts {
		h.Add("Vary", "Cookie")
	}
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		if _, err := v.w.Write(b.Bytes()); err != nil {
			v.site.Log.DebugContext(v.ctx(), "reader left", slog.Any("err", err))
		}
	}
	return nil
}

// langLinks leads from a page to itself in every language, or home from paths
// that name no language.
func (v *visit) langLinks(at url.URL) []langLink {
	rest, ok := strings.CutPrefix(at.Path, "/"+v.lang+"/")
	if !ok {
		rest = ""
	}
	var links []langLink
	for _, lang := range v.site.Catalogs.Langs() {
		u := at
		u.Scheme, u.Host, u.User, u.Fragment = "", "", nil, ""
		u.Path, u.RawPath = "/"+lang+"/"+rest, ""
		links = append(links, langLink{lang, v.site.Catalogs.Printer(lang).LanguageName(), u.String(), lang == v.lang})
	}
	return links
}

// redirect sends the reader on to a path of this site.
func (v *visit) redirect(path string) error {
	v.w.Header().Set("Cache-Control", "no-cache")
	http.Redirect(v.w, v.r, path, http.StatusFound)
	return nil
}

// fail answers with a page about an error and, when the fault is ours and no
// matter of waiting, writes its cause to the log.
func (v *visit) fail(err error) {
	if errors.Is(err, context.Canceled) && v.ctx().Err() != nil {
		return // nobody waits for the answer any more
	}
	status := ierr.KindOf(err).HTTP()
	if status >= 500 && status != http.StatusServiceUnavailable {
		v.site.Log.ErrorContext(v.ctx(), "page failed", slog.String("path", v.r.URL.Path), slog.Any("err", err))
	}
	v.refuse(status, err)
}

// errorPage is the body of a page about an error.
type errorPage struct {
	Status  int
	Message string
}

func (v *visit) refuse(status int, err error) {
	p := page{Title: v.print.T("web.error.title", nil), NoIndex: true, Body: errorPage{status, v.print.Error(err)}}
	if status == http.StatusNotFound {
		p.Title, p.NotFound = v.print.T("web.error.absent", nil), true
	}
	if status == http.StatusForbidden {
		p.Title = v.print.T("web.error.forbidden", nil)
	}
	if status == http.StatusServiceUnavailable {
		v.w.Header().Set("Retry-After", ierr.RetryAfter)
	}
	if err := v.render(status, "error", p); err != nil {
		v.site.Log.ErrorContext(v.ctx(), "error page failed", slog.Any("err", err))
		http.Error(v.w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}
