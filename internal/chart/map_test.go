package chart

import (
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/decimal"
	"onewindow/internal/region"
)

// square returns the border of a square.
func square(x, y, size float64) []Point {
	return []Point{{x, y}, {x + size, y}, {x + size, y + size}, {x, y + size}}
}

// outlines returns a map of squares of random sizes.
func (m maker) outlines() *Outlines {
	o := &Outlines{Region: "R", Source: "invented"}
	for i := range max(m.count(), 1) {
		size := of(m, 0.001, 0.2, 1, 3)
		o.Areas = append(o.Areas, Area{Code: string(rune('a' + i)), Rings: [][]Point{square(100+m.Float64()*8, 20+m.Float64()*12, size)}})
	}
	return o
}

func (m maker) atlas() Chart {
	c := Map{About: m.about(), Places: m.IntN(3)}
	if m.IntN(8) > 0 {
		c.Outlines = m.outlines()
	}
	for i := range m.count() {
		c.Regions = append(c.Regions, Region{string(rune('a' + i + m.IntN(2))), m.text(), m.value()})
	}
	return c
}

func TestMapsStandClear(t *testing.T) { testMany(t, maker.atlas) }

// jiangsu returns the outlines that come with the program.
func jiangsu(t *testing.T) *Outlines {
	t.Helper()
	o, err := LoadOutlines(os.DirFS("../../defs/maps"), "jiangsu.json")
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestEveryCityOfARealMapIsNamedWithItsValue(t *testing.T) {
	for _, width := range []float64{Wide, Narrow} {
		for _, l := range []Locale{english, chinese} {
			m := Map{Places: 2, Outlines: jiangsu(t)}
			for i, c := range cities {
				r := Region{c.code, c.en, v(c.rate)}
				if l.Lang == "zh" {
					r.Label = c.zh
				}
				if i == 8 {
					r.Value = Value{}
				}
				m.Regions = append(m.Regions, r)
			}
			c := inspect(t, m.Scene(width, l))
			for _, r := range m.Regions {
				if !c.has(r.Label) || !c.has(l.write(r.Value, 2)) {
					t.Errorf("%v wide, %s with %s is not on the map", width, r.Label, l.write(r.Value, 2))
				}
			}
		}
	}
}

func TestClassesOfAMap(t *testing.T) {
	m := Map{Outlines: &Outlines{Areas: []Area{{Code: "a"}, {Code: "b"}, {Code: "c"}, {Code: "d"}, {Code: "e"}}},
		Regions: []Region{{"a", "", v("1")}, {"b", "", v("10")}, {"c", "", v("1.2")}, {"d", "", Value{}}, {"e", "", v("0")}, {"elsewhere", "", v("99")}}}
	got := m.Classes()
	want := []Class{{v("0").number, v("1.2").number, 3}, {v("10").number, v("10").number, 1}}
	if d := cmp.Diff(want, got, cmp.Comparer(decimal.Number.Equal)); d != "" {
		t.Error(d)
	}
	if s := shade(Value{}, got); s.paint != Void || s.hatch == (hatching{}) {
		t.Errorf("what is absent is painted %v", s)
	}
	if a, b := shade(v("0"), got), shade(v("1.2"), got); a != b || a == shade(v("10"), got) {
		t.Error("classes are not what shades follow")
	}
}

func TestMapsGolden(t *testing.T) {
	m := Map{About: About{Title: "The west leads", Source: "Source: the office"}, Outlines: &Outlines{Region: "R", Areas: []Area{
		{"w", [][]Point{square(100, 30, 2)}}, {"e", [][]Point{square(102, 30, 2)}}, {"s", [][]Point{square(102, 29.9, 0.1)}}}},
		Regions: []Region{{"w", "West", v("12")}, {"e", "East", Value{}}, {"s", "Small", v("7")}, {"x", "Not allocated", v("3")}}}
	c := golden(t, "map", m, english)
	for _, want := range []string{"West", "12", "no data", "1 Small: 7", "Not allocated: 3", "12 (1 areas)", english.Borders} {
		if !c.has(want) {
			t.Errorf("the map does not say %q", want)
		}
	}
	m.Outlines = nil
	if c := inspect(t, m.Scene(Wide, english)); !c.has(english.NoMap) || !c.has("West: 12") {
		t.Error("a region without outlines is not said to have none, or its values are lost")
	}
}

func TestLoadOutlines(t *testing.T) {
	const ring = `[[1,1],[2,1],[2,2],[1,1]]`
	file := func(features string) string {
		return `{"type":"FeatureCollection","region":"R","source":"S","features":[` + features + `]}`
	}
	feature := func(kind, coordinates string) string {
		return `{"type":"Feature","id":"a","geometry":{"type":"` + kind + `","coordinates":` + coordinates + `}}`
	}
	tests := []struct{ text, want string }{
		{file(feature("Polygon", "["+ring+"]")), ""},
		{file(feature("MultiPolygon", "[["+ring+"],["+ring+"]]")), ""},
		{`{"type":`, "byte 8"},
		{`{"type":"Topology"}`, `type is "Topology"`},
		{`{"type":"FeatureCollection","source":"S"}`, "names no region"},
		{`{"type":"FeatureCollection","region":"R"}`, "names no source"},
		{file(""), "has no features"},
		{file(feature("Point", "[1,1]")), `feature 1 (a): geometry is "Point"`},
		{file(feature("Polygon", "[[[1,1],[2,1],[2,2],[1,3]]]")), "is not closed"},
		{file(feature("Polygon", "[[[1,1],[2,1],[1,1]]]")), "at least 4"},
		{file(feature("Polygon", "[[[1,1],[2,91],[2,2],[1,1]]]")), "no longitude and latitude"},
		{file(feature("Polygon", "[]")), "has no border"},
		{file(feature("Polygon", "["+ring+"]") + "," + feature("Polygon", "["+ring+"]")), "feature 2 (a): stands twice"},
	}
	for _, tt := range tests {
		_, err := LoadOutlines(fstest.MapFS{"r.json": {Data: []byte(tt.text)}}, "r.json")
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("%s: %v", tt.text, err)
		case tt.want != "" && (err == nil || !strings.HasPrefix(err.Error(), "r.json: ") || !strings.Contains(err.Error(), tt.want)):
			t.Errorf("%s: error %v, want %q", tt.text, err, tt.want)
		}
	}
	if o, err := LoadOutlines(fstest.MapFS{}, "r.json"); o != nil || err != nil {
		t.Errorf("a region without a file has outlines %v, %v", o, err)
	}
	if n := len(jiangsu(t).Areas); n != len(cities) {
		t.Errorf("the map of Jiangsu has %d areas", n)
	}
}

func TestMapsThatComeWithTheProgramFitTheirRegions(t *testing.T) {
	defs := os.DirFS("../../defs")
	files, err := fs.Glob(defs, "maps/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("maps %v, %v", files, err)
	}
	for _, file := range files {
		o, err := LoadOutlines(defs, file)
		if err != nil {
			t.Error(err)
			continue
		}
		pack, err := region.Load(defs, strings.TrimSuffix(path.Base(file), ".json"))
		if err != nil {
			t.Error(err)
			continue
		}
		if o.Region != pack.Code() {
			t.Errorf("%s is of the region %s, the pack of %s", file, o.Region, pack.Code())
		}
		for _, a := range o.Areas {
			if pack.Unit(a.Code) == nil {
				t.Errorf("%s: the region has no unit %s", file, a.Code)
			}
		}
	}
}

func FuzzReadOutlines(f *testing.F) {
	b, err := os.ReadFile("../../defs/maps/jiangsu.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b[:20000])
	f.Add([]byte(`{"type":"FeatureCollection","region":"R","source":"S","features":[{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,1]]]}}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		o, err := readOutlines(b)
		if err != nil {
			return
		}
		for _, a := range o.Areas {
			if a.Code == "" || len(a.Rings) == 0 {
				t.Errorf("area %+v", a)
			}
		}
		o.project(Rect{W: 100, H: 100})
	})
}

// cost returns the sum of squared distances of numbers to the mean of their class.
func cost(classes [][]float64) (sum float64) {
	for _, c := range classes {
		mean := 0.0
		for _, n := range c {
			mean += n / float64(len(c))
		}
		for _, n := range c {
			sum += (n - mean) * (n - mean)
		}
	}
	return sum
}

// bruteForce returns the least cost of parting sorted numbers into k classes, by
// trying every way to do it.
func bruteForce(sorted []float64, k int) float64 {
	if k == 1 {
		return cost([][]float64{sorted})
	}
	best := math.Inf(1)
	for i := 1; i <= len(sorted)-k+1; i++ {
		best = min(best, cost([][]float64{sorted[:i]})+bruteForce(sorted[i:], k-1))
	}
	return best
}

func TestBreaksAreTheBest(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 400 {
		n := 1 + rnd.IntN(11)
		numbers, floats := make([]decimal.Number, n), make([]float64, n)
		for i := range n {
			x := rnd.Int64N([]int64{4, 100, 100_000}[rnd.IntN(3)]) - 20
			numbers[i], floats[i] = decimal.Of(x), float64(x)
		}
		slices.Sort(floats)
		distinct := len(slices.Compact(slices.Clone(floats)))
		got := Breaks(numbers, 1+rnd.IntN(5))
		k, low := len(got), 0
		var classes [][]float64
		for _, c := range got {
			classes = append(classes, floats[low:low+len(c)])
			low += len(c)
		}
		if low != n || k > distinct {
			t.Fatalf("%v became %v", floats, got)
		}
		want := bruteForce(floats, k)
		if c := cost(classes); c > want*(1+1e-9)+1e-6 {
			t.Fatalf("%v in %d classes costs %v, the best way %v: %v", floats, k, c, want, classes)
		}
		for i := 1; i < k; i++ {
			if classes[i-1][len(classes[i-1])-1] == classes[i][0] {
				t.Fatalf("equal numbers in two classes: %v", classes)
			}
		}
	}
}

func TestBreaksAreAsFewAsFit(t *testing.T) {
	for _, tt := range []struct {
		numbers string
		most    int
		want    int
	}{{"", 5, 0}, {"7", 5, 1}, {"7 7 7", 5, 1}, {"1 2 101 102", 5, 2}, {"1 2 51 52 101 102", 5, 3}, {"1 2 3 4 5 6 7 8 9 10", 3, 3}, {"1 2 101 102", 1, 1}} {
		var numbers []decimal.Number
		for _, n := range strings.Fields(tt.numbers) {
			numbers = append(numbers, decimal.Must(n))
		}
		if got := Breaks(numbers, tt.most); len(got) != tt.want {
			t.Errorf("%s: classes %v, want %d", tt.numbers, got, tt.want)
		}
	}
}

func TestClassesStayApartInGrey(t *testing.T) {
	for name, theme := range map[string]Theme{"light": Light, "dark": Dark} {
		for n := 1; n <= MaxClasses; n++ {
			before := math.NaN()
			for _, p := range Classes(n) {
				l := luminance(theme, p)
				if r := ratioOf(l, before); r < 1.2 {
					t.Errorf("%s, %d classes: %s is only %.2f times as light as its neighbour", name, n, p, r)
				}
				if !math.IsNaN(before) && (l < before) != (name == "light") {
					t.Errorf("%s, %d classes: %s goes the wrong way", name, n, p)
				}
				before = l
			}
		}
		for p := range theme {
			if text, ok := strings.CutSuffix(string(p), "-text"); ok {
				if r := ratioOf(luminance(theme, p), luminance(theme, Paint(text))); r < 4.5 {
					t.Errorf("%s: text on %s has a contrast of %.2f", name, text, r)
				}
			}
			if strings.HasPrefix(string(p), "series-") && !strings.HasSuffix(string(p), "-text") || p == Ink || p == Soft || p == Seal {
				if r := ratioOf(luminance(theme, p), luminance(theme, Paper)); r < 4.5 {
					t.Errorf("%s: text in %s has a contrast of %.2f", name, p, r)
				}
			}
		}
		for i := 1; i < seriesCount; i++ {
			if r := ratioOf(luminance(theme, part(i)), luminance(theme, part(i-1))); r < 2 {
				t.Errorf("%s: parts %d and %d are nearly as light, %.2f", name, i, i-1, r)
			}
		}
	}
}

// luminance returns the relative luminance of a paint (WCAG 2.2).
func luminance(t Theme, p Paint) float64 {
	c := t.Color(p)
	linear := func(b uint8) float64 {
		if f := float64(b) / 255; f > 0.04045 {
			return math.Pow((f+0.055)/1.055, 2.4)
		} else {
			return f / 12.92
		}
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// ratioOf returns the contrast of two luminances (WCAG 2.2); without a second one it
// is great.
func ratioOf(a, b float64) float64 {
	if math.IsNaN(b) {
		return 21
	}
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}
