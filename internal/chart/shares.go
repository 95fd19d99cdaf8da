package chart

import (
	"onewindow/internal/decimal"
	"onewindow/internal/font"
)

// Shares shows how several wholes divide into the same parts, each whole as a bar of
// 100 %.
type Shares struct {
	About
	Places int      // decimal places of the shares in per cent
	Parts  []string // names, in the order in which they are drawn
	Wholes []Whole
}

// Whole is one bar: a label and the values of its parts, in their order. A share is
// known only where all parts are: with one absent, negative or missing, or a sum of
// zero, the bar is shown as absent.
type Whole struct {
	Label string
	Parts []Value
}

// Of returns the share of every part, which add up to 1; ok is false where the whole
// has none.
func (w Whole) Of(parts int) (shares []decimal.Number, ok bool) {
	if len(w.Parts) != parts {
		return nil, false
	}
	var sum decimal.Number
	for _, p := range w.Parts {
		if !p.is || p.number.Sign() < 0 {
			return nil, false
		}
		sum = sum.Add(p.number)
	}
	for _, p := range w.Parts {
		q, ok := p.number.Quo(sum)
		if !ok {
			return nil, false
		}
		shares = append(shares, q)
	}
	return shares, len(shares) > 0
}

// why returns what stands in the place of shares that there are not.
func (w Whole) why(l Locale) string {
	for _, p := range w.Parts {
		if !p.is {
			return l.write(p, 0)
		}
	}
	return l.Absent
}

// Scene draws the shares.
func (c Shares) Scene(width float64, l Locale) *Scene {
	s := begin(c.About, l, width)
	if len(c.Wholes) == 0 || len(c.Parts) == 0 {
		s.nothing()
		return s.finish()
	}
	swatches := make([]swatch, len(c.Parts))
	for i, name := range c.Parts {
		swatches[i] = swatch{name, part(i), hatches[i%len(hatches)]}
	}
	s.legend(swatches)
	labels := widest(c.Wholes, func(w Whole) float64 { return font.Width(font.Plain(w.Label), textSize, false) })
	above := labels > s.labelRoom()
	from := labels + 8
	if above {
		labels, from = s.Width, 0
	}
	data := Group{Role: Data}
	for _, w := range c.Wholes {
		lines, whole := font.Of(false).Fit(w.Label, textSize, labels+0.01, 2)
		full := ""
		if !whole {
			full = font.Plain(w.Label)
		}
		const thick = 24.0
		if above {
			data.Items = append(data.Items, s.rows(0, s.y, Start, textSize, false, Ink, lines, full)...)
			s.y += leading(textSize)*float64(len(lines)) + 2
		} else {
			data.Items = append(data.Items, s.rows(labels, s.y+thick/2-leading(textSize)/2, End, textSize, false, Ink, lines, full)...)
		}
		data.Items = append(data.Items, c.bar(s, w, from, thick)...)
		s.y += thick + 8
	}
	s.Items = append(s.Items, data)
	return s.finish()
}

// bar draws the parts of one whole from a place to the right edge.
func (c Shares) bar(s *sheet, w Whole, from, thick float64) []Item {
	wide := s.Width - from
	shares, ok := w.Of(len(c.Parts))
	if !ok {
		why := w.why(s.l)
		s.say(w.Label, why)
		g := Group{Role: Mark, Label: s.l.Joined(font.Plain(w.Label), why)}
		g.Items = append(g.Items, line(from, s.y, from, s.y+thick, Style{Stroke: Zero, Width: 1}))
		if why = font.Plain(why); why != "" {
			g.Items = append(g.Items, s.text(from+6, s.y+thick/2+textSize*0.36, Start, textSize, false, Soft, why, wide-6))
		}
		return []Item{g}
	}
	var out []Item
	var sum decimal.Number
	one, x := decimal.Of(1), from
	for i, share := range shares {
		sum = sum.Add(share)
		end := from + wide*ratio(sum, one)
		text := s.l.Percent(share, c.Places)
		label := s.l.Joined(font.Plain(w.Label), s.l.Joined(font.Plain(c.Parts[i]), text))
		s.say(w.Label, s.l.Joined(clip(font.Plain(c.Parts[i])), text))
		if share.Sign() > 0 {
			out = append(out, c.segment(Rect{x, s.y, end - x, thick, Style{Fill: part(i)}}, i, label, text))
		}
		x = end
	}
	return out
}

// segment draws one part of a bar, and its share where there is room for it.
func (c Shares) segment(r Rect, i int, label, text string) Group {
	if r.W > 2 {
		r.W-- // the ground parts neighbours
	}
	g := Group{Role: Mark, Label: label, Items: []Item{r}}
	wide := font.Width(text, textSize, false)
	room := wide+6 <= r.W
	area := corners(r)
	if room {
		t := Rect{X: r.X + r.W/2 - wide/2 - 3, Y: r.Y + 3, W: wide + 6, H: r.H - 6}
		area = append(area, corners(t)...)
	}
	if p, ok := hatches[i%len(hatches)].over(area, Style{Stroke: on(part(i)), Width: 0.6}); ok {
		g.Items = append(g.Items, p)
	}
	if room {
		g.Items = append(g.Items, Text{X: r.X + r.W/2, Y: r.Y + r.H/2 + textSize*0.36, Anchor: Middle, Size: textSize, Paint: on(part(i)), Text: text})
	}
	return g
}
