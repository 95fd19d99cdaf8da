package publish

import (
	"strings"

	"onewindow/internal/ierr"
)

// The bookmarks of the appendices.
const (
	markDefinitions = "definitions"
	markProof       = "proof"
)

// front writes what stands before the contents.
func (x *docx) front() {
	if x.d.Publisher != "" {
		x.body.add(para("Publisher", "", run(x.d.Publisher, look{})))
	}
	x.body.add(para("Title", "", run(x.d.Title, look{})))
	if x.d.Subtitle != "" {
		x.body.add(para("Subtitle", "", run(x.d.Subtitle, look{})))
	}
	x.body.add(para("Issue", "", run(strings.Join(x.issue(), " · "), look{})))
	if x.e.Sample() {
		x.body.add(para("Sample", "", x.sampleMark()+run("  "+x.say("paper.sample.note", nil), look{})))
	}
}

// issue tells which edition this is.
func (x *docx) issue() []string {
	out := []string{x.say("paper.issue", ierr.Args{"period": x.d.Paper.Period.String()})}
	if x.e.N > 0 {
		out = append(out, x.say("paper.edition", ierr.Args{"n": x.e.N}))
	}
	if x.e.Status != "" {
		out = append(out, x.e.StatusName(x.d))
	}
	if x.e.Released != 0 {
		out = append(out, x.say("paper.released", ierr.Args{"day": x.e.Released}))
	}
	return out
}

// contents writes the contents as a field whose lines stand there already, without
// the numbers of their pages: these are known once the field is worked out again.
func (x *docx) contents() {
	type line struct{ style, mark, text string }
	var lines []line
	for _, c := range x.d.Contents {
		if c.Level <= 2 {
			lines = append(lines, line{"TOC" + num(c.Level), x.targets[c.ID], headNumber(c.Number) + c.Text})
		}
	}
	lines = append(lines, line{"TOC1", markDefinitions, x.say("paper.definitions", nil)}, line{"TOC1", markProof, x.say("paper.proof", nil)})

	x.body.add(`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>`)
	x.body.add(para("TOCHeading", "", run(x.say("paper.contents", nil), look{})))
	for i, l := range lines {
		content := jump(l.mark, run(l.text, look{}))
		if i == 0 {
			content = fieldChar("begin") + `<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h </w:instrText></w:r>` + fieldChar("separate") + content
		}
		if i == len(lines)-1 {
			content += fieldChar("end")
		}
		x.body.add(para(l.style, "", content))
	}
	x.body.add("</w:sdtContent></w:sdt>\n")
}

func fieldChar(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
