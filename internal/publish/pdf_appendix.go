package publish

import (
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// definitions sets the appendix that numbers lead to.
func (b *book) definitions() {
	b.heading(1, "", "definitions", words(b.t("paper.definitions", nil)))
	b.body.add(b.paragraph(b.in.child("P"), words(b.t("paper.definitions.print", nil)), b.plain())...)
	for i := range b.doc.Definitions {
		b.definition(&b.doc.Definitions[i])
	}
}

// definition sets the entry of a definition.
func (b *book) definition(d *paper.Definition) {
	name := b.small()
	name.size, name.lead, name.bold, name.before, name.paint, name.whole = 9.5, 14, true, 12, chart.Ink, true
	soft := letters{size: 7.5, paint: chart.Soft}
	id := stretch{letters: soft, text: "\u2002" + d.ID + " · " + d.Hash}
	head := b.in.child("H3")
	out := b.set(head, append(b.runs(words(d.Name), name.letters, head), id), name)
	out[0].ids = []string{"d-" + d.ID}
	s := b.small()
	s.before = 1.5
	ink := s
	ink.paint = chart.Ink
	if d.About != "" {
		out = append(out, b.paragraph(b.in.child("P"), words(d.About), ink)...)
	}
	var rest []string
	for _, f := range b.particulars(d) {
		rest = append(rest, b.t("paper.pair", ierr.Args{"name": f[0], "value": f[1]}))
	}
	out = append(out, b.paragraph(b.in.child("P"), words(strings.Join(rest, " · ")), s)...)
	for i := range out[:len(out)-1] {
		out[i].keep = true
	}
	b.body.add(out...)
}

// particulars are what an entry says of a definition below its words: names and
// values.
func (b *book) particulars(d *paper.Definition) [][2]string {
	out := [][2]string{{b.t("paper.unit", nil), d.Unit}}
	if d.Basis != "" {
		out = append(out, [2]string{b.t("paper.basis", nil), d.Basis})
	}
	if len(d.Origins) > 0 {
		out = append(out, [2]string{b.t("paper.origin", nil), b.Printers[b.doc.Lang].List(d.Origins)})
	}
	return out
}

// words are a span of text.
func words(text string) []paper.Span { return []paper.Span{{Text: text}} }

// proof sets what the edition rests on.
func (b *book) proof() {
	b.heading(1, "", "proof", words(b.t("paper.proof", nil)))
	b.body.add(b.paragraph(b.in.child("P"), words(b.t("paper.proof.about", ierr.Args{"state": b.State, "approval": b.Approval})), b.plain())...)
	if notes := b.Explained(b.doc); len(notes) > 0 {
		b.heading(2, "", "explained", words(b.t("paper.explained", nil)))
		list := paper.Block{Kind: paper.List}
		for _, n := range notes {
			list.Items = append(list.Items, []paper.Block{{Kind: paper.Paragraph, Spans: words(n)}})
		}
		b.list(&list, b.plain())
	}
	if b.Head != "" {
		b.heading(2, "", "head", words(b.t("paper.head", nil)))
		s := b.small()
		s.paint = chart.Ink
		for row := range strings.Lines(strings.TrimSpace(b.Head)) {
			b.body.add(b.paragraph(b.in.child("P"), words(row), s)...)
		}
	}
}
