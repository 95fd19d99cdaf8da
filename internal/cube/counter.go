package cube

import (
	"fmt"
	"math/bits"
	"slices"
	"sync"
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
	spare  [2]multiplied
}

// multiplied holds the places and keys of a block of rows once a multi-valued
// dimension has repeated them.
type multiplied struct {
	places []uint16
	keys   []uint64
}

// axis is a dimension within a combined key: the key is the sum of each digit
// times its axis's stride. A digit is a group or, where the groups that occur are
// known, its place among them.
type axis struct {
	grouping
	digits int
	groups []uint32 // by digit; nil where a digit is a group
	stride uint64
	steps  []uint64 // by value: digit times stride; nil as grouping.table
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
		c.axes[i] = s.axis(g, product)
		over, next := bits.Mul64(product, uint64(c.axes[i].digits))
		if over != 0 {
			return nil, fmt.Errorf("cube: too many combinations of groups")
		}
		product = next
	}
	if product <= maxDense {
		c.dense = denseCounts(int(product))
	} else {
		c.sparse = newHashCount()
	}
	return c, nil
}

func (s *Snapshot) axis(g grouping, stride uint64) axis {
	a := axis{grouping: g, digits: g.size, stride: stride}
	if g.table == nil {
		return a
	}
	var ranks []uint32
	a.groups, ranks = s.ranked(g)
	a.digits = max(len(a.groups), 1)
	a.steps = make([]uint64, max(len(ranks), 256))
	for v, rank := range ranks {
		a.steps[v] = uint64(rank) * stride
	}
	return a
}

// step returns what a value adds to the key.
func (a *axis) step(v uint32) uint64 {
	if a.steps != nil {
		return a.steps[v]
	}
	return uint64(a.group(v)) * a.stride
}

// Clone returns a collector of the same dimensions that has counted nothing.
func (c *Counter) Clone() *Counter {
	clone := &Counter{snapshot: c.snapshot, axes: c.axes}
	if c.dense != nil {
		clone.dense = denseCounts(len(c.dense))
	} else {
		clone.sparse = newHashCount()
	}
	return clone
}

// Merge adds what a clone has counted, and releases it.
func (c *Counter) Merge(clone *Counter) {
	for k, n := range clone.dense {
		c.dense[k] += n
	}
	clone.Release()
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
	turn := 0 // what one multiplication wrote the next reads
	for i := range c.axes {
		if a := &c.axes[i]; a.multi {
			out := &c.spare[turn]
			turn = 1 - turn
			a.multiply(&ch.columns[a.column], places, keys, out)
			places, keys = out.places, out.keys
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
	default:
		for i, at := range places {
			keys[i] += a.step(col.w32[at])
		}
	}
}

// multiply writes to out each key once for each group that the row's values fall
// into.
func (a *axis) multiply(col *column, places []uint16, keys []uint64, out *multiplied) {
	out.places, out.keys = out.places[:0], out.keys[:0]
	for i, at := range places {
		first := len(out.keys)
		for _, v := range col.of(int(at)) {
			key := keys[i] + a.step(v)
			if own := out.keys[first:]; len(own) >= fewValues || !slices.Contains(own, key) {
				out.keys = append(out.keys, key)
			}
		}
		if len(out.keys)-first >= fewValues {
			slices.Sort(out.keys[first:])
			out.keys = out.keys[:first+len(slices.Compact(out.keys[first:]))]
		}
		for len(out.places) < len(out.keys) {
			out.places = append(out.places, at)
		}
	}
}

// fewValues is the number of values of a row up to which looking through them is
// the quickest way to find the equal ones.
const fewValues = 16

// Release ends the use of a counter, so that others can have its memory.
func (c *Counter) Release() {
	if c.dense != nil {
		lent := c.dense
		counts.Put(&lent)
		c.dense = nil
	}
}

// counts lends arrays of counts, which take longer to get from the system than to
// clear.
var counts sync.Pool

// denseCounts returns n counts, all of them zero.
func denseCounts(n int) []uint32 {
	if lent, ok := counts.Get().(*[]uint32); ok && cap(*lent) >= n {
		clear((*lent)[:n])
		return (*lent)[:n]
	}
	return make([]uint32, n)
}

// Len is the number of combinations of groups in which rows were counted.
func (c *Counter) Len() int {
	if c.sparse != nil {
		return len(c.sparse.keys)
	}
	n := 0
	for _, k := range c.dense {
		if k > 0 {
			n++
		}
	}
	return n
}

// Each gives every combination of groups in which rows were counted, one group a
// dimension, in ascending order. groups is used again for the next combination.
func (c *Counter) Each(do func(groups []uint32, count int64)) {
	groups := make([]uint32, len(c.axes))
	last := &c.axes[len(c.axes)-1] // its stride is 1
	for first := 0; first < len(c.dense); first += last.digits {
		c.split(uint64(first), groups)
		for digit, n := range c.dense[first : first+last.digits] {
			if n > 0 {
				groups[len(groups)-1] = last.named(uint32(digit))
				do(groups, int64(n))
			}
		}
	}
	if c.sparse != nil {
		for _, i := range c.sparse.order() {
			c.split(c.sparse.keys[i], groups)
			do(groups, int64(c.sparse.counts[i]))
		}
	}
}

// split writes to groups those that a key combines.
func (c *Counter) split(key uint64, groups []uint32) {
	for i := range c.axes {
		a := &c.axes[i]
		groups[i] = a.named(uint32(key / a.stride))
		key %= a.stride
	}
}

// named returns the group of a digit.
func (a *axis) named(digit uint32) uint32 {
	if a.groups == nil {
		return digit
	}
	return a.groups[digit]
}
