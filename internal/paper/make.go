package paper

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/indicator"
)

// Maker makes documents of papers. It is used by one goroutine.
type Maker struct {
	Set      *indicator.Set
	Evaluate func(context.Context, indicator.Ref) (*indicator.Figure, error)
	Place    func(code, lang string) string // names a region
	Say      Say
}

// Make makes the paper in the maker's language. Figures that are not there stand as
// such; an error is one of the register.
func (m *Maker) Make(ctx context.Context, p *Paper) (*Document, error) {
	text := p.Texts[m.Say.Lang()]
	if text == nil {
		return nil, fmt.Errorf("%s is not written in %s", p.ID, m.Say.Lang())
	}
	w := &making{Maker: m, ctx: ctx, doc: &Document{
		Paper: p, Lang: m.Say.Lang(), Title: p.Titles[m.Say.Lang()], Subtitle: p.Subtitles[m.Say.Lang()], Publisher: p.Publishers[m.Say.Lang()],
		number: map[indicator.Ref]int{},
	}, heads: map[string]string{}}
	w.number(text)
	w.doc.Blocks = w.blocks(text.Blocks)
	for _, n := range text.Notes {
		w.doc.Notes = append(w.doc.Notes, w.blocks(n))
	}
	if w.err != nil {
		return nil, w.err
	}
	w.define()
	return w.doc, nil
}

type making struct {
	*Maker
	ctx   context.Context
	doc   *Document
	heads map[string]string // number of each heading, table and chart, by id
	part  [3]int
	err   error
}

// number numbers headings, tables and charts, so that references can go forward.
func (w *making) number(t *Text) {
	tables, charts := 0, 0
	var at [3]int
	Walk(t.Blocks, func(b *Block) {
		switch b.Kind {
		case Heading:
			if b.ID != "" {
				w.heads[b.ID] = w.Say.T("paper.see.part", map[string]any{"n": next(&at, b.Level)})
			} else {
				next(&at, b.Level)
			}
		case TableBlock:
			tables++
			w.heads[b.ID] = w.Say.T("paper.see.table", map[string]any{"n": tables})
		case ChartBlock:
			charts++
			w.heads[b.ID] = w.Say.T("paper.see.chart", map[string]any{"n": charts})
		}
	})
}

// next counts a heading and returns its number, 2.1.
func next(at *[3]int, level int) string {
	level = min(max(level, 1), 3)
	at[level-1]++
	for i := level; i < 3; i++ {
		at[i] = 0
	}
	var s []string
	for _, n := range at[:level] {
		s = append(s, fmt.Sprint(n))
	}
	return strings.Join(s, ".")
}

func (w *making) blocks(in []Block) []Block {
	out := make([]Block, 0, len(in))
	for _, b := range in {
		b.Spans = w.spans(b.Spans)
		items := b.Items
		b.Items = nil
		for _, item := range items {
			b.Items = append(b.Items, w.blocks(item))
		}
		switch b.Kind {
		case Heading:
			b.Number = next(&w.part, b.Level)
			if b.ID == "" {
				b.ID = "s" + strings.ReplaceAll(b.Number, ".", "-")
			}
			w.doc.Contents = append(w.doc.Contents, Entry{b.Level, b.Number, b.ID, Plain(b.Spans)})
		case TableBlock:
			i := slices.IndexFunc(w.doc.Paper.Tables, func(t *TableSpec) bool { return t.ID == b.ID })
			b.Table = w.table(w.doc.Paper.Tables[i])
		case ChartBlock:
			i := slices.IndexFunc(w.doc.Paper.Charts, func(c *ChartSpec) bool { return c.ID == b.ID })
			b.Chart = w.chart(w.doc.Paper.Charts[i])
		}
		out = append(out, b)
	}
	return out
}

// spans gives numbers and references their text.
func (w *making) spans(in []Span) []Span {
	out := slices.Clone(in)
	for i := range out {
		switch s := &out[i]; s.Kind {
		case Number:
			s.Figure = w.figure(s.Ref)
			s.Ref = s.Figure.Ref
			s.Text = w.write(s.Figure, s.Options)
		case See:
			s.Text = w.heads[s.Target]
		}
	}
	return out
}

// full gives a figure the region and period of the paper where it has none.
func (p *Paper) full(r indicator.Ref, whole string) indicator.Ref {
	if r.Region == "" {
		r.Region = whole
	}
	if r.Period == (indicator.Period{}) {
		r.Period = p.Period
	}
	return r
}

// figure evaluates a figure that is stated.
func (w *making) figure(r indicator.Ref) *indicator.Figure {
	r = w.doc.Paper.full(r, w.Set.Whole())
	f := &indicator.Figure{Ref: r}
	if w.err == nil {
		var err error
		if f, err = w.Evaluate(w.ctx, r); err != nil {
			w.err = err
			return &indicator.Figure{Ref: r}
		}
	}
	w.doc.Sample = w.doc.Sample || f.Sample
	if w.doc.number[r] == 0 {
		w.doc.Figures = append(w.doc.Figures, f)
		w.doc.number[r] = len(w.doc.Figures)
		w.doc.Names = append(w.doc.Names, w.Set.Name(r, w.Say, w.Place))
	}
	return f
}
