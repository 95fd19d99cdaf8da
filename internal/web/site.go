package web

import (
	"context"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"onewindow/internal/account"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/saved"
)

// Config is what the pages need to know of the register that they show.
type Config struct {
	Register  Register
	Reconcile Reconciler
	Catalogs  *i18n.Catalogs
	Region    map[string]string // name of the region by language
	Sample    bool              // the register holds invented data: every page says so
	// Filling tells how many entries of a sample are loaded, of how many; 0 when nothing
	// more is to come. Nil where nothing ever is.
	Filling  func(context.Context) (done, total int64)
	Zone     *time.Location                 // of the region
	Export   string                         // path that answers ?q= with all records as lines of JSON, "" for none
	Accounts *account.Accounts              // signs people in; nil where nobody can
	Unit     func(code, lang string) string // name of a unit of the region
	Papers   Papers                         // nil where there are none
	Figures  Figures                        // nil where there are none
	Returns  Returns                        // nil where none are handed in
	Desk     Desk                           // nil where nothing is decided on pages
	Saved    *saved.Searches                // kept searches; nil where nobody can
	// Pictures returns a picture by its hash, with its media type; nil where none are kept.
	Pictures func(hash string) (b []byte, kind string, err error)
	Log      *slog.Logger
}

// Site serves the pages of one register.
type Site struct {
	Config
	assets map[string]asset
	pages  map[string]map[string]*template.Template // language, page
}

// New prepares the pages. It fails when a template or an asset is broken.
func New(c Config) (*Site, error) {
	s := &Site{Config: c}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	s.pages = map[string]map[string]*template.Template{}
	for _, lang := range c.Catalogs.Langs() {
		if s.pages[lang], err = s.parse(lang); err != nil {
			return nil, fmt.Errorf("web: %w", err)
		}
	}
	return s, nil
}

// Handler answers every request below /.
func (s *Site) Handler() http.Handler {
	byPattern := map[string][]Route{"/": {{Method: http.MethodGet, Who: Anyone, serve: serveNothing}}}
	for _, route := range Routes() {
		byPattern[route.Pattern] = append(byPattern[route.Pattern], route)
	}
	mux := http.NewServeMux()
	for pattern, routes := range byPattern {
		if !strings.Contains(pattern, "{lang}") {
			mux.Handle(pattern, s.handle(routes, ""))
			continue
		}
		for _, lang := range s.Catalogs.Langs() {
			mux.Handle(strings.Replace(pattern, "{lang}", lang, 1), s.handle(routes, lang))
		}
	}
	return secure(mux)
}

// handle makes the handler of the routes of one pattern, which differ in their
// methods. lang is "" where the path names no language.
func (s *Site) handle(routes []Route, lang string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &visit{site: s, w: w, r: r, lang: lang}
		if lang == "" {
			v.lang = s.languageOf(r)
		}
		v.print = s.Catalogs.Printer(v.lang)
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				v.fail(fmt.Errorf("panic: %v", fault))
			}
		}()
		route := routeFor(routes, r.Method)
		if route == nil {
			w.Header().Set("Allow", allowed(routes))
			v.refuse(http.StatusMethodNotAllowed, ierr.New(ierr.Unsupported, "web.method", ierr.Args{"method": r.Method}))
			return
		}
		if err := route.Who.Admit(r.Context()); err != nil {
			v.turnAway(err)
			return
		}
		if err := route.serve(v); err != nil {
			v.fail(err)
		}
	})
}

// routeFor returns the route that answers a method, nil for none. HEAD is
// answered as GET is.
func routeFor(routes []Route, method string) *Route {
	if method == http.MethodHead {
		method = http.MethodGet
	}
	for i := range routes {
		if routes[i].Method == method {
			return &routes[i]
		}
	}
	return nil
}

// allowed lists the methods of routes as the Allow header does.
func allowed(routes []Route) string {
	var all []string
	for _, r := range routes {
		all = append(all, r.Method)
		if r.Method == http.MethodGet {
			all = append(all, http.MethodHead)
		}
	}
	return strings.Join(all, ", ")
}

// languageOf returns the language that the path begins with, else the one that
// the reader's browser asks for.
func (s *Site) languageOf(r *http.Request) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if s.Catalogs.Has(first) {
		return first
	}
	return s.Catalogs.Match(r.Header.Get("Accept-Language"))
}
