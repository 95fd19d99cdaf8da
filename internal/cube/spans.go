package cube

// SpanMatcher finds the rows of a snapshot that lie in a stretch of time. The values
// of the column are the ends of stretches, ascending: where the first begins, the
// first value behind it, where the second begins, and so on; the last may be open.
type SpanMatcher struct {
	snapshot *Snapshot
	column   int
	lo, hi   uint32
}

// Spans matches the rows one of whose stretches holds a value between lo and hi, both
// included. The column is multi-valued.
func (s *Snapshot) Spans(column int, lo, hi uint32) *SpanMatcher {
	return &SpanMatcher{s, column, lo, hi}
}

// Match sets in words, which come zeroed, the bits of the rows that fit among the
// 65,536 slots from base on, a multiple of that.
func (m *SpanMatcher) Match(base uint32, words []uint64) {
	ch := m.snapshot.chunkAt(base)
	if ch == nil || m.lo > m.hi {
		return
	}
	col := &ch.columns[m.column]
	if col.min > m.hi {
		return
	}
	begin := uint32(0)
	for i, end := range col.ends[:ch.rows] {
		// Within a stretch at lo when the number of ends up to it is odd; any later
		// end up to hi else begins one.
		upTo, later := uint64(0), uint64(0)
		for _, v := range col.values[begin:end] {
			upTo += below(v, 0, uint64(m.lo)+1)
			later |= below(v, m.lo+1, uint64(m.hi-m.lo))
		}
		words[i/64] |= (upTo&1 | later) << (i % 64)
		begin = end
	}
}
