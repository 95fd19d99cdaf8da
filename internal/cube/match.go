package cube

// Range matches the rows whose value in the column, or one of whose values, lies
// between lo and hi, both included.
func (s *Snapshot) Range(column int, lo, hi uint32) *Matcher {
	m := &Matcher{snapshot: s, column: column, lo: lo, hi: hi}
	if s.schema.Columns[column].Width == 1 {
		for v := lo; v <= min(hi, 255) && lo <= hi; v++ {
			m.small[v] = 1
		}
	}
	return m
}

// In matches the rows whose value in the column, or one of whose values, is
// marked in set; values beyond its end are not.
func (s *Snapshot) In(column int, set []bool) *Matcher {
	m := &Matcher{snapshot: s, column: column, lo: 1}
	count := uint32(0)
	for v, in := range set {
		if !in {
			continue
		}
		if count == 0 {
			m.lo = uint32(v)
		}
		m.hi = uint32(v)
		count++
		if v < len(m.small) {
			m.small[v] = 1
		}
	}
	if count > 0 && count <= m.hi-m.lo { // with gaps
		m.set = make([]uint64, max(len(set)+63, Window)/64)
		for v, in := range set {
			if in {
				m.set[v/64] |= 1 << (v % 64)
			}
		}
	}
	return m
}

// Matcher finds the rows of a snapshot whose values in one column fit: those from
// lo to hi that are in set, where there is a set.
type Matcher struct {
	snapshot *Snapshot
	column   int
	lo, hi   uint32
	set      []uint64   // at least Window bits; nil takes all from lo to hi
	small    [256]uint8 // 1 for each value that fits, in columns of one byte
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
	case col.ends != nil:
		m.matchMulti(col, ch.rows, words)
	case all:
		fill(words, ch.rows)
	case col.w8 != nil:
		matchSmall(col.w8, ch.rows, &m.small, words)
	case col.w16 != nil && m.set != nil:
		matchSet16(col.w16, ch.rows, (*[Window / 64]uint64)(m.set), words)
	case col.w16 != nil:
		matchRange(col.w16, ch.rows, m.lo, m.hi, words)
	case m.set == nil:
		matchRange(col.w32, ch.rows, m.lo, m.hi, words)
	default:
		m.matchSet32(col.w32, ch.rows, words)
	}
}

// fits tells whether one value fits.
func (m *Matcher) fits(v uint32) bool {
	return v >= m.lo && v <= m.hi && (m.set == nil || m.set[v/64]>>(v%64)&1 == 1)
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

func matchSmall(col *[Window]uint8, rows int, fits *[256]uint8, words []uint64) {
	i := 0
	for ; i+8 <= rows; i += 8 {
		b := (*[8]uint8)(col[i : i+8])
		m := fits[b[0]] | fits[b[1]]<<1 | fits[b[2]]<<2 | fits[b[3]]<<3 |
			fits[b[4]]<<4 | fits[b[5]]<<5 | fits[b[6]]<<6 | fits[b[7]]<<7
		words[i/64] |= uint64(m) << (i % 64)
	}
	for ; i < rows; i++ {
		words[i/64] |= uint64(fits[col[i]]) << (i % 64)
	}
}

// below is 1 where v, counted from lo, is less than span, else 0.
func below(v, lo uint32, span uint64) uint64 { return (uint64(v-lo) - span) >> 63 }

func matchRange[T uint16 | uint32](col *[Window]T, rows int, lo, hi uint32, words []uint64) {
	span := uint64(hi-lo) + 1
	i := 0
	for ; i+8 <= rows; i += 8 {
		b := (*[8]T)(col[i : i+8])
		m := below(uint32(b[0]), lo, span) | below(uint32(b[1]), lo, span)<<1 |
			below(uint32(b[2]), lo, span)<<2 | below(uint32(b[3]), lo, span)<<3 |
			below(uint32(b[4]), lo, span)<<4 | below(uint32(b[5]), lo, span)<<5 |
			below(uint32(b[6]), lo, span)<<6 | below(uint32(b[7]), lo, span)<<7
		words[i/64] |= m << (i % 64)
	}
	for ; i < rows; i++ {
		words[i/64] |= below(uint32(col[i]), lo, span) << (i % 64)
	}
}

func matchSet16(col *[Window]uint16, rows int, set *[Window / 64]uint64, words []uint64) {
	bit := func(v uint16) uint64 { return set[v/64] >> (v % 64) & 1 }
	i := 0
	for ; i+8 <= rows; i += 8 {
		b := (*[8]uint16)(col[i : i+8])
		m := bit(b[0]) | bit(b[1])<<1 | bit(b[2])<<2 | bit(b[3])<<3 |
			bit(b[4])<<4 | bit(b[5])<<5 | bit(b[6])<<6 | bit(b[7])<<7
		words[i/64] |= m << (i % 64)
	}
	for ; i < rows; i++ {
		words[i/64] |= bit(col[i]) << (i % 64)
	}
}

func (m *Matcher) matchSet32(col *[Window]uint32, rows int, words []uint64) {
	for i, v := range col[:rows] {
		if m.fits(v) {
			words[i/64] |= 1 << (i % 64)
		}
	}
}

func (m *Matcher) matchMulti(col *column, rows int, words []uint64) {
	begin := uint32(0)
	for i, end := range col.ends[:rows] {
		for _, v := range col.values[begin:end] {
			if m.fits(v) {
				words[i/64] |= 1 << (i % 64)
				break
			}
		}
		begin = end
	}
}
