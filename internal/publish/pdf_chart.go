package publish

import (
	"onewindow/internal/chart"
	"onewindow/internal/font"
)

// chartWidth is the width that pictures are laid out for, in their own units: their
// letters come out as large as those of tables.
const chartWidth = 620.0

// canvas draws scenes on pages. It fulfils chart.Canvas.
type canvas struct {
	*pen
	x, y, k float64 // the upper left corner, and points for a unit of the scene
}

func (c canvas) Begin(chart.Group) {}
func (c canvas) End()              {}

// begin makes the pen ready for a style and returns how fpdf names it; empty where
// nothing is painted.
func (c canvas) begin(s chart.Style) string {
	how := ""
	if s.Fill != "" {
		c.fillWith(s.Fill)
		how = "F"
	}
	if s.Stroke != "" {
		c.strokeWith(s.Stroke, s.Width*c.k)
		c.SetLineJoinStyle("round")
		if s.Dash {
			c.SetDashPattern([]float64{4 * c.k, 3 * c.k}, 0)
		}
		how += "D"
	}
	return how
}

// end undoes what is not the pen's wont.
func (c canvas) end(s chart.Style) {
	if s.Dash {
		c.SetDashPattern(nil, 0)
	}
}

func (c canvas) Rect(r chart.Rect) {
	if how := c.begin(r.Style); how != "" {
		c.pen.Rect(c.x+r.X*c.k, c.y+r.Y*c.k, r.W*c.k, r.H*c.k, how)
	}
	c.end(r.Style)
}

func (c canvas) Circle(o chart.Circle) {
	if how := c.begin(o.Style); how != "" {
		c.pen.Circle(c.x+o.X*c.k, c.y+o.Y*c.k, o.R*c.k, how)
	}
	c.end(o.Style)
}

func (c canvas) Path(p chart.Path) {
	how := c.begin(p.Style)
	if how == "" {
		return
	}
	for _, l := range p.Lines {
		for i, pt := range l {
			if i == 0 {
				c.MoveTo(c.x+pt.X*c.k, c.y+pt.Y*c.k)
			} else {
				c.LineTo(c.x+pt.X*c.k, c.y+pt.Y*c.k)
			}
		}
		if p.Closed {
			c.ClosePath()
		}
	}
	if p.Fill != "" {
		how += "*"
	}
	c.DrawPath(how)
	c.end(p.Style)
}

func (c canvas) Text(t chart.Text) {
	x := c.x + t.X*c.k
	w := font.Width(t.Text, t.Size, t.Bold) * c.k
	switch t.Anchor {
	case chart.Middle:
		x -= w / 2
	case chart.End:
		x -= w
	}
	c.text(x, c.y+t.Y*c.k, font.Plain(t.Text), letters{size: t.Size * c.k, bold: t.Bold, paint: t.Paint})
}
