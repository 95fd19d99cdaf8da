package chart

import (
	"bytes"
	"encoding/xml"
	"image/color"
	"image/png"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"onewindow/internal/decimal"
	"onewindow/internal/font"
	"onewindow/internal/i18n"
)

func TestPNG(t *testing.T) {
	s := &Scene{Width: 100, Height: 60, Items: []Item{
		Path{Lines: [][]Point{square(10, 10, 40), square(20, 20, 20)}, Closed: true, Style: Style{Fill: Plain}},
		Rect{60, 10, 20, 20, Style{Fill: Seal}},
		line(60, 40, 90, 40, Style{Stroke: Ink, Width: 4, Dash: true}),
		Circle{90, 20, 6, Style{Fill: Strong, Stroke: Ink, Width: 2}},
		Text{X: 58, Y: 58, Size: 12, Paint: Ink, Text: "国"},
	}}
	b, err := PNG(s, Light, 2)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if size := img.Bounds().Size(); size.X != 200 || size.Y != 120 {
		t.Errorf("the picture is %v", size)
	}
	at := func(x, y float64) color.RGBA {
		return color.RGBAModel.Convert(img.At(int(x*2), int(y*2))).(color.RGBA)
	}
	for _, tt := range []struct {
		what string
		x, y float64
		want Paint
	}{
		{"an area", 15, 30, Plain}, {"a hole in it", 30, 30, Paper}, {"a rectangle", 70, 20, Seal}, {"the ground", 5, 5, Paper},
		{"a dash", 62, 40, Ink}, {"a gap", 65.5, 40, Paper}, {"a disc", 90, 20, Strong}, {"its border", 96, 20, Ink},
	} {
		if got := at(tt.x, tt.y); got != Light.Color(tt.want) {
			t.Errorf("%s is %v, want %v", tt.what, got, Light.Color(tt.want))
		}
	}
	dark := 0
	for y := 48.0; y < 59; y += 0.5 {
		for x := 58.0; x < 70; x += 0.5 {
			if at(x, y).R < 100 {
				dark++
			}
		}
	}
	if dark < 40 || dark > 400 {
		t.Errorf("a character has %d dark pixels", dark)
	}
	if _, err := PNG(&Scene{Width: 10000, Height: 10000}, Light, 1); err == nil {
		t.Error("a picture of 100 million pixels was drawn")
	}
}

func TestSVGKeepsApartWhatIsText(t *testing.T) {
	b := Bars{About: About{Title: `<script>"&`}, Bars: []Bar{{`</text><a href="x">`, v("1"), false}}}
	got := string(SVG(b.Scene(Wide, english)))
	if strings.Contains(got, "<script") || strings.Contains(got, "<a ") {
		t.Errorf("a text became an element: %s", got)
	}
	if !strings.Contains(got, "prefers-color-scheme: dark") || !strings.Contains(got, "<title id=") || !strings.Contains(got, "<desc id=") || !strings.Contains(got, `role="img"`) {
		t.Errorf("the file lacks its dark theme, title, description or role: %.600s", got)
	}
}

func TestHTML(t *testing.T) {
	b := Bars{About: About{Title: "Nanjing holds most"}, Bars: []Bar{{"Nanjing", v("82"), false}}}
	got := string(HTML(b, english, "c1"))
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\bid="([^"]*)"`).FindAllStringSubmatch(got, -1) {
		if seen[m[1]] {
			t.Errorf("id %q stands twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`aria-(?:labelledby|describedby)="([^"]*)"`).FindAllStringSubmatch(got, -1) {
		if !seen[m[1]] {
			t.Errorf("there is no id %q", m[1])
		}
	}
	if strings.Contains(got, "<style") || strings.Contains(got, " style=") {
		t.Error("the policy of pages allows no style in them")
	}
	for d := xml.NewDecoder(strings.NewReader(got)); ; {
		if _, err := d.Token(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	css := CSS()
	for _, m := range regexp.MustCompile(` class="([fs]-[^"]*)"`).FindAllStringSubmatch(got, -1) {
		for _, class := range strings.Fields(m[1]) {
			if strings.Count(css, ".chart ."+class+"{") != 2 {
				t.Errorf("class %s has no colour in both themes", class)
			}
		}
	}
	if got := string(HTML(b, english, `"><b`)); strings.Contains(got, "<b") && !strings.Contains(got, "&lt;b") {
		t.Error("an id became an element")
	}
}

func TestThemesHaveTheSamePaints(t *testing.T) {
	for p := range Light {
		Dark.Color(p)
	}
	if len(Light) != len(Dark) {
		t.Errorf("%d and %d paints", len(Light), len(Dark))
	}
}

func TestLocales(t *testing.T) {
	c, err := i18n.Load(os.DirFS("../../defs"))
	if err != nil {
		t.Fatal(err)
	}
	n := decimal.Must("-1234.567")
	for lang, want := range map[string]string{"en": "a: b|-1,234.57|12.3%|1 area", "zh": "a：b|-1,234.57|12.3%|1 个地区"} {
		l := In(c.Printer(lang))
		if got := strings.Join([]string{l.Joined("a", "b"), l.Number(n, 2), l.Percent(decimal.Must("0.1234"), 1), l.Areas(1)}, "|"); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
		for _, text := range []string{l.Sample, l.Absent, l.Borders, l.NoMap} {
			if text == "" || strings.HasPrefix(text, "chart.") || font.Plain(text) != text {
				t.Errorf("%s: text %q", lang, text)
			}
		}
	}
}
