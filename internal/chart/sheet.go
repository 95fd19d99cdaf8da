package chart

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/font"
)

// Chart is a chart of any kind: it lays itself out for a width, in a locale. Widths
// below 240 are taken as 240.
type Chart interface {
	Scene(width float64, l Locale) *Scene
}

// About is what stands around a chart of any kind. Title states the finding.
type About struct {
	Title    string
	Subtitle string // what is counted, where and when
	Unit     string
	Source   string
	Notes    []string
	Sample   bool // whether any of it rests on sample data
	Bare     bool // title and subtitle stand beside the picture: it draws none
}

// Sizes of texts.
const (
	titleSize = 17.0
	textSize  = 12.5
	smallSize = 11.5
	minWidth  = 240.0
	maxNotes  = 8
	maxDesc   = 160 // characters of one label in the description of a scene
)

// sheet is a scene in the making: y is how far down it is filled.
type sheet struct {
	*Scene
	about About
	l     Locale
	y     float64
	desc  []string
}

// begin starts a scene with the head of a chart.
func begin(a About, l Locale, width float64) *sheet {
	s := &sheet{Scene: &Scene{Width: max(width, minWidth), Lang: l.Lang, Title: font.Plain(a.Title)}, about: a, l: l}
	g := Group{Role: Head}
	if !a.Bare {
		g.Items = append(g.Items, Rect{W: 36, H: 3, Style: Style{Fill: Seal}})
		s.y = 8
	}
	if a.Sample {
		t := s.text(s.Width-7, 14, End, smallSize, true, Seal, l.Sample, s.Width-60)
		w := font.Width(t.Text, t.Size, true) + 12
		g.Items = append(g.Items, Rect{s.Width - w - 0.75, 0.75, w, 19, Style{Stroke: Seal, Width: 1.5}}, t)
		s.y = 24
	}
	if !a.Bare {
		g.Items = append(g.Items, s.block(0, Start, titleSize, true, Ink, a.Title, s.Width, 4)...)
		s.y += 2
		g.Items = append(g.Items, s.block(0, Start, textSize, false, Soft, bracketed(a.Subtitle, a.Unit), s.Width, 3)...)
		s.y += 10
	}
	if len(g.Items) > 0 {
		s.Items = append(s.Items, g)
	}
	for _, t := range []string{a.Subtitle, a.Unit} {
		s.say(t, "")
	}
	return s
}

// bracketed returns a text with another behind it, in brackets of its script.
func bracketed(a, b string) string {
	switch {
	case a == "" || b == "":
		return a + b
	case strings.ContainsFunc(a+b, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
		return a + "（" + b + "）"
	}
	return a + " (" + b + ")"
}

// finish ends a scene with the notes and the source of a chart.
func (s *sheet) finish() *Scene {
	g := Group{Role: Foot}
	s.y += 8
	notes := s.about.Notes[:min(len(s.about.Notes), maxNotes)]
	for _, n := range append(notes[:len(notes):len(notes)], s.about.Source) {
		g.Items = append(g.Items, s.block(0, Start, smallSize, false, Soft, n, s.Width, 4)...)
		s.say(n, "")
	}
	if len(g.Items) > 0 {
		s.Items = append(s.Items, g)
	}
	if s.about.Sample {
		s.desc = append([]string{s.l.Sample}, s.desc...)
	}
	s.Height = s.y + 4
	s.Desc = strings.Join(s.desc, s.l.Apart)
	return s.Scene
}

// say adds a label and its value to the description.
func (s *sheet) say(label, value string) {
	label = clip(font.Plain(label))
	if value != "" {
		label = s.l.Joined(label, clip(value))
	}
	if label != "" {
		s.desc = append(s.desc, label)
	}
}

// clip cuts a text to the length that descriptions give one label.
func clip(s string) string {
	if utf8.RuneCountInString(s) <= maxDesc {
		return s
	}
	return string([]rune(s)[:maxDesc-1]) + font.Ellipsis
}

// text returns a line of text that is cut to a width.
func (s *sheet) text(x, y float64, a Anchor, size float64, bold bool, p Paint, text string, width float64) Text {
	plain := font.Plain(text)
	t := Text{X: x, Y: y, Anchor: a, Size: size, Bold: bold, Paint: p, Text: font.Of(bold).Elide(plain, size, width)}
	if t.Text != plain {
		t.Full = plain
	}
	return t
}

// leading returns the distance of base lines of a size.
func leading(size float64) float64 { return size * 1.35 }

// rows returns the lines of a text at a place: y is the top of the first.
func (s *sheet) rows(x, y float64, a Anchor, size float64, bold bool, p Paint, lines []string, full string) []Item {
	var out []Item
	for i, l := range lines {
		t := Text{X: x, Y: y + leading(size)*float64(i) + size*1.05, Anchor: a, Size: size, Bold: bold, Paint: p, Text: l}
		if i == len(lines)-1 {
			t.Full = full
		}
		out = append(out, t)
	}
	return out
}

// block returns a text below what is there, wrapped into most lines at most.
func (s *sheet) block(x float64, a Anchor, size float64, bold bool, p Paint, text string, width float64, most int) []Item {
	lines, whole := font.Of(bold).Fit(text, size, width, most)
	full := ""
	if !whole {
		full = font.Plain(text)
	}
	out := s.rows(x, s.y, a, size, bold, p, lines, full)
	s.y += leading(size) * float64(len(lines))
	return out
}

// labelRoom is how wide labels beside bars may be; wider ones stand above them.
func (s *sheet) labelRoom() float64 {
	if s.narrow() {
		return s.Width * 0.36
	}
	return s.Width * 0.42
}

// narrow tells whether the scene is for a telephone.
func (s *sheet) narrow() bool { return s.Width < 500 }
