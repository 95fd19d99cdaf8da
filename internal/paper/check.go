package paper

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"onewindow/internal/indicator"
)

// FaultKind is what is wrong with a paper.
type FaultKind string

// The kinds of faults.
const (
	FaultAbsent    FaultKind = "absent"    // a number in the text is not there
	FaultClaim     FaultKind = "claim"     // a title says what the figures do not
	FaultLanguages FaultKind = "languages" // two languages state different figures
	FaultUnused    FaultKind = "unused"    // a table or chart stands nowhere
)

// Fault is something that stops publication.
type Fault struct {
	Kind  FaultKind
	Where string // file and line
	What  string // a figure, claim or id
	Lang  string // of the other language, where two are compared
}

// Report is what the checks of a paper found.
type Report struct {
	Figures int                // figures that it states
	Results []indicator.Result // of the relations among them
	Faults  []Fault
	Claims  int // that were looked at
}

// Open tells how many checks are open.
func (r *Report) Open() int {
	n := len(r.Faults)
	for i := range r.Results {
		if r.Results[i].Status == indicator.Open {
			n++
		}
	}
	return n
}

// Explained returns the notes that explain something in the paper, each once.
func (r *Report) Explained() []*indicator.Note {
	var out []*indicator.Note
	for i := range r.Results {
		if n := r.Results[i].Note; n != nil && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// Check makes every check of a paper over its documents, one a language.
func (m *Maker) Check(ctx context.Context, p *Paper, docs []*Document) (*Report, error) {
	r := &Report{}
	book := indicator.NewBook(nil)
	if len(docs) > 0 {
		book = indicator.NewBook(observations(docs))
		r.Figures = len(docs[0].Figures)
	}
	r.Results = m.Set.Check(book, nil, p.Notes)
	for _, d := range docs {
		r.Faults = append(r.Faults, d.absent()...)
	}
	for _, c := range p.Charts {
		for i := range c.claims {
			r.Claims++
			ok, err := m.claim(ctx, p, &c.claims[i])
			if err != nil {
				return nil, err
			}
			if !ok {
				r.Faults = append(r.Faults, Fault{Kind: FaultClaim, Where: fmt.Sprintf("%s:%d", p.File, c.line), What: c.claims[i].text})
			}
		}
	}
	r.Faults = append(r.Faults, p.unused()...)
	texts := p.texts()
	for _, t := range texts[min(1, len(texts)):] {
		r.Faults = append(r.Faults, p.compare(texts[0], t, m.Set.Whole())...)
	}
	return r, nil
}

// observations are the figures as the documents state them, each once.
func observations(docs []*Document) []indicator.Observation {
	seen := map[indicator.Ref]bool{}
	var out []indicator.Observation
	for _, d := range docs {
		for _, f := range d.Figures {
			n, ok := f.Published()
			if !ok || seen[f.Ref] {
				continue
			}
			seen[f.Ref] = true
			out = append(out, indicator.Observation{Ref: f.Ref, Value: n, Places: f.Places, Qualifier: f.Qualifier, Unit: f.Unit, Vintage: f.Vintage, Where: d.Paper.ID})
		}
	}
	return out
}

// absent reports numbers within the text that are not there. A table may have gaps:
// it says why.
func (d *Document) absent() []Fault {
	var out []Fault
	file := d.Paper.Texts[d.Lang].File
	for _, blocks := range append([][]Block{d.Blocks}, d.Notes...) {
		Walk(blocks, func(b *Block) {
			for _, s := range b.Spans {
				if s.Kind == Number && s.Figure.Value == nil {
					out = append(out, Fault{Kind: FaultAbsent, Where: fmt.Sprintf("%s:%d", file, s.Line), What: s.Ref.String()})
				}
			}
		})
	}
	return out
}

// claim tells whether what a title claims holds among figures as they are published.
func (m *Maker) claim(ctx context.Context, p *Paper, c *claim) (bool, error) {
	a, err := m.term(ctx, p, c.a)
	if err != nil || a == nil {
		return false, err
	}
	b, err := m.term(ctx, p, c.b)
	if err != nil || b == nil {
		return false, err
	}
	return c.holds(*a.number, *b.number), nil
}

// term is the number of one side of a claim, nil where there is none.
func (m *Maker) term(ctx context.Context, p *Paper, t term) (*term, error) {
	if t.number != nil {
		return &t, nil
	}
	f, err := m.Evaluate(ctx, p.full(t.ref, m.Set.Whole()))
	if err != nil {
		return nil, err
	}
	n, ok := f.Published()
	if !ok {
		return nil, nil
	}
	return &term{number: &n}, nil
}

// unused reports tables and charts that stand in no text.
func (p *Paper) unused() []Fault {
	var out []Fault
	for _, t := range p.texts() {
		stands := map[string]bool{}
		Walk(t.Blocks, func(b *Block) { stands[b.ID] = stands[b.ID] || b.Kind == TableBlock || b.Kind == ChartBlock })
		for _, x := range p.Tables {
			if !stands[x.ID] {
				out = append(out, Fault{FaultUnused, fmt.Sprintf("%s:%d", p.File, x.line), x.ID, t.Lang})
			}
		}
		for _, x := range p.Charts {
			if !stands[x.ID] {
				out = append(out, Fault{FaultUnused, fmt.Sprintf("%s:%d", p.File, x.line), x.ID, t.Lang})
			}
		}
	}
	return out
}

// compare reports what one language states in a part and another does not.
func (p *Paper) compare(a, b *Text, whole string) []Fault {
	var out []Fault
	x, y := p.stated(a, whole), p.stated(b, whole)
	for part := range max(len(x), len(y)) {
		one, other := at(x, part), at(y, part)
		for _, what := range slices.Sorted(maps.Keys(one)) {
			if other[what] == 0 {
				out = append(out, Fault{FaultLanguages, fmt.Sprintf("%s:%d", a.File, one[what]), what, b.Lang})
			}
		}
		for _, what := range slices.Sorted(maps.Keys(other)) {
			if one[what] == 0 {
				out = append(out, Fault{FaultLanguages, fmt.Sprintf("%s:%d", b.File, other[what]), what, a.Lang})
			}
		}
	}
	return out
}

func at(parts []map[string]int, i int) map[string]int {
	if i < len(parts) {
		return parts[i]
	}
	return nil
}

// stated lists, by part, what a text states, with the line where it does first.
func (p *Paper) stated(t *Text, whole string) []map[string]int {
	parts := []map[string]int{{}}
	note := func(what string, line int) {
		last := parts[len(parts)-1]
		if last[what] == 0 {
			last[what] = line
		}
	}
	Walk(t.Blocks, func(b *Block) {
		switch b.Kind {
		case Heading:
			if b.Level == 1 {
				parts = append(parts, map[string]int{})
			}
		case TableBlock, ChartBlock:
			note(strings.TrimSpace("{{"+map[BlockKind]string{TableBlock: "table", ChartBlock: "chart"}[b.Kind]+" "+b.ID)+"}}", b.Line)
		}
		for _, s := range b.Spans {
			if s.Kind == Number {
				note(p.full(s.Ref, whole).String(), s.Line)
			}
		}
	})
	return parts
}
