package chart

import (
	"slices"

	"onewindow/internal/decimal"
	"onewindow/internal/font"
)

// Bars compares one value of several things by horizontal bars, the greatest first.
type Bars struct {
	About
	Places    int // decimal places of the values
	Bars      []Bar
	Reference *Bar // a line across all bars, such as the average of the province
	AsGiven   bool // keep the order of Bars, as for age groups
}

// Bar is one thing and its value. A strong bar stands out.
type Bar struct {
	Label  string
	Value  Value
	Strong bool
}

// Order returns the places of the bars from the first drawn to the last: by value
// from the greatest, what is equal in the order given, what is absent last.
func (b Bars) Order() []int {
	if b.AsGiven {
		order := make([]int, len(b.Bars))
		for i := range order {
			order[i] = i
		}
		return order
	}
	return descending(len(b.Bars), func(i int) Value { return b.Bars[i].Value })
}

// barRow is where the parts of one bar stand.
type barRow struct {
	Bar
	lines []string // of the label
	full  string   // of a label that was cut off
	value Text
	y, h  float64 // of the row
	bar   float64 // top of the bar
}

// Scene draws the bars.
func (b Bars) Scene(width float64, l Locale) *Scene {
	s := begin(b.About, l, width)
	if len(b.Bars) == 0 {
		s.nothing()
		return s.finish()
	}
	p := b.plan(s)
	top := s.y
	if len(p.ticks) > 0 {
		s.y += 18
	}
	rows := p.place(s)
	bottom := s.y
	s.Items = append(s.Items, p.axis(s, rows, top, bottom))
	data := Group{Role: Data}
	for _, r := range rows {
		data.Items = append(data.Items, p.mark(s, r))
	}
	s.Items = append(s.Items, data)
	if b.Reference != nil {
		s.Items = append(s.Items, p.reference(s, rows, top, bottom))
	}
	return s.finish()
}

// barPlan is how the width of a chart of bars is shared out.
type barPlan struct {
	Bars
	above      bool    // labels stand above their bars
	labels     float64 // width of the labels
	values     float64 // most width of a printed value
	thick, gap float64 // of bars
	scale      scale
	ticks      []tick
}

// plan shares out the width: labels, values left of zero, bars, values right of it.
func (b Bars) plan(s *sheet) *barPlan {
	p := &barPlan{Bars: b, thick: 18, gap: 8}
	if len(b.Bars) > 30 {
		p.thick, p.gap = 13, 6
	}
	all := make([]Value, 0, len(b.Bars)+1)
	var over, under float64 // the width of values right and left of zero
	for _, bar := range b.Bars {
		all = append(all, bar.Value)
		w := font.Width(s.l.write(bar.Value, b.Places), textSize, bar.Strong)
		if bar.Value.is && bar.Value.number.Sign() < 0 {
			under = max(under, w+12)
		} else {
			over = max(over, w+6)
		}
		p.labels = max(p.labels, font.Width(font.Plain(bar.Label), textSize, bar.Strong))
	}
	if b.Reference != nil {
		all = append(all, b.Reference.Value)
	}
	most := s.Width * 0.36
	over, under = min(over, most), min(under, most)
	if p.above = p.labels > s.labelRoom(); p.above {
		p.labels = s.Width
	}
	from := under
	if !p.above {
		from += p.labels + 8
	}
	low, high := span(all)
	if low.Equal(high) {
		high = low.Add(decimal.Of(1))
	} else {
		p.scale = scale{low, high, from, s.Width - over - 1}
		p.ticks = s.ticks(p.scale, min(int(s.Width/70), 8), b.Places)
	}
	p.scale = scale{low, high, from, s.Width - over - 1}
	p.values = most - 6
	return p
}

// ticks returns about n marks on a scale that goes from left to right, fewer where
// their texts would meet, and none where not even two fit.
func (s *sheet) ticks(sc scale, n, places int) []tick {
	for ; n > 0; n-- {
		t := s.l.ticks(sc.low, sc.high, n, places)
		t = slices.DeleteFunc(t, func(t tick) bool { return t.at.Cmp(sc.low) < 0 || t.at.Cmp(sc.high) > 0 })
		if len(t) < 2 {
			continue
		}
		end, fits := 0.0, true
		for _, t := range t {
			x, wide := s.tickPlace(t, sc)
			fits = fits && x-wide/2 >= end && wide <= s.Width
			end = x + wide/2 + 12
		}
		if fits {
			return t
		}
	}
	return nil
}

// tickPlace returns the middle and the width of the text of a mark, which is moved
// into the picture.
func (s *sheet) tickPlace(t tick, sc scale) (x, wide float64) {
	wide = font.Width(t.text, smallSize, false)
	return limit(sc.at(t.at), wide/2, s.Width-wide/2), wide
}

// place gives every bar its row.
func (p *barPlan) place(s *sheet) []barRow {
	var rows []barRow
	for _, i := range p.Order() {
		r := barRow{Bar: p.Bars.Bars[i], y: s.y}
		lines, whole := font.Of(r.Strong).Fit(r.Label, textSize, p.labels+0.01, 2)
		if r.lines = lines; !whole {
			r.full = font.Plain(r.Label)
		}
		height := p.thick
		r.bar = r.y
		if p.above {
			r.bar += leading(textSize)*float64(len(lines)) + 2
			height += r.bar - r.y
		}
		r.h = height + p.gap
		r.value = p.value(s, r)
		s.y += r.h
		rows = append(rows, r)
	}
	return rows
}

// value places the printed value of a bar at its end.
func (p *barPlan) value(s *sheet, r barRow) Text {
	y := r.bar + p.thick/2 + textSize*0.36
	text := s.l.write(r.Value, p.Places)
	zero := p.scale.at(decimal.Number{})
	if !r.Value.is {
		return s.text(zero+6, y, Start, textSize, false, Soft, text, s.Width-zero-6)
	}
	x := p.scale.at(r.Value.number)
	if r.Value.number.Sign() < 0 {
		return s.text(x-5, y, End, textSize, r.Strong, Ink, text, p.values)
	}
	return s.text(x+5, y, Start, textSize, r.Strong, Ink, text, p.values)
}

// axis draws the scale above the bars and its lines behind them, parted where labels
// stand above the bars.
func (p *barPlan) axis(s *sheet, rows []barRow, top, bottom float64) Group {
	g := Group{Role: Axis}
	from := top
	if len(p.ticks) > 0 {
		from += 16
	}
	spans := [][2]float64{{from, bottom}}
	if p.above {
		spans = nil
		for _, r := range rows {
			spans = append(spans, [2]float64{r.bar - 1, r.bar + p.thick + 2})
		}
	}
	upright := func(x float64, paint Paint) {
		path := Path{Style: Style{Stroke: paint, Width: 1}}
		for _, y := range spans {
			path.Lines = append(path.Lines, []Point{{x, y[0]}, {x, y[1]}})
		}
		g.Items = append(g.Items, path)
	}
	for _, t := range p.ticks {
		x, _ := s.tickPlace(t, p.scale)
		g.Items = append(g.Items, Text{X: x, Y: top + smallSize, Anchor: Middle, Size: smallSize, Paint: Soft, Text: t.text})
		upright(p.scale.at(t.at), Grid)
	}
	upright(p.scale.at(decimal.Number{}), Zero)
	return g
}

// mark draws one bar, its label and its value.
func (p *barPlan) mark(s *sheet, r barRow) Group {
	value := s.l.write(r.Value, p.Places)
	s.say(r.Label, value)
	g := Group{Role: Mark, Label: s.l.Joined(font.Plain(r.Label), value)}
	if p.above {
		g.Items = append(g.Items, s.rows(0, r.y, Start, textSize, r.Strong, Ink, r.lines, r.full)...)
	} else {
		y := r.bar + p.thick/2 - leading(textSize)/2
		g.Items = append(g.Items, s.rows(p.labels, y, End, textSize, r.Strong, Ink, r.lines, r.full)...)
	}
	if r.Value.is && r.Value.number.Sign() != 0 {
		zero, x := p.scale.at(decimal.Number{}), p.scale.at(r.Value.number)
		fill := Plain
		if r.Strong {
			fill = Strong
		}
		if x < zero {
			g.Items = append(g.Items, Rect{min(x, zero-1), r.bar, max(zero-x, 1), p.thick, Style{Fill: fill}})
		} else {
			g.Items = append(g.Items, Rect{zero, r.bar, max(x-zero, 1), p.thick, Style{Fill: fill}})
		}
	}
	g.Items = append(g.Items, r.value)
	return g
}

// reference draws the line across all bars, parted where it would strike through a
// value, and what it means below it.
func (p *barPlan) reference(s *sheet, rows []barRow, top, bottom float64) Group {
	value := s.l.write(p.Reference.Value, p.Places)
	label := s.l.Joined(font.Plain(p.Reference.Label), value)
	s.say(p.Reference.Label, value)
	g := Group{Role: Mark, Label: label}
	s.y += 2
	if !p.Reference.Value.is {
		g.Items = s.block(0, Start, textSize, false, Ink, label, s.Width, 2)
		return g
	}
	x := p.scale.at(p.Reference.Value.number)
	if len(p.ticks) > 0 {
		top += 16
	}
	path := Path{Style: Style{Stroke: Seal, Width: 1.5, Dash: true}}
	from := top
	for _, r := range rows {
		a, b, ok := p.cut(r, x)
		if !ok {
			continue
		}
		if a > from {
			path.Lines = append(path.Lines, []Point{{x, from}, {x, a}})
		}
		from = b
	}
	path.Lines = append(path.Lines, []Point{{x, from}, {x, bottom + 2}})
	g.Items = append(g.Items, path)
	lines, whole := font.Of(true).Fit(label, textSize, s.Width, 2)
	wide := widest(lines, func(l string) float64 { return font.Width(l, textSize, true) })
	full := ""
	if !whole {
		full = label
	}
	g.Items = append(g.Items, s.rows(limit(x, wide/2, s.Width-wide/2), s.y, Middle, textSize, true, Seal, lines, full)...)
	s.y += leading(textSize) * float64(len(lines))
	return g
}

// cut returns the stretch of a row in which a line at x would strike through text.
func (p *barPlan) cut(r barRow, x float64) (from, to float64, ok bool) {
	hit := func(left, wide float64) bool { return x > left-4 && x < left+wide+4 }
	if p.above && len(r.lines) > 0 {
		if hit(0, widest(r.lines, func(l string) float64 { return font.Width(l, textSize, r.Strong) })) {
			from, to, ok = r.y, r.bar-1, true
		}
	}
	left, wide := left(r.value)
	if hit(left, wide) {
		if !ok {
			from = r.bar
		}
		to, ok = r.bar+p.thick, true
	}
	return from, to, ok
}

// left returns where a text begins and how wide it is.
func left(t Text) (x, wide float64) {
	wide = font.Width(t.Text, t.Size, t.Bold)
	switch t.Anchor {
	case Middle:
		return t.X - wide/2, wide
	case End:
		return t.X - wide, wide
	}
	return t.X, wide
}

// nothing says that there is nothing to draw.
func (s *sheet) nothing() {
	s.Items = append(s.Items, Group{Role: Data, Items: s.block(0, Start, textSize, false, Soft, s.l.Absent, s.Width, 2)})
}
