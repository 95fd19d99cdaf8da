package publish

import (
	"slices"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// grid is how a table, or some of its columns, is set.
type grid struct {
	size, lead float64
	across     bool
	stub       float64
	from, to   int // columns
	widths     []float64
	width      float64
}

func (g *grid) letters(bold bool) letters { return letters{size: g.size, bold: bold, paint: chart.Ink} }

// table sets a table: in the size of tables where it fits, else smaller, on a page
// that lies across, or in several that follow each other.
func (b *book) table(t *paper.Table) {
	parts := grids(t)
	for i := range parts {
		b.part(t, &parts[i], i, len(parts))
	}
}

// tableSizes are the sizes that tables are tried in.
var tableSizes = []float64{9, 8.5, 8, 7.5, 7}

// grids chooses how a table is set.
func grids(t *paper.Table) []grid {
	all := grid{to: len(t.Columns)}
	for _, across := range []bool{false, true} {
		for _, size := range tableSizes {
			g := all
			g.size, g.across = size, across
			if g.fit(t) {
				return []grid{g}
			}
		}
	}
	var out []grid
	for from := 0; from < len(t.Columns); {
		g := grid{size: tableSizes[2], from: from, to: from + 1}
		g.fit(t)
		for more := g; more.to < len(t.Columns); {
			more.to++
			if !more.fit(t) {
				break
			}
			g = more
		}
		out = append(out, g)
		from = g.to
	}
	return out
}

// fit gives the columns their widths; it tells whether all have the room that they
// need.
func (g *grid) fit(t *paper.Table) bool {
	g.lead = g.size * 1.36
	room := bodyWidth
	if g.across {
		room = acrossWidth
	}
	stubWord, stubFull := g.stubWidths(t)
	least, want := []float64{}, []float64{}
	sumLeast, sumWant := 0.0, 0.0
	for j := g.from; j < g.to; j++ {
		a, b := g.columnWidths(t, j)
		least, want = append(least, a), append(want, b)
		sumLeast, sumWant = sumLeast+a, sumWant+b
	}
	g.stub = min(max(stubWord, min(stubFull, room*0.18)), room*0.45)
	fits := g.stub+sumLeast <= room
	g.widths = least
	if spare := room - max(g.stub, min(stubFull, room*0.4)) - sumLeast; spare > 0 && sumWant > sumLeast {
		part := min(1, spare/(sumWant-sumLeast))
		for j := range g.widths {
			g.widths[j] += part * (want[j] - least[j])
		}
	}
	g.stub = max(g.stub, min(stubFull, room-sum(g.widths)))
	g.spread(room)
	return fits
}

// spread gives what room is left to the columns, and to the stub where the table
// would be narrow.
func (g *grid) spread(room float64) {
	used := g.stub + sum(g.widths)
	if spare := room - used; spare > 0 && len(g.widths) > 0 {
		each := min(spare/float64(len(g.widths)), 26)
		for j := range g.widths {
			g.widths[j] += each
		}
		used = g.stub + sum(g.widths)
	}
	if least := room * 0.62; used < least {
		g.stub += least - used
	}
	g.width = g.stub + sum(g.widths)
}

func sum(of []float64) float64 {
	out := 0.0
	for _, x := range of {
		out += x
	}
	return out
}

// stubWidths returns the widths of the widest word and the widest name of the first
// column.
func (g *grid) stubWidths(t *paper.Table) (word, full float64) {
	measure := func(text string, bold bool) {
		word = max(word, min(widestWord(text, g.letters(bold)), 120)+5)
		full = max(full, widthOf(text, g.letters(bold))+5)
	}
	measure(t.Stub, true)
	for _, r := range t.Rows {
		measure(r.Name, strong(r.Kind))
	}
	return word, full
}

// columnWidths returns the least width of a column and that at which its head has two
// or three lines.
func (g *grid) columnWidths(t *paper.Table, j int) (least, want float64) {
	for _, r := range t.Rows {
		l := g.letters(strong(r.Kind))
		w := widthOf(r.Cells[j].Text, l)
		if note := r.Cells[j].Note; note != "" {
			w += widthOf(note, above(l))
		}
		least = max(least, w)
	}
	c := t.Columns[j]
	head, unit := widthOf(c.Head, g.letters(true)), widthOf(c.Unit, g.unit())
	least = max(least, min(widestWord(c.Head, g.letters(true)), 110), min(head, 3*g.size), min(unit/3+g.size, 5*g.size), min(widestWord(c.Unit, g.unit()), 110))
	want = max(least, head/2+g.size/2, min(head, 4.2*g.size), min(unit, 7*g.size))
	return least + g.gap(), want + g.gap()
}

// gap is the room between columns.
func (g *grid) gap() float64 { return g.size * 0.95 }

func (g *grid) unit() letters { return letters{size: g.size - 1, paint: chart.Soft} }

// above returns letters for what stands raised behind others.
func above(l letters) letters {
	l.rise, l.size = l.size*0.34, l.size*0.7
	return l
}

// strong tells whether rows of a kind stand out.
func strong(k paper.RowKind) bool { return k == paper.RowWhole || k == paper.RowGroup }

// part sets a table, or some of the columns of one.
func (b *book) part(t *paper.Table, g *grid, i, parts int) {
	el := b.in.child("Table")
	number := b.t("paper.see.table", ierr.Args{"n": t.N})
	room := bodyWidth
	if g.across {
		room = acrossWidth
	}
	id := t.ID
	title := t.Title
	if i > 0 {
		id, title = "", []paper.Span{{Text: b.t("paper.continued", ierr.Args{"what": paper.Plain(t.Title)})}}
	}
	out := b.caption(el, number, title, t.Unit, id, room)
	out = append(out, b.tableHead(t, g, el))
	again := &heading{b.caption(new(element), number, []paper.Span{{Text: b.t("paper.continued", ierr.Args{"what": paper.Plain(t.Title)})}}, t.Unit, "", room)}
	again.boxes = append(again.boxes, b.tableHead(t, g, nil))
	if heightOf(again.boxes) > bodyHeight/3 {
		again.boxes = append(b.caption(new(element), b.t("paper.continued", ierr.Args{"what": number}), nil, "", "", room), again.boxes[len(again.boxes)-1])
	}
	for k := range again.boxes {
		again.boxes[k].paint = artifact(again.boxes[k].paint)
	}
	n := len(t.Rows)
	for k := range t.Rows {
		row := b.row(&t.Rows[k], g, el, k == n-1)
		row.heading = again
		row.keep = k == 0 || k == n-2
		out = append(out, row)
	}
	if i == parts-1 {
		for _, note := range t.Notes {
			out[len(out)-1].keep = true
			out = append(out, b.below(b.in.child("P"), note, room)...)
		}
	}
	b.refuse(t, out)
	b.place(out, g)
}

// refuse says that a table cannot be printed where a row of it, or its head, would be
// higher than half a page.
func (b *book) refuse(t *paper.Table, boxes []box) {
	for _, x := range boxes {
		if x.height > acrossHeight && b.fault == nil {
			b.fault = ierr.New(ierr.Invalid, "publish.tall", ierr.Args{"table": t.ID})
		}
	}
}

// place puts a table where it goes: on a page of its own that lies across, at the top
// of the next page where it is short, else row by row from here on.
func (b *book) place(boxes []box, g *grid) {
	last := &boxes[len(boxes)-1]
	last.height += 10
	last.keep = false
	switch {
	case g.across:
		b.body.lay(boxes)
	case heightOf(boxes) < bodyHeight*0.7:
		b.body.float(floating{"table", spaced(boxes)})
	default:
		b.body.add(boxes...)
	}
}

// artifact makes what a box shows no part of the structure: it repeats what is.
func artifact(paint func(*sheet, float64, float64)) func(*sheet, float64, float64) {
	return func(s *sheet, x, y float64) {
		from, doors := len(s.acts), len(s.doors)
		paint(s, x, y)
		for i := from; i < len(s.acts); i++ {
			s.acts[i].el = nil
		}
		s.doors = s.doors[:doors]
	}
}

// tableHead sets the heads of columns.
func (b *book) tableHead(t *paper.Table, g *grid, table *element) box {
	var tr *element
	if table != nil {
		tr = table.child("TR")
	}
	th := func() *element {
		if tr == nil {
			return nil
		}
		e := tr.child("TH")
		e.column = true
		return e
	}
	type cell struct {
		head, unit []line
		el         *element
	}
	l := g.letters(true)
	cells := []cell{{lines([]stretch{{letters: l, text: t.Stub}}, g.stub-4, 0), nil, th()}}
	for j := g.from; j < g.to; j++ {
		w := g.widths[j-g.from] - g.gap() + 0.5
		cells = append(cells, cell{
			balanced([]stretch{{letters: l, text: t.Columns[j].Head}}, w),
			balanced([]stretch{{letters: g.unit(), text: t.Columns[j].Unit}}, w), th(),
		})
	}
	most := 0
	for _, c := range cells {
		most = max(most, len(c.head)+len(c.unit))
	}
	return box{before: 5, height: float64(most)*g.lead + 8, keep: true, paint: func(s *sheet, x, y float64) {
		s.rule(x, y, g.width, 1, chart.Ink)
		bottom := y + float64(most)*g.lead + 8
		right := x + g.stub
		for i, c := range cells {
			if i > 0 {
				right += g.widths[i-1]
			}
			all := append(slices.Clone(c.head), c.unit...)
			for k, row := range all {
				at := bottom - 4 - float64(len(all)-k)*g.lead + baseline(g.lead, g.size)
				if i == 0 {
					s.set(row, x+2, at, c.el)
				} else {
					s.set(row, right-row.w, at, c.el)
				}
			}
		}
		s.rule(x, bottom, g.width, 0.8, chart.Ink)
	}}
}

// row sets a row of a table.
func (b *book) row(r *paper.Row, g *grid, table *element, last bool) box {
	tr := table.child("TR")
	l := g.letters(strong(r.Kind))
	stub := tr.child("TH")
	name := lines([]stretch{{letters: l, text: r.Name}}, g.stub-4, 0)
	var cells []line
	var els []*element
	for j := g.from; j < g.to; j++ {
		c := r.Cells[j]
		td := tr.child("TD")
		one := stretch{letters: l, text: c.Text, to: b.definitionOf(c.Figure.Ref.Indicator)}
		if one.to != "" {
			one.el = td.inline("Link")
		}
		cell := line{}
		for _, row := range lines([]stretch{one, {letters: above(l), text: c.Note}}, 1e6, 0) {
			cell = row
		}
		cells, els = append(cells, cell), append(els, td)
	}
	height := float64(max(1, len(name)))*g.lead + 5
	return box{height: height, paint: func(s *sheet, x, y float64) {
		if r.Kind == paper.RowWhole {
			s.fill(x, y+0.3, g.width, height-0.6, "void")
		}
		base := y + 2.5 + baseline(g.lead, g.size)
		for k, row := range name {
			s.set(row, x+2, base+float64(k)*g.lead, stub)
		}
		right := x + g.stub
		for i, c := range cells {
			right += g.widths[i]
			s.set(c, right-c.w, base, els[i])
		}
		if last {
			s.rule(x, y+height, g.width, 0.8, chart.Ink)
		} else {
			s.rule(x, y+height, g.width, 0.35, chart.Grid)
		}
	}}
}
