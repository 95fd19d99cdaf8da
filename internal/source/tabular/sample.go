package tabular

import (
	"slices"

	"onewindow/internal/source/cnfield"
)

// Sample is the beginning of a table that is of no mapping yet.
type Sample struct {
	Heads []string
	Rows  [][]string // below the header, as many as the beginning holds
}

// ReadSample finds the header of a table in its beginning and the rows below it: the
// header is the first row that is as wide as any. ok is false for what is no table.
func ReadSample(head []byte) (s Sample, ok bool) {
	widest := 0
	for _, rows := range beginnings(head) {
		for i, cells := range rows[:min(len(rows), headerRows)] {
			if n := filled(cells); n > widest && n > 1 {
				widest = n
				s = Sample{cells, rows[i+1:]}
			}
		}
	}
	if widest == 0 {
		return Sample{}, false
	}
	for i := range s.Heads {
		s.Heads[i] = cnfield.Trim(s.Heads[i])
	}
	return s, true
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if cnfield.Trim(c) != "" {
			n++
		}
	}
	return n
}

// Column returns what stands in a column of the sample, without empty cells.
func (s *Sample) Column(i int) []string {
	var out []string
	for _, cells := range s.Rows {
		if i < len(cells) {
			if cell := cnfield.Trim(cells[i]); cell != "" && !nothing[cell] {
				out = append(out, cell)
			}
		}
	}
	return out
}

// IsDay tells whether a cell is a day in a spelling that needs no hint.
func IsDay(cell string) bool {
	d, known := parseDay(cell, yearFirst)
	return known && d != 0
}

// DayOrder tells in which order the days of a column are written whose year stands
// last: "dmy" or "mdy", "" where they are no such days or where it cannot be told.
func DayOrder(cells []string) string {
	if len(cells) == 0 {
		return ""
	}
	fits := map[dateOrder]int{}
	for _, cell := range cells {
		for _, order := range []dateOrder{dayFirst, monthFirst} {
			if d, known := parseDay(cell, order); known && d != 0 && yearLast.MatchString(cell) {
				fits[order]++
			}
		}
	}
	switch {
	case fits[dayFirst] == len(cells) && fits[monthFirst] < len(cells):
		return "dmy"
	case fits[monthFirst] == len(cells) && fits[dayFirst] < len(cells):
		return "mdy"
	}
	return ""
}

// HasHead tells whether a head is one that the column is known by.
func (c *Column) HasHead(head string) bool { return slices.Contains(c.known, foldHead(head)) }
