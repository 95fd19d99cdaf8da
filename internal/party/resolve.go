package party

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"slices"
	"strings"
	"sync"
)

// resolution is which nodes are one party: a pure function of the edges and of
// the decisions that stand. It does not change.
type resolution struct {
	t       *table
	edges   []edge
	rights  []int32  // by node
	parent  []uint32 // by node: the least node of its party
	why     []int32  // by node: the edge that joined it or those below it, whyAlone or whyDecided
	members map[uint32][]uint32
	order   []uint32          // nodes that stand, by key
	ids     map[uint64]uint32 // nodes that stand, by the number behind their ids
	sides   []sides           // of the decisions that keep names apart
	apart   map[uint32]map[int]uint8
	doubts  func() []doubt
}

const (
	whyAlone   = -1
	whyDecided = -2
)

// sides are the nodes that a decision keeps apart.
type sides struct{ a, b []uint32 }

// resolve joins nodes: first as decisions say, the newest first, then along edges
// that are sure enough, the surest first. What a decision keeps apart is joined by
// nothing that is older or that a rule says.
func resolve(t *table, edges []edge, rights []int32, decisions []Decision) *resolution {
	r := &resolution{t: t, edges: edges, rights: rights, parent: make([]uint32, len(rights)), why: make([]int32, len(rights))}
	for i := range r.parent {
		r.parent[i], r.why[i] = uint32(i), whyAlone
	}
	j := joiner{r: r, marks: map[uint32]map[int]uint8{}}
	for i := len(decisions) - 1; i >= 0; i-- {
		if d := &decisions[i]; d.Stands() {
			j.decide(d)
		}
	}
	for i, e := range edges {
		if e.confidence < t.namer.rules.join {
			break
		}
		j.join(e.a, e.b, int32(i))
	}
	r.gather()
	r.keepApart()
	r.doubts = sync.OnceValue(r.findDoubts)
	return r
}

// gather lists the members of each party and the ids of all nodes that stand.
func (r *resolution) gather() {
	r.members, r.ids = map[uint32][]uint32{}, make(map[uint64]uint32, len(r.parent))
	for n := range r.parent {
		if r.rights[n] > 0 {
			root := r.root(uint32(n))
			r.members[root] = append(r.members[root], uint32(n))
			r.ids[idNumber(r.t.nodes[n].Key)] = uint32(n)
		}
	}
	for n := range r.parent {
		r.parent[n] = r.root(uint32(n))
		if r.rights[n] > 0 {
			r.order = append(r.order, uint32(n))
		}
	}
	slices.SortFunc(r.order, func(a, b uint32) int { return strings.Compare(r.t.nodes[a].Key, r.t.nodes[b].Key) })
}

// stands tells whether a node was borne by a statement that stood when this was
// resolved.
func (r *resolution) stands(n uint32) bool { return int(n) < len(r.rights) && r.rights[n] > 0 }

// beginning returns the nodes whose keys begin with a text.
func (r *resolution) beginning(text string) []uint32 {
	from, _ := slices.BinarySearchFunc(r.order, text, func(n uint32, s string) int { return strings.Compare(r.t.nodes[n].Key, s) })
	to := from
	for to < len(r.order) && strings.HasPrefix(r.t.nodes[r.order[to]].Key, text) {
		to++
	}
	return r.order[from:to]
}

func (r *resolution) root(n uint32) uint32 {
	for r.parent[n] != n {
		r.parent[n] = r.parent[r.parent[n]]
		n = r.parent[n]
	}
	return n
}

// nodes returns the nodes of keys, without those that no statement bears: what is
// resolved depends on what stands alone.
func (r *resolution) nodes(keys []string) []uint32 {
	var out []uint32
	for _, k := range keys {
		if n, ok := r.t.byKey[k]; ok && r.stands(n) {
			out = append(out, n)
		}
	}
	return out
}

// joiner joins nodes where no decision keeps them apart.
type joiner struct {
	r     *resolution
	marks map[uint32]map[int]uint8 // by root: on which sides of which decisions it has nodes
}

func (j *joiner) decide(d *Decision) {
	a, b := j.r.nodes(d.A), j.r.nodes(d.B)
	if d.Act == ActMerge {
		all := append(slices.Clone(a), b...)
		slices.Sort(all)
		for i, x := range all {
			for _, y := range all[i+1:] {
				j.join(x, y, whyDecided)
			}
		}
		return
	}
	n := len(j.r.sides)
	j.r.sides = append(j.r.sides, sides{a, b})
	for side, nodes := range [][]uint32{a, b} {
		for _, x := range nodes {
			root := j.r.root(x)
			if j.marks[root] == nil {
				j.marks[root] = map[int]uint8{}
			}
			j.marks[root][n] |= 1 << side
		}
	}
}

// join makes one party of those of two nodes, unless that is decided against.
func (j *joiner) join(a, b uint32, why int32) {
	x, y := j.r.root(a), j.r.root(b)
	if x == y || apart(j.marks[x], j.marks[y]) {
		return
	}
	if x > y {
		x, y = y, x
	}
	j.r.parent[y] = x
	for _, n := range [...]uint32{a, b} {
		if j.r.why[n] == whyAlone {
			j.r.why[n] = why
		}
	}
	if m := j.marks[y]; m != nil {
		if j.marks[x] == nil {
			j.marks[x] = m
		} else {
			for n, side := range m {
				j.marks[x][n] |= side
			}
		}
		delete(j.marks, y)
	}
}

// apart tells whether a decision keeps nodes with these marks apart.
func apart(x, y map[int]uint8) bool {
	for n, side := range x {
		if side|y[n] == 3 && y[n] != 0 {
			return true
		}
	}
	return false
}

// keepApart notes which parties are on which side of the decisions that keep
// names apart.
func (r *resolution) keepApart() {
	r.apart = map[uint32]map[int]uint8{}
	for i, s := range r.sides {
		for side, nodes := range [][]uint32{s.a, s.b} {
			for _, n := range nodes {
				root := r.parent[n]
				if r.apart[root] == nil {
					r.apart[root] = map[int]uint8{}
				}
				r.apart[root][i] |= 1 << side
			}
		}
	}
}

// decidedApart tells whether a decision keeps two parties apart, by their roots.
func (r *resolution) decidedApart(x, y uint32) bool { return apart(r.apart[x], r.apart[y]) }

// idPrefix begins the ids of parties.
const idPrefix = "P"

var idAlphabet = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// idNumber is the number behind the id of the party that has a key: the first 60
// bits of its SHA-256.
func idNumber(key string) uint64 {
	sum := sha256.Sum256([]byte(key))
	return binary.BigEndian.Uint64(sum[:8]) >> 4
}

// idOf writes a number as an id: P and twelve digits and letters.
func idOf(number uint64) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], number<<4)
	return idPrefix + idAlphabet.EncodeToString(b[:])[:12]
}

// parseID reads an id in any case.
func parseID(s string) (uint64, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) != 13 || s[:1] != idPrefix {
		return 0, false
	}
	b, err := idAlphabet.DecodeString(s[1:] + "0")
	if err != nil || len(b) < 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(b) >> 4, true
}

// id returns the id of a party: that of its credit code, where it has one, else
// the least one of its names. The id of each of its names leads to it too.
func (r *resolution) id(root uint32) string {
	best, ident := uint64(0), false
	for i, n := range r.members[root] {
		key := r.t.nodes[n].Key
		number, isIdent := idNumber(key), strings.HasPrefix(key, nodeIdent)
		if i == 0 || isIdent && !ident || isIdent == ident && number < best {
			best, ident = number, isIdent
		}
	}
	return idOf(best)
}
