package publish

import (
	"slices"
	"strings"

	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

// nameIn returns a name in a language, or another text where there is none.
func nameIn(names map[string]string, lang, otherwise string) string {
	if s := indicator.InLang(names, lang); s != "" {
		return s
	}
	return otherwise
}

// viewOf is the view of a code of SDMX.
func viewOf(code string) indicator.View {
	if code == codeLevel {
		return indicator.Level
	}
	return indicator.View(strings.ToLower(strings.ReplaceAll(code, "_", "-")))
}

// partName names a part, dimension=code, by its codes' names.
func (e *Edition) partName(d *paper.Document, part string) string {
	if part == codeTotal {
		return e.say(d).T("paper.sdmx.total", nil)
	}
	set := e.Makers[d.Lang].Set
	var words []string
	for _, code := range indicator.Parts(part).All {
		name := code
		for _, list := range set.Codelists {
			if i := slices.IndexFunc(list.Codes, func(c indicator.Code) bool { return c.ID == code }); i >= 0 {
				name = nameIn(list.Codes[i].Names, d.Lang, code)
				break
			}
		}
		words = append(words, name)
	}
	return strings.Join(words, e.say(d).T("indicator.name.join", nil))
}
