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

func testMany(t *testing.T, chart func(maker) Chart) {
	t.Helper()
	n := uint64(1500)
	if testing.Short() {
		n = 150
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

func TestBarsStandClear(t *testing.T) { testMany(t, maker.bars) }

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
