package publish

import "slices"

// box is what stands on pages as a whole: a line, a row, a picture.
type box struct {
	before  float64 // room above, not at the top of a page
	height  float64
	keep    bool  // on the page of the next one
	notes   []int // footnotes marked in it
	ids     []string
	mark    *bookmark
	part    string // what the heads of pages say from here on
	fresh   bool   // opens a page
	paint   func(s *sheet, x, y float64)
	heading *heading // of the table that it is a row of
}

// heading is what a table repeats on the next page.
type heading struct{ boxes []box }

// bookmark is a line of the outline.
type bookmark struct {
	level    int
	text, id string
	at       place
}

// flow puts boxes on pages.
type flow struct {
	sheets  []*sheet
	at      *sheet
	y       float64
	part    string
	held    []box      // until one comes that need not keep with the next
	waiting []floating // for the top of the next page
	across  [][]box    // tables for pages that lie across
	places  map[string]place
	marks   []*bookmark
	note    func(n int) []box // the lines of a footnote
	feet    []box             // of this page
	over    []box             // lines of footnotes that the page had no room for
	done    map[int]bool      // footnotes that stand somewhere
}

func newFlow(note func(int) []box) *flow {
	return &flow{places: map[string]place{}, note: note, done: map[int]bool{}}
}

// add takes the next box of the text.
func (f *flow) add(boxes ...box) {
	for _, b := range boxes {
		f.held = append(f.held, b)
		if !b.keep {
			group := f.held
			f.held = nil
			f.put(group)
		}
	}
}

// floating is a picture or a table that keeps together and may stand at the top of the
// next page, after text that follows it. Those of a kind stay in their order.
type floating struct {
	kind  string
	boxes []box
}

// float takes what may float.
func (f *flow) float(x floating) {
	f.settle()
	if f.at != nil && !f.waits(x.kind) && f.fits(x.boxes) {
		f.put(x.boxes)
		return
	}
	f.waiting = append(f.waiting, x)
}

// waits tells whether something of a kind waits for the next page.
func (f *flow) waits(kind string) bool {
	return slices.ContainsFunc(f.waiting, func(x floating) bool { return x.kind == kind })
}

// lay takes boxes for a page that lies across.
func (f *flow) lay(boxes []box) {
	f.settle()
	f.across = append(f.across, boxes)
}

// settle places what still waits for a next box to keep with.
func (f *flow) settle() {
	if len(f.held) > 0 {
		group := f.held
		f.held = nil
		f.put(group)
	}
}

// end places all that waits.
func (f *flow) end() {
	f.settle()
	f.empty()
	f.close()
	for len(f.over) > 0 {
		f.open(false)
		f.close()
	}
	f.at = nil
}

// empty places all that floats.
func (f *flow) empty() {
	if f.at != nil {
		f.release()
	}
	for len(f.waiting) > 0 || len(f.across) > 0 {
		f.turn()
	}
}

// room is how far down the page text may go.
func (f *flow) room() float64 {
	return f.at.height() - sheetBottom - feetHeight(f.feet)
}

// feetHeight is how high footnotes are with the rule above them.
func feetHeight(feet []box) float64 {
	if len(feet) == 0 {
		return 0
	}
	return heightOf(feet) + 10
}

// heightOf is how high boxes are one below the other.
func heightOf(boxes []box) float64 {
	sum := 0.0
	for _, b := range boxes {
		sum += b.before + b.height
	}
	return sum
}

// feetOf returns the lines of the footnotes that boxes mark.
func (f *flow) feetOf(boxes []box) []box {
	var out []box
	for _, b := range boxes {
		for _, n := range b.notes {
			if !f.done[n] {
				out = append(out, f.note(n)...)
			}
		}
	}
	return out
}

// fits tells whether boxes have room on the page, with their footnotes.
func (f *flow) fits(boxes []box) bool {
	h := heightOf(boxes)
	if f.fresh() && len(boxes) > 0 {
		h -= boxes[0].before
	}
	feet := f.feetOf(boxes)
	most := bodyHeight * 0.4
	return f.y+h <= f.room()-min(feetHeight(feet), most)+0.01
}

// fresh tells whether nothing stands on the page yet.
func (f *flow) fresh() bool { return f.y <= sheetTop }

// put places boxes that keep together.
func (f *flow) put(group []box) {
	if group[0].fresh {
		f.empty()
		if f.at != nil && !f.fresh() {
			f.turn()
		}
	}
	if f.at == nil {
		f.open(false)
	}
	if !f.fits(group) && !f.fresh() {
		f.turn()
		for len(f.waiting) > 0 && !f.fits(group) {
			f.turn()
		}
		f.again(group[0])
	}
	for _, b := range group {
		if !f.fits([]box{b}) && !f.fresh() {
			f.turn()
			f.again(b)
		}
		f.set(b)
	}
}

// again repeats the head of the table that a row is of at the top of a page.
func (f *flow) again(b box) {
	if b.heading != nil {
		for _, h := range b.heading.boxes {
			f.set(h)
		}
	}
}

// set places a box.
func (f *flow) set(b box) {
	if !f.fresh() {
		f.y += b.before
	}
	if b.part != "" {
		f.part = b.part
		if f.at.part == "" || f.fresh() {
			f.at.part = b.part
		}
	}
	for _, id := range b.ids {
		f.places[id] = f.here()
	}
	if b.mark != nil {
		b.mark.at = f.here()
		f.marks = append(f.marks, b.mark)
	}
	b.paint(f.at, sheetSide, f.y)
	f.y += b.height
	for _, n := range b.notes {
		if f.done[n] {
			continue
		}
		f.done[n] = true
		for _, row := range f.note(n) {
			if len(f.over) > 0 || f.y+feetHeight(f.feet)+row.before+row.height+10 > f.at.height()-sheetBottom {
				f.over = append(f.over, row)
			} else {
				f.feet = append(f.feet, row)
			}
		}
	}
}

func (f *flow) here() place { return place{len(f.sheets) - 1, 0, f.y} }

// turn goes on to the next page, with what waits for it at its top.
func (f *flow) turn() {
	f.close()
	lying := f.across
	f.across = nil
	for _, boxes := range lying {
		f.open(true)
		for i, b := range boxes {
			if !f.fresh() && !f.fits(boxes[i:i+kept(boxes[i:])]) {
				f.close()
				f.open(true)
				f.again(b)
			}
			f.set(b)
		}
		f.close()
	}
	f.open(false)
	f.release()
}

// release places what waits and has room on the page.
func (f *flow) release() {
	all := f.waiting
	f.waiting = nil
	for _, x := range all {
		if f.waits(x.kind) || !f.fresh() && !f.fits(x.boxes) {
			f.waiting = append(f.waiting, x)
			continue
		}
		for _, b := range x.boxes {
			f.set(b)
		}
	}
}

// kept is how many boxes keep together at the beginning of some.
func kept(boxes []box) int {
	for i, b := range boxes {
		if !b.keep {
			return i + 1
		}
	}
	return len(boxes)
}

// open begins a page.
func (f *flow) open(across bool) {
	f.at = &sheet{across: across, part: f.part}
	f.sheets = append(f.sheets, f.at)
	f.y = sheetTop
	f.feet = nil
	over := f.over
	f.over = nil
	for _, row := range over {
		if len(f.over) > 0 || heightOf(f.feet)+row.height > bodyHeight/2 {
			f.over = append(f.over, row)
		} else {
			f.feet = append(f.feet, row)
		}
	}
}

// close ends a page with its footnotes.
func (f *flow) close() {
	if f.at == nil || len(f.feet) == 0 {
		return
	}
	y := f.at.height() - sheetBottom - heightOf(f.feet)
	f.at.rule(sheetSide, y-4, 72, 0.5, "soft")
	for _, b := range f.feet {
		y += b.before
		for _, id := range b.ids {
			f.places[id] = place{len(f.sheets) - 1, 0, y}
		}
		b.paint(f.at, sheetSide, y)
		y += b.height
	}
	f.feet = nil
}
