package tabular

import (
	"strings"

	"golang.org/x/text/width"

	"onewindow/internal/source/cnfield"
)

// headerRows is how many rows with content are looked at for a header: a title and
// a few remarks may stand above it.
const headerRows = 10

var headNoise = strings.NewReplacer(" ", "", "_", "", "\u3000", "", "\u00a0", "", "\t", "", "\n", "", "\r", "", "*", "", ":", "", "\ufeff", "")

// foldHead makes the spellings of a head alike: width, case, blanks, underscores,
// colons and the asterisk of required columns do not count.
func foldHead(s string) string { return headNoise.Replace(strings.ToLower(width.Fold.String(s))) }

// header is which cell holds which column of a mapping.
type header struct {
	names []string
	at    map[*Column]int
	used  []bool // by cell
}

// bind finds the mapping's columns among the cells of a row. ok is false unless
// those that a header must have are all there.
func (m *Mapping) bind(cells []string) (h header, ok bool) {
	h = header{at: map[*Column]int{}, used: make([]bool, len(cells))}
	places := make(map[string]int, len(cells))
	for i, cell := range cells {
		h.names = append(h.names, cnfield.Trim(cell))
		if name := foldHead(cell); name != "" {
			if _, twice := places[name]; !twice {
				places[name] = i
			}
		}
	}
	for _, c := range m.Columns {
		if i, found := c.place(places); found {
			h.at[c] = i
			h.used[i] = true
		}
	}
	for _, id := range m.recognise {
		if _, found := h.at[m.byID[id]]; !found {
			return h, false
		}
	}
	for _, c := range m.Columns {
		if _, found := h.at[c]; c.Required && !found {
			return h, false
		}
	}
	return h, true
}

func (c *Column) place(places map[string]int) (int, bool) {
	for _, heads := range [...][]string{c.Heads["zh"], c.Heads["en"]} {
		for _, head := range heads {
			if i, found := places[foldHead(head)]; found {
				return i, true
			}
		}
	}
	for _, heads := range c.Heads {
		for _, head := range heads {
			if i, found := places[foldHead(head)]; found {
				return i, true
			}
		}
	}
	return 0, false
}

// known counts the cells that are read.
func (h *header) known() int {
	n := 0
	for _, used := range h.used {
		if used {
			n++
		}
	}
	return n
}

// best returns the mapping that reads most columns of a table, by its first rows,
// and how many; nil where none fits. Of two that read as many the earlier one wins.
func best(mappings []*Mapping, rows [][]string) (*Mapping, int) {
	var found *Mapping
	most := 0
	for _, cells := range rows[:min(len(rows), headerRows)] {
		for _, m := range mappings {
			if h, ok := m.bind(cells); ok && h.known() > most {
				found, most = m, h.known()
			}
		}
		if found != nil {
			break
		}
	}
	return found, most
}
