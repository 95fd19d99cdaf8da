package chart

import (
	"slices"
	"strings"

	"onewindow/internal/font"
)

// Multiples shows many runs over the same periods in a small picture each, all on
// one scale, so that their courses and their heights can be compared.
type Multiples struct {
	About
	Places  int
	Periods []string
	Runs    []Run
	Own     bool // give every picture a scale of its own, which its notes should say
}

// Sizes of small pictures.
const (
	smallPlot = 74.0 // height of the plot
	smallGap  = 24.0 // between pictures
)

// Scene draws the small pictures.
func (c Multiples) Scene(width float64, l Locale) *Scene {
	s := begin(c.About, l, width)
	if len(c.Periods) == 0 || len(c.Runs) == 0 {
		s.nothing()
		return s.finish()
	}
	cols := 4
	if s.narrow() {
		cols = 2
	}
	wide := (s.Width - smallGap*float64(cols-1)) / float64(cols)
	data := Group{Role: Data}
	for row := range slices.Chunk(c.Runs, cols) {
		names := make([][]string, len(row))
		full := make([]string, len(row))
		for i, r := range row {
			lines, whole := font.Of(true).Fit(r.Name, textSize, wide, 2)
			if names[i] = lines; !whole {
				full[i] = font.Plain(r.Name)
			}
		}
		top := s.y
		s.y += leading(textSize) * float64(widest(names, func(l []string) int { return len(l) }))
		for i, r := range row {
			x := float64(i) * (wide + smallGap)
			g := Group{Role: Mark, Label: Lines{Places: c.Places, Periods: c.Periods}.describe(s, r)}
			g.Items = s.rows(x, top, Start, textSize, true, Ink, names[i], full[i])
			g.Items = append(g.Items, c.small(s, r, Rect{X: x, Y: s.y + 20, W: wide, H: smallPlot})...)
			s.say(g.Label, "")
			data.Items = append(data.Items, g)
		}
		s.y += 20 + smallPlot + 18 + 14
	}
	s.Items = append(s.Items, data)
	return s.finish()
}

// small draws one picture: the last value and the top of the scale above its plot,
// the line, the first and the last period below.
func (c Multiples) small(s *sheet, r Run, plot Rect) []Item {
	n := len(c.Periods)
	runs := c.Runs
	if c.Own {
		runs = []Run{r}
	}
	low, high := runsSpan(runs, n, false)
	sc, ticks := s.upright(low, high, c.Places, Rect{Y: plot.Y + 4, H: plot.H - 4})
	out := []Item{}
	for _, t := range ticks {
		st := Style{Stroke: Grid, Width: 1}
		if t.at.Sign() == 0 {
			st.Stroke = Zero
		}
		out = append(out, line(plot.X, sc.at(t.at), plot.X+plot.W, sc.at(t.at), st))
	}
	end := r.last(n)
	value, paint := s.l.write(r.at(n-1), c.Places), Soft
	if end >= 0 {
		value, paint = s.l.write(r.at(end), c.Places), Series(0)
		if end < n-1 {
			value += " (" + c.Periods[end] + ")"
		}
	}
	t := s.text(plot.X, plot.Y-20+textSize*1.05, Start, textSize, false, paint, value, plot.W)
	if t.Text != "" {
		out = append(out, t)
	}
	top := ticks[len(ticks)-1].text
	if font.Width(top, smallSize, false)+font.Width(t.Text, textSize, false)+10 <= plot.W {
		out = append(out, s.text(plot.X+plot.W, plot.Y, End, smallSize, false, Soft, top, plot.W))
	}
	x := func(i int) float64 {
		if n == 1 {
			return plot.X + plot.W/2
		}
		return plot.X + 4 + (plot.W-8)*float64(i)/float64(n-1)
	}
	out = append(out, curve(r, n, 0, x, sc, false)...)
	if end >= 0 {
		out = append(out, Circle{x(end), sc.at(r.at(end).number), 3.2, Style{Fill: Series(0), Stroke: Paper, Width: 1}})
	}
	return append(out, c.ends(s, plot)...)
}

// ends writes the first and the last period below a plot.
func (c Multiples) ends(s *sheet, plot Rect) []Item {
	n, y := len(c.Periods), plot.Y+plot.H+smallSize+4
	if n == 1 {
		return slices.DeleteFunc([]Item{s.text(plot.X+plot.W/2, y, Middle, smallSize, false, Soft, c.Periods[0], plot.W)}, void)
	}
	return slices.DeleteFunc([]Item{
		s.text(plot.X, y, Start, smallSize, false, Soft, c.Periods[0], plot.W/2-4),
		s.text(plot.X+plot.W, y, End, smallSize, false, Soft, c.Periods[n-1], plot.W/2-4),
	}, void)
}

// void tells whether an item is a text without letters.
func void(i Item) bool {
	t, ok := i.(Text)
	return ok && strings.TrimSpace(t.Text) == ""
}
