package classify

import (
	"cmp"
	"slices"
)

// trie finds all keys that begin at a place of a text, byte by byte and without
// allocating. Its edges lie in one table, sorted within each node.
type trie struct {
	nodes  []node
	labels []byte
	kids   []int32
	values []int32
}

// node is a range of edges and a range of values.
type node struct{ edge, edgeEnd, value, valueEnd int32 }

// entry is a key of a trie and what it stands for.
type entry struct {
	key   string
	value int32
}

// newTrie makes a trie of the entries, in whose order the values of one key stay.
func newTrie(entries []entry) *trie {
	sorted := slices.Clone(entries)
	slices.SortStableFunc(sorted, func(a, b entry) int { return cmp.Compare(a.key, b.key) })
	t := &trie{nodes: make([]node, 1)}
	t.fill(0, sorted, 0)
	return t
}

// fill makes node n of the sorted entries, which share their first depth bytes.
func (t *trie) fill(n int32, sorted []entry, depth int) {
	i := 0
	t.nodes[n].value = int32(len(t.values))
	for ; i < len(sorted) && len(sorted[i].key) == depth; i++ {
		t.values = append(t.values, sorted[i].value)
	}
	t.nodes[n].valueEnd = int32(len(t.values))
	rest := sorted[i:]
	t.nodes[n].edge = int32(len(t.labels))
	for j := 0; j < len(rest); j = span(rest, j, depth) {
		t.labels = append(t.labels, rest[j].key[depth])
		t.kids = append(t.kids, int32(len(t.nodes)))
		t.nodes = append(t.nodes, node{})
	}
	edge := t.nodes[n].edge
	t.nodes[n].edgeEnd = int32(len(t.labels))
	for j := 0; j < len(rest); edge++ {
		end := span(rest, j, depth)
		t.fill(t.kids[edge], rest[j:end], depth+1)
		j = end
	}
}

// span returns the end of the entries from j on that share the byte at depth.
func span(sorted []entry, j, depth int) int {
	b := sorted[j].key[depth]
	for j++; j < len(sorted) && sorted[j].key[depth] == b; j++ {
	}
	return j
}

// step returns the node that byte b leads to, or -1.
func (t *trie) step(n int32, b byte) int32 {
	lo, hi := t.nodes[n].edge, t.nodes[n].edgeEnd
	for lo < hi {
		mid := (lo + hi) / 2
		switch l := t.labels[mid]; {
		case l == b:
			return t.kids[mid]
		case l < b:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return -1
}

// at returns the values of node n.
func (t *trie) at(n int32) []int32 { return t.values[t.nodes[n].value:t.nodes[n].valueEnd] }
