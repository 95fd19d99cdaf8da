package publish

import (
	"fmt"
	"strings"
)

// properties writes what the file says of itself: title, language, publisher and, of an
// edition, the day of its release.
func (x *docx) properties() {
	title := x.d.Title
	if x.e.Sample() {
		title = "[" + x.say("paper.sample.word", nil) + "] " + title
	}
	lang, asia, _ := x.languages()
	if strings.HasPrefix(asia, x.d.Lang) {
		lang = asia
	}
	p := x.pack.part("docProps/core.xml", contentCore)
	p.add(xmlHead, `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"`,
		` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, v := range [][2]string{
		{"title", title}, {"subject", x.d.Subtitle}, {"creator", x.d.Publisher}, {"identifier", x.e.Name()}, {"language", lang}, {"description", x.e.about(x.d)},
	} {
		if v[1] != "" {
			fmt.Fprintf(p, "<dc:%[1]s>%[2]s</dc:%[1]s>", v[0], esc(v[1]))
		}
	}
	if x.e.Released != 0 {
		for _, name := range []string{"created", "modified"} {
			fmt.Fprintf(p, `<dcterms:%[1]s xsi:type="dcterms:W3CDTF">%[2]sT00:00:00Z</dcterms:%[1]s>`, name, x.e.Released)
		}
	}
	p.add("</cp:coreProperties>")

	app := x.pack.part("docProps/app.xml", contentApp)
	app.add(xmlHead, `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>OneWindow</Application></Properties>`)
}
