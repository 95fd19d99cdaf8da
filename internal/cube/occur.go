package cube

import (
	"math/bits"
	"slices"
)

// valueSet is a set of values below Window.
type valueSet [Window / 64]uint64

// occurring returns the values that occur in a column, ascending. All of them must
// be below Window. What is found out about a chunk is kept with it.
func (s *Snapshot) occurring(column int) []uint32 {
	var all valueSet
	for _, ch := range s.chunks {
		own := ch.occur[column].Load()
		if own == nil {
			own = ch.columns[column].occurring(ch.rows)
			ch.occur[column].Store(own)
		}
		for w, word := range own {
			all[w] |= word
		}
	}
	var values []uint32
	for w, word := range all {
		for ; word != 0; word &= word - 1 {
			values = append(values, uint32(64*w+bits.TrailingZeros64(word)))
		}
	}
	return values
}

func (col *column) occurring(rows int) *valueSet {
	var seen [Window]bool
	switch {
	case col.ends != nil:
		for _, v := range col.values {
			seen[uint16(v)] = true
		}
	case col.w8 != nil:
		for _, v := range col.w8[:rows] {
			seen[v] = true
		}
	case col.w16 != nil:
		for _, v := range col.w16[:rows] {
			seen[v] = true
		}
	default:
		for _, v := range col.w32[:rows] {
			seen[uint16(v)] = true
		}
	}
	set := new(valueSet)
	for v, ok := range seen {
		if ok {
			set[v/64] |= 1 << (v % 64)
		}
	}
	return set
}

// ranked returns the groups that occur in a grouping with a table, ascending, and
// for each value that occurs the place of its group among them.
func (s *Snapshot) ranked(g grouping) (groups []uint32, ranks []uint32) {
	values := s.occurring(g.column)
	for _, v := range values {
		groups = append(groups, g.table[v])
	}
	slices.Sort(groups)
	groups = slices.Compact(groups)
	ranks = make([]uint32, len(g.table))
	for _, v := range values {
		rank, _ := slices.BinarySearch(groups, g.table[v])
		ranks[v] = uint32(rank)
	}
	return groups, ranks
}
