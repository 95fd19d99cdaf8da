package chart

import (
	"slices"
	"strconv"

	"onewindow/internal/decimal"
	"onewindow/internal/font"
)

// Map shows the values of the areas of a region by the shade of each, in classes
// that follow the natural breaks of the values.
type Map struct {
	About
	Places   int
	Outlines *Outlines // nil where there are none, which the picture then says
	Regions  []Region
}

// Region is an area with its value. One that has no outline is listed below the map.
type Region struct {
	Code  string
	Label string
	Value Value
}

// Class is a class of a map: its lowest and highest value and how many areas it has.
type Class struct {
	Low, High decimal.Number
	Count     int
}

// Classes returns the classes of the values on the map, from the lowest.
func (m Map) Classes() []Class {
	var all []decimal.Number
	for _, r := range m.drawn() {
		if r.Value.is {
			all = append(all, r.Value.number)
		}
	}
	var out []Class
	for _, c := range Breaks(all, MaxClasses-1) {
		out = append(out, Class{c[0], c[len(c)-1], len(c)})
	}
	return out
}

// drawn returns the regions that have an outline, the first for every code.
func (m Map) drawn() []Region {
	var out []Region
	if m.Outlines == nil {
		return nil
	}
	for _, a := range m.Outlines.Areas {
		if i := slices.IndexFunc(m.Regions, func(r Region) bool { return r.Code == a.Code }); i >= 0 {
			out = append(out, m.Regions[i])
		}
	}
	return out
}

// shading is how an area is painted.
type shading struct {
	paint Paint
	hatch hatching
}

// voidHatch is the pattern of areas without a value.
var voidHatch = hatching{45, 6}

// shade returns how a value is painted.
func shade(v Value, classes []Class) shading {
	if v.is {
		for i, c := range classes {
			if v.number.Cmp(c.High) <= 0 {
				return shading{paint: Classes(len(classes))[i]}
			}
		}
	}
	return shading{Void, voidHatch}
}

// Scene draws the map.
func (m Map) Scene(width float64, l Locale) *Scene {
	if m.Outlines != nil {
		m.Notes = append([]string{l.Borders}, m.Notes...)
	}
	s := begin(m.About, l, width)
	if m.Outlines == nil {
		s.Items = append(s.Items, Group{Role: Data, Items: s.block(0, Start, textSize, false, Ink, l.NoMap, s.Width, 3)})
		s.y += 4
		m.list(s, m.Regions)
		return s.finish()
	}
	p := m.plan(s)
	p.legend()
	p.shapes()
	p.labels()
	s.y = p.bottom + 6
	if !p.corner {
		s.legend(p.swatches)
	}
	m.list(s, p.rest, p.key...)
	return s.finish()
}

// mapPlan is a map in the making.
type mapPlan struct {
	Map
	s        *sheet
	classes  []Class
	areas    [][][]Point
	regions  []*Region // by area; nil where the map has no value to show
	room     *room
	top      float64
	bottom   float64
	swatches []swatch
	corner   bool     // the legend stands in a corner of the map
	taken    []Rect   // by labels and the legend
	lines    []leader // from areas to labels
	key      []string // entries of the list for areas too small for a label
	rest     []Region // regions that have no outline
}

// leader is a line from an area to its label.
type leader struct{ from, to Point }

// plan projects the outlines and finds their regions.
func (m Map) plan(s *sheet) *mapPlan {
	p := &mapPlan{Map: m, s: s, classes: m.Classes(), top: s.y}
	plot := Rect{X: 6, Y: s.y, W: s.Width - 12, H: 560}
	if s.narrow() {
		plot.H = s.Width * 1.3
	}
	var tall float64
	p.areas, tall = m.Outlines.project(plot)
	p.bottom = p.top + tall + 2
	p.room = newRoom(p.areas, s.Width, p.bottom)
	p.taken = []Rect{{W: s.Width, H: s.y}}
	p.regions = make([]*Region, len(p.areas))
	for i, r := range m.Regions {
		area := slices.IndexFunc(m.Outlines.Areas, func(a Area) bool { return a.Code == r.Code })
		if area >= 0 && p.regions[area] == nil {
			p.regions[area] = &m.Regions[i]
		} else {
			p.rest = append(p.rest, r)
		}
	}
	return p
}

// legend makes the entries of the legend, from the highest class, and puts them into
// a corner that the areas leave free.
func (p *mapPlan) legend() {
	void := 0
	for _, r := range p.regions {
		if r == nil || !r.Value.is {
			void++
		}
	}
	for i := len(p.classes) - 1; i >= 0; i-- {
		c := p.classes[i]
		text := p.s.l.Number(c.Low, p.Places)
		if high := p.s.l.Number(c.High, p.Places); high != text {
			text += " – " + high
		}
		p.swatches = append(p.swatches, swatch{bracketed(text, p.s.l.Areas(c.Count)), Classes(len(p.classes))[i], hatching{}})
	}
	if void > 0 {
		p.swatches = append(p.swatches, swatch{bracketed(p.s.l.Absent, p.s.l.Areas(void)), Void, voidHatch})
	}
	for _, w := range p.swatches {
		p.s.say(w.name, "")
	}
	wide := widest(p.swatches, func(w swatch) float64 { return 24 + font.Width(font.Plain(w.name), textSize, false) })
	high := float64(len(p.swatches)) * 21
	for _, at := range []Point{{0, p.bottom - high}, {p.s.Width - wide, p.bottom - high}, {0, p.top}, {p.s.Width - wide, p.top}} {
		box := Rect{X: at.X, Y: at.Y, W: wide, H: high}
		if at.X < 0 || at.Y < p.top || !p.room.free(box) {
			continue
		}
		p.corner = true
		p.taken = append(p.taken, box)
		g := Group{Role: Legend}
		for i, w := range p.swatches {
			y := at.Y + float64(i)*21
			g.Items = append(g.Items, w.draw(Rect{X: at.X, Y: y + 2, W: 18, H: 14})...)
			g.Items = append(g.Items, p.s.text(at.X+24, y+9+textSize*0.36, Start, textSize, false, Ink, w.name, wide))
		}
		p.s.Items = append(p.s.Items, g)
		return
	}
}

// shapes draws the areas.
func (p *mapPlan) shapes() {
	g := Group{Role: Data}
	for i, rings := range p.areas {
		sh, label := shading{Void, voidHatch}, ""
		if r := p.regions[i]; r != nil {
			sh = shade(r.Value, p.classes)
			value := p.s.l.write(r.Value, p.Places)
			label = p.s.l.Joined(font.Plain(r.Label), value)
			p.s.say(r.Label, value)
		}
		mark := Group{Role: Mark, Label: label}
		st := Style{Stroke: Edge, Width: 0.8}
		fill := st
		fill.Fill = sh.paint
		mark.Items = append(mark.Items, Path{Lines: rings, Closed: true, Style: fill})
		if h, ok := sh.hatch.over(rings, Style{Stroke: Hatch, Width: 0.7}); ok {
			mark.Items = append(mark.Items, h)
		}
		g.Items = append(g.Items, mark)
	}
	p.s.Items = append(p.s.Items, g)
}

// mapLabel is the name of an area over its value.
type mapLabel struct {
	name, value Text
	w, h        float64
}

// label measures the label of a region in a size.
func (p *mapPlan) label(r *Region, size float64) mapLabel {
	most := p.s.Width * 0.3
	m := mapLabel{
		name:  p.s.text(0, 0, Middle, size, true, Ink, r.Label, most),
		value: p.s.text(0, 0, Middle, size-0.5, false, Ink, p.s.l.write(r.Value, p.Places), most),
	}
	m.w = max(font.Width(m.name.Text, size, true), font.Width(m.value.Text, size-0.5, false))
	m.h = size * 2.3
	return m
}

// draw draws a label in its box.
func (m mapLabel) draw(b Rect, paint Paint) []Item {
	size := m.name.Size
	m.name.X, m.name.Y = b.X+b.W/2, b.Y+size*0.9
	m.value.X, m.value.Y = b.X+b.W/2, b.Y+size*2.05
	m.name.Paint, m.value.Paint = paint, paint
	return slices.DeleteFunc([]Item{m.name, m.value}, func(i Item) bool { return i.(Text).Text == "" })
}

// labels places the labels: within their areas where they fit, else beside the map
// with a line to the area, else as a number that a list below explains.
func (p *mapPlan) labels() {
	g := Group{Role: Axis}
	sizes := []float64{12.5, 11.5}
	if p.s.narrow() {
		sizes = []float64{12, 10.5}
	}
	var outside []int
	for i, r := range p.regions {
		if r == nil {
			continue
		}
		if items, ok := p.inside(i, r, sizes); ok {
			g.Items = append(g.Items, items...)
		} else {
			outside = append(outside, i)
		}
	}
	g.Items = append(g.Items, p.outside(outside, sizes[len(sizes)-1])...)
	p.s.Items = append(p.s.Items, g)
}

// outside places the labels that do not fit into their areas. Where one finds no
// room beside the map it is tried before the others, some times over.
func (p *mapPlan) outside(areas []int, size float64) []Item {
	const attempts = 12
	taken, lines := len(p.taken), len(p.lines)
	for attempt := 1; ; attempt++ {
		var items []Item
		var left []int
		for _, i := range areas {
			if placed, ok := p.beside(i, p.label(p.regions[i], size)); ok {
				items = append(items, placed...)
			} else {
				left = append(left, i)
			}
		}
		if len(left) == 0 || attempt == attempts {
			for _, i := range left {
				items = append(items, p.number(i)...)
			}
			return items
		}
		p.taken, p.lines = p.taken[:taken], p.lines[:lines]
		areas = slices.DeleteFunc(areas, func(i int) bool { return i == left[0] })
		areas = slices.Insert(areas, 0, left[0])
	}
}

// inside places a label within its area, in the greatest size that fits.
func (p *mapPlan) inside(area int, r *Region, sizes []float64) ([]Item, bool) {
	for _, size := range sizes {
		m := p.label(r, size)
		b, ok := p.room.inside(area, m.w+2, m.h)
		if !ok || p.blocked(b) {
			continue
		}
		p.taken = append(p.taken, b)
		sh := shade(r.Value, p.classes)
		items := m.draw(b, on(sh.paint))
		if sh.hatch.gap > 0 {
			items = append([]Item{Rect{X: b.X - 1, Y: b.Y - 1, W: b.W + 2, H: b.H + 2, Style: Style{Fill: Void}}}, items...)
		}
		return items, true
	}
	return nil, false
}

// blocked tells whether something stands in a box.
func (p *mapPlan) blocked(b Rect) bool {
	return slices.ContainsFunc(p.taken, func(t Rect) bool { return meet(grow(t, 2), b) })
}

// beside places a label outside of the areas, where the line to its area is shortest.
func (p *mapPlan) beside(area int, m mapLabel) ([]Item, bool) {
	from, ok := p.room.core(area)
	if !ok {
		return nil, false
	}
	best, found := leader{}, Rect{}
	long := p.s.Width * 0.4
	for y := p.top; y+m.h <= p.bottom; y += 4 {
		for x := 0.0; x+m.w <= p.s.Width; x += 4 {
			b := Rect{X: x, Y: y, W: m.w, H: m.h}
			to := Point{limit(from.X, x, x+m.w), limit(from.Y, y, y+m.h)}
			if d := distance(from, to); d >= long || !p.room.free(grow(b, 2)) || p.blocked(b) || !p.clear(leader{from, to}) {
				continue
			} else {
				best, found, long = leader{from, to}, b, d
			}
		}
	}
	if found.W == 0 {
		return nil, false
	}
	p.taken = append(p.taken, found)
	p.lines = append(p.lines, best)
	out := []Item{
		line(best.from.X, best.from.Y, best.to.X, best.to.Y, Style{Stroke: Paper, Width: 3}),
		line(best.from.X, best.from.Y, best.to.X, best.to.Y, Style{Stroke: Ink, Width: 0.9}),
		Circle{best.from.X, best.from.Y, 2.5, Style{Fill: Ink, Stroke: Paper, Width: 1}},
	}
	return append(out, m.draw(found, Ink)...), true
}

// clear tells whether a line goes through no label and over no other line.
func (p *mapPlan) clear(l leader) bool {
	return !slices.ContainsFunc(p.taken, func(t Rect) bool { return strikes(l.from, l.to, grow(t, 1)) }) &&
		!slices.ContainsFunc(p.lines, func(o leader) bool { return cross(l.from, l.to, o.from, o.to) })
}

// number puts a number into an area, where it has room, and its label into the list.
func (p *mapPlan) number(area int) []Item {
	r := p.regions[area]
	entry := p.s.l.Joined(font.Plain(r.Label), p.s.l.write(r.Value, p.Places))
	const size = 10.5
	n := strconv.Itoa(len(p.key) + 1)
	wide := font.Width(n, size, true)
	b, ok := p.room.inside(area, wide, size*0.9)
	b = Rect{X: b.X, Y: b.Y - 1, W: b.W, H: size * 1.16}
	struck := slices.ContainsFunc(p.lines, func(l leader) bool { return strikes(l.from, l.to, b) })
	if !ok || p.blocked(b) || struck {
		p.rest = append(p.rest, *r)
		return nil
	}
	p.key = append(p.key, n+" "+entry)
	p.taken = append(p.taken, b)
	return []Item{Text{X: b.X + b.W/2, Y: b.Y + size*0.9, Anchor: Middle, Size: size, Bold: true, Paint: on(shade(r.Value, p.classes).paint), Text: n}}
}

// list writes entries and regions with their values below the map, in lines.
func (m Map) list(s *sheet, regions []Region, entries ...string) {
	for _, r := range regions {
		value := s.l.write(r.Value, m.Places)
		entries = append(entries, s.l.Joined(font.Plain(r.Label), value))
		if !slices.ContainsFunc(m.drawn(), func(d Region) bool { return d.Code == r.Code }) {
			s.say(r.Label, value)
		}
	}
	if len(entries) == 0 {
		return
	}
	g := Group{Role: Foot}
	x := 0.0
	for _, e := range entries {
		t := s.text(0, 0, Start, textSize, false, Ink, e, s.Width)
		wide := font.Width(t.Text, t.Size, false)
		if x > 0 && x+wide > s.Width {
			x = 0
			s.y += leading(textSize)
		}
		if t.X, t.Y = x, s.y+textSize*1.05; t.Text != "" {
			g.Items = append(g.Items, t)
		}
		x += wide + 18
	}
	s.y += leading(textSize)
	s.Items = append(s.Items, g)
}
