package paper

import (
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// Definition is what figures of a document are of.
type Definition struct {
	ID, Name, About, Unit, Basis string
	Hash                         string   // of the definition
	Origins                      []string // where the figures come from, each once
}

// define lists the definitions of the figures, and of those that they rest on, by
// name.
func (w *making) define() {
	lang := w.Say.Lang()
	index := map[string]int{}
	seen := map[*indicator.Figure]bool{}
	var add func(f *indicator.Figure)
	add = func(f *indicator.Figure) {
		d := w.Set.Definition(f.Ref.Indicator)
		if d == nil || seen[f] {
			return
		}
		seen[f] = true
		i, ok := index[d.ID]
		if !ok {
			i, index[d.ID] = len(w.doc.Definitions), len(w.doc.Definitions)
			w.doc.Definitions = append(w.doc.Definitions, Definition{
				ID: d.ID, Name: indicator.InLang(d.Names, lang), About: indicator.InLang(d.About, lang), Unit: w.unit(d.Unit),
				Basis: indicator.InLang(w.Set.Bases[d.Basis], lang), Hash: d.Hash(),
			})
		}
		if o := w.Origin(f); o != "" && !slices.Contains(w.doc.Definitions[i].Origins, o) {
			w.doc.Definitions[i].Origins = append(w.doc.Definitions[i].Origins, o)
		}
		for _, x := range f.Inputs {
			add(x)
		}
	}
	for _, f := range w.doc.Figures {
		add(f)
	}
	slices.SortFunc(w.doc.Definitions, func(a, b Definition) int { return strings.Compare(a.ID, b.ID) })
}

// Origin says in words where a figure comes from, without its region: the register,
// a return, the region's own data or other figures; empty where it is not there.
func (m *Maker) Origin(f *indicator.Figure) string {
	args := ierr.Args{"state": f.State, "return": f.Return, "source": f.Source, "on": f.On, "view": m.ViewName(f.Ref.View)}
	switch f.Origin {
	case indicator.FromRegister:
		return m.Say.T("paper.origin.register", args)
	case indicator.FromReturn:
		return m.Say.T("paper.origin.return", args)
	case indicator.FromPack:
		return m.Say.T("paper.origin.pack", args)
	case indicator.Derived:
		return m.Say.T("paper.origin.derived", args)
	}
	return ""
}

// Inputs names the figures that one was derived from.
func (m *Maker) Inputs(f *indicator.Figure) []string {
	var out []string
	for _, x := range f.Inputs {
		out = append(out, m.Set.Name(x.Ref, m.Say, m.Place)+" "+x.Ref.Period.String())
	}
	return out
}

// ViewName names a view; the level is called the value.
func (m *Maker) ViewName(v indicator.View) string {
	if v == indicator.Level {
		return m.Say.T("paper.value", nil)
	}
	return m.Set.ViewName(nil, v, m.Say)
}
