package publish

import (
	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// Letters of captions and of what stands below pictures and tables.
var (
	captionLetters = letters{size: 10, bold: true, paint: chart.Ink}
	captionNumber  = letters{size: 10, bold: true, paint: chart.Seal}
	belowLetters   = letters{size: 8, paint: chart.Soft}
)

// picture sets a chart at the width of the text, below its caption.
func (b *book) picture(c *paper.Chart) {
	scene := b.drawing(b.doc, c).Scene(chartWidth, chart.In(b.Printers[b.doc.Lang]))
	out := b.caption(b.in, b.t("paper.see.chart", ierr.Args{"n": c.N}), c.Title, c.Subtitle, c.ID, bodyWidth)
	el := b.in.child("Figure")
	el.alt = scene.Desc
	var below []box
	for _, n := range c.Notes {
		below = append(below, b.below(b.in.child("P"), n, bodyWidth)...)
	}
	k := bodyWidth / scene.Width
	if most := bodyHeight - heightOf(out) - heightOf(below) - 10; scene.Height*k > most {
		k = most / scene.Height
	}
	out = append(out, box{before: 4, height: scene.Height * k, paint: func(s *sheet, x, y float64) {
		s.do(el, func(p *pen) { scene.Draw(canvas{p, x, y, k}) })
	}})
	b.body.float(floating{"picture", spaced(append(out, below...))})
}

// spaced keeps boxes together, with room after them.
func spaced(boxes []box) []box {
	for i := range boxes[:len(boxes)-1] {
		boxes[i].keep = true
	}
	boxes[len(boxes)-1].height += 10
	return boxes
}

// caption sets what stands above a picture or table: its number, what it shows and
// what is counted.
func (b *book) caption(in *element, number string, title []paper.Span, sub, id string, width float64) []box {
	el := in.child("Caption")
	s := b.plain()
	s.letters, s.lead, s.before, s.indent, s.width, s.whole = captionLetters, 14.5, 16, 0, width, true
	runs := []stretch{{letters: captionNumber, text: number + "\u2002"}}
	out := b.set(el, append(runs, b.runs(title, s.letters, el)...), s)
	if sub != "" {
		s.letters, s.lead, s.before = letters{size: 8.5, paint: chart.Soft}, 12.5, 1
		out = append(out, b.set(el, []stretch{{letters: s.letters, text: sub}}, s)...)
	}
	if id != "" {
		out[0].ids = []string{id}
	}
	return out
}

// below sets a note below a picture or table.
func (b *book) below(el *element, text string, width float64) []box {
	s := setting{letters: belowLetters, lead: 11.5, before: 3, width: width}
	return b.set(el, []stretch{{letters: s.letters, text: text}}, s)
}
