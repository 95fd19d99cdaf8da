package chart

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"onewindow/internal/font"
)

// maxPixels is how many pixels a picture may have.
const maxPixels = 40_000_000

// PNG draws a scene in a theme, with so many pixels to each unit of the scene: 2 for
// screens of today, 3 for print. It fails where that makes more than 40 million.
func PNG(s *Scene, t Theme, pixels float64) ([]byte, error) {
	w, h := math.Ceil(s.Width*pixels), math.Ceil(s.Height*pixels)
	if !(w >= 1 && h >= 1 && w*h <= maxPixels) {
		return nil, errors.New("chart: a picture of that many pixels is not drawn")
	}
	p := &painter{Image: image.NewRGBA(image.Rect(0, 0, int(w), int(h))), theme: t, k: pixels}
	draw.Draw(p.Image, p.Image.Rect, image.NewUniform(t.Color(Paper)), image.Point{}, draw.Src)
	s.Draw(p)
	var b bytes.Buffer
	err := png.Encode(&b, p.Image)
	return b.Bytes(), err
}

// painter draws a scene on pixels.
type painter struct {
	Image *image.RGBA
	theme Theme
	k     float64 // pixels to a unit
	glyph sfnt.Buffer
}

func (p *painter) Begin(Group) {}
func (p *painter) End()        {}

func (p *painter) Rect(r Rect) { p.Path(Path{Lines: corners(r), Closed: true, Style: r.Style}) }

func (p *painter) Circle(c Circle) {
	p.Path(Path{Lines: [][]Point{ring(Point{c.X, c.Y}, c.R)}, Closed: true, Style: c.Style})
}

// ring returns a circle as a closed line.
func ring(c Point, r float64) []Point {
	const n = 40
	out := make([]Point, n)
	for i := range out {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / n)
		out[i] = Point{c.X + r*cos, c.Y + r*sin}
	}
	return out
}

func (p *painter) Path(path Path) {
	if path.Fill != "" && path.Closed {
		p.fill(nested(path.Lines), p.theme.Color(path.Fill))
	}
	if path.Stroke == "" {
		return
	}
	for _, l := range path.Lines {
		if path.Closed && len(l) > 0 {
			l = append(l[:len(l):len(l)], l[0])
		}
		if path.Dash {
			for _, d := range dashes(l, 4, 3) {
				p.stroke(d, path.Width, p.theme.Color(path.Stroke))
			}
		} else {
			p.stroke(l, path.Width, p.theme.Color(path.Stroke))
		}
	}
}

// dashes parts a line into dashes.
func dashes(l []Point, long, gap float64) (out [][]Point) {
	on, left := true, long
	var dash []Point
	for i := range l {
		if i == 0 {
			dash = []Point{l[0]}
			continue
		}
		from, to := l[i-1], l[i]
		for d := distance(from, to); d > left; d = distance(from, to) {
			from = Point{from.X + (to.X-from.X)*left/d, from.Y + (to.Y-from.Y)*left/d}
			if on {
				out, dash, left = append(out, append(dash, from)), nil, gap
			} else {
				dash, left = []Point{from}, long
			}
			on = !on
		}
		left -= distance(from, to)
		if on {
			dash = append(dash, to)
		}
	}
	if on && len(dash) > 1 {
		out = append(out, dash)
	}
	return out
}

// stroke draws a line with round joins and flat ends.
func (p *painter) stroke(l []Point, width float64, c color.RGBA) {
	var area [][]Point
	for i := 1; i < len(l); i++ {
		a, b := l[i-1], l[i]
		d := distance(a, b)
		if d == 0 {
			continue
		}
		x, y := (b.Y-a.Y)/d*width/2, (a.X-b.X)/d*width/2
		area = append(area, rightward([]Point{{a.X + x, a.Y + y}, {a.X - x, a.Y - y}, {b.X - x, b.Y - y}, {b.X + x, b.Y + y}}))
		if i > 1 && width > 1 {
			area = append(area, ring(a, width/2))
		}
	}
	p.fill(area, c)
}

// nested returns closed lines so that they turn right where they bound an area and
// left where they bound a hole in one: the even-odd rule for lines that do not cross.
func nested(lines [][]Point) [][]Point {
	var out [][]Point
	for i, l := range lines {
		if len(l) == 0 {
			continue
		}
		depth := 0
		for j, other := range lines {
			if i == j {
				continue
			}
			for _, x := range crossings([][]Point{other}, l[0].Y) {
				if x < l[0].X {
					depth++
				}
			}
		}
		if l = rightward(l); depth%2 == 1 {
			l = reversed(l)
		}
		out = append(out, l)
	}
	return out
}

// fill fills closed lines by the non-zero rule: what they cover twice in the same
// turn is filled once.
func (p *painter) fill(area [][]Point, c color.RGBA) {
	box, ok := p.pixelBox(area)
	if !ok {
		return
	}
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, l := range area {
		for i, pt := range l {
			x, y := float32(pt.X*p.k-float64(box.Min.X)), float32(pt.Y*p.k-float64(box.Min.Y))
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
	}
	r.Draw(p.Image, box, image.NewUniform(c), image.Point{})
}

// pixelBox returns the pixels that areas lie in; ok is false where there are none.
func (p *painter) pixelBox(area [][]Point) (box image.Rectangle, ok bool) {
	for _, l := range area {
		for _, pt := range l {
			x, y := int(math.Floor(pt.X*p.k)), int(math.Floor(pt.Y*p.k))
			box = box.Union(image.Rect(x, y, x+2, y+2))
		}
	}
	return box, !box.Empty()
}

// rightward returns a closed line so that it turns right.
func rightward(l []Point) []Point {
	sum := 0.0
	for i, a := range l {
		b := l[(i+1)%len(l)]
		sum += a.X*b.Y - b.X*a.Y
	}
	if sum < 0 {
		return reversed(l)
	}
	return l
}

// reversed returns a line from its end to its beginning.
func reversed(l []Point) []Point {
	out := make([]Point, len(l))
	for i, p := range l {
		out[len(l)-1-i] = p
	}
	return out
}

func (p *painter) Text(t Text) {
	x, _ := left(t)
	face := font.Of(t.Bold)
	c := image.NewUniform(p.theme.Color(t.Paint))
	for _, ch := range t.Text {
		p.letter(face, ch, x, t, c)
		x += face.Width(string(ch), t.Size)
	}
}

// letter draws one character with its left edge at x.
func (p *painter) letter(face *font.Face, ch rune, x float64, t Text, c image.Image) {
	segments, err := face.Outline(&p.glyph, ch, t.Size*p.k)
	if err != nil || len(segments) == 0 {
		return
	}
	b := segments.Bounds()
	at := Point{x * p.k, t.Y * p.k}
	box := image.Rect(int(math.Floor(at.X))+b.Min.X.Floor()-1, int(math.Floor(at.Y))+b.Min.Y.Floor()-1,
		int(math.Ceil(at.X))+b.Max.X.Ceil()+1, int(math.Ceil(at.Y))+b.Max.Y.Ceil()+1)
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	pt := func(q fixed.Point26_6) (float32, float32) {
		return float32(at.X + float64(q.X)/64 - float64(box.Min.X)), float32(at.Y + float64(q.Y)/64 - float64(box.Min.Y))
	}
	for _, s := range segments {
		ax, ay := pt(s.Args[0])
		bx, by := pt(s.Args[1])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			r.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			r.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			cx, cy := pt(s.Args[2])
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
	r.Draw(p.Image, box, c, image.Point{})
}
