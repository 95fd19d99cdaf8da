package reconcile

import (
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/official"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// grid finds the cells of a table that a count falls into.
type grid struct {
	t        *official.Table
	kinds    []record.Kind
	spans    [][2]date.Date
	byRegion map[string][]int32
	again    []int32 // cells that the right counted in by another of its parties
	sums     map[int32]bool
}

// shape is what of a reading changes which regions a cell holds.
type shape struct{ countyApart, noPredecessors, noOther bool }

func (r *reading) shape() shape { return shape{r.countyApart, r.noPredecessors, r.noOther} }

func newGrid(t *official.Table, pack *region.Pack, s shape) *grid {
	g := &grid{t: t, kinds: t.Kinds(), byRegion: map[string][]int32{}, sums: sums(t, pack)}
	rows := map[string]bool{}
	for i := range t.Cells {
		c := &t.Cells[i]
		from, to := t.Span(c)
		g.spans = append(g.spans, [2]date.Date{from, to})
		rows[c.Region] = true
	}
	codes := map[string][]string{}
	for code := range rows {
		codes[code] = held(pack, code, rows, s)
	}
	for i := range t.Cells {
		for _, code := range codes[t.Cells[i].Region] {
			g.byRegion[code] = append(g.byRegion[code], int32(i))
		}
	}
	return g
}

// held lists the codes that count in a row.
func held(pack *region.Pack, row string, rows map[string]bool, s shape) []string {
	all := pack.Descendants(row)
	isCity := pack.Unit(row) != nil && pack.Unit(row).Kind == region.City
	return slices.DeleteFunc(slices.Clone(all), func(code string) bool {
		u := pack.Unit(code)
		switch {
		case u == nil:
			return s.noOther && code == pack.Other() && row == pack.Code()
		case s.noPredecessors && u.ValidTo != 0 && !above(pack, code, row):
			return true
		case s.countyApart && isCity && code != row:
			for r := range rows {
				if r != row && pack.City(r) == row && slices.Contains(pack.Descendants(r), code) {
					return true
				}
			}
		}
		return false
	})
}

// above tells whether a row is a unit above a code other than by succession, or a
// group that holds such a unit; what is abolished stands in no row of its successor.
func above(pack *region.Pack, code, row string) bool {
	for up := pack.Parent(code); up != ""; up = pack.Parent(up) {
		if up == row {
			return true
		}
		if pack.Unit(row) == nil && pack.Unit(up).Kind == region.City && slices.Contains(pack.Descendants(row), up) {
			return true
		}
	}
	return code == row
}

// each calls do for each cell that counts hold, with how much.
func (g *grid) each(counts []count, do func(cell int32, n int32)) {
	for i := range counts {
		c := &counts[i]
		if i == 0 || !sameRight(c, &counts[i-1]) {
			g.again = g.again[:0]
		}
		fresh := false // it counts in a row where the right did not count before
		for _, cell := range g.byRegion[c.region] {
			if !g.holds(cell, c) {
				continue
			}
			if slices.Contains(g.again, cell) {
				if !fresh || !g.sums[cell] {
					continue
				}
			} else {
				g.again = append(g.again, cell)
				fresh = fresh || !g.sums[cell]
			}
			do(cell, c.n)
		}
	}
}

// holds tells whether a cell of the region of a count holds it.
func (g *grid) holds(cell int32, c *count) bool {
	x := &g.t.Cells[cell]
	return (x.Kind == c.kind || x.Kind == "" && slices.Contains(g.kinds, c.kind)) && (x.Holder == "" || x.Holder == c.holder) &&
		c.day >= g.spans[cell][0] && c.day <= g.spans[cell][1]
}

// sums finds the totals over regions that are the sums of their parts: what counts in
// two of these counts twice there, as their publisher added them up.
func sums(t *official.Table, pack *region.Pack) map[int32]bool {
	out := map[int32]bool{}
	for _, c := range t.Checks(pack) {
		whole := &t.Cells[c.Cell]
		if c.Sum == whole.Value && t.Cells[c.Parts[0]].Region != whole.Region {
			out[int32(c.Cell)] = true
		}
	}
	return out
}

// sameRight tells whether a count is the same as the one before it but for the
// place: in no cell it counts twice.
func sameRight(a, b *count) bool {
	return a.unit == b.unit
}
