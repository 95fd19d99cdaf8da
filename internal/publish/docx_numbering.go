package publish

import "fmt"

// Lists: how many levels they have, how far each stands in (twentieths of a point), and
// the instance of all that are not ordered.
const (
	listLevels = 9
	listIndent = 420
	bulletList = 1
)

// numbering writes what lists count by. It comes last: it has an instance for each
// ordered list.
func (x *docx) numbering() {
	p := x.pack.part("word/numbering.xml", contentNumbering)
	p.open("w:numbering")
	bullets := []string{"•", "–", "▪"}
	counts := []string{"decimal", "lowerLetter", "lowerRoman"}
	for kind := range 2 {
		fmt.Fprintf(p, `<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="hybridMultilevel"/>`, kind)
		for level := range listLevels {
			format, text := "bullet", bullets[level%len(bullets)]
			if kind == 1 {
				format, text = counts[level%len(counts)], fmt.Sprintf("%%%d.", level+1)
			}
			fmt.Fprintf(p, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="%d" w:hanging="340"/></w:pPr></w:lvl>`,
				level, format, text, listIndent*(level+1))
		}
		p.add("</w:abstractNum>\n")
	}
	fmt.Fprintf(p, `<w:num w:numId="%d"><w:abstractNumId w:val="0"/></w:num>`, bulletList)
	for i := range x.ordered {
		fmt.Fprintf(p, `<w:num w:numId="%d"><w:abstractNumId w:val="1"/>`, bulletList+1+i)
		for level := range listLevels {
			fmt.Fprintf(p, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="1"/></w:lvlOverride>`, level)
		}
		p.add("</w:num>")
	}
	p.add("</w:numbering>")
	x.body.relate(relNumbering, "numbering.xml")
}
