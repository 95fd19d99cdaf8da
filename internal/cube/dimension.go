package cube

import (
	"fmt"
	"math/bits"
	"slices"
)

// Dimension says by what to count: by the groups that the values of a column fall
// into. A row with several values in one group counts there once; a row with
// values in several groups counts in each, a row without a value in none.
type Dimension struct {
	Column int
	// Groups gives the group of each value; Of computes it where Groups is nil; with
	// neither, each value is its own group.
	Groups []uint32
	Of     func(value uint32) uint32
	// Size is the number of groups: each is less. Where 0 it is found out, which Of
	// does not allow.
	Size int
}

// grouping is a dimension made ready for the values of a snapshot.
type grouping struct {
	column int
	multi  bool
	size   int
	// table gives the group of every value of the column, nil where values may be
	// too many for it: then of computes it, and nil means the value itself.
	table []uint32
	of    func(uint32) uint32
}

// maxTable is the number of values up to which a table of groups is made.
const maxTable = Window

func (s *Snapshot) grouping(d Dimension) (grouping, error) {
	c := s.schema.Columns[d.Column]
	g := grouping{column: d.Column, multi: c.Multi, size: d.Size, of: d.Of}
	greatest := s.greatest(d.Column)
	most := greatest // of the groups, as far as it can be known
	switch {
	case d.Groups != nil && uint64(greatest) >= uint64(len(d.Groups)):
		return g, fmt.Errorf("cube: value %d of column %q belongs to no group", greatest, c.Name)
	case d.Groups != nil:
		g.table = d.Groups[:greatest+1]
	case greatest < maxTable:
		g.table = make([]uint32, greatest+1)
		for v := range g.table {
			g.table[v] = uint32(v)
			if d.Of != nil {
				g.table[v] = d.Of(uint32(v))
			}
		}
	case d.Of != nil:
		most = 0
	}
	if g.table != nil {
		most = slices.Max(g.table)
	}
	if g.size == 0 && d.Of == nil {
		g.size = int(most) + 1
	}
	if int(most) >= g.size {
		return g, fmt.Errorf("cube: column %q is counted in %d groups, but group %d occurs", c.Name, g.size, most)
	}
	return g, nil
}

// group returns the group of a value. That Of stays below Size is the caller's
// promise; breaking it is a defect that must not turn into a wrong count.
func (g *grouping) group(v uint32) uint32 {
	if g.table != nil {
		return g.table[v]
	}
	if g.of != nil {
		v = g.of(v)
	}
	if int(v) >= g.size {
		panic(fmt.Sprintf("cube: group %d of %d", v, g.size))
	}
	return v
}

// block is the number of hits that are counted at a time: their places and keys
// stay in the nearest cache.
const block = 2048

// eachBlock gives the places of the set bits among the first rows bits of words,
// in ascending order and up to block at a time, to do.
func eachBlock(words []uint64, rows int, buffer *[block]uint16, do func(places []uint16)) {
	n := 0
	for w := 0; w*64 < rows && w < len(words); w++ {
		word := words[w]
		if rest := rows - w*64; rest < 64 {
			word &= 1<<rest - 1
		}
		if word == 0 {
			continue
		}
		if n > block-64 {
			do(buffer[:n])
			n = 0
		}
		out := (*[64]uint16)(buffer[n : n+64])
		at := uint16(w * 64)
		if word == ^uint64(0) {
			for i := range out {
				out[i] = at + uint16(i)
			}
			n += 64
			continue
		}
		i := 0
		for ; word != 0; word &= word - 1 {
			out[i&63] = at + uint16(bits.TrailingZeros64(word))
			i++
		}
		n += i
	}
	if n > 0 {
		do(buffer[:n])
	}
}
