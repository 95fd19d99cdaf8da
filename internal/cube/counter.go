package cube

import (
	"fmt"
	"math/bits"
	"slices"
)

// maxDense is the number of combined groups up to which they are counted in an
// array; beyond it, in a hash table.
const maxDense = 1 << 22

// Counter counts the rows of bitmaps by one to three dimensions at once. One
// goroutine at a time may use it; others work on clones, which are merged in the
// end.
type Counter struct {
	snapshot *Snapshot
	axes     []axis
	dense    []uint32 // by key, nil where there are too many
	sparse   *hashCount

	buffer [block]uint16
	keys   []uint64
	places []uint16 // of keys, once a multi-valued dimension has multiplied them
}

// axis is a dimension within a combined key: the key is the sum of each group
// times its axis's stride.
type axis struct {
	grouping
	stride uint64
	steps  []uint64 // by value: group times stride; nil as grouping.table
}

// Counter makes a collector that counts by all of one to three dimensions.
func (s *Snapshot) Counter(dimensions ...Dimension) (*Counter, error) {
	if len(dimensions) < 1 || len(dimensions) > 3 {
		return nil, fmt.Errorf("cube: %d dimensions; 1 to 3 are possible", len(dimensions))
	}
	c := &Counter{snapshot: s, axes: make([]axis, len(dimensions))}
	product := uint64(1)
	for i := len(dimensions) - 1; i >= 0; i-- {
		g, err := s.grouping(dimensions[i])
		if err != nil {
			return nil, err
		}
		a := axis{grouping: g, stride: product}
		if g.table != nil {
			a.steps = make([]uint64, max(len(g.table), 256))
			for v, group := range g.table {
				a.steps[v] = uint64(group) * product
			}
		}
		over, next := bits.Mul64(product, uint64(g.size))
		if over != 0 {
			return nil, fmt.Errorf("cube: too many combinations of groups")
		}
		c.axes[i], product = a, next
	}
	if product <= maxDense {
		c.dense = make([]uint32, product)
	} else {
		c.sparse = newHashCount()
	}
	return c, nil
}

// Clone returns a collector of the same dimensions that has counted nothing.
func (c *Counter) Clone() *Counter {
	clone := &Counter{snapshot: c.snapshot, axes: c.axes}
	if c.dense != nil {
		clone.dense = make([]uint32, len(c.dense))
	} else {
		clone.sparse = newHashCount()
	}
	return clone
}

// Merge adds what a clone has counted.
func (c *Counter) Merge(clone *Counter) {
	for k, n := range clone.dense {
		c.dense[k] += n
	}
	if clone.sparse != nil {
		for i, key := range clone.sparse.keys {
			c.sparse.add(key, clone.sparse.counts[i])
		}
	}
}

// Collect counts the rows whose bits are set in words, the 65,536 slots from base
// on. Rows that the snapshot does not know are left out.
func (c *Counter) Collect(base uint32, words []uint64) {
	ch := c.snapshot.chunkAt(base)
	if ch == nil {
		return
	}
	eachBlock(words, ch.rows, &c.buffer, func(places []uint16) {
		c.count(ch, places)
	})
}

func (c *Counter) count(ch *chunk, places []uint16) {
	if c.keys == nil {
		c.keys = make([]uint64, block)
	}
	keys := c.keys[:len(places)]
	clear(keys)
	for i := range c.axes {
		if a := &c.axes[i]; !a.multi {
			a.addKeys(&ch.columns[a.column], places, keys)
		}
	}
	for i := range c.axes {
		if a := &c.axes[i]; a.multi {
			places, keys = a.multiply(&ch.columns[a.column], places, keys)
		}
	}
	if c.dense != nil {
		for _, k := range keys {
			c.dense[k]++
		}
		return
	}
	for _, k := range keys {
		c.sparse.add(k, 1)
	}
}

// addKeys adds to each key the step of the row's value.
func (a *axis) addKeys(col *column, places []uint16, keys []uint64) {
	keys = keys[:len(places)]
	switch {
	case col.w8 != nil:
		steps := (*[256]uint64)(a.steps)
		for i, at := range places {
			keys[i] += steps[col.w8[at]]
		}
	case col.w16 != nil:
		for i, at := range places {
			keys[i] += a.steps[col.w16[at]]
		}
	case a.steps != nil:
		for i, at := range places {
			keys[i] += a.steps[col.w32[at]]
		}
	default:
		for i, at := range places {
			keys[i] += uint64(a.group(col.w32[at])) * a.stride
		}
	}
}

// multiply repeats each key for each group that the row's values fall into.
func (a *axis) multiply(col *column, places []uint16, keys []uint64) ([]uint16, []uint64) {
	outPlaces := make([]uint16, 0, 2*len(places))
	outKeys := make([]uint64, 0, 2*len(keys))
	var groups []uint32
	for i, at := range places {
		groups = groups[:0]
		for _, v := range col.of(int(at)) {
			groups = append(groups, a.group(v))
		}
		if len(groups) > 1 {
			slices.Sort(groups)
			groups = slices.Compact(groups)
		}
		for _, g := range groups {
			outPlaces = append(outPlaces, at)
			outKeys = append(outKeys, keys[i]+uint64(g)*a.stride)
		}
	}
	return outPlaces, outKeys
}

// Each gives every combination of groups in which rows were counted, one group a
// dimension, in ascending order. groups is used again for the next combination.
func (c *Counter) Each(do func(groups []uint32, count int64)) {
	groups := make([]uint32, len(c.axes))
	give := func(key uint64, n uint32) {
		rest := key
		for i, a := range c.axes {
			groups[i] = uint32(rest / a.stride)
			rest %= a.stride
		}
		do(groups, int64(n))
	}
	for k, n := range c.dense {
		if n > 0 {
			give(uint64(k), n)
		}
	}
	if c.sparse != nil {
		for _, i := range c.sparse.order() {
			give(c.sparse.keys[i], c.sparse.counts[i])
		}
	}
}
