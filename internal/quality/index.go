package quality

import (
	"cmp"
	"slices"
)

// index holds the doubts of all rights in groups of like ones.
type index struct {
	Groups  []*group
	Names   []string            // details and formats, which entries name by their place
	Of      map[uint32][]uint32 // by right: its groups
	byKey   map[string]uint32
	byName  map[string]uint32
	version int64 // grows with every change
}

// group is like doubts.
type group struct {
	Kind    Kind
	Key     string
	Entries []line // by right
	Decided int    // entries with a ruling of their own
}

// line is one doubt of a group.
type line struct {
	Right   uint32 // of a reject the file
	Load    uint32
	Detail  uint32 // place in Names; of a reject the ordinal
	Format  uint32 // place in Names
	Decided int64
}

func newIndex() index {
	return index{Of: map[uint32][]uint32{}, byKey: map[string]uint32{}, byName: map[string]uint32{}}
}

// restore fills what is not saved.
func (x *index) restore() {
	x.byKey, x.byName = map[string]uint32{}, map[string]uint32{}
	for i, g := range x.Groups {
		x.byKey[groupKey(g.Kind, g.Key)] = uint32(i)
	}
	for i, n := range x.Names {
		x.byName[n] = uint32(i)
	}
	if x.Of == nil {
		x.Of = map[uint32][]uint32{}
	}
}

func groupKey(k Kind, key string) string { return string(k) + " " + key }

// name returns the place of a name.
func (x *index) name(s string) uint32 {
	i, ok := x.byName[s]
	if !ok {
		i = uint32(len(x.Names))
		x.Names = append(x.Names, s)
		x.byName[s] = i
	}
	return i
}

// group returns the place of a group, which is made where there is none.
func (x *index) group(k Kind, key string) uint32 {
	i, ok := x.byKey[groupKey(k, key)]
	if !ok {
		i = uint32(len(x.Groups))
		x.Groups = append(x.Groups, &group{Kind: k, Key: key})
		x.byKey[groupKey(k, key)] = i
	}
	return i
}

// put replaces the doubts of a right.
func (x *index) put(id int64, doubts []found) {
	right := uint32(id)
	held := x.Of[right]
	if len(held) == 0 && len(doubts) == 0 {
		return
	}
	x.version++
	for _, i := range held {
		x.Groups[i].remove(right)
	}
	delete(x.Of, right)
	var groups []uint32
	for _, f := range doubts {
		i := x.group(f.kind, f.key)
		x.Groups[i].add(line{Right: right, Load: uint32(f.load), Detail: x.name(f.detail), Format: x.name(f.format), Decided: f.decided})
		if !slices.Contains(groups, i) {
			groups = append(groups, i)
		}
	}
	if len(groups) > 0 {
		x.Of[right] = groups
	}
}

// span returns where the entries of a right stand.
func (g *group) span(right uint32) (from, to int) {
	from, _ = slices.BinarySearchFunc(g.Entries, right, func(l line, r uint32) int { return cmp.Compare(l.Right, r) })
	for to = from; to < len(g.Entries) && g.Entries[to].Right == right; to++ {
	}
	return from, to
}

func (g *group) add(l line) {
	_, at := g.span(l.Right)
	g.Entries = slices.Insert(g.Entries, at, l)
	if l.Decided != 0 {
		g.Decided++
	}
}

func (g *group) remove(right uint32) {
	from, to := g.span(right)
	for _, l := range g.Entries[from:to] {
		if l.Decided != 0 {
			g.Decided--
		}
	}
	g.Entries = slices.Delete(g.Entries, from, to)
}

// rights returns the rights of a group, ascending.
func (g *group) rights() []int64 {
	var out []int64
	for _, l := range g.Entries {
		if n := len(out); n == 0 || out[n-1] != int64(l.Right) {
			out = append(out, int64(l.Right))
		}
	}
	return out
}
