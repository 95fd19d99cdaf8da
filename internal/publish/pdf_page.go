package publish

import (
	"onewindow/internal/chart"
)

// Sizes of a sheet of A4 and its margins, in points.
const (
	sheetWidth   = 595.28
	sheetHeight  = 841.89
	sheetSide    = 72.0
	sheetTop     = 84.0
	sheetBottom  = 76.0
	bodyWidth    = sheetWidth - 2*sheetSide
	bodyHeight   = sheetHeight - sheetTop - sheetBottom
	acrossWidth  = sheetHeight - 2*sheetSide // on a page that lies across
	acrossHeight = sheetWidth - sheetTop - sheetBottom
)

// place is where something stands: a page, from 0, and how far down.
type place struct {
	page int
	x, y float64
}

// act is something that a page shows: of an element of the document, or of none.
type act struct {
	el   *element
	draw func(*pen)
}

// door is a part of a page that leads elsewhere.
type door struct {
	x, y, w, h float64
	to         string
	el         *element // the link
	says       string
}

// sheet is a page in the making.
type sheet struct {
	across bool
	plain  bool // without head and foot
	part   string
	acts   []act
	doors  []door
}

func (s *sheet) width() float64 {
	if s.across {
		return sheetHeight
	}
	return sheetWidth
}

func (s *sheet) height() float64 {
	if s.across {
		return sheetWidth
	}
	return sheetHeight
}

// do adds something to the page.
func (s *sheet) do(el *element, draw func(*pen)) { s.acts = append(s.acts, act{el, draw}) }

// fill adds a filled rectangle.
func (s *sheet) fill(x, y, w, h float64, p chart.Paint) {
	s.do(nil, func(pen *pen) { pen.rect(x, y, w, h, p) })
}

// rule adds a line across the page.
func (s *sheet) rule(x, y, w, thick float64, p chart.Paint) { s.fill(x, y-thick/2, w, thick, p) }

// set adds a line of text whose base line is at y.
func (s *sheet) set(l line, x, y float64, el *element) {
	for _, c := range l.scraps {
		own := el
		if c.el != nil {
			own = c.el
		}
		s.do(own, func(pen *pen) { pen.text(x+c.x, y-c.rise, c.text, c.letters) })
		if c.to != "" {
			s.doors = append(s.doors, door{x + c.x, y - c.size*0.9, c.w, c.size * 1.15, c.to, c.el, c.text})
		}
	}
}

// write adds a text on one line.
func (s *sheet) write(text string, x, y float64, l letters, el *element) {
	for _, row := range lines([]stretch{{letters: l, text: text}}, 1e6, 0) {
		s.set(row, x, y, el)
	}
}

// writeRight adds a text on one line that ends at x.
func (s *sheet) writeRight(text string, x, y float64, l letters, el *element) {
	s.write(text, x-widthOf(text, l), y, l, el)
}

// baseline is how far below the top of a line of text its base line is.
func baseline(lead, size float64) float64 { return (lead-size)/2 + size*0.87 }
