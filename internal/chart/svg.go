package chart

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/font"
)

// families are the typefaces that a picture is read in: the one that it was measured
// with, and what devices have in its place.
const families = "'" + font.Family + "','Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',Arial,sans-serif"

// SVG writes a scene as a file of its own: an image with title and description,
// which follows the reader's dark theme.
func SVG(s *Scene) []byte { return svg(s, "chart", sheetOf(true)) }

// Inline writes a scene as an element of a page. Its colours follow the sheet that
// CSS returns, which the page must include. id is unique on the page.
func Inline(s *Scene, id string) []byte { return svg(s, id, "") }

// CSS returns the rules for the pictures of a page: their colours in the light and
// in the dark theme of the reader, and which of two widths is shown.
func CSS() string { return widths + sheetOf(false) }

// widths shows the wide or the narrow picture of HTML by the room around it. Within
// some limits a picture shrinks or grows with that.
const widths = `.chart-both { container-type: inline-size; margin-block: 1.5rem; }
.chart { display: block; max-width: 100%; height: auto; }
.chart-narrow { display: none; }
.chart-narrow .chart { width: 100%; max-width: 30rem; }
@container (max-width: 600px) {
  .chart-wide { display: none; }
  .chart-narrow { display: block; }
}
`

// sheetOf writes the rules of both themes. In a file of its own, the light theme
// stands at the shapes already.
func sheetOf(alone bool) string {
	var b strings.Builder
	if !alone {
		rules(&b, Light)
	}
	b.WriteString("@media (prefers-color-scheme: dark) {\n")
	rules(&b, Dark)
	b.WriteString("}\n")
	return b.String()
}

// rules writes one rule for every paint of a theme.
func rules(b *strings.Builder, t Theme) {
	for _, p := range slices.Sorted(maps.Keys(t)) {
		fmt.Fprintf(b, ".chart .f-%[1]s{fill:%[2]s}.chart .s-%[1]s{stroke:%[2]s}\n", p, t.Hex(p))
	}
}

func svg(s *Scene, id, style string) []byte {
	w := &svgWriter{}
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="%[1]s-t" aria-describedby="%[1]s-d" width="%[2]s" height="%[3]s" viewBox="0 0 %[2]s %[3]s" font-family="%[4]s"`,
		html.EscapeString(id), num(s.Width), num(s.Height), families)
	if s.Lang != "" {
		fmt.Fprintf(w, ` lang="%[1]s" xml:lang="%[1]s"`, html.EscapeString(s.Lang))
	}
	fmt.Fprintf(w, ">\n<title id=\"%[1]s-t\">%[2]s</title>\n<desc id=\"%[1]s-d\">%[3]s</desc>\n",
		html.EscapeString(id), escape(s.Title), escape(s.Desc))
	if style != "" {
		fmt.Fprintf(w, "<style>\n%s</style>\n", style)
		w.Rect(Rect{W: s.Width, H: s.Height, Style: Style{Fill: Paper}})
	}
	s.Draw(w)
	w.WriteString("</svg>\n")
	return w.Bytes()
}

// svgWriter writes a scene as elements, coloured by class and, for readers without
// style sheets, by attribute in the light theme.
type svgWriter struct{ bytes.Buffer }

func (w *svgWriter) Begin(g Group) {
	fmt.Fprintf(w, `<g class="chart-%s">`, g.Role)
	if g.Label != "" {
		fmt.Fprintf(w, "<title>%s</title>", escape(g.Label))
	}
	w.WriteString("\n")
}

func (w *svgWriter) End() { w.WriteString("</g>\n") }

func (w *svgWriter) Rect(r Rect) {
	fmt.Fprintf(w, `<rect x="%s" y="%s" width="%s" height="%s"%s/>`+"\n", num(r.X), num(r.Y), num(r.W), num(r.H), paints(r.Style))
}

func (w *svgWriter) Circle(c Circle) {
	fmt.Fprintf(w, `<circle cx="%s" cy="%s" r="%s"%s/>`+"\n", num(c.X), num(c.Y), num(c.R), paints(c.Style))
}

func (w *svgWriter) Path(p Path) {
	w.WriteString(`<path d="`)
	for _, l := range p.Lines {
		var before Point
		for i, pt := range l {
			pt = Point{hundredth(pt.X), hundredth(pt.Y)}
			if i == 0 {
				w.WriteString("M" + num(pt.X) + " " + num(pt.Y))
			} else {
				w.WriteString("l" + num(pt.X-before.X) + " " + num(pt.Y-before.Y))
			}
			before = pt
		}
		if p.Closed {
			w.WriteString("Z")
		}
	}
	w.WriteString(`"` + paints(p.Style))
	if p.Closed {
		w.WriteString(` fill-rule="evenodd"`)
	}
	w.WriteString("/>\n")
}

// Text writes a text that takes as much room as it was measured to, in whatever
// typeface it is read.
func (w *svgWriter) Text(t Text) {
	fmt.Fprintf(w, `<text x="%s" y="%s" font-size="%s"`, num(t.X), num(t.Y), num(t.Size))
	if t.Anchor != Start {
		fmt.Fprintf(w, ` text-anchor="%s"`, [...]string{Middle: "middle", End: "end"}[t.Anchor])
	}
	if t.Bold {
		w.WriteString(` font-weight="700"`)
	}
	fmt.Fprintf(w, ` textLength="%s" lengthAdjust="spacingAndGlyphs"%s>`, num(font.Width(t.Text, t.Size, t.Bold)), paints(Style{Fill: t.Paint}))
	if t.Full != "" {
		fmt.Fprintf(w, "<title>%s</title>", escape(t.Full))
	}
	w.WriteString(escape(t.Text) + "</text>\n")
}

// paints writes a style as classes and attributes.
func paints(s Style) string {
	var class []string
	var rest string
	if s.Fill != "" {
		class = append(class, "f-"+string(s.Fill))
		rest += ` fill="` + Light.Hex(s.Fill) + `"`
	} else {
		rest += ` fill="none"`
	}
	if s.Stroke != "" {
		class = append(class, "s-"+string(s.Stroke))
		rest += fmt.Sprintf(` stroke="%s" stroke-width="%s" stroke-linejoin="round"`, Light.Hex(s.Stroke), num(s.Width))
	}
	if s.Dash {
		rest += ` stroke-dasharray="4 3"`
	}
	if len(class) == 0 {
		return rest
	}
	return ` class="` + strings.Join(class, " ") + `"` + rest
}

// hundredth returns a length rounded to a hundredth of a pixel.
func hundredth(f float64) float64 { return math.Round(f*100)/100 + 0 }

// num writes a length to a hundredth of a pixel.
func num(f float64) string { return strconv.FormatFloat(hundredth(f), 'f', -1, 64) }

// escape writes a text for XML.
func escape(s string) string { return html.EscapeString(font.Plain(s)) }
