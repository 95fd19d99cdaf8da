package web

import (
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
)

// Config is what the pages need to know of the register that they show.
type Config struct {
	Register Register
	Catalogs *i18n.Catalogs
	Region   map[string]string // name of the region by language
	Sample   bool              // the register holds invented data: every page says so
	Zone     *time.Location    // of the region
	Export   string            // path that answers ?q= with all records as lines of JSON, "" for none
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
	mux := http.NewServeMux()
	for _, route := range Routes() {
		if !strings.Contains(route.Pattern, "{lang}") {
			mux.Handle(route.Pattern, s.handle(route, ""))
			continue
		}
		for _, lang := range s.Catalogs.Langs() {
			mux.Handle(strings.Replace(route.Pattern, "{lang}", lang, 1), s.handle(route, lang))
		}
	}
	mux.Handle("/", s.handle(Route{Method: http.MethodGet, serve: serveNothing}, ""))
	return secure(mux)
}

// handle makes a handler of a route. lang is "" where the path names no language.
func (s *Site) handle(route Route, lang string) http.Handler {
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
		if r.Method != route.Method && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			v.refuse(http.StatusMethodNotAllowed, ierr.New(ierr.Unsupported, "web.method", ierr.Args{"method": r.Method}))
			return
		}
		if err := route.serve(v); err != nil {
			v.fail(err)
		}
	})
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
