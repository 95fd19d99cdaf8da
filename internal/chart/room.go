package chart

import "math"

// cell is the size of the cells in which room on a map is measured, in pixels.
const cell = 2.0

// room tells quickly which parts of a map are of which area, and which are free.
type room struct {
	cols, rows int
	sums       [][]int32 // by area, the last for all: how many cells left of and above a corner
	of         []int16   // by cell: the area, or -1
	bounds     []cells   // by area: the cells that it lies in
}

// cells is a stretch of columns and of rows, the last ones not included.
type cells struct{ left, top, right, bottom int }

// newRoom measures the areas of a map in a picture of a size.
func newRoom(areas [][][]Point, width, height float64) *room {
	r := &room{cols: int(math.Ceil(width / cell)), rows: int(math.Ceil(height / cell))}
	r.of = make([]int16, r.cols*r.rows)
	for i := range r.of {
		r.of[i] = -1
	}
	for a, rings := range areas {
		b := r.around(rings)
		r.bounds = append(r.bounds, b)
		for row := b.top; row < b.bottom; row++ {
			x := crossings(rings, (float64(row)+0.5)*cell)
			for i := 0; i+1 < len(x); i += 2 {
				for c := max(int(math.Ceil(x[i]/cell-0.5)), 0); c < r.cols && (float64(c)+0.5)*cell < x[i+1]; c++ {
					r.of[row*r.cols+c] = int16(a)
				}
			}
		}
	}
	for a := range len(areas) + 1 {
		sum := make([]int32, (r.cols+1)*(r.rows+1))
		for row := range r.rows {
			for c := range r.cols {
				n := int32(0)
				if of := int(r.of[row*r.cols+c]); of == a || a == len(areas) && of >= 0 {
					n = 1
				}
				at := (row+1)*(r.cols+1) + c + 1
				sum[at] = n + sum[at-1] + sum[at-r.cols-1] - sum[at-r.cols-2]
			}
		}
		r.sums = append(r.sums, sum)
	}
	return r
}

// around returns the cells that closed lines lie in.
func (r *room) around(rings [][]Point) cells {
	b := cells{r.cols, r.rows, 0, 0}
	for _, ring := range rings {
		for _, p := range ring {
			c, row := int(p.X/cell), int(p.Y/cell)
			b = cells{min(b.left, c), min(b.top, row), max(b.right, c+1), max(b.bottom, row+1)}
		}
	}
	return cells{max(b.left, 0), max(b.top, 0), min(b.right, r.cols), min(b.bottom, r.rows)}
}

// count returns how many cells of an area lie in a rectangle, and how many cells it
// has; ok is false where it reaches beyond the picture.
func (r *room) count(area int, b Rect) (n, all int, ok bool) {
	left, top := int(math.Floor(b.X/cell)), int(math.Floor(b.Y/cell))
	right, low := int(math.Ceil((b.X+b.W)/cell)), int(math.Ceil((b.Y+b.H)/cell))
	if left < 0 || top < 0 || right > r.cols || low > r.rows {
		return 0, 0, false
	}
	s, w := r.sums[area], r.cols+1
	return int(s[low*w+right] - s[top*w+right] - s[low*w+left] + s[top*w+left]), (right - left) * (low - top), true
}

// within tells whether a rectangle lies within an area.
func (r *room) within(area int, b Rect) bool {
	n, all, ok := r.count(area, b)
	return ok && n == all
}

// free tells whether a rectangle lies in the picture and outside all areas.
func (r *room) free(b Rect) bool {
	n, _, ok := r.count(len(r.sums)-1, b)
	return ok && n == 0
}

// inside returns where a box of a size lies best within an area: as far from its
// border as can be, and of such places nearest to the middle of the area.
func (r *room) inside(area int, w, h float64) (at Rect, ok bool) {
	const far = 10.0 // pixels from the border that are far enough
	middle := r.middle(area)
	margin, near := -1.0, math.Inf(1)
	in := r.bounds[area]
	for row := in.top; row < in.bottom; row++ {
		for c := in.left; c < in.right; c++ {
			if int(r.of[row*r.cols+c]) != area {
				continue
			}
			p := Point{(float64(c) + 0.5) * cell, (float64(row) + 0.5) * cell}
			b := Rect{X: p.X - w/2, Y: p.Y - h/2, W: w, H: h}
			m := max(margin, 1)
			if !r.within(area, grow(b, m)) {
				continue
			}
			for m < far && r.within(area, grow(b, m+1)) {
				m++
			}
			d := math.Hypot(p.X-middle.X, p.Y-middle.Y)
			if m > margin || m == margin && d < near {
				at, margin, near, ok = b, m, d, true
			}
		}
	}
	return at, ok
}

// middle returns the middle of the cells of an area.
func (r *room) middle(area int) Point {
	var sum Point
	n := 0.0
	in := r.bounds[area]
	for row := in.top; row < in.bottom; row++ {
		for c := in.left; c < in.right; c++ {
			if int(r.of[row*r.cols+c]) == area {
				sum.X += (float64(c) + 0.5) * cell
				sum.Y += (float64(row) + 0.5) * cell
				n++
			}
		}
	}
	if n == 0 {
		return Point{}
	}
	return Point{sum.X / n, sum.Y / n}
}

// core returns the middle of the greatest square within an area, and whether there
// is one.
func (r *room) core(area int) (Point, bool) {
	b, ok := r.inside(area, cell, cell)
	return Point{b.X + b.W/2, b.Y + b.H/2}, ok
}

// grow returns a rectangle with a margin around it.
func grow(b Rect, m float64) Rect { return Rect{X: b.X - m, Y: b.Y - m, W: b.W + 2*m, H: b.H + 2*m} }

// meet tells whether two rectangles overlap.
func meet(a, b Rect) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// strikes tells whether the line from a to b goes through a rectangle.
func strikes(a, b Point, r Rect) bool {
	low, high := 0.0, 1.0
	clip := func(from, by, min, max float64) bool {
		if by == 0 {
			return from >= min && from <= max
		}
		s, e := (min-from)/by, (max-from)/by
		low, high = math.Max(low, math.Min(s, e)), math.Min(high, math.Max(s, e))
		return low <= high
	}
	return clip(a.X, b.X-a.X, r.X, r.X+r.W) && clip(a.Y, b.Y-a.Y, r.Y, r.Y+r.H)
}

// cross tells whether two lines cross.
func cross(a, b, c, d Point) bool {
	side := func(p, q, r Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// distance returns how far two points lie apart.
func distance(a, b Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }
