package cube

import "slices"

// Matcher finds the rows of a snapshot whose values in one column fit: those from
// lo to hi that are in set, where there is a set.
type Matcher struct {
	snapshot *Snapshot
	column   int
	lo, hi   uint32
	set      []bool
	// table has a 1 for each value that fits, in columns whose values are few; nil in
	// others.
	table *[Window]uint8
}

// Range matches the rows whose value in the column, or one of whose values, lies
// between lo and hi, both included.
func (s *Snapshot) Range(column int, lo, hi uint32) *Matcher {
	m := &Matcher{snapshot: s, column: column, lo: lo, hi: hi}
	if s.greatest(column) < Window {
		m.table = new([Window]uint8)
		for v := int(lo); v < Window && v <= int(hi); v++ {
			m.table[v] = 1
		}
	}
	return m
}

// In matches the rows whose value in the column, or one of whose values, is
// marked in set; values beyond its end are not. The set must not be changed while
// the matcher is in use.
func (s *Snapshot) In(column int, set []bool) *Matcher {
	first := slices.Index(set, true)
	if first < 0 {
		return s.Range(column, 1, 0)
	}
	last := len(set) - 1
	for !set[last] {
		last--
	}
	m := s.Range(column, uint32(first), uint32(last))
	if !slices.Contains(set[first:last], false) {
		return m
	}
	m.set = set
	for v := first; m.table != nil && v <= min(last, Window-1); v++ {
		if !set[v] {
			m.table[v] = 0
		}
	}
	return m
}

// Match sets in words, which come zeroed, the bits of the rows that fit among the
// 65,536 slots from base on, a multiple of that.
func (m *Matcher) Match(base uint32, words []uint64) {
	ch := m.snapshot.chunkAt(base)
	if ch == nil {
		return
	}
	col := &ch.columns[m.column]
	if m.lo > m.hi || col.min > m.hi || col.max < m.lo {
		return
	}
	all := m.set == nil && m.lo <= col.min && col.max <= m.hi
	switch {
	case col.ends != nil && m.table != nil:
		matchEach(col, ch.rows, words, func(v uint32) uint64 { return uint64(m.table[uint16(v)]) })
	case col.ends != nil && m.set == nil:
		span := uint64(m.hi-m.lo) + 1
		matchEach(col, ch.rows, words, func(v uint32) uint64 { return below(v, m.lo, span) })
	case col.ends != nil:
		matchEach(col, ch.rows, words, m.inSet)
	case all:
		fill(words, ch.rows)
	case col.w8 != nil:
		matchTable(col.w8, ch.rows, m.table, words)
	case col.w16 != nil:
		matchTable(col.w16, ch.rows, m.table, words)
	case m.set == nil:
		matchRange(col.w32, ch.rows, m.lo, m.hi, words)
	default:
		for i, v := range col.w32[:ch.rows] {
			words[i/64] |= m.inSet(v) << (i % 64)
		}
	}
}

// inSet is 1 where v is in the set, else 0.
func (m *Matcher) inSet(v uint32) uint64 {
	if uint64(v) < uint64(len(m.set)) && m.set[v] {
		return 1
	}
	return 0
}

// fill sets the first rows bits.
func fill(words []uint64, rows int) {
	for w := range rows / 64 {
		words[w] = ^uint64(0)
	}
	if rest := rows % 64; rest > 0 {
		words[rows/64] = 1<<rest - 1
	}
}

// The loops below build eight bits at a time without branches. They read no row
// beyond rows: there the writer may be at work.

func matchTable[T uint8 | uint16](col *[Window]T, rows int, fits *[Window]uint8, words []uint64) {
	whole := rows / 64
	for w := range words[:whole] {
		b := (*[64]T)(col[64*w:])
		word := uint64(0)
		for k := 0; k < 64; k += 8 {
			m := fits[b[k]] | fits[b[k+1]]<<1 | fits[b[k+2]]<<2 | fits[b[k+3]]<<3 |
				fits[b[k+4]]<<4 | fits[b[k+5]]<<5 | fits[b[k+6]]<<6 | fits[b[k+7]]<<7
			word |= uint64(m) << k
		}
		words[w] = word
	}
	for i := 64 * whole; i < rows; i++ {
		words[whole] |= uint64(fits[col[i]]) << (i % 64)
	}
}

// below is 1 where v, counted from lo, is less than span, else 0.
func below(v, lo uint32, span uint64) uint64 { return (uint64(v-lo) - span) >> 63 }

func matchRange(col *[Window]uint32, rows int, lo, hi uint32, words []uint64) {
	span := uint64(hi-lo) + 1
	whole := rows / 64
	for w := range words[:whole] {
		b := (*[64]uint32)(col[64*w:])
		word := uint64(0)
		for k := 0; k < 64; k += 8 {
			m := below(b[k], lo, span) | below(b[k+1], lo, span)<<1 |
				below(b[k+2], lo, span)<<2 | below(b[k+3], lo, span)<<3 |
				below(b[k+4], lo, span)<<4 | below(b[k+5], lo, span)<<5 |
				below(b[k+6], lo, span)<<6 | below(b[k+7], lo, span)<<7
			word |= m << k
		}
		words[w] = word
	}
	for i := 64 * whole; i < rows; i++ {
		words[whole] |= below(col[i], lo, span) << (i % 64)
	}
}

// matchEach sets the bits of the rows of which a value fits.
func matchEach(col *column, rows int, words []uint64, fits func(uint32) uint64) {
	begin := uint32(0)
	for i, end := range col.ends[:rows] {
		any := uint64(0)
		for _, v := range col.values[begin:end] {
			any |= fits(v)
		}
		words[i/64] |= any << (i % 64)
		begin = end
	}
}
