package publish

import (
	"strings"

	"onewindow/internal/ierr"
)

// definitions writes what each number means, where it comes from, and every figure.
func (x *docx) definitions() {
	x.body.add(para("Heading1", "", x.bookmark(markDefinitions, run(x.say("paper.definitions", nil), look{}))))
	x.body.add(para("Normal", "", run(x.say("paper.definitions.about", nil), look{})))
	for _, of := range x.figures {
		x.body.add(para("Heading3", "", run(of.Name, look{})))
		if of.About != "" {
			x.body.add(para("Normal", "<w:keepNext/>", run(of.About, look{})))
		}
		x.detail("paper.unit", of.Unit)
		x.detail("paper.basis", of.Basis)
		x.detail("paper.origin", strings.Join(of.Origins, "\n"))
		x.body.add(para("Detail", held(len(of.Figures) > 0), run(x.say("paper.identifier", nil)+"\t", look{style: "Soft"})+run(of.ID+" · "+of.Hash, look{style: "Code"})))
		if len(of.Figures) > 0 {
			x.body.add(para("TableEnd", "<w:keepNext/>", ""))
			t := x.figureTable(of)
			for _, p := range t.pieces(textWidth) {
				x.grid(t, p)
			}
			x.body.add(para("TableEnd", "", ""))
		}
	}
}

// detail writes a line of a definition, and nothing where there is nothing to tell.
func (x *docx) detail(name, text string) {
	if text != "" {
		x.body.add(para("Detail", "<w:keepNext/>", run(x.say(name, nil)+"\t", look{style: "Soft"})+run(text, look{})))
	}
}

// figureTable lists the figures of a definition. Every row is the place that the numbers
// of the text lead to.
func (x *docx) figureTable(of figuresOf) *wordTable {
	cell := func(kind, text string) wordCell { return wordCell{kind: kind, text: text, xml: run(text, look{})} }
	out := &wordTable{about: of.Name, size: detailSize, fixed: []int{3500, 900, 1312, textWidth - 3500 - 900 - 1312}, head: wordRow{cells: []wordCell{
		cell("Head", x.say("paper.figure", nil)), cell("Head", x.say("paper.stub.period", nil)),
		cell("HeadNumber", x.say("paper.value", nil)), cell("Head", x.say("paper.origin", nil)),
	}}}
	for _, f := range of.Figures {
		name := cell("Text", f.Name)
		name.bookmark = mark("f", f.N)
		value := cell("Number", f.Text)
		origin := cell("Text", f.Origin)
		if len(f.Inputs) > 0 {
			origin.xml += run("\n"+strings.Join(f.Inputs, "; "), look{style: "Soft"})
		}
		if f.Query != "" {
			origin.xml += run("\n"+f.Query, look{style: "Code"})
		}
		out.rows = append(out.rows, wordRow{cells: []wordCell{name, cell("Text", f.Period), value, origin}})
	}
	return out
}

// proof writes what the edition rests on.
func (x *docx) proof() {
	x.body.add(para("Heading1", "", x.bookmark(markProof, run(x.say("paper.proof", nil), look{}))))
	x.body.add(para("Normal", "", run(x.say("paper.proof.about", ierr.Args{"state": x.e.State, "approval": x.e.Approval}), look{})))
	if explained := x.e.Explained(x.d); len(explained) > 0 {
		x.body.add(para("Heading3", "", run(x.say("paper.explained", nil), look{})))
		for _, s := range explained {
			x.body.add(para("ListParagraph", `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="`+num(bulletList)+`"/></w:numPr>`, run(s, look{})))
		}
	}
	if x.e.Head != "" {
		x.body.add(para("Heading3", "", run(x.say("paper.head", nil), look{})))
		x.body.add(para("CodeBlock", "", run(strings.TrimRight(x.e.Head, "\n"), look{style: "Code"})))
	}
}
