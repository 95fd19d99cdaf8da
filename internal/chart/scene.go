// Package chart draws the pictures of statistics: bars, shares, lines, small
// multiples and maps. A chart is laid out once for a width, with the real widths of
// the typeface, as a Scene of plain shapes; back ends draw a scene as SVG, as pixels
// or in a document. Charts draw what they are given: titles, units, notes and
// numbers come from the caller, and what is absent is shown as absent.
package chart

// Widths that charts are drawn for: a page on a desk or on paper, and a telephone.
const (
	Wide   = 720.0
	Narrow = 358.0
)

// Scene is a picture of plain shapes, in the order in which they are painted. The
// origin is the upper left corner, y points down, units are CSS pixels.
type Scene struct {
	Width, Height float64
	Lang          string // of the texts, BCP 47
	Title         string // in full, even where the picture shows it cut off
	Desc          string // what the picture shows, in words and values
	Items         []Item
}

// Item is a part of a scene: a Group, Rect, Circle, Path or Text.
type Item interface{ draw(Canvas) }

// Canvas is what a back end offers to have scenes drawn on it. Begin and End
// enclose the parts of a group.
type Canvas interface {
	Begin(Group)
	End()
	Rect(Rect)
	Circle(Circle)
	Path(Path)
	Text(Text)
}

// Draw draws a scene on a canvas, whose ground the back end has painted.
func (s *Scene) Draw(c Canvas) {
	for _, i := range s.Items {
		i.draw(c)
	}
}

// Role says what a group of a scene is.
type Role string

// The roles of groups.
const (
	Head   Role = "head"   // titles
	Axis   Role = "axis"   // scales and their lines
	Data   Role = "data"   // all marks
	Mark   Role = "mark"   // one value: its shape and its label
	Legend Role = "legend" // what colours mean
	Foot   Role = "foot"   // notes and sources
)

// Group holds parts that belong together. Label says in words what a group of the
// role Mark shows, in full.
type Group struct {
	Role  Role
	Label string
	Items []Item
}

// Style says how a shape is painted. An empty paint paints nothing. Stroke lines
// have round joins.
type Style struct {
	Fill, Stroke Paint
	Width        float64 // of the stroke
	Dash         bool
}

// Rect is a rectangle; its sizes are not negative.
type Rect struct {
	X, Y, W, H float64
	Style
}

// Circle is a circle around X, Y.
type Circle struct {
	X, Y, R float64
	Style
}

// Point is a place in a scene.
type Point struct{ X, Y float64 }

// Path is one or more lines from point to point. A closed path joins the ends of
// every line and is filled by the even-odd rule.
type Path struct {
	Lines  [][]Point
	Closed bool
	Style
}

// Anchor says which part of a text stands at its place.
type Anchor int

// The anchors of texts.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line of text on the base line Y, of a size in pixels. Full is the
// whole of a text that was cut off.
type Text struct {
	X, Y   float64
	Anchor Anchor
	Size   float64
	Bold   bool
	Paint  Paint
	Text   string
	Full   string
}

func (g Group) draw(c Canvas) {
	c.Begin(g)
	for _, i := range g.Items {
		i.draw(c)
	}
	c.End()
}

func (r Rect) draw(c Canvas)   { c.Rect(r) }
func (o Circle) draw(c Canvas) { c.Circle(o) }
func (p Path) draw(c Canvas)   { c.Path(p) }
func (t Text) draw(c Canvas)   { c.Text(t) }

// line returns a straight line.
func line(x1, y1, x2, y2 float64, s Style) Path {
	return Path{Lines: [][]Point{{{x1, y1}, {x2, y2}}}, Style: s}
}
