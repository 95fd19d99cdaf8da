package publish

import (
	"fmt"

	"onewindow/internal/font"
)

// The page: A4 and its margins, in twentieths of a point.
const (
	pageWidth, pageHeight = 11906, 16838
	marginSide            = 1247 // 22 mm
	marginTop, marginFoot = 1418, 1304
	marginHead            = 680
	textWidth             = pageWidth - 2*marginSide
	textHeight            = pageHeight - marginTop - marginFoot
)

// section ends the body with what all pages are like.
func (x *docx) section() {
	head := x.edge("header", "w:hdr", contentHeader, relHeader, para("Header", "", run(x.shortTitle()+"\t", look{})+x.sampleMark()))
	foot := x.edge("footer", "w:ftr", contentFooter, relFooter, para("Footer", "", run(x.e.Name()+"\t", look{})+
		field("PAGE", "1", look{})+run(" / ", look{})+field("NUMPAGES", "1", look{})))
	fmt.Fprintf(x.body, `<w:sectPr><w:headerReference w:type="default" r:id="%s"/><w:footerReference w:type="default" r:id="%s"/>`+
		`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/></w:sectPr>`,
		head, foot, pageWidth, pageHeight, marginTop, marginSide, marginFoot, marginSide, marginHead, marginHead)
}

// edge adds the part of what stands above or below every page, and returns its id.
func (x *docx) edge(name, root, content, relation, inner string) string {
	p := x.pack.part("word/"+name+"1.xml", content)
	p.open(root)
	p.add(inner, "</", root, ">")
	return x.body.relate(relation, name+"1.xml")
}

// shortTitle is the title as far as it fits above a page.
func (x *docx) shortTitle() string {
	const share = 0.8 // of the line; the rest is for the mark
	return font.Of(false).Elide(font.Plain(x.d.Title), pixels(17), share*float64(textWidth)/twips)
}

// sampleMark is the mark of an edition that rests on invented records.
func (x *docx) sampleMark() string {
	if !x.e.Sample() {
		return ""
	}
	return run(x.say("paper.sample.word", nil), look{style: "SampleMark"})
}

// twips are the twentieths of a point in a pixel, the unit of pictures and of the
// widths of text.
const twips = 15.0

// pixels is a size of text, in half points, as pixels.
func pixels(halfPoints int) float64 { return float64(halfPoints) * 10 / twips }
