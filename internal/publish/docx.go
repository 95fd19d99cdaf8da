package publish

import (
	"io"
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/paper"
)

// docx writes a document in WordprocessingML (ISO/IEC 29500). It is of one document
// and writes it once.
type docx struct {
	e     *Edition
	d     *paper.Document
	pack  *ooxml
	body  *ooxmlPart
	notes *ooxmlPart

	at        *ooxmlPart        // what is written to now: the body or the footnotes
	targets   map[string]string // bookmarks of headings, tables and charts, by their ids
	figures   []figuresOf
	rows      map[int]bool // numbers of the figures that stand in the appendix
	bookmarks int          // so many are written, as pictures and ordered lists
	pictures  int
	ordered   int
	marked    map[int]bool // footnotes that a mark was written of
	fault     error        // the first
}

// writeDOCX writes the edition as a document for word processors, on A4.
func writeDOCX(e *Edition, d *paper.Document, w io.Writer) error {
	x := &docx{e: e, d: d, pack: &ooxml{}, targets: map[string]string{}, figures: e.figures(d), rows: map[int]bool{}, marked: map[int]bool{}}
	x.body = x.pack.part("word/document.xml", contentDocument)
	x.notes = x.pack.part("word/footnotes.xml", contentFootnotes)
	x.at = x.body
	x.find(d.Blocks)
	for _, of := range x.figures {
		for _, f := range of.Figures {
			x.rows[f.N] = true
		}
	}
	x.document()
	if x.fault != nil {
		return x.fault
	}
	return x.pack.write(w)
}

// find names the bookmarks of what can be pointed at.
func (x *docx) find(blocks []paper.Block) {
	letters := map[paper.BlockKind]string{paper.Heading: "h", paper.TableBlock: "t", paper.ChartBlock: "c"}
	for _, b := range blocks {
		if letter := letters[b.Kind]; letter != "" && b.ID != "" {
			x.targets[b.ID] = mark(letter, len(x.targets)+1)
		}
		for _, item := range b.Items {
			x.find(item)
		}
	}
}

// document writes all parts.
func (x *docx) document() {
	x.body.open("w:document")
	x.body.add("<w:body>")
	x.notes.open("w:footnotes")
	x.notes.add(`<w:footnote w:type="separator" w:id="-1">`, para("FootnoteText", "", "<w:r><w:separator/></w:r>"), "</w:footnote>",
		`<w:footnote w:type="continuationSeparator" w:id="0">`, para("FootnoteText", "", "<w:r><w:continuationSeparator/></w:r>"), "</w:footnote>\n")
	x.front()
	x.contents()
	if len(x.d.Blocks) > 0 && x.d.Blocks[0].Kind != paper.Heading {
		x.body.add(para("TableEnd", "<w:pageBreakBefore/>", ""))
	}
	for _, b := range x.d.Blocks {
		x.block(b, 0)
	}
	x.footnotes()
	x.definitions()
	x.proof()
	x.section()
	x.body.add("</w:body></w:document>")
	x.notes.add("</w:footnotes>")

	x.body.relate(relFootnotes, "footnotes.xml")
	x.asset("styles", contentStyles, relStyles)
	x.asset("settings", contentSettings, relSettings)
	x.numbering()
	x.properties()
}

// asset adds a part that is the same for all documents but for their language.
func (x *docx) asset(name, content, relation string) {
	b, err := assets.ReadFile("assets/docx/" + name + ".xml")
	x.failed(err)
	p := x.pack.part("word/"+name+".xml", content)
	lang, asia, hint := x.languages()
	strings.NewReplacer("{{lang}}", esc(lang), "{{asia}}", esc(asia), "{{hint}}", hint, "{{width}}", num(textWidth)).WriteString(p, string(b))
	x.body.relate(relation, name+".xml")
}

// languages returns the language of Latin text and digits, that of Chinese characters,
// and what tells that quotation marks are of these. In a Chinese text, Latin text is
// English: word processors break numbers otherwise.
func (x *docx) languages() (lang, asia, hint string) {
	switch lang = x.d.Lang; {
	case lang == "en":
		return "en-GB", "zh-CN", ""
	case lang == "zh":
		return "en-GB", "zh-CN", ` w:hint="eastAsia"`
	}
	return lang, "zh-CN", ""
}

// failed keeps the first fault.
func (x *docx) failed(err error) {
	if x.fault == nil {
		x.fault = err
	}
}

// say returns a message in the document's language.
func (x *docx) say(key string, args map[string]any) string { return x.e.say(x.d).T(key, args) }

// locale writes the texts of pictures.
func (x *docx) locale() chart.Locale { return chart.In(x.e.Printers[x.d.Lang]) }
