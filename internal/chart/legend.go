package chart

import "onewindow/internal/font"

// swatch is an entry of a legend.
type swatch struct {
	name  string
	paint Paint
	hatch hatching
}

// legend draws swatches and their names below what is there, in lines.
func (s *sheet) legend(swatches []swatch) {
	g := Group{Role: Legend}
	const size, gap = 13.0, 16.0
	x := 0.0
	for _, w := range swatches {
		t := s.text(0, 0, Start, textSize, false, Ink, w.name, s.Width-size-6)
		wide := size + 6 + font.Width(t.Text, t.Size, false)
		if x > 0 && x+wide > s.Width {
			x = 0
			s.y += 20
		}
		g.Items = append(g.Items, w.draw(Rect{X: x, Y: s.y, W: size, H: size})...)
		if t.X, t.Y = x+size+6, s.y+size*0.5+textSize*0.36; t.Text != "" {
			g.Items = append(g.Items, t)
		}
		x += wide + gap
	}
	s.y += size + 12
	s.Items = append(s.Items, g)
}

// draw draws a swatch.
func (w swatch) draw(r Rect) []Item {
	r.Fill = w.paint
	out := []Item{r}
	if p, ok := w.hatch.over(corners(r), Style{Stroke: w.ink(), Width: 0.6}); ok {
		out = append(out, p)
	}
	return out
}

// ink is the paint of the lines over a swatch.
func (w swatch) ink() Paint {
	if w.paint == Void {
		return Hatch
	}
	return on(w.paint)
}
