package publish

import (
	"bytes"
	"io"
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// book is a document on its way to paper.
type book struct {
	*Edition
	doc   *paper.Document
	han   bool // paragraphs begin with an indent, as Chinese ones do
	root  *element
	in    *element // that new elements are of
	body  *flow
	front []*sheet        // cover and contents
	marks []*element      // of footnotes, by number less 1: the paragraphs that mark them
	known map[string]bool // definitions
	fault error
}

// writePDF writes the edition as a tagged document of A4 pages.
func writePDF(e *Edition, d *paper.Document, w io.Writer) error {
	b := newBook(e, d)
	if b.fault != nil {
		return b.fault
	}
	return b.write(w)
}

// newBook lays a document out on pages.
func newBook(e *Edition, d *paper.Document) *book {
	b := &book{Edition: e, doc: d, han: strings.HasPrefix(d.Lang, "zh"), root: &element{tag: "Document", joined: true}, marks: make([]*element, len(d.Notes)), known: map[string]bool{}}
	for _, x := range d.Definitions {
		b.known[x.ID] = true
	}
	b.body = newFlow(b.footnote)
	cover, contents := b.root.child("Sect"), b.root.child("TOC")
	b.in = b.root
	b.blocks(d.Blocks)
	b.definitions()
	b.proof()
	b.body.end()
	b.front = []*sheet{b.cover(cover)}
	b.front = append(b.front, b.contents(contents)...)
	return b
}

// pages are all pages, in their order.
func (b *book) pages() []*sheet { return append(b.front, b.sheets()...) }

// t says something in the document's language.
func (b *book) t(key string, args ierr.Args) string { return b.say(b.doc).T(key, args) }

// write draws all pages and writes the document.
func (b *book) write(w io.Writer) error {
	sheets := b.pages()
	p := newPen()
	for i, s := range sheets {
		if !s.plain {
			b.frame(s, i+1)
		}
		p.draw(s)
		for _, m := range b.body.marks {
			if m.at.page+len(b.front) == i {
				p.Bookmark(m.text, m.level-1, m.at.y)
			}
		}
	}
	var raw bytes.Buffer
	if err := p.Output(&raw); err != nil {
		return err
	}
	f, err := readFile(raw.Bytes())
	if err != nil {
		return err
	}
	if err := b.finish(f, sheets); err != nil {
		return err
	}
	return f.write(w)
}

// sheets are the pages after the contents, without empty ones at the end.
func (b *book) sheets() []*sheet {
	all := b.body.sheets
	for len(all) > 0 && len(all[len(all)-1].acts) == 0 {
		all = all[:len(all)-1]
	}
	return all
}

// frame adds a page's head and foot.
func (b *book) frame(s *sheet, number int) {
	soft := letters{size: 8, paint: chart.Soft}
	left, right := sheetSide, s.width()-sheetSide
	y := 50.0
	at := left
	if b.Sample() {
		at += b.badge(s, left, y)
	}
	part := soft.face().Elide(s.part, soft.size, (right-at)/2-10)
	s.writeRight(part, right, y, soft, nil)
	s.write(soft.face().Elide(b.doc.Title, soft.size, right-at-widthOf(part, soft)-20), at, y, soft, nil)
	s.rule(left, y+7, right-left, 0.4, chart.Grid)
	y = s.height() - 44
	s.write(soft.face().Elide(b.issue(), soft.size, right-left-60), left, y, soft, nil)
	s.writeRight(b.say(b.doc).Decimal(num(number)), right, y, letters{size: 9, bold: true, paint: chart.Ink}, nil)
}

// badge marks a page as one of a sample and returns how wide the mark is, with the
// room behind it.
func (b *book) badge(s *sheet, x, y float64) float64 {
	l := letters{size: 7.5, bold: true, paint: chart.Bright}
	word := b.t("paper.sample.word", nil)
	w := widthOf(word, l) + 8
	s.fill(x, y-8.2, w, 11, chart.Seal)
	s.write(word, x+4, y, l, nil)
	return w + 8
}

// issue says which edition this is.
func (b *book) issue() string { return strings.Join(b.facts(), " · ") }

// facts are what the cover says of the edition, a line each.
func (b *book) facts() []string {
	out := []string{b.t("paper.issue", ierr.Args{"period": b.doc.Paper.Period.String()})}
	if b.N > 0 {
		out = append(out, b.t("paper.edition", ierr.Args{"n": b.N}))
	}
	if b.Status != "" {
		out = append(out, b.StatusName(b.doc))
	}
	if b.Released != 0 {
		out = append(out, b.t("paper.released", ierr.Args{"day": b.Released}))
	}
	return out
}
