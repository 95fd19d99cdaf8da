package publish

import (
	"fmt"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// shortTable is how many rows a table has at most that stands on one page.
const shortTable = 24

// table writes a table below its caption. One that is wider than the page is written in
// several pieces, each with the heads of the rows.
func (x *docx) table(t *paper.Table, bookmark string) {
	label := x.say("paper.see.table", ierr.Args{"n": t.N})
	x.at.add(para("Caption", "", x.bookmark(bookmark, x.captionLabel(label, t.N, "Table"))+x.spans(t.Title)))
	if t.Unit != "" {
		x.at.add(para("CaptionDetail", "", run(t.Unit, look{})))
	}
	grid := x.numberTable(t)
	pieces := grid.pieces(textWidth)
	if len(pieces) > 1 {
		grid.size = detailSize
		pieces = grid.pieces(textWidth)
	}
	for i, p := range pieces {
		if i > 0 {
			x.at.add(para("TableEnd", "", ""))
		}
		x.grid(grid, p)
	}
	x.tableNotes(t.Notes)
}

// tableNotes writes the notes below a table or picture and parts them from the text.
func (x *docx) tableNotes(notes []string) {
	for _, n := range notes {
		x.at.add(para("TableNote", "", run(n, look{})))
	}
	x.at.add(para("TableEnd", "", ""))
}

// captionLabel writes "Table 3", whose number is a field of that sequence.
func (x *docx) captionLabel(label string, n int, sequence string) string {
	l := look{style: "CaptionNumber"}
	before, after, ok := strings.Cut(label, num(n))
	if !ok {
		return run(label+"\u2002", l)
	}
	return run(before, l) + field("SEQ "+sequence+` \* ARABIC`, num(n), l) + run(after+"\u2002", l)
}

// numberTable makes the cells of a table of figures.
func (x *docx) numberTable(t *paper.Table) *wordTable {
	out := &wordTable{about: paper.Plain(t.Title), size: tableSize, whole: len(t.Rows) <= shortTable}
	head := wordRow{cells: []wordCell{{kind: "Head", text: t.Stub, xml: run(t.Stub, look{})}}}
	for _, c := range t.Columns {
		cell := wordCell{kind: "HeadNumber", text: c.Head, xml: run(c.Head, look{})}
		if c.Unit != "" {
			cell.text += " " + c.Unit
			cell.xml += run("\n"+c.Unit, look{style: "Soft"})
		}
		head.cells = append(head.cells, cell)
	}
	out.head = head
	for _, r := range t.Rows {
		bold := r.Kind == paper.RowWhole || r.Kind == paper.RowGroup
		row := wordRow{shaded: r.Kind == paper.RowWhole, bold: bold, cells: []wordCell{{kind: "Text", text: r.Name, xml: run(r.Name, look{bold: bold})}}}
		for _, c := range r.Cells {
			row.cells = append(row.cells, wordCell{
				kind: "Number", text: c.Text + c.Note, tight: true,
				xml: x.number(c.Figure.Ref, c.Text, look{bold: bold}) + run(c.Note, look{raised: true}),
			})
		}
		out.rows = append(out.rows, row)
	}
	return out
}

// grid writes a piece of a table.
func (x *docx) grid(t *wordTable, p piece) {
	total := 0
	for _, w := range p.widths {
		total += w
	}
	fmt.Fprintf(x.at, `<w:tbl><w:tblPr><w:tblStyle w:val="FigureTable"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/>`+
		`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`+
		`<w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`, total, esc(t.about))
	for _, w := range p.widths {
		fmt.Fprintf(x.at, `<w:gridCol w:w="%d"/>`, w)
	}
	x.at.add("</w:tblGrid>\n")
	x.row(t, t.head, p, "<w:cantSplit/><w:tblHeader/>", true)
	for i, r := range t.rows {
		x.row(t, r, p, "<w:cantSplit/>", t.whole && i < len(t.rows)-1)
	}
	x.at.add("</w:tbl>\n")
}

// row writes a row of a piece, which may be kept on the page of the next.
func (x *docx) row(t *wordTable, r wordRow, p piece, properties string, keep bool) {
	x.at.add("<w:tr><w:trPr>", properties, "</w:trPr>")
	for i, column := range p.columns {
		c := r.cells[column]
		shade, align := "", ""
		if r.shaded {
			shade = `<w:shd w:val="clear" w:color="auto" w:fill="F1F4F7"/>`
		}
		if properties != "<w:cantSplit/>" {
			align = `<w:vAlign w:val="bottom"/>`
		}
		fmt.Fprintf(x.at, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s%s</w:tcPr>%s</w:tc>`, p.widths[i], shade, align, para(t.style(c.kind), held(keep), x.bookmark(c.bookmark, c.xml)))
	}
	x.at.add("</w:tr>\n")
}
