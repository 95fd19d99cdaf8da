package publish

import (
	"unicode/utf8"

	"onewindow/internal/chart"
	"onewindow/internal/font"
)

// cover is the first page.
func (b *book) cover(el *element) *sheet {
	s := &sheet{plain: true}
	const left, wide = sheetSide, bodyWidth
	title, subtitle, panel := b.coverTitle()
	s.fill(0, 0, sheetWidth, panel, chart.Strong)
	s.fill(0, panel, sheetWidth, 5, chart.Seal)
	y := 92.0
	for _, row := range lines([]stretch{{letters: letters{size: 11, paint: chart.Bright}, text: b.doc.Publisher}}, wide, 0) {
		s.set(row, left, y, el.child("P"))
		y += 17
	}
	y = panel - 54 - float64(len(subtitle.rows))*subtitle.lead - float64(len(title.rows))*title.lead
	heading := el.child("H1")
	for _, row := range title.rows {
		s.set(row, left, y+baseline(title.lead, title.size), heading)
		y += title.lead
	}
	y += 12
	under := el.child("P")
	for _, row := range subtitle.rows {
		s.set(row, left, y+baseline(subtitle.lead, subtitle.size), under)
		y += subtitle.lead
	}
	y = panel + 62
	for _, fact := range b.facts() {
		s.write(fact, left, y, letters{size: 12, paint: chart.Ink}, el.child("P"))
		y += 21
	}
	if b.Sample() {
		b.warning(s, el, y+26)
	}
	return s
}

// warning says on the cover that the edition is a sample.
func (b *book) warning(s *sheet, el *element, y float64) {
	p := el.child("P")
	word := letters{size: 15, bold: true, paint: chart.Seal}
	note := letters{size: 10, paint: chart.Ink}
	rows := lines([]stretch{{letters: note, text: b.t("paper.sample.note", nil)}}, bodyWidth-32, 0)
	s.fill(sheetSide, y, 3, 44+float64(len(rows))*15.5, chart.Seal)
	s.write(b.t("paper.sample.word", nil), sheetSide+16, y+24, word, p)
	for i, row := range rows {
		s.set(row, sheetSide+16, y+46+float64(i)*15.5, p)
	}
}

// lot is some text of the cover, at the size at which it has room.
type lot struct {
	letters
	lead float64
	rows []line
}

// coverTitle sizes title and subtitle and says how high the panel is that they stand
// on. What has no room in the smallest size ends with an ellipsis; the whole title is
// the document's.
func (b *book) coverTitle() (title, subtitle lot, panel float64) {
	most := 430.0
	for _, size := range []float64{32, 28, 24, 20, 16, 13, 10.5, 9, 8} {
		title = lot{letters: letters{size: size, bold: true, paint: chart.Bright}, lead: size * 1.3}
		title.rows = lines([]stretch{{letters: title.letters, text: b.doc.Title}}, bodyWidth, 0)
		small := max(8, size*0.45)
		subtitle = lot{letters: letters{size: small, paint: chart.Bright}, lead: small * 1.45}
		subtitle.rows = lines([]stretch{{letters: subtitle.letters, text: b.doc.Subtitle}}, bodyWidth, 0)
		if title.high()+subtitle.high() <= most && (size < 24 || !splits(title.rows)) {
			break
		}
	}
	for _, l := range []*lot{&title, &subtitle} {
		if keep := int(most / 2 / l.lead); title.high()+subtitle.high() > most && len(l.rows) > keep {
			l.rows = append(l.rows[:keep], lines([]stretch{{letters: l.letters, text: font.Ellipsis}}, bodyWidth, 0)...)
		}
	}
	return title, subtitle, max(400, 190+title.high()+subtitle.high())
}

// splits tells whether a line ends between two Chinese characters, and maybe within a
// word.
func splits(rows []line) bool {
	for i := range rows[:max(0, len(rows)-1)] {
		a, b := rows[i].scraps, rows[i+1].scraps
		end, _ := utf8.DecodeLastRuneInString(a[len(a)-1].text)
		begin, _ := utf8.DecodeRuneInString(b[0].text)
		if han(end) && han(begin) {
			return true
		}
	}
	return false
}

func (l lot) high() float64 { return float64(len(l.rows)) * l.lead }

// contents are the pages that say where what stands. How many there are does not
// depend on the numbers that they give.
func (b *book) contents(el *element) []*sheet {
	first := 2 + len(b.contentsFrom(new(element), 0))
	return b.contentsFrom(el, first)
}

// contentsFrom lists the contents where the page after them has a number.
func (b *book) contentsFrom(el *element, first int) []*sheet {
	f := newFlow(nil)
	f.part = b.t("paper.contents", nil)
	s := b.head(1)
	head := b.set(el.child("P"), []stretch{{letters: s.letters, text: f.part}}, s)
	head[len(head)-1].height += 12
	f.add(head...)
	for _, m := range b.body.marks {
		if m.level <= 2 {
			f.add(b.entry(m, el.child("TOCI"), first+m.at.page)...)
		}
	}
	f.end()
	return f.sheets
}

// entry is a line of the contents.
func (b *book) entry(m *bookmark, el *element, page int) []box {
	s := b.plain()
	s.indent, s.before, s.size, s.lead, s.width = 0, 0, 9.5, 13.8, bodyWidth-40
	if m.level == 1 {
		s.bold, s.before, s.size = true, 7.5, 10
	} else {
		s.left, s.width = 16, s.width-16
	}
	link := el.inline("Link")
	to := "#" + m.id
	out := b.set(link, []stretch{{letters: s.letters, text: m.text, to: to, el: link}}, s)
	rows := len(out)
	end := &out[rows-1]
	end.keep = m.level == 1
	paint := end.paint
	end.paint = func(sheet *sheet, x, y float64) {
		paint(sheet, x, y)
		l := s.letters
		l.bold = false
		sheet.writeRight(num(page), x+bodyWidth, y+baseline(s.lead, s.size), l, el)
	}
	return out
}
