package tabular

import (
	"maps"
	"slices"
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

// placesOf tells where in a row each text stands first, folded as heads are.
func placesOf(cells []string) map[string]int {
	places := make(map[string]int, len(cells))
	for i, cell := range cells {
		if name := foldHead(cell); name != "" {
			if _, twice := places[name]; !twice {
				places[name] = i
			}
		}
	}
	return places
}

// bind finds the mapping's columns among the cells of a row. ok is false unless
// those that a header must have are all there.
func (m *Mapping) bind(cells []string, places map[string]int) (h header, ok bool) {
	for _, id := range m.recognise {
		if _, found := m.byID[id].place(places); !found {
			return h, false
		}
	}
	h = header{at: map[*Column]int{}, used: make([]bool, len(cells))}
	for _, cell := range cells {
		h.names = append(h.names, cnfield.Trim(cell))
	}
	for _, c := range m.Columns {
		if i, found := c.place(places); found {
			h.at[c] = i
			h.used[i] = true
		}
	}
	for _, c := range m.Columns {
		if _, found := h.at[c]; c.Required && !found {
			return h, false
		}
	}
	return h, true
}

// place finds the column among folded heads.
func (c *Column) place(places map[string]int) (int, bool) {
	for _, head := range c.known {
		if i, found := places[head]; found {
			return i, true
		}
	}
	return 0, false
}

// foldHeads lists a column's heads as they are looked for, Chinese and English ones
// first.
func foldHeads(heads map[string][]string) []string {
	langs := slices.Sorted(maps.Keys(heads))
	slices.SortStableFunc(langs, func(a, b string) int { return foreign(a) - foreign(b) })
	var out []string
	for _, lang := range langs {
		for _, head := range heads[lang] {
			out = append(out, foldHead(head))
		}
	}
	return out
}

func foreign(lang string) int {
	switch lang {
	case "zh":
		return 0
	case "en":
		return 1
	}
	return 2
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
		places := placesOf(cells)
		for _, m := range mappings {
			if h, ok := m.bind(cells, places); ok && h.known() > most {
				found, most = m, h.known()
			}
		}
		if found != nil {
			break
		}
	}
	return found, most
}
