package publish

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// esc writes a text for XML. What XML cannot hold is replaced.
func esc(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return "" // a buffer takes all
	}
	return b.String()
}

// num writes a length.
func num(n int) string { return strconv.Itoa(n) }

// look is how a run of text looks: a character style and what is added to it.
type look struct {
	style        string
	bold, italic bool
	raised       bool
}

func (l look) properties() string {
	s := ""
	if l.style != "" {
		s += `<w:rStyle w:val="` + l.style + `"/>`
	}
	if l.bold {
		s += "<w:b/><w:bCs/>"
	}
	if l.italic {
		s += "<w:i/><w:iCs/>"
	}
	if l.raised {
		s += `<w:vertAlign w:val="superscript"/>`
	}
	if s == "" {
		return ""
	}
	return "<w:rPr>" + s + "</w:rPr>"
}

// run writes a run of text; lines and tabs in it are such.
func run(text string, l look) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString("<w:r>" + l.properties())
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				b.WriteString("<w:tab/>")
			}
			if piece != "" {
				b.WriteString(`<w:t xml:space="preserve">` + esc(piece) + "</w:t>")
			}
		}
	}
	b.WriteString("</w:r>")
	return b.String()
}

// para writes a paragraph of a style; more are properties that follow the style's name
// in the order of the standard.
func para(style, more, content string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + "</w:pPr>" + content + "</w:p>\n"
}

// held keeps a paragraph on the page of the next.
func held(yes bool) string {
	if yes {
		return "<w:keepNext/>"
	}
	return ""
}

// field writes a field with what it shows until it is worked out again.
func field(instruction, shown string, l look) string {
	return `<w:fldSimple w:instr=" ` + esc(instruction) + ` ">` + run(shown, l) + "</w:fldSimple>"
}

// mark names a bookmark: a letter and a number.
func mark(letter string, n int) string { return letter + strconv.Itoa(n) }

// bookmark writes content as the place of a bookmark.
func (x *docx) bookmark(name, content string) string {
	if name == "" {
		return content
	}
	x.bookmarks++
	return fmt.Sprintf(`<w:bookmarkStart w:id="%[1]d" w:name="%[2]s"/>%[3]s<w:bookmarkEnd w:id="%[1]d"/>`, x.bookmarks, name, content)
}

// jump writes content that leads to a bookmark, by itself where there is none.
func jump(name, content string) string {
	if name == "" {
		return content
	}
	return `<w:hyperlink w:anchor="` + name + `" w:history="1">` + content + "</w:hyperlink>"
}
