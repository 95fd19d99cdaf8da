package chart

import (
	"bytes"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/decimal"
	"onewindow/internal/font"
)

var update = flag.Bool("update", false, "renew the goldens")

// box is where a text stands.
type box struct {
	left, top, right, bottom float64
	text                     Text
}

// inspector is a canvas that notes where things stand.
type inspector struct {
	texts  []box
	faults []string
	s      *Scene
	open   int
}

func (c *inspector) Begin(Group) { c.open++ }
func (c *inspector) End()        { c.open-- }

// within notes what is not within the scene.
func (c *inspector) within(what string, left, top, right, bottom float64) {
	const slack = 0.75 // half of the broadest stroke
	if !(left >= -slack && top >= -slack && right <= c.s.Width+slack && bottom <= c.s.Height+slack && left <= right && top <= bottom) {
		c.faults = append(c.faults, fmt.Sprintf("%s stands at %.1f–%.1f, %.1f–%.1f of %v × %.1f", what, left, right, top, bottom, c.s.Width, c.s.Height))
	}
}

func (c *inspector) Rect(r Rect) {
	c.within("a rectangle", r.X, r.Y, r.X+r.W, r.Y+r.H)
	paintsExist(r.Style)
}

func (c *inspector) Circle(o Circle) {
	c.within("a circle", o.X-o.R, o.Y-o.R, o.X+o.R, o.Y+o.R)
	paintsExist(o.Style)
}

func (c *inspector) Path(p Path) {
	for _, l := range p.Lines {
		for _, pt := range l {
			c.within("a path", pt.X, pt.Y, pt.X, pt.Y)
		}
	}
	paintsExist(p.Style)
}

func (c *inspector) Text(t Text) {
	x, wide := left(t)
	b := box{x, t.Y - font.Ascent*t.Size, x + wide, t.Y + font.Descent*t.Size, t}
	c.within(fmt.Sprintf("%.40q", t.Text), b.left, b.top, b.right, b.bottom)
	for _, o := range c.texts {
		if b.left < o.right && o.left < b.right && b.top < o.bottom-0.01 && o.top < b.bottom-0.01 {
			c.faults = append(c.faults, fmt.Sprintf("%.40q and %.40q overlap", o.text.Text, t.Text))
		}
	}
	if strings.HasSuffix(t.Text, font.Ellipsis) && t.Full == "" {
		c.faults = append(c.faults, fmt.Sprintf("%.40q is cut and nowhere whole", t.Text))
	}
	if t.Text != font.Plain(t.Text) || t.Text == "" {
		c.faults = append(c.faults, fmt.Sprintf("text %q", t.Text))
	}
	paintsExist(Style{Fill: t.Paint})
	c.texts = append(c.texts, b)
}

// paintsExist panics where a paint is in no theme.
func paintsExist(s Style) {
	for _, p := range []Paint{s.Fill, s.Stroke} {
		if p != "" {
			Light.Color(p)
			Dark.Color(p)
		}
	}
}

// inspect draws a scene and fails where anything stands wrong.
func inspect(t *testing.T, s *Scene) *inspector {
	t.Helper()
	c := &inspector{s: s}
	s.Draw(c)
	if c.open != 0 {
		c.faults = append(c.faults, "a group is not closed")
	}
	if len(c.faults) > 0 {
		t.Fatalf("%s\n%s", strings.Join(c.faults[:min(len(c.faults), 5)], "\n"), describe(s))
	}
	for d := xml.NewDecoder(bytes.NewReader(SVG(s))); ; {
		if _, err := d.Token(); err == io.EOF {
			return c
		} else if err != nil {
			t.Fatal(err)
		}
	}
}

// describe says in short what a scene shows.
func describe(s *Scene) string { return fmt.Sprintf("%.300s / %.1500s", s.Title, s.Desc) }

// has tells whether a text stands in a scene as printed.
func (c *inspector) has(text string) bool {
	for _, b := range c.texts {
		if b.text.Text == text {
			return true
		}
	}
	return false
}

// maker makes random parts of charts.
type maker struct{ *rand.Rand }

// of returns one of some things.
func of[T any](m maker, some ...T) T { return some[m.IntN(len(some))] }

func (m maker) text() string {
	switch m.IntN(12) {
	case 0:
		return ""
	case 1:
		return strings.Repeat("Electrical machinery, apparatus and energy ", 46)
	case 2:
		return strings.Repeat("发明专利申请（含《专利合作条约》途径）", 105)
	case 3:
		return strings.Repeat("Donaudampfschifffahrtsgesellschaft", 58)
	case 4:
		return " \n\x00\u2028\xff<&\">"
	}
	return of(m, "Nanjing", "苏州市", "Lianyungang", "连云港市", "2020", "Micro-structural and nano-technology", "高技术产业（制造业）发明专利拥有量", "Wi fi")
}

func (m maker) value() Value {
	switch m.IntN(12) {
	case 0:
		return Value{}
	case 1:
		return Absent(m.text())
	case 2:
		return Number(decimal.Number{})
	case 3:
		return v("-" + strings.Repeat("9", 1+m.IntN(36)))
	case 4:
		return v(strings.Repeat("8", 1+m.IntN(38)))
	case 5:
		return v("0." + strings.Repeat("0", m.IntN(30)) + "1")
	}
	return Number(decimal.Of(m.Int64N(400000) - 100000))
}

// count returns how many things a chart has.
func (m maker) count() int { return of(m, 0, 1, 2, 3, 5, 13, 13, 60) }

func (m maker) about() About {
	a := About{Title: m.text(), Subtitle: m.text(), Unit: of(m, "", "件", "per 10,000 people", m.text()), Source: m.text(), Sample: m.IntN(2) == 0}
	for range m.IntN(12) {
		a.Notes = append(a.Notes, m.text())
	}
	return a
}

func (m maker) bars() Chart {
	b := Bars{About: m.about(), Places: m.IntN(4), AsGiven: m.IntN(3) == 0}
	for range m.count() {
		b.Bars = append(b.Bars, Bar{m.text(), m.value(), m.IntN(5) == 0})
	}
	if m.IntN(2) == 0 {
		b.Reference = &Bar{Label: m.text(), Value: m.value()}
	}
	return b
}

func (m maker) shares() Chart {
	c := Shares{About: m.about(), Places: m.IntN(2)}
	for range m.count() {
		c.Parts = append(c.Parts, m.text())
	}
	for range m.count() {
		w := Whole{Label: m.text()}
		for range c.Parts {
			v := Number(decimal.Of(m.Int64N(1000)))
			if m.IntN(40) == 0 {
				v = m.value()
			}
			w.Parts = append(w.Parts, v)
		}
		c.Wholes = append(c.Wholes, w)
	}
	return c
}

func (m maker) runs(periods int) (runs []Run) {
	for range m.count() {
		r := Run{Name: m.text(), Strong: m.IntN(5) == 0}
		for range m.IntN(periods + 2) {
			r.Values = append(r.Values, m.value())
		}
		runs = append(runs, r)
	}
	return runs
}

func (m maker) periods() (periods []string) {
	for range m.count() {
		periods = append(periods, of(m, "2020", "2021", "2020年", m.text()))
	}
	return periods
}

func (m maker) lines() Chart {
	c := Lines{About: m.about(), Places: m.IntN(3), Periods: m.periods(), Close: m.IntN(3) == 0}
	c.Series = m.runs(len(c.Periods))
	return c
}

func (m maker) multiples() Chart {
	c := Multiples{About: m.about(), Places: m.IntN(3), Periods: m.periods(), Own: m.IntN(3) == 0}
	c.Runs = m.runs(len(c.Periods))
	return c
}

func testMany(t *testing.T, chart func(maker) Chart) {
	t.Helper()
	n := uint64(400)
	if testing.Short() {
		n = 80
	}
	for seed := range n {
		m := maker{rand.New(rand.NewPCG(seed, 7))}
		c := chart(m)
		s := c.Scene(of(m, Wide, Narrow, 1100, 240, 0), of(m, english, chinese))
		t.Run("", func(t *testing.T) { inspect(t, s) })
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestBarsStandClear(t *testing.T)      { testMany(t, maker.bars) }
func TestSharesStandClear(t *testing.T)    { testMany(t, maker.shares) }
func TestLinesStandClear(t *testing.T)     { testMany(t, maker.lines) }
func TestMultiplesStandClear(t *testing.T) { testMany(t, maker.multiples) }

// golden compares a chart, drawn wide, with its golden.
func golden(t *testing.T, name string, c Chart, l Locale) *inspector {
	t.Helper()
	s := c.Scene(Wide, l)
	file := filepath.Join("testdata", name+".svg")
	got := SVG(s)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("%s differs; renew with -update after looking at it:\n%s", file, d)
	}
	return inspect(t, s)
}

func TestBarsGolden(t *testing.T) {
	b := Bars{About: About{Title: "Nanjing holds most", Subtitle: "End of 2020", Unit: "per 10,000 people", Source: "Source: the office", Sample: true},
		Places: 2, Reference: &Bar{Label: "Province", Value: v("36.14")},
		Bars: []Bar{{"Xuzhou", Absent("not reported"), false}, {"Suqian", v("4.46"), false}, {"Nanjing", v("82.86"), true}}}
	c := golden(t, "bars", b, english)
	for _, want := range []string{"not reported", "4.46", "82.86", "SAMPLE DATA", "Province: 36.14"} {
		if !c.has(want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	if d := cmp.Diff([]int{2, 1, 0}, b.Order()); d != "" {
		t.Error(d)
	}
}

func TestSharesGolden(t *testing.T) {
	c := golden(t, "shares", Shares{About: About{Title: "Enterprises hold most", Unit: "per cent"}, Places: 1, Parts: []string{"Enterprises", "Universities", "Others"},
		Wholes: []Whole{{"Nanjing", []Value{v("50"), v("40"), v("10")}}, {"Suzhou", []Value{v("2"), v("1"), v("0")}}, {"Wuxi", []Value{v("2"), Absent("not reported"), v("0")}}}}, english)
	for _, want := range []string{"50.0%", "40.0%", "10.0%", "66.7%", "33.3%", "not reported"} {
		if !c.has(want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	if c.has("0.0%") || c.has("100.0%") {
		t.Error("a share is made up")
	}
}

func TestSharesNeedAllParts(t *testing.T) {
	for _, w := range []Whole{{}, {Parts: []Value{v("1")}}, {Parts: []Value{v("1"), {}}}, {Parts: []Value{v("2"), v("-1")}}, {Parts: []Value{v("0"), v("0")}}} {
		if shares, ok := w.Of(2); ok {
			t.Errorf("%v has the shares %v", w.Parts, shares)
		}
	}
	shares, ok := Whole{Parts: []Value{v("1"), v("3")}}.Of(2)
	if !ok || shares[0].Text(2) != "0.25" || shares[1].Text(2) != "0.75" {
		t.Errorf("1 and 3 are %v", shares)
	}
}

func TestLinesGolden(t *testing.T) {
	c := golden(t, "lines", Lines{About: About{Title: "Grants caught up", Unit: "pieces"}, Periods: []string{"2018", "2019", "2020"},
		Series: []Run{{"Filed", []Value{v("90"), v("120"), v("150")}, true}, {"Granted", []Value{v("60"), {}, v("140")}, false}, {"Refused", []Value{v("5"), v("6"), Absent("not reported")}, false}}}, english)
	for _, want := range []string{"Filed", "150", "Granted", "140", "6 (2019)", "Granted: 2019 no data; Refused: 2020 not reported"} {
		if !c.has(want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
}

func TestALineHasAGapWhereAValueIsAbsent(t *testing.T) {
	r := Run{Values: []Value{v("1"), v("2"), {}, v("3"), {}, v("4"), v("5")}}
	items := curve(r, 7, 0, func(i int) float64 { return float64(i) }, scale{decimal.Of(0), decimal.Of(5), 5, 0}, false)
	want := [][]Point{{{0, 4}, {1, 3}}, {{5, 1}, {6, 0}}}
	if d := cmp.Diff(want, items[0].(Path).Lines); d != "" {
		t.Error(d)
	}
	if dot, ok := items[1].(Circle); !ok || len(items) != 2 || dot.X != 3 || dot.Y != 2 {
		t.Errorf("a value between two gaps is drawn as %v", items[1:])
	}
}

func TestMultiplesGolden(t *testing.T) {
	c := golden(t, "multiples", Multiples{About: About{Title: "All cities filed more", Unit: "pieces"}, Periods: []string{"2018", "2019", "2020"},
		Runs: []Run{{"Nanjing", []Value{v("90"), v("120"), v("150")}, false}, {"Wuxi", []Value{v("60"), v("70")}, false}, {"Suqian", []Value{{}, {}, Absent("not reported")}, false}}}, english)
	for _, want := range []string{"Nanjing", "150", "70 (2019)", "not reported", "2018", "2020"} {
		if !c.has(want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
}

func TestBarsAreAsLongAsTheirValues(t *testing.T) {
	b := Bars{Bars: []Bar{{"a", v("100"), false}, {"b", v("50"), false}, {"c", v("-25"), false}, {"d", v("0"), false}, {"e", Value{}, false}}}
	var long []float64
	for _, i := range b.Scene(Wide, english).Items {
		if g, ok := i.(Group); ok && g.Role == Data {
			for _, mark := range g.Items {
				sum := 0.0
				for _, part := range mark.(Group).Items {
					if r, ok := part.(Rect); ok {
						sum += r.W
					}
				}
				long = append(long, sum)
			}
		}
	}
	unit := long[0] / 100
	for i, want := range []float64{100, 50, 0, 25, 0} {
		if d := long[i] - want*unit; d > 0.01 || d < -0.01 {
			t.Errorf("bar %d is %v long, want %v", i, long[i], want*unit)
		}
	}
}
