package publish

import (
	"fmt"

	"codeberg.org/go-pdf/fpdf"

	"onewindow/internal/chart"
	"onewindow/internal/font"
)

// Names of the faces within a document. They are as long as the names that stand in
// their place once the faces are cut down to what is used.
const (
	regularFace = "xxxnotosanssc-regular"
	boldFace    = "xxxnotosanssc-bold"
)

// pen draws on the pages of a document.
type pen struct {
	*fpdf.Fpdf
	page  int // from 0
	marks int // on the page
}

// newPen returns a pen without a page.
func newPen() *pen {
	p := &pen{Fpdf: fpdf.New("P", "pt", "A4", ""), page: -1}
	p.SetAutoPageBreak(false, 0)
	p.SetCatalogSort(true)
	p.AddUTF8FontFromBytes(regularFace, "", font.Of(false).TTF())
	p.AddUTF8FontFromBytes(boldFace, "", font.Of(true).TTF())
	p.SetFont(regularFace, "", 10)
	return p
}

// draw draws a page.
func (p *pen) draw(s *sheet) {
	way := "P"
	if s.across {
		way = "L"
	}
	p.AddPageFormat(way, fpdf.SizeType{Wd: sheetWidth, Ht: sheetHeight})
	p.page++
	p.marks = 0
	for _, a := range s.acts {
		p.marked(a)
	}
}

// marked draws something as the part of the structure that it is.
func (p *pen) marked(a act) {
	if a.el == nil {
		p.RawWriteStr("/Artifact BMC")
	} else {
		a.el.join()
		a.el.kids = append(a.el.kids, kid{page: p.page, mark: p.marks})
		p.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", a.el.tag, p.marks))
		p.marks++
	}
	a.draw(p)
	p.RawWriteStr("EMC")
}

// text draws a text whose base line begins at x, y.
func (p *pen) text(x, y float64, text string, l letters) {
	name := regularFace
	if l.bold {
		name = boldFace
	}
	p.SetFont(name, "", l.size)
	c := chart.Light.Color(l.paint)
	p.SetTextColor(int(c.R), int(c.G), int(c.B))
	if l.italic {
		p.TransformBegin()
		p.TransformSkewX(11, x, y)
		defer p.TransformEnd()
	}
	p.Text(x, y, text)
}

// rect draws a filled rectangle.
func (p *pen) rect(x, y, w, h float64, paint chart.Paint) {
	p.fillWith(paint)
	p.Rect(x, y, w, h, "F")
}

func (p *pen) fillWith(paint chart.Paint) {
	c := chart.Light.Color(paint)
	p.SetFillColor(int(c.R), int(c.G), int(c.B))
}

func (p *pen) strokeWith(paint chart.Paint, width float64) {
	c := chart.Light.Color(paint)
	p.SetDrawColor(int(c.R), int(c.G), int(c.B))
	p.SetLineWidth(width)
}
