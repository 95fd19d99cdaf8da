package chart

import (
	"math"
	"slices"
)

// hatching is a pattern of parallel lines, so that areas can be told apart without
// colours. The zero hatching has no lines.
type hatching struct {
	angle float64 // of the lines, degrees from the horizontal
	gap   float64 // between lines
}

// hatches are the patterns of the parts of a whole, in their order: every second
// part is plain.
var hatches = [seriesCount]hatching{{}, {45, 7}, {}, {-45, 5}, {}, {90, 6}, {}, {0, 5}}

// over returns the lines of a pattern within an area, which is bounded by closed
// lines under the even-odd rule. All lines of a pattern lie on one grid, so that it
// goes on from one area to the next.
func (h hatching) over(area [][]Point, s Style) (Path, bool) {
	p := Path{Style: s}
	if h.gap == 0 {
		return p, false
	}
	sin, cos := math.Sincos(h.angle * math.Pi / 180)
	turn := func(p Point) Point { return Point{p.X*cos + p.Y*sin, p.Y*cos - p.X*sin} }
	back := func(x, y float64) Point { return Point{x*cos - y*sin, x*sin + y*cos} }
	turned := make([][]Point, len(area))
	low, high := math.Inf(1), math.Inf(-1)
	for i, ring := range area {
		for _, p := range ring {
			t := turn(p)
			low, high = math.Min(low, t.Y), math.Max(high, t.Y)
			turned[i] = append(turned[i], t)
		}
	}
	for y := math.Floor(low/h.gap)*h.gap + h.gap/2; y < high; y += h.gap {
		x := crossings(turned, y)
		for i := 0; i+1 < len(x); i += 2 {
			p.Lines = append(p.Lines, []Point{back(x[i], y), back(x[i+1], y)})
		}
	}
	return p, len(p.Lines) > 0
}

// crossings returns where a horizontal line meets closed lines, from left to right.
// There is an even number of them, and what lies between an odd one and the next is
// within.
func crossings(rings [][]Point, y float64) []float64 {
	var out []float64
	for _, r := range rings {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			if (a.Y <= y) != (b.Y <= y) {
				out = append(out, a.X+(y-a.Y)*(b.X-a.X)/(b.Y-a.Y))
			}
		}
	}
	slices.Sort(out)
	return out
}

// corners returns a rectangle as a closed line.
func corners(r Rect) [][]Point {
	return [][]Point{{{r.X, r.Y}, {r.X + r.W, r.Y}, {r.X + r.W, r.Y + r.H}, {r.X, r.Y + r.H}}}
}
