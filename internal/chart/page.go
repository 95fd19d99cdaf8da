package chart

import "html/template"

// HTML draws a chart for a page at both widths; the rules that CSS returns show the
// one that the room has place for. id is unique on the page, and of letters, digits
// and hyphens.
func HTML(c Chart, l Locale, id string) template.HTML {
	b := []byte(`<div class="chart-both"><div class="chart-wide">`)
	b = append(b, Inline(c.Scene(Wide, l), id+"-w")...)
	b = append(b, `</div><div class="chart-narrow">`...)
	b = append(b, Inline(c.Scene(Narrow, l), id+"-n")...)
	return template.HTML(append(b, `</div></div>`...))
}
