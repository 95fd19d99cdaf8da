package party

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"sync"
)

// resolution is which nodes are one party: a pure function of the edges and of
// the decisions that stand. It does not change.
type resolution struct {
	t      *table
	edges  []edge
	order  []uint32 // all nodes, by key
	rights []int32  // by node: rights that bear it, about; 0 for what does not stand
	parent []uint32 // by node: the least node of its party
	why    []int32  // by node: the edge that joined it or those below it, whyAlone or whyDecided
	byRoot []uint32 // nodes that stand, those of one party one behind the other
	begin  []uint32 // by root: where its nodes begin in byRoot; they end where those of the next root begin
	total  []int32  // by root: about how many rights name it
	all    []uint32 // roots of all parties, ascending
	sides  []sides  // of the decisions that keep names apart
	apart  map[uint32]map[int]uint8
	doubts func() []doubt
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
func resolve(t *table, w *woven, decisions []Decision) *resolution {
	n := len(t.nodes)
	r := &resolution{t: t, edges: w.edges, order: w.order, rights: make([]int32, n), parent: make([]uint32, n), why: make([]int32, n)}
	for i := range r.parent {
		r.parent[i], r.why[i], r.rights[i] = uint32(i), whyAlone, t.nodes[i].rights
	}
	j := joiner{r: r, marks: map[uint32]map[int]uint8{}}
	for i := len(decisions) - 1; i >= 0; i-- {
		if d := &decisions[i]; d.Stands() {
			j.decide(d)
		}
	}
	for i, e := range r.edges {
		if t.namer.rules.sure[e.rule][e.near] < t.namer.rules.join {
			break
		}
		j.join(e.a, e.b, int32(i))
	}
	r.gather()
	r.keepApart()
	r.doubts = sync.OnceValue(r.findDoubts)
	return r
}

// gather lists the members of each party and counts its rights.
func (r *resolution) gather() {
	n := len(r.parent)
	r.begin, r.total = make([]uint32, n+1), make([]int32, n)
	for i := range r.parent {
		r.parent[i] = r.root(uint32(i))
		if r.stands(uint32(i)) {
			r.begin[r.parent[i]+1]++
		}
	}
	for i := range n {
		if r.begin[i+1] > 0 {
			r.all = append(r.all, uint32(i))
		}
		r.begin[i+1] += r.begin[i]
	}
	r.byRoot = make([]uint32, r.begin[n])
	next := slices.Clone(r.begin)
	for i, root := range r.parent {
		if r.stands(uint32(i)) {
			r.byRoot[next[root]] = uint32(i)
			next[root]++
		}
	}
	for w := range r.t.wordings {
		r.count(uint32(w))
	}
}

// count adds the rights of a wording to the parties that it names.
func (r *resolution) count(w uint32) {
	own := r.t.entriesOf(w)
	for i, e := range own {
		if e.node == none || slices.ContainsFunc(own[:i], func(b entry) bool { return b.node != none && r.parent[b.node] == r.parent[e.node] }) {
			continue
		}
		r.total[r.parent[e.node]] += r.t.wordings[w].rights
	}
}

// members returns the nodes of a party, ascending.
func (r *resolution) members(root uint32) []uint32 { return r.byRoot[r.begin[root]:r.begin[root+1]] }

// stands tells whether a node was borne by a statement that stood when this was
// resolved.
func (r *resolution) stands(n uint32) bool { return int(n) < len(r.rights) && r.rights[n] > 0 }

// beginning goes through the nodes that stand whose keys begin with a text.
func (r *resolution) beginning(text string) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		at, _ := slices.BinarySearchFunc(r.order, text, func(n uint32, s string) int { return strings.Compare(r.t.key(n), s) })
		for ; at < len(r.order) && strings.HasPrefix(r.t.key(r.order[at]), text); at++ {
			if n := r.order[at]; r.stands(n) && !yield(n) {
				return
			}
		}
	}
}

// byID returns the node that stands with the number of an id.
func (r *resolution) byID(number uint64) (uint32, bool) {
	n, ok := r.t.ids[number]
	return n, ok && r.stands(n)
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
		if n, ok := r.t.keys.find(k); ok && r.stands(n) {
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
	for i, n := range r.members(root) {
		key := r.t.key(n)
		number, isIdent := idNumber(key), strings.HasPrefix(key, nodeIdent)
		if i == 0 || isIdent && !ident || isIdent == ident && number < best {
			best, ident = number, isIdent
		}
	}
	return idOf(best)
}
