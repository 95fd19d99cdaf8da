package publish

import (
	"onewindow/internal/chart"
	"onewindow/internal/paper"
)

// setting says how a block of text is set.
type setting struct {
	letters
	lead   float64 // distance of base lines
	before float64 // room above
	left   float64 // of the text from the margin
	indent float64 // of the first line, from left
	width  float64 // of the lines
	whole  bool    // keeps on one page, and with what follows
	label  string  // in the margin of the first line, of a list
}

// plain is how the text of the paper is set.
func (b *book) plain() setting {
	if b.han {
		return setting{letters: letters{size: 10.5, paint: chart.Ink}, lead: 18.5, before: 5, indent: 21, width: bodyWidth}
	}
	return setting{letters: letters{size: 10, paint: chart.Ink}, lead: 15.2, before: 8, width: bodyWidth}
}

// small is how notes and the appendices are set.
func (b *book) small() setting {
	s := b.plain()
	s.size, s.lead, s.before, s.indent, s.paint = 8.5, 12, 3, 0, chart.Soft
	if b.han {
		s.lead = 13.5
	}
	return s
}

// head is how a heading of a level is set.
func (b *book) head(level int) setting {
	s := b.plain()
	s.indent, s.whole, s.bold = 0, true, true
	switch level {
	case 1:
		s.size, s.lead, s.before = 20, 27, 0
	case 2:
		s.size, s.lead, s.before = 13.5, 19, 24
	default:
		s.size, s.lead, s.before = 11, 16, 16
	}
	return s
}

// blocks sets blocks of the paper one below the other.
func (b *book) blocks(in []paper.Block) {
	for i := range in {
		b.block(&in[i], b.plain())
	}
}

func (b *book) block(x *paper.Block, s setting) {
	switch x.Kind {
	case paper.Heading:
		b.heading(x.Level, x.Number, x.ID, x.Spans)
	case paper.Paragraph:
		b.body.add(b.paragraph(b.in.child("P"), x.Spans, s)...)
	case paper.List:
		b.list(x, s)
	case paper.TableBlock:
		b.table(x.Table)
	case paper.ChartBlock:
		b.picture(x.Chart)
	}
}

// heading opens a part, a section or less. Sections are siblings of the headings in
// them.
func (b *book) heading(level int, number, id string, spans []paper.Span) {
	s := b.head(level)
	el := b.in.child("H" + num(min(max(level, 1), 6)))
	text := paper.Plain(spans)
	runs := b.runs(spans, s.letters, el)
	if number != "" && level <= 2 {
		runs = append([]stretch{{letters: letters{size: s.size, paint: chart.Soft}, text: number + "\u2002"}}, runs...)
		text = number + " " + text
	}
	boxes := b.set(el, runs, s)
	first := &boxes[0]
	first.ids = append(first.ids, id)
	first.mark = &bookmark{level: level, text: text, id: id}
	if level == 1 {
		first.part, first.fresh = text, true
		boxes = append([]box{rule(first)}, boxes...)
		boxes = append(boxes, box{height: 10, keep: true, paint: nothing})
	} else {
		boxes = append(boxes, box{height: 2, keep: true, paint: nothing})
	}
	b.body.add(boxes...)
}

// rule is the line above the heading of a part, which takes over what the heading's
// box says of the page.
func rule(first *box) box {
	out := box{height: 14, keep: true, part: first.part, fresh: true, ids: first.ids, mark: first.mark, paint: func(s *sheet, x, y float64) {
		s.fill(x, y, s.width()-2*sheetSide, 2, chart.Strong)
	}}
	first.part, first.fresh, first.ids, first.mark = "", false, nil, nil
	return out
}

func nothing(*sheet, float64, float64) {}

// paragraph sets spans.
func (b *book) paragraph(el *element, spans []paper.Span, s setting) []box {
	return b.set(el, b.runs(spans, s.letters, el), s)
}

// set sets runs as lines that leave neither their first nor their last alone on a
// page.
func (b *book) set(el *element, runs []stretch, s setting) []box {
	rows := lines(runs, s.width, s.indent)
	if len(rows) == 0 {
		rows = []line{{}}
	}
	out := make([]box, len(rows))
	for i, l := range rows {
		out[i] = box{height: s.lead, notes: l.notes, keep: s.whole || i == 0 && len(rows) > 1 || i == len(rows)-2}
		label := ""
		if i == 0 {
			out[i].before, label = s.before, s.label
		}
		out[i].paint = func(sh *sheet, x, y float64) {
			y += baseline(s.lead, s.size)
			if label != "" {
				sh.writeRight(label, x+s.left-6, y, s.letters.in(chart.Soft), el)
			}
			sh.set(l, x+s.left, y, el)
		}
	}
	return out
}

// list sets a list.
func (b *book) list(x *paper.Block, s setting) {
	above := b.in
	b.in = above.child("L")
	defer func() { b.in = above }()
	list := b.in
	const step = 18
	s.left, s.width, s.indent = s.left+step, s.width-step, 0
	gap := s.before
	for i, item := range x.Items {
		b.in = list.child("LI").child("LBody")
		for j := range item {
			s.label = ""
			s.before = gap / 2
			if j == 0 {
				s.label = "•"
				if x.Ordered {
					s.label = num(i+1) + "."
				}
				if i == 0 {
					s.before = gap
				}
			}
			b.block(&item[j], s)
		}
	}
}

// runs gives spans their letters. What leads somewhere is an element of its own.
func (b *book) runs(spans []paper.Span, l letters, el *element) []stretch {
	var out []stretch
	for _, x := range spans {
		r := stretch{letters: l, text: x.Text}
		r.bold, r.italic = l.bold || x.Bold, x.Italic
		switch x.Kind {
		case paper.Number:
			r.to = b.definitionOf(x.Ref.Indicator)
		case paper.See:
			r.to = "#" + x.Target
		case paper.Link:
			r.to, r.paint = x.Target, chart.Series(0)
		case paper.Mark:
			r.text, r.note, r.to = num(x.N), x.N, "#note"+num(x.N)
			r.size, r.rise, r.paint = l.size*0.68, l.size*0.34, chart.Seal
			if x.N <= len(b.marks) {
				b.marks[x.N-1] = el
			}
		}
		if r.to != "" {
			r.el = el.inline("Link")
		}
		out = append(out, r)
	}
	return out
}

// definitionOf returns where a number leads: to the entry of its definition.
func (b *book) definitionOf(id string) string {
	if !b.known[id] {
		return ""
	}
	return "#d-" + id
}

// footnote sets a footnote for the bottom of its page.
func (b *book) footnote(n int) []box {
	if n > len(b.doc.Notes) {
		return nil
	}
	above := b.in
	defer func() { b.in = above }()
	marked := b.marks[n-1]
	if marked == nil {
		marked = b.root
	}
	note := marked.inline("Note")
	s := b.small()
	s.left, s.width = 14, bodyWidth-14
	s.label = num(n)
	var out []box
	for _, x := range b.doc.Notes[n-1] {
		out = append(out, b.paragraph(note, x.Spans, s)...)
		s.label = ""
	}
	if len(out) > 0 {
		out[0].ids = []string{"note" + num(n)}
	}
	return out
}
