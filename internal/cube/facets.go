package cube

// Facets counts the rows of bitmaps by several dimensions, each for itself, in one
// pass. One goroutine at a time may use it; others work on clones, which are
// merged in the end.
type Facets struct {
	snapshot *Snapshot
	counts   []histogram
	buffer   [block]uint16
}

// Facets makes a collector that counts by each of the dimensions.
func (s *Snapshot) Facets(dimensions ...Dimension) (*Facets, error) {
	f := &Facets{snapshot: s}
	for _, d := range dimensions {
		g, err := s.grouping(d)
		if err != nil {
			return nil, err
		}
		f.counts = append(f.counts, newHistogram(g, s.schema.Columns[d.Column]))
	}
	return f, nil
}

// Collect counts the rows whose bits are set in words, the 65,536 slots from base
// on. Rows that the snapshot does not know are left out.
func (f *Facets) Collect(base uint32, words []uint64) {
	ch := f.snapshot.chunkAt(base)
	if ch == nil {
		return
	}
	eachBlock(words, ch.rows, &f.buffer, func(places []uint16) {
		for i := range f.counts {
			h := &f.counts[i]
			h.add(&ch.columns[h.column], base, places)
		}
	})
}

// Clone returns a collector of the same dimensions that has counted nothing.
func (f *Facets) Clone() *Facets {
	clone := &Facets{snapshot: f.snapshot}
	for _, h := range f.counts {
		clone.counts = append(clone.counts, h.empty())
	}
	return clone
}

// Merge adds what a clone has counted.
func (f *Facets) Merge(clone *Facets) {
	for i := range f.counts {
		for k, n := range clone.counts[i].lanes {
			f.counts[i].lanes[k] += n
		}
	}
}

// Counts returns for dimension i the number of rows in each group.
func (f *Facets) Counts(i int) []int64 {
	h := &f.counts[i]
	out := make([]int64, h.size)
	for k, n := range h.lanes {
		group := uint32(k % h.width)
		if h.byValue && n > 0 {
			group = h.table[group]
		}
		if n > 0 {
			out[group] += int64(n)
		}
	}
	return out
}

// histogram counts by one dimension. Columns of one or two bytes are counted by
// value and grouped when the counts are read; neighbouring rows go to different
// lanes, so that a frequent value does not have to wait for itself.
type histogram struct {
	grouping
	byValue bool
	width   int      // of a lane
	lanes   []uint32 // one after the other
	seen    []uint32 // by group: one more than the slot that was counted there last
}

func newHistogram(g grouping, c Column) histogram {
	h := histogram{grouping: g, width: g.size}
	n := 1
	switch {
	case c.Multi:
		h.seen = make([]uint32, g.size)
	case c.Width == 1:
		h.byValue, h.width, n = true, 256, smallLanes
	case c.Width == 2:
		h.byValue, h.width, n = true, len(g.table), 2 // more would crowd the cache
	}
	h.lanes = make([]uint32, n*h.width)
	return h
}

// smallLanes is the number of lanes for columns of one byte.
const smallLanes = 4

func (h *histogram) empty() histogram {
	e := *h
	e.lanes = make([]uint32, len(h.lanes))
	e.seen = make([]uint32, len(h.seen))
	return e
}

func (h *histogram) add(col *column, base uint32, places []uint16) {
	switch {
	case col.ends != nil:
		for _, at := range places {
			slot := base + uint32(at) + 1
			for _, v := range col.of(int(at)) {
				if g := h.group(v); h.seen[g] != slot {
					h.seen[g] = slot
					h.lanes[g]++
				}
			}
		}
	case col.w8 != nil:
		addSmall(col.w8, (*[smallLanes * 256]uint32)(h.lanes), places)
	case col.w16 != nil:
		addTwo(col.w16, h.lanes[:h.width], h.lanes[h.width:], places)
	default:
		for _, at := range places {
			h.lanes[h.group(col.w32[at])]++
		}
	}
}

func addSmall(col *[Window]uint8, lanes *[smallLanes * 256]uint32, places []uint16) {
	i := 0
	for ; i+4 <= len(places); i += 4 {
		p := (*[4]uint16)(places[i : i+4])
		lanes[col[p[0]]]++
		lanes[256+uint(col[p[1]])]++
		lanes[512+uint(col[p[2]])]++
		lanes[768+uint(col[p[3]])]++
	}
	for _, at := range places[i:] {
		lanes[col[at]]++
	}
}

func addTwo(col *[Window]uint16, even, odd []uint32, places []uint16) {
	i := 0
	for ; i+2 <= len(places); i += 2 {
		p := (*[2]uint16)(places[i : i+2])
		even[col[p[0]]]++
		odd[col[p[1]]]++
	}
	for _, at := range places[i:] {
		even[col[at]]++
	}
}
