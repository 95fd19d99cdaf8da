package publish

import (
	"fmt"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// emu are the English metric units, the unit of drawings, in a twentieth of a point.
const emu = 635

// picture writes a picture below its caption: lines and shapes where they are
// understood, pixels elsewhere.
func (x *docx) picture(c *paper.Chart, bookmark string) {
	label := x.say("paper.see.chart", ierr.Args{"n": c.N})
	x.at.add(para("Caption", "", x.bookmark(bookmark, x.captionLabel(label, c.N, "Figure"))+x.spans(c.Title)))
	x.at.add(para("CaptionDetail", "", run(c.Subtitle, look{})))

	scene := x.scene(c)
	pixels, err := chart.PNG(scene, chart.Light, 2)
	x.failed(err)
	x.pictures++
	name := fmt.Sprintf("media/image%d", x.pictures)
	x.pack.part("word/"+name+".png", "").Write(pixels)
	x.pack.part("word/"+name+".svg", "").Write(chart.Inline(scene, fmt.Sprintf("image%d", x.pictures)))

	scale := min(pictureScale, 0.85*textHeight/scene.Height) * emu
	x.at.add(para("Picture", held(len(c.Notes) > 0), drawing{
		id: x.pictures, name: label, title: scene.Title, desc: scene.Desc, width: int(scene.Width * scale), height: int(scene.Height * scale),
		png: x.at.relate(relImage, name+".png"), svg: x.at.relate(relImage, name+".svg"),
	}.inline()))
	x.tableNotes(c.Notes)
}

// pictureScale makes a wide picture as wide as the text; mapHeight leaves room for
// another picture on the page. Both are in twentieths of a point.
const (
	pictureScale = textWidth / chart.Wide
	mapHeight    = 0.45 * textHeight
)

// scene lays a picture out. A map that would be too high is made narrower: its letters
// stay as large as those of the others.
func (x *docx) scene(c *paper.Chart) *chart.Scene {
	drawn := x.e.drawing(x.d, c)
	width := chart.Wide
	s := drawn.Scene(width, x.locale())
	for c.Kind == paper.Map && s.Height*pictureScale > mapHeight && width > chart.Wide/2 {
		width *= 0.9
		s = drawn.Scene(width, x.locale())
	}
	return s
}

// drawing is a picture in a line of text. Sizes are in English metric units; png and
// svg are ids of relations.
type drawing struct {
	id                int
	name, title, desc string
	width, height     int
	png, svg          string
}

// inline writes the drawing with its lines and shapes as an extension of the pixels
// (MS-ODRAWXML 2.3.3.28, svgBlip).
func (d drawing) inline() string {
	about := fmt.Sprintf(`id="%d" name="%s" descr="%s" title="%s"`, d.id, esc(d.name), esc(d.desc), esc(d.title))
	size := fmt.Sprintf(`cx="%d" cy="%d"`, d.width, d.height)
	return `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ` + size + `/><wp:docPr ` + about + `/>` +
		`<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>` +
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>` +
		`<pic:nvPicPr><pic:cNvPr ` + about + `/><pic:cNvPicPr/></pic:nvPicPr>` +
		`<pic:blipFill><a:blip r:embed="` + d.png + `"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">` +
		`<asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="` + d.svg + `"/>` +
		`</a:ext></a:extLst></a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>` +
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ` + size + `/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>` +
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
}
