package web

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

//go:embed templates
var templateFiles embed.FS

// parse reads every page's template together with the frame and the partials,
// speaking one language.
func (s *Site) parse(lang string) (map[string]*template.Template, error) {
	common, err := template.New("").Funcs(s.funcs(lang)).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*template.Template{}
	for _, file := range files {
		t, err := common.Clone()
		if err != nil {
			return nil, err
		}
		if t, err = t.ParseFS(templateFiles, file); err != nil {
			return nil, err
		}
		pages[strings.TrimSuffix(path.Base(file), ".html")] = t
	}
	return pages, nil
}

// funcs are what templates may call: texts and values in the reader's language,
// and addresses.
func (s *Site) funcs(lang string) template.FuncMap {
	p := s.Catalogs.Printer(lang)
	return template.FuncMap{
		"T":        func(key string, args ...any) (string, error) { return translate(p.T, key, args) },
		"lang":     func() string { return lang },
		"other":    func(of string) string { return otherLang(lang, of) },
		"num":      p.Number,
		"count":    func(n int) string { return p.Number(int64(n)) },
		"day":      p.Date,
		"moment":   func(t time.Time) string { return p.Moment(t.In(s.Zone)) },
		"iso":      func(t time.Time) string { return t.In(s.Zone).Format(time.RFC3339) },
		"percent":  p.Percent,
		"asset":    func(name string) string { return "/assets/" + s.assets[name].name },
		"home":     func() string { return "/" + lang + "/" },
		"search":   func(q string) string { return searchURL(lang, q) },
		"record":   func(id int64) string { return recordURL(lang, id) },
		"load":     func(id int64) string { return "/" + lang + "/loads/" + strconv.FormatInt(id, 10) },
		"party":    func(id string) string { return partyURL(lang, id) },
		"loads":    func() string { return "/" + lang + "/loads" },
		"sources":  func() string { return "/" + lang + "/sources" },
		"source":   func(id string) string { return "/" + lang + "/sources/" + url.PathEscape(id) },
		"advanced": func(q string) string { return advancedURL(lang, q) },
		"reconcile": func(id string) string {
			if id == "" {
				return "/" + lang + "/reconcile"
			}
			return "/" + lang + "/reconcile/" + url.PathEscape(id)
		},
		"figure":  func(f v1.Figure) string { return figureURL(lang, f) },
		"amount":  func(f v1.Figure) string { return figureText(p, f) },
		"decimal": func(n string) string { return decimalText(p, n) },
		"figures": func(id string) string { return "/" + lang + "/figures/" + url.PathEscape(id) },
		"edition": func(paper string, n int) string {
			return "/" + lang + "/papers/" + url.PathEscape(paper) + "/" + strconv.Itoa(n)
		},
		"before": func(n int) int { return n - 1 },
		"signed": func(n int64) string { return signed(p.Number, n) },
		"help":   func() string { return "/" + lang + "/help/query" },
		"signin": func(back string) string { return signInURL(lang, back) },
		"page":   func(path string) string { return "/" + lang + "/" + path },
	}
}

// translate pairs the names and values that a template gives a message.
func translate(t func(string, ierr.Args) string, key string, pairs []any) (string, error) {
	args := ierr.Args{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return "", fmt.Errorf("argument %d of message %s has no name", i/2, key)
		}
		args[name] = pairs[i+1]
	}
	return t(key, args), nil
}

// signed writes a number with its sign; a true minus lines up with a plus.
func signed(number func(int64) string, n int64) string {
	switch {
	case n > 0:
		return "+" + number(n)
	case n < 0:
		return "−" + number(-n)
	}
	return number(0)
}

// otherLang returns of, the language of a text, when it is not the page's own.
func otherLang(page, of string) string {
	base, _, _ := strings.Cut(of, "-")
	if base == page {
		return ""
	}
	return of
}

func searchURL(lang, q string) string {
	if q == "" {
		return "/" + lang + "/search"
	}
	return "/" + lang + "/search?" + url.Values{"q": {q}}.Encode()
}

func recordURL(lang string, id int64) string {
	return "/" + lang + "/records/" + strconv.FormatInt(id, 10)
}
