package web

import (
	"slices"

	"onewindow/internal/api/v1"
	"onewindow/internal/i18n"
)

// figureGrid is a table of figures made ready to be shown: every number leads to its
// own page, and what is to be said of a number stands below the table, once.
type figureGrid struct {
	ID      string // unique on the page
	Title   string
	Corner  string // head of the row heads
	Heads   []v1.FigureColumn
	Rows    []gridRow
	Notes   []gridNote
	Lacking []string
}

// gridRow is a row of figures.
type gridRow struct {
	Label string
	Kind  string
	Cells []gridCell
}

// gridCell is a number, or that there is none, with the marks of its notes.
type gridCell struct {
	Text  string
	URL   string
	Marks []string
	Lacks bool
}

// gridNote is what a mark means.
type gridNote struct{ Mark, Text string }

// gridOf makes a table ready.
func gridOf(p *i18n.Printer, lang string, t *v1.FigureTable) figureGrid {
	g := figureGrid{ID: "table", Title: t.Title, Corner: t.Rows.Label, Heads: t.Heads, Lacking: t.Lacking}
	for _, r := range t.Body {
		row := gridRow{Label: r.Label, Kind: r.Kind}
		for _, f := range r.Figures {
			c := gridCell{Text: figureText(p, f), URL: figureURL(lang, f), Lacks: f.Value == ""}
			if c.Lacks && f.Absent == "" {
				c = gridCell{Lacks: true} // nothing that could be there
			}
			for _, text := range remarks(p, f) {
				c.Marks = append(c.Marks, g.mark(text))
			}
			row.Cells = append(row.Cells, c)
		}
		g.Rows = append(g.Rows, row)
	}
	return g
}

// remarks are what has to be said of a number.
func remarks(p *i18n.Printer, f v1.Figure) []string {
	var out []string
	if f.Value == "" {
		if f.Absent != "" {
			out = append(out, f.Absent)
		}
		return out
	}
	if f.Reported {
		out = append(out, p.T("figure.reported", nil))
	}
	if f.Status.Code != "" && f.Status.Code != "final" {
		out = append(out, f.Status.Label)
	}
	return out
}

// mark returns the mark of a note, a new one for a new note.
func (g *figureGrid) mark(text string) string {
	if i := slices.IndexFunc(g.Notes, func(n gridNote) bool { return n.Text == text }); i >= 0 {
		return g.Notes[i].Mark
	}
	n := gridNote{Mark: letters(len(g.Notes)), Text: text}
	g.Notes = append(g.Notes, n)
	return n.Mark
}

// letters numbers by letters: a to z, then aa.
func letters(n int) string {
	if n < 26 {
		return string(rune('a' + n))
	}
	return letters(n/26-1) + letters(n%26)
}
