package chart

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
)

// Limits of a file of outlines.
const (
	maxOutlineBytes  = 8 << 20
	maxOutlinePoints = 200_000
	maxAreas         = 500
)

// Outlines are the borders of the areas of a region.
type Outlines struct {
	Region string // code of the whole
	Source string // where they were taken from
	Areas  []Area
}

// Area is the border of one area: closed lines of longitude (X) and latitude (Y)
// under the even-odd rule.
type Area struct {
	Code  string // of the region, as region packs write it
	Rings [][]Point
}

// LoadOutlines reads a file of outlines: a GeoJSON FeatureCollection (RFC 7946)
// whose features are polygons with the region's code as id, and which names the code
// of the whole as "region" and its "source". Without such a file it returns nil: a
// region need not have a map. Errors name the file and the feature.
func LoadOutlines(fsys fs.FS, file string) (*Outlines, error) {
	info, err := fs.Stat(fsys, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if info.Size() > maxOutlineBytes {
		return nil, fmt.Errorf("%s: longer than %d bytes", file, maxOutlineBytes)
	}
	b, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, err
	}
	o, err := readOutlines(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return o, nil
}

// feature is a feature of GeoJSON as far as outlines have it.
type feature struct {
	Type     string
	ID       string
	Geometry struct {
		Type        string
		Coordinates json.RawMessage
	}
}

// readOutlines reads the text of a file of outlines.
func readOutlines(b []byte) (*Outlines, error) {
	var file struct {
		Type, Region, Source string
		Features             []feature
	}
	if err := json.Unmarshal(b, &file); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("byte %d: %w", syntax.Offset, err)
		}
		return nil, err
	}
	switch {
	case file.Type != "FeatureCollection":
		return nil, fmt.Errorf("type is %q, not FeatureCollection", file.Type)
	case file.Region == "":
		return nil, errors.New("names no region")
	case file.Source == "":
		return nil, errors.New("names no source")
	case len(file.Features) == 0:
		return nil, errors.New("has no features")
	case len(file.Features) > maxAreas:
		return nil, fmt.Errorf("has more than %d features", maxAreas)
	}
	o := &Outlines{Region: file.Region, Source: file.Source}
	seen, points := map[string]bool{}, 0
	for i, f := range file.Features {
		a, err := f.area()
		if err == nil && seen[f.ID] {
			err = errors.New("stands twice")
		}
		if err != nil {
			return nil, fmt.Errorf("feature %d (%s): %w", i+1, f.ID, err)
		}
		seen[f.ID] = true
		for _, r := range a.Rings {
			points += len(r)
		}
		if points > maxOutlinePoints {
			return nil, fmt.Errorf("has more than %d points", maxOutlinePoints)
		}
		o.Areas = append(o.Areas, a)
	}
	return o, nil
}

// area reads the polygons of a feature.
func (f feature) area() (Area, error) {
	a := Area{Code: f.ID}
	if f.Type != "Feature" || f.ID == "" {
		return a, errors.New("is no feature with an id")
	}
	var polygons [][][][]float64
	var err error
	switch f.Geometry.Type {
	case "Polygon":
		polygons = make([][][][]float64, 1)
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons[0])
	case "MultiPolygon":
		err = json.Unmarshal(f.Geometry.Coordinates, &polygons)
	default:
		return a, fmt.Errorf("geometry is %q, not Polygon or MultiPolygon", f.Geometry.Type)
	}
	if err != nil {
		return a, err
	}
	for _, p := range polygons {
		for _, r := range p {
			ring, err := readRing(r)
			if err != nil {
				return a, err
			}
			a.Rings = append(a.Rings, ring)
		}
	}
	if len(a.Rings) == 0 {
		return a, errors.New("has no border")
	}
	return a, nil
}

// readRing reads one closed line; the point that repeats the first is left out.
func readRing(r [][]float64) ([]Point, error) {
	if len(r) < 4 {
		return nil, fmt.Errorf("a border has %d points, at least 4 are needed", len(r))
	}
	var out []Point
	for _, p := range r {
		if len(p) < 2 || math.Abs(p[0]) > 180 || math.Abs(p[1]) > 90 {
			return nil, fmt.Errorf("%v is no longitude and latitude", p)
		}
		out = append(out, Point{p[0], p[1]})
	}
	if out[0] != out[len(out)-1] {
		return nil, fmt.Errorf("the border that begins at %v is not closed", r[0])
	}
	return out[:len(out)-1], nil
}

// project returns the areas drawn within a rectangle as large as it allows, and the
// height that they take: north up, with equal lengths east and north at the middle
// latitude. Points nearer than half a pixel become one.
func (o *Outlines) project(r Rect) (areas [][][]Point, height float64) {
	low, high := Point{math.Inf(1), math.Inf(1)}, Point{math.Inf(-1), math.Inf(-1)}
	for _, a := range o.Areas {
		for _, ring := range a.Rings {
			for _, p := range ring {
				low = Point{math.Min(low.X, p.X), math.Min(low.Y, p.Y)}
				high = Point{math.Max(high.X, p.X), math.Max(high.Y, p.Y)}
			}
		}
	}
	cos := math.Max(math.Cos((low.Y+high.Y)/2*math.Pi/180), 0.01)
	wide, tall := math.Max((high.X-low.X)*cos, 1e-6), math.Max(high.Y-low.Y, 1e-6)
	k := math.Min(r.W/wide, r.H/tall)
	left := r.X + (r.W-wide*k)/2
	half := func(f float64) float64 { return math.Round(f*2) / 2 }
	for _, a := range o.Areas {
		var rings [][]Point
		for _, ring := range a.Rings {
			var line []Point
			for _, p := range ring {
				q := Point{half(left + (p.X-low.X)*cos*k), half(r.Y + (high.Y-p.Y)*k)}
				if len(line) == 0 || q != line[len(line)-1] {
					line = append(line, q)
				}
			}
			rings = append(rings, line)
		}
		areas = append(areas, rings)
	}
	return areas, tall * k
}
