package publish

import (
	"fmt"
	"strings"

	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

// block writes a block that stands in so many lists.
func (x *docx) block(b paper.Block, depth int) {
	switch b.Kind {
	case paper.Heading:
		x.heading(b)
	case paper.Paragraph:
		style, more := "Normal", ""
		if x.at == x.notes {
			style = "FootnoteText"
		}
		if depth > 0 {
			style, more = "ListParagraph", fmt.Sprintf(`<w:ind w:left="%d"/>`, listIndent*depth)
		}
		x.at.add(para(style, more, x.spans(b.Spans)))
	case paper.List:
		x.list(b, depth)
	case paper.TableBlock:
		x.table(b.Table, x.targets[b.ID])
	case paper.ChartBlock:
		x.picture(b.Chart, x.targets[b.ID])
	}
}

// headNumber is what stands before the words of a heading.
func headNumber(number string) string {
	if number == "" {
		return ""
	}
	return number + "\u2002"
}

func (x *docx) heading(b paper.Block) {
	x.at.add(para(fmt.Sprintf("Heading%d", min(max(b.Level, 1), 3)), "", x.bookmark(x.targets[b.ID], run(headNumber(b.Number), look{})+x.spans(b.Spans))))
}

// list writes a list: ordered ones count from 1 each.
func (x *docx) list(b paper.Block, depth int) {
	instance := bulletList
	if b.Ordered {
		x.ordered++
		instance = bulletList + x.ordered
	}
	level := min(depth, listLevels-1)
	for _, item := range b.Items {
		for i, inner := range item {
			if i == 0 && inner.Kind == paper.Paragraph {
				number := fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, instance)
				x.at.add(para("ListParagraph", number, x.spans(inner.Spans)))
				continue
			}
			x.block(inner, depth+1)
		}
	}
}

// spans writes runs of text.
func (x *docx) spans(spans []paper.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(x.span(s))
	}
	return b.String()
}

func (x *docx) span(s paper.Span) string {
	l := look{bold: s.Bold, italic: s.Italic}
	switch s.Kind {
	case paper.Number:
		return x.number(s.Ref, s.Text, l)
	case paper.See:
		l.style = "SeeLink"
		return jump(x.targets[s.Target], run(s.Text, l))
	case paper.Link:
		l.style = "Hyperlink"
		return `<w:hyperlink r:id="` + x.at.link(s.Target) + `" w:history="1">` + run(s.Text, l) + "</w:hyperlink>"
	case paper.Mark:
		return x.footnoteMark(s.N)
	}
	return run(s.Text, l)
}

// number writes a figure that leads to its definition, to the row where it says what it
// was made of.
func (x *docx) number(r indicator.Ref, text string, l look) string {
	n := x.d.NumberOf(r)
	if !x.rows[n] {
		return run(text, l)
	}
	l.style = "FigureLink"
	return jump(mark("f", n), run(text, l))
}

// footnoteMark writes the mark of a footnote. The first stands for the note itself, the
// others lead to the first, which alone can carry it.
func (x *docx) footnoteMark(n int) string {
	if n < 1 || n > len(x.d.Notes) {
		return ""
	}
	if x.marked[n] || x.at == x.notes {
		return jump(mark("n", n), run(num(n), look{raised: true}))
	}
	x.marked[n] = true
	return x.bookmark(mark("n", n), fmt.Sprintf(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, n))
}

// footnotes writes the footnotes.
func (x *docx) footnotes() {
	x.at = x.notes
	const sign = `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`
	for i, note := range x.d.Notes {
		fmt.Fprintf(x.notes, `<w:footnote w:id="%d">`, i+1)
		first := sign
		if len(note) > 0 && note[0].Kind == paper.Paragraph {
			first, note = sign+x.spans(note[0].Spans), note[1:]
		}
		x.notes.add(para("FootnoteText", "", first))
		for _, b := range note {
			x.block(b, 0)
		}
		x.notes.add("</w:footnote>\n")
	}
	x.at = x.body
}
