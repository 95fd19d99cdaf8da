package audit

import (
	"context"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"onewindow/internal/ierr"
)

// Store keeps leaves and signed heads.
type Store interface {
	// LeafHashes calls fn with the hashes of the leaves after one, in order.
	LeafHashes(ctx context.Context, after int64, fn func(seq int64, hash [32]byte) error) error
	// Leaves calls fn with the leaves after one, in order.
	Leaves(ctx context.Context, after int64, fn func(*Leaf) error) error
	// Leaf returns one leaf, nil where there is none.
	Leaf(ctx context.Context, seq int64) (*Leaf, error)
	// EraseLeaf empties salt and payload of a leaf and appends one that says so.
	EraseLeaf(ctx context.Context, seq int64, leaf Leaf) error
	// PutHead keeps a head if before is the size of the last one, 0 for none; else it
	// tells that it did not.
	PutHead(ctx context.Context, before int64, h Head) (bool, error)
	// Heads returns all heads by size.
	Heads(ctx context.Context) ([]Head, error)
}

// Log is the tamper-evident log of one data folder.
type Log struct {
	Store Store
	Key   *Key
	Now   func() time.Time

	mu   sync.Mutex
	edge edge // of the leaves that were read
}

// Sign signs the log as it is now and keeps the head. The last head is returned where
// nothing was added since.
func (l *Log) Sign(ctx context.Context) (Head, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	heads, err := l.Store.Heads(ctx)
	if err != nil {
		return Head{}, err
	}
	grown := edge{l.edge.n, append([]subtree(nil), l.edge.trees...)}
	if err := l.Store.LeafHashes(ctx, grown.n, grown.follow); err != nil {
		return Head{}, err
	}
	l.edge = grown
	h := Head{Size: grown.n, Root: grown.root(), At: l.Now().UTC().Truncate(time.Second)}
	var last Head
	if len(heads) > 0 {
		last = heads[len(heads)-1]
	}
	switch {
	case len(heads) > 0 && last.Size == h.Size && last.Root == h.Root:
		return last, nil
	case last.Size >= h.Size && len(heads) > 0:
		// What was signed is not there any more: no other head may hide it.
		return Head{}, ierr.New(ierr.Corrupt, "audit.shrunk", ierr.Args{"signed": last.Size, "leaves": h.Size})
	}
	if err := l.Key.sign(&h); err != nil {
		return Head{}, err
	}
	ok, err := l.Store.PutHead(ctx, last.Size, h)
	if err == nil && !ok {
		err = ierr.New(ierr.Conflict, "audit.head-taken", nil)
	}
	return h, err
}

// SignDaily signs where the last head is of an earlier day, or there is none.
func (l *Log) SignDaily(ctx context.Context, zone *time.Location) error {
	heads, err := l.Store.Heads(ctx)
	if err != nil {
		return err
	}
	if len(heads) > 0 && day(heads[len(heads)-1].At, zone) == day(l.Now(), zone) {
		return nil
	}
	_, err = l.Sign(ctx)
	return err
}

func day(t time.Time, zone *time.Location) string { return t.In(zone).Format(time.DateOnly) }

// follow appends the hash of a leaf, whose place has to be the next.
func (e *edge) follow(seq int64, hash [32]byte) error {
	if seq != e.n+1 {
		return ierr.New(ierr.Corrupt, "audit.gap", ierr.Args{"seq": e.n + 1})
	}
	e.add(hash)
	return nil
}

// Erase takes the content of a leaf out, as the law of personal data may demand (个人信息
// 保护法第四十七条). Its hash stays, so that the log still verifies.
func (l *Log) Erase(ctx context.Context, seq int64, reason, by string) error {
	if reason == "" || len(reason) > maxReason || by == "" {
		return ierr.New(ierr.Invalid, "audit.erase-reason", ierr.Args{"limit": maxReason})
	}
	old, err := l.Leaf(ctx, seq)
	if err != nil {
		return err
	}
	if old.Erased() {
		return ierr.New(ierr.NotFound, "audit.no-leaf", ierr.Args{"seq": seq})
	}
	leaf, err := New(erasure, old.State, map[string]any{"seq": seq, "reason": reason, "by": by})
	if err != nil {
		return err
	}
	return l.Store.EraseLeaf(ctx, seq, leaf)
}

// erasure is the kind of the leaves that tell of an erased one.
const erasure = "audit.erase"

// maxReason limits the bytes of a reason.
const maxReason = 2000

// Proof shows that a leaf stands in a log of which one holds a head (RFC 6962, section
// 2.1.1).
type Proof struct {
	Leaf Leaf
	Head Head
	Path []tlog.Hash
}

// Leaf returns a leaf, NotFound where there is none.
func (l *Log) Leaf(ctx context.Context, seq int64) (*Leaf, error) {
	leaf, err := l.Store.Leaf(ctx, seq)
	if err == nil && leaf == nil {
		err = ierr.New(ierr.NotFound, "audit.no-leaf", ierr.Args{"seq": seq})
	}
	return leaf, err
}

// Prove makes the proof of a leaf for the first signed head that holds it. The hashes of
// all leaves before that head are in memory meanwhile, 64 bytes for each.
func (l *Log) Prove(ctx context.Context, seq int64) (*Proof, error) {
	heads, err := l.Store.Heads(ctx)
	if err != nil {
		return nil, err
	}
	leaf, err := l.Leaf(ctx, seq)
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if h.Size < seq {
			continue
		}
		all, err := l.tree(ctx, h.Size)
		if err != nil {
			return nil, err
		}
		path, err := tlog.ProveRecord(h.Size, seq-1, all)
		return &Proof{*leaf, h, path}, err
	}
	return nil, ierr.New(ierr.NotFound, "audit.not-signed-yet", ierr.Args{"seq": seq})
}

// Check tells whether the proof holds: the leaf is sound, or erased, and stands in the
// tree of the head.
func (p *Proof) Check() error {
	if !p.Leaf.Erased() && !p.Leaf.Sound() {
		return ierr.New(ierr.Corrupt, "audit.fault.content", ierr.Args{"seq": p.Leaf.Seq})
	}
	if err := tlog.CheckRecord(p.Path, p.Head.Size, p.Head.Root, p.Leaf.Seq-1, p.Leaf.Hash); err != nil {
		return ierr.Wrap(err, ierr.Corrupt, "audit.fault.proof", ierr.Args{"seq": p.Leaf.Seq})
	}
	return nil
}

// nodes are the hashes of a tree in the order of tlog.StoredHashIndex.
type nodes []tlog.Hash

// ReadHashes implements tlog.HashReader.
func (n nodes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, 0, len(indexes))
	for _, i := range indexes {
		if i >= int64(len(n)) {
			return nil, ierr.New(ierr.Corrupt, "audit.gap", ierr.Args{"seq": i})
		}
		out = append(out, n[i])
	}
	return out, nil
}

// tree returns the nodes over the first leaves.
func (l *Log) tree(ctx context.Context, size int64) (nodes, error) {
	var all nodes
	var n int64
	err := l.Store.LeafHashes(ctx, 0, func(seq int64, hash [32]byte) error {
		if n == size {
			return nil
		}
		more, err := tlog.StoredHashesForRecordHash(n, hash, all)
		all = append(all, more...)
		n++
		return err
	})
	if err == nil && n < size {
		err = ierr.New(ierr.Corrupt, "audit.gap", ierr.Args{"seq": n + 1})
	}
	return all, err
}
