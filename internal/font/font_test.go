package font

import (
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestFacesHaveRealWidths(t *testing.T) {
	for _, bold := range []bool{false, true} {
		f := Of(bold)
		if got := f.Width("专利", 10); got != 20 {
			t.Errorf("two Chinese characters of size 10 are %v wide", got)
		}
		for _, r := range "0123456789" {
			if f.advance(r) != f.advance('0') {
				t.Errorf("figure %c does not stand in a column with the others", r)
			}
		}
		if f.Width("iii", 10) >= f.Width("WWW", 10) {
			t.Error("i is as wide as W")
		}
		if f.advance('\U0010FFFD') != f.notdef || f.advance(-1) != f.notdef {
			t.Error("a missing character has not the width of the sign for one")
		}
	}
	if Width("Nanjing", 12, true) <= Width("Nanjing", 12, false) {
		t.Error("bold is no wider than regular")
	}
}

func TestCharactersKeepWithinTheLine(t *testing.T) {
	var b sfnt.Buffer
	for _, bold := range []bool{false, true} {
		for _, r := range "AWfghjklpqy()[]{}0123456789%国鑫专利權，。《》（）…—" {
			segs, err := Of(bold).Outline(&b, r, 1000)
			if err != nil {
				t.Fatal(err)
			}
			box := segs.Bounds()
			if top, low := -float64(box.Min.Y)/64000, float64(box.Max.Y)/64000; top > Ascent || low > Descent {
				t.Errorf("%c reaches %.3f above and %.3f below the base line", r, top, low)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		text  string
		width float64
		want  string
	}{
		{"", 100, ""},
		{"one two three", 37, "one|two|three"},
		{"one two three", 45, "one two|three"},
		{"发明专利申请量，按设区市分。", 70, "发明专利申请|量，按设区市|分。"},
		{"截至（二〇二〇年）末", 30, "截至|（二〇|二〇|年）末"},
		{"Donaudampfschiff", 45, "Donauda|mpfschiff"},
		{"a\nb\tc\u200b", 100, "a b c"},
		{"专利", 1, "专|利"},
	}
	for _, tt := range tests {
		if got := strings.Join(Of(false).Wrap(tt.text, 10, tt.width), "|"); got != tt.want {
			t.Errorf("Wrap(%q, %v) = %q, want %q", tt.text, tt.width, got, tt.want)
		}
	}
}

func TestNothingIsLostAndNothingTooWide(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	letters := []rune("ab -/,.()（）《》，。、专利权江苏省%0123456789 WM")
	for range 2000 {
		text := make([]rune, rnd.IntN(80))
		for i := range text {
			text[i] = letters[rnd.IntN(len(letters))]
		}
		width, f := 15+rnd.Float64()*150, Of(rnd.IntN(2) == 0)
		lines := f.Wrap(string(text), 12, width)
		if got, want := strings.Join(lines, ""), Plain(string(text)); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Fatalf("%q became %q", want, got)
		}
		for _, l := range lines {
			if f.Width(l, 12) > width {
				t.Fatalf("%q is wider than %v", l, width)
			}
		}
		if e := f.Elide(string(text), 12, width); f.Width(e, 12) > width {
			t.Fatalf("%q is wider than %v", e, width)
		}
		fit, whole := f.Fit(string(text), 12, width, 2)
		if whole != (len(lines) <= 2) || len(fit) > 2 || !whole && !strings.HasSuffix(fit[len(fit)-1], Ellipsis) {
			t.Fatalf("%q fits as %q, %v", text, fit, whole)
		}
		for _, l := range fit {
			if f.Width(l, 12) > width {
				t.Fatalf("%q is wider than %v", l, width)
			}
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(regularGzip)
	}
}
