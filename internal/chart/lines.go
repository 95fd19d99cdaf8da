package chart

import (
	"cmp"
	"slices"
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/font"
)

// Lines shows how values went over periods of equal length, one line a series. Each
// line ends at its name and its last value. A line has a gap where a value is
// absent, and what is absent is listed below.
type Lines struct {
	About
	Places  int
	Periods []string
	Series  []Run
	Close   bool // let the scale begin near the lowest value rather than at zero
}

// Run is a name and a value for every period; values that are missing at its end are
// absent. A strong run stands out.
type Run struct {
	Name   string
	Values []Value
	Strong bool
}

// at returns the value of a period.
func (r Run) at(i int) Value {
	if i < len(r.Values) {
		return r.Values[i]
	}
	return Value{}
}

// last returns the last period with a value before the n-th, or -1.
func (r Run) last(n int) int {
	for i := n - 1; i >= 0; i-- {
		if r.at(i).is {
			return i
		}
	}
	return -1
}

// runsSpan returns the numbers that a scale for the runs goes from and to.
func runsSpan(runs []Run, n int, close bool) (low, high decimal.Number) {
	var all []Value
	for _, r := range runs {
		all = append(all, r.Values[:min(len(r.Values), n)]...)
	}
	low, high = span(all)
	if !close {
		return low, high
	}
	all = slices.DeleteFunc(all, func(v Value) bool { return !v.is })
	if len(all) > 0 {
		by := func(a, b Value) int { return a.number.Cmp(b.number) }
		low, high = slices.MinFunc(all, by).number, slices.MaxFunc(all, by).number
	}
	return low, high
}

// endLabel is the name and the value at the end of a line.
type endLabel struct {
	run   int
	lines []string
	full  string
	value Text    // its X is how far it stands behind the beginning of the name, 0 where below it
	wish  float64 // where its middle would be
	y, h  float64 // its top and height
}

// Scene draws the lines.
func (c Lines) Scene(width float64, l Locale) *Scene {
	s := begin(c.About, l, width)
	n := len(c.Periods)
	if n == 0 || len(c.Series) == 0 || !slices.ContainsFunc(c.Series, func(r Run) bool { return r.last(n) >= 0 }) {
		s.nothing()
		c.absences(s)
		return s.finish()
	}
	labels := c.labels(s)
	high := 0.0
	for _, e := range labels {
		high += e.h
	}
	plot := Rect{Y: s.y + 10, H: max(high, 250)}
	if s.narrow() {
		plot.H = max(high, 210)
	}
	room := widest(labels, func(e endLabel) float64 {
		name := widest(e.lines, func(l string) float64 { return font.Width(l, textSize, true) })
		if e.value.X > 0 {
			return e.value.X + font.Width(e.value.Text, textSize, false)
		}
		return max(name, font.Width(e.value.Text, textSize, false))
	})
	lo, hi := runsSpan(c.Series, n, c.Close)
	sc, ticks := s.upright(lo, hi, c.Places, plot)
	most := s.Width * 0.25
	plot.X = min(widest(ticks, func(t tick) float64 { return font.Width(t.text, smallSize, false) }), most) + 12
	plot.W = s.Width - room - 18 - plot.X
	c.axes(s, plot, sc, ticks)
	s.Items = append(s.Items, c.draw(s, plot, sc, labels))
	s.y = plot.Y + plot.H + 22
	c.absences(s)
	return s.finish()
}

// labels returns the labels of the lines that have a value.
func (c Lines) labels(s *sheet) []endLabel {
	var out []endLabel
	most := s.Width * 0.3
	for i, r := range c.Series {
		end := r.last(len(c.Periods))
		if end < 0 {
			continue
		}
		e := endLabel{run: i}
		lines, whole := font.Of(true).Fit(r.Name, textSize, most, 2)
		if e.lines = lines; !whole {
			e.full = font.Plain(r.Name)
		}
		text := s.l.write(r.at(end), c.Places)
		if end < len(c.Periods)-1 {
			text += " (" + c.Periods[end] + ")"
		}
		e.value = s.text(0, 0, Start, textSize, false, Series(i), text, most)
		e.h = leading(textSize)*float64(len(lines)+1) + 3
		out = append(out, e)
	}
	if len(out) > 6 {
		inOneLine(out, most)
	}
	return out
}

// inOneLine puts every value behind its name rather than below it, where all have
// room for that.
func inOneLine(labels []endLabel, most float64) {
	for _, e := range labels {
		if len(e.lines) != 1 || font.Width(e.lines[0], textSize, true)+font.Width(e.value.Text, textSize, false)+6 > most {
			return
		}
	}
	for i := range labels {
		e := &labels[i]
		e.value.X, e.h = font.Width(e.lines[0], textSize, true)+6, leading(textSize)
	}
}

// upright returns a scale for a plot from its foot to its top, and its marks.
func (s *sheet) upright(low, high decimal.Number, places int, plot Rect) (scale, []tick) {
	if low.Equal(high) {
		if low.Sign() == 0 {
			high = decimal.Of(1)
		} else if low.Sign() > 0 {
			low = decimal.Number{}
		} else {
			high = decimal.Number{}
		}
	}
	ticks := s.l.ticks(low, high, int(limit(plot.H/40, 2, 6)), places)
	return scale{ticks[0].at, ticks[len(ticks)-1].at, plot.Y + plot.H, plot.Y}, ticks
}

// x returns where a period lies in a plot.
func (c Lines) x(plot Rect, i int) float64 {
	if len(c.Periods) == 1 {
		return plot.X + plot.W
	}
	return plot.X + plot.W*float64(i)/float64(len(c.Periods)-1)
}

// axes draws the scale and the periods.
func (c Lines) axes(s *sheet, plot Rect, sc scale, ticks []tick) {
	g := Group{Role: Axis}
	for _, t := range ticks {
		y := sc.at(t.at)
		st := Style{Stroke: Grid, Width: 1}
		if t.at.Sign() == 0 {
			st.Stroke = Zero
		}
		g.Items = append(g.Items, line(plot.X-6, y, plot.X+plot.W+6, y, st),
			s.text(plot.X-10, y+smallSize*0.36, End, smallSize, false, Soft, t.text, plot.X-12+0.01))
	}
	g.Items = append(g.Items, s.periods(c.Periods, plot.Y+plot.H, func(i int) float64 { return c.x(plot, i) }, plot.X+plot.W+6)...)
	s.Items = append(s.Items, g)
}

// periods draws ticks for all periods and the names of as many as there is room
// for: the last, the first, and every so many between.
func (s *sheet) periods(names []string, y float64, x func(int) float64, right float64) []Item {
	var out []Item
	n := len(names)
	texts := make([]Text, n)
	wide := 0.0
	for i, name := range names {
		texts[i] = s.text(x(i), y+smallSize+6, Middle, smallSize, false, Soft, name, right/2-8)
		w := font.Width(texts[i].Text, smallSize, false)
		wide = max(wide, w)
		texts[i].X = limit(texts[i].X, w/2, right-w/2)
		out = append(out, line(x(i), y, x(i), y+4, Style{Stroke: Zero, Width: 1}))
	}
	each := 1
	if n > 1 {
		for each < n-1 && (x(1)-x(0))*float64(each) < wide+10 {
			each++
		}
		for even := each; even <= 2*each; even++ {
			if (n-1)%even == 0 {
				each = even
				break
			}
		}
	}
	end := -1.0
	for i := range n {
		if texts[i].Text == "" || i%each != 0 && i != n-1 {
			continue
		}
		from, w := left(texts[i])
		last, lastWide := left(texts[n-1])
		meets := i != n-1 && texts[n-1].Text != "" && from+w+8 > last && lastWide > 0
		if from > end && !meets {
			out = append(out, texts[i])
			end = from + w + 6
		}
	}
	return out
}

// draw draws the lines and their labels.
func (c Lines) draw(s *sheet, plot Rect, sc scale, labels []endLabel) Group {
	data := Group{Role: Data}
	n := len(c.Periods)
	for i := range labels {
		labels[i].wish = sc.at(c.Series[labels[i].run].at(c.Series[labels[i].run].last(n)).number)
	}
	spread(labels, plot.Y-8, plot.Y+plot.H+4)
	for _, e := range labels {
		r := c.Series[e.run]
		g := Group{Role: Mark, Label: c.describe(s, r)}
		s.say(r.Name, strings.Join(c.values(s, r), s.l.Apart))
		g.Items = append(g.Items, curve(r, n, e.run, func(i int) float64 { return c.x(plot, i) }, sc, n <= 24 && len(labels) <= 12)...)
		end := r.last(n)
		x, right := c.x(plot, end), plot.X+plot.W
		middle := e.y + e.h/2 - 1
		if away := middle - e.wish; end < n-1 || away > 3 || away < -3 {
			g.Items = append(g.Items, Path{Lines: [][]Point{{{x + 5, e.wish}, {right + 8, e.wish}, {right + 15, middle}}}, Style: Style{Stroke: Series(e.run), Width: 0.75}})
		}
		g.Items = append(g.Items, s.rows(right+18, e.y, Start, textSize, true, Series(e.run), e.lines, e.full)...)
		row := float64(len(e.lines))
		if e.value.X > 0 {
			row = 0
		}
		e.value.X, e.value.Y = e.value.X+right+18, e.y+leading(textSize)*row+textSize*1.05
		g.Items = append(g.Items, e.value)
		data.Items = append(data.Items, g)
	}
	return data
}

// values returns the values of a run with their periods.
func (c Lines) values(s *sheet, r Run) []string {
	var out []string
	for i, p := range c.Periods {
		out = append(out, s.l.Joined(clip(font.Plain(p)), clip(font.Plain(s.l.write(r.at(i), c.Places)))))
	}
	return out
}

// describe returns a run in words.
func (c Lines) describe(s *sheet, r Run) string {
	return s.l.Joined(font.Plain(r.Name), strings.Join(c.values(s, r), s.l.Apart))
}

// curve draws a run from value to value, with gaps where there is none; a value
// between two gaps is a dot in any case. Runs differ by their marks as well as by
// their colours.
func curve(r Run, n, i int, x func(int) float64, sc scale, marks bool) []Item {
	st := Style{Stroke: Series(i), Width: 2}
	if r.Strong {
		st.Width = 3
	}
	path := Path{Style: st}
	var run []Point
	var dots []Item
	for p := range n + 1 {
		v := Value{}
		if p < n {
			v = r.at(p)
		}
		if v.is {
			at := Point{x(p), sc.at(v.number)}
			run = append(run, at)
			if marks {
				dots = append(dots, sign(i, at))
			}
			continue
		}
		if len(run) > 1 {
			path.Lines = append(path.Lines, run)
		} else if len(run) == 1 && !marks {
			dots = append(dots, sign(i, run[0]))
		}
		run = nil
	}
	if len(path.Lines) == 0 {
		return dots
	}
	return append([]Item{path}, dots...)
}

// sign is the mark of a run at a point.
func sign(i int, p Point) Item {
	st := Style{Fill: Paper, Stroke: Series(i), Width: 1.5}
	if i/4%2 == 1 {
		st.Fill = Series(i)
	}
	const r = 3.2
	switch i % 4 {
	case 1:
		return Rect{p.X - r + 0.3, p.Y - r + 0.3, 2*r - 0.6, 2*r - 0.6, st}
	case 2:
		return Path{Lines: [][]Point{{{p.X, p.Y - r - 0.8}, {p.X + r + 0.6, p.Y + r - 0.6}, {p.X - r - 0.6, p.Y + r - 0.6}}}, Closed: true, Style: st}
	case 3:
		return Path{Lines: [][]Point{{{p.X, p.Y - r - 1}, {p.X + r + 1, p.Y}, {p.X, p.Y + r + 1}, {p.X - r - 1, p.Y}}}, Closed: true, Style: st}
	}
	return Circle{p.X, p.Y, r, st}
}

// spread places labels between top and bottom so that none overlaps another and each
// is as near to its wish as the others allow. Labels that wish for the same place
// keep their order. There is room for all.
func spread(labels []endLabel, top, bottom float64) {
	slices.SortStableFunc(labels, func(a, b endLabel) int { return cmp.Compare(a.wish, b.wish) })
	type block struct {
		first, count int
		sum, h       float64 // of the wishes for its top, and its height
	}
	place := func(b block) float64 { return limit(b.sum/float64(b.count), top, bottom-b.h) }
	var blocks []block
	for i, e := range labels {
		b := block{i, 1, e.wish - e.h/2, e.h}
		for len(blocks) > 0 {
			a := blocks[len(blocks)-1]
			if place(a)+a.h <= place(b) {
				break
			}
			b = block{a.first, a.count + b.count, a.sum + b.sum - a.h*float64(b.count), a.h + b.h}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		y := place(b)
		for i := b.first; i < b.first+b.count; i++ {
			labels[i].y = y
			y += labels[i].h
		}
	}
}

// absences lists below the picture what is absent from it.
func (c Lines) absences(s *sheet) {
	var all []string
	for _, r := range c.Series {
		why, when := []string{}, map[string][]string{}
		for i, p := range c.Periods {
			if v := r.at(i); !v.is {
				w := s.l.write(v, 0)
				if when[w] == nil {
					why = append(why, w)
				}
				when[w] = append(when[w], p)
			}
		}
		for _, w := range why {
			periods := s.l.List(when[w])
			if len(when[w]) == len(c.Periods) && len(c.Periods) > 2 {
				periods = c.Periods[0] + "–" + c.Periods[len(c.Periods)-1]
			}
			all = append(all, s.l.Joined(font.Plain(r.Name), periods+" "+w))
		}
	}
	if len(all) > 0 {
		text := strings.Join(all, s.l.Apart)
		s.say(text, "")
		s.y += 6
		s.Items = append(s.Items, Group{Role: Foot, Items: s.block(0, Start, smallSize, false, Soft, text, s.Width, 4)})
	}
}
