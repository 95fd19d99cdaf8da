package indicator

import (
	"slices"
	"strings"

	"onewindow/internal/ierr"
)

// Say gives texts in one language.
type Say interface {
	T(key string, args ierr.Args) string
	Lang() string
}

// InLang returns a name in a language; where it is not there, that in the first
// language that there is.
func InLang(names map[string]string, lang string) string {
	if s := names[lang]; s != "" {
		return s
	}
	first := ""
	for l, s := range names {
		if s != "" && (first == "" || l < first) {
			first = l
		}
	}
	return names[first]
}

// Name says in words what a figure is: indicator, parts, region where it is not the
// whole, and view. place names a region.
func (s *Set) Name(r Ref, say Say, place func(code, lang string) string) string {
	d := s.byID[r.Indicator]
	if d == nil {
		return r.String()
	}
	words := []string{InLang(d.Names, say.Lang())}
	for dim, code := range r.Parts.All {
		if m := d.Dimension(dim); m != nil {
			codes := s.Codelists[m.Codelist].Codes
			if i := slices.IndexFunc(codes, func(c Code) bool { return c.ID == code }); i >= 0 {
				words = append(words, InLang(codes[i].Names, say.Lang()))
			}
		}
	}
	if r.Region != "" && r.Region != s.whole {
		words = append(words, place(r.Region, say.Lang()))
	}
	if name := s.ViewName(d, r.View, say); name != "" {
		words = append(words, name)
	}
	return strings.Join(words, say.T("indicator.name.join", nil))
}
