package publish

import (
	"strings"
	"unicode"

	"onewindow/internal/font"
)

// wordTable is a table as it is laid out: cells of text, the first column with the
// heads of the rows.
type wordTable struct {
	about string // for those who do not see it
	size  int    // of its text, in half points
	whole bool   // stands on one page
	fixed []int  // widths of the columns; measured where there are none
	head  wordRow
	rows  []wordRow
}

type wordRow struct {
	cells        []wordCell
	bold, shaded bool
}

// wordCell is a cell as it is written, and its text, by which it is measured.
type wordCell struct {
	kind      string // Text, Number, Head or HeadNumber
	text, xml string
	tight     bool // takes one line
	bookmark  string
}

// style is the style of the paragraph of a cell.
func (t *wordTable) style(kind string) string {
	if t.size == detailSize {
		return "TableDetail" + kind
	}
	return "Table" + kind
}

// Sizes of the text of tables in half points: of most, and of wide ones and those of the
// appendix. cellPadding is what cells leave at their sides, in twentieths of a point.
const (
	tableSize   = 17
	detailSize  = 15
	cellPadding = 2*70 + 20
)

// piece is a part of a table as wide as the page: some of its columns.
type piece struct{ columns, widths []int }

// room is what a column needs at least, and what it takes where there is room.
type room struct{ least, wish int }

// pieces lays a table out in pieces of a width. Every piece begins with the first
// column; all have about as many others.
func (t *wordTable) pieces(width int) []piece {
	if t.fixed != nil {
		all := make([]int, len(t.fixed))
		for i := range all {
			all[i] = i
		}
		return []piece{{all, t.fixed}}
	}
	rooms := make([]room, len(t.head.cells))
	for i := range rooms {
		rooms[i] = t.room(i)
		if i == 0 {
			rooms[i].least = min(rooms[i].least, width/3)
		}
		rooms[i].least = min(rooms[i].least, width-rooms[0].least)
		rooms[i].wish = max(rooms[i].wish, rooms[i].least)
	}
	most := fill(rooms, width, len(rooms))
	if len(most) > 1 { // the same number of columns in each, where that fits
		each := (len(rooms) - 1 + len(most) - 1) / len(most)
		if even := fill(rooms, width, each); len(even) == len(most) {
			most = even
		}
	}
	out := make([]piece, len(most))
	for i, columns := range most {
		out[i] = piece{columns, share(rooms, columns, width)}
	}
	return out
}

// fill puts columns into pieces, the first into each and most others at most.
func fill(rooms []room, width, most int) [][]int {
	out := [][]int{{0}}
	used := rooms[0].least
	for i := 1; i < len(rooms); i++ {
		last := len(out) - 1
		if n := len(out[last]) - 1; n > 0 && (n == most || used+rooms[i].least > width) {
			out, used = append(out, []int{0}), rooms[0].least
			last++
		}
		out[last] = append(out[last], i)
		used += rooms[i].least
	}
	return out
}

// share gives columns what they need and then, as far as there is room, what they wish;
// what is left over goes to all alike.
func share(rooms []room, columns []int, width int) []int {
	out := make([]int, len(columns))
	least, wish := 0, 0
	for _, c := range columns {
		least, wish = least+rooms[c].least, wish+rooms[c].wish
	}
	for i, c := range columns {
		r := rooms[c]
		switch {
		case wish <= width:
			out[i] = r.wish + (width-wish)/len(columns)
		case wish > least:
			out[i] = r.least + (r.wish-r.least)*max(0, width-least)/(wish-least)
		default:
			out[i] = r.least
		}
	}
	return out
}

// room measures a column. Numbers take one line, other text as many as its longest word
// allows.
func (t *wordTable) room(column int) room {
	var r room
	size := pixels(t.size)
	measure := func(c wordCell, bold bool, lines float64) {
		whole := font.Width(c.text, size, bold)
		need := whole
		if !c.tight {
			need = max(longestWord(c.text, size, bold), whole/lines)
		}
		r.least = max(r.least, int(need*twips*1.03)+cellPadding)
		r.wish = max(r.wish, int(min(whole, need*2)*twips*1.03)+cellPadding)
	}
	measure(t.head.cells[column], true, 4)
	for _, row := range t.rows {
		measure(row.cells[column], row.bold, 2)
	}
	return r
}

// longestWord is the width of what cannot be broken: of a word, or of two Chinese
// characters.
func longestWord(text string, size float64, bold bool) float64 {
	out := 0.0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Han, r) }) {
		out = max(out, font.Width(word, size, bold))
	}
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		out = max(out, 3*size)
	}
	return out
}
