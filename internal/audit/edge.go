package audit

import "golang.org/x/mod/sumdb/tlog"

// edge is the right edge of a Merkle tree: the roots of the full trees that its leaves
// make up, largest first. It takes the logarithm of the leaves in memory, and is
// enough for the root (RFC 6962, section 2.1).
type edge struct {
	n     int64
	trees []subtree
}

type subtree struct {
	height int
	hash   tlog.Hash
}

// add appends a leaf.
func (e *edge) add(leaf tlog.Hash) {
	t := subtree{0, leaf}
	for len(e.trees) > 0 {
		last := e.trees[len(e.trees)-1]
		if last.height != t.height {
			break
		}
		t = subtree{t.height + 1, tlog.NodeHash(last.hash, t.hash)}
		e.trees = e.trees[:len(e.trees)-1]
	}
	e.trees = append(e.trees, t)
	e.n++
}

// root returns the root of the whole, that of no leaves where there are none.
func (e *edge) root() tlog.Hash {
	if e.n == 0 {
		return emptyRoot
	}
	h := e.trees[len(e.trees)-1].hash
	for i := len(e.trees) - 2; i >= 0; i-- {
		h = tlog.NodeHash(e.trees[i].hash, h)
	}
	return h
}
