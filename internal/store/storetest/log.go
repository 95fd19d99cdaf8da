package storetest

import (
	"slices"
	"testing"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/register"
)

// LogStore is a store of the log, with the register's transactions, which write it.
type LogStore interface {
	audit.Store
	register.Store
}

// Log tests a store of leaves and heads.
func Log(t *testing.T, open func(*testing.T) LogStore) {
	s := open(t)
	leaf, err := s.Leaf(ctx, 1)
	same(t, "a leaf that there is not", leaf, err, (*audit.Leaf)(nil))
	var wrote []audit.Leaf
	for i := range int64(3) {
		l, err := audit.New("k", i, map[string]int64{"n": i})
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, func(tx register.Tx) error { return tx.Append(ctx, l) })
		l.Seq = i + 1
		wrote = append(wrote, l)
	}
	leaf, err = s.Leaf(ctx, 2)
	same(t, "a leaf", leaf, err, &wrote[1])
	same(t, "leaves after the first", leaves(t, s, 1), nil, wrote[1:])

	erased, err := audit.New("erased", 9, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EraseLeaf(ctx, 2, erased); err != nil {
		t.Fatal(err)
	}
	erased.Seq = 4
	wrote[1].Salt, wrote[1].Payload = nil, []byte{}
	same(t, "leaves after one is erased", leaves(t, s, 0), nil, append(slices.Clone(wrote), erased))
	var sums [][32]byte
	err = s.LeafHashes(ctx, 2, func(seq int64, hash [32]byte) error { sums = append(sums, hash); return nil })
	same(t, "hashes", sums, err, [][32]byte{wrote[2].Hash, erased.Hash})

	h := audit.Head{Origin: "o", Size: 3, Root: [32]byte{1, 2}, At: time.Unix(9, 0).UTC(), Signed: "note"}
	for _, c := range []struct {
		before int64
		kept   bool
	}{{1, false}, {0, true}, {0, false}} {
		kept, err := s.PutHead(ctx, c.before, h)
		same(t, "whether a head is kept", kept, err, c.kept)
	}
	heads, err := s.Heads(ctx)
	for i := range heads {
		heads[i].At = heads[i].At.UTC()
	}
	same(t, "heads", heads, err, []audit.Head{h})
}

func leaves(t *testing.T, s audit.Store, after int64) []audit.Leaf {
	t.Helper()
	var out []audit.Leaf
	if err := s.Leaves(ctx, after, func(l *audit.Leaf) error { out = append(out, *l); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}
