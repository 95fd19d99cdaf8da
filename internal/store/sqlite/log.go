package sqlite

import (
	"context"
	"database/sql"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
)

// LeafHashes implements audit.Store.
func (db *DB) LeafHashes(ctx context.Context, after int64, fn func(seq int64, hash [32]byte) error) error {
	return db.q.query(ctx, "SELECT seq, hash FROM leaf WHERE seq > ? ORDER BY seq", []any{after}, func(rows *sql.Rows) error {
		var seq int64
		var hash sql.RawBytes
		if err := rows.Scan(&seq, &hash); err != nil {
			return err
		}
		sum, err := hashOf(seq, hash)
		if err != nil {
			return err
		}
		return fn(seq, sum)
	})
}

// Leaves implements audit.Store.
func (db *DB) Leaves(ctx context.Context, after int64, fn func(*audit.Leaf) error) error {
	return db.leaves(ctx, "WHERE seq > ? ORDER BY seq", []any{after}, fn)
}

// Leaf implements audit.Store.
func (db *DB) Leaf(ctx context.Context, seq int64) (*audit.Leaf, error) {
	var out *audit.Leaf
	err := db.leaves(ctx, "WHERE seq = ?", []any{seq}, func(l *audit.Leaf) error {
		out = l
		return nil
	})
	return out, err
}

func (r reader) leaves(ctx context.Context, where string, args []any, fn func(*audit.Leaf) error) error {
	return r.q.query(ctx, "SELECT seq, kind, state, salt, payload, hash FROM leaf "+where, args, func(rows *sql.Rows) error {
		l := &audit.Leaf{}
		var hash sql.RawBytes
		err := rows.Scan(&l.Seq, &l.Kind, &l.State, &l.Salt, &l.Payload, &hash)
		if err != nil {
			return err
		}
		if l.Hash, err = hashOf(l.Seq, hash); err != nil {
			return err
		}
		return fn(l)
	})
}

// hashOf reads the hash of a leaf. One that is no hash is damage, not another hash.
func hashOf(seq int64, b []byte) (sum [32]byte, err error) {
	if len(b) != len(sum) {
		return sum, ierr.New(ierr.Corrupt, "audit.fault.content", ierr.Args{"seq": seq})
	}
	copy(sum[:], b)
	return sum, nil
}

// EraseLeaf implements audit.Store.
func (db *DB) EraseLeaf(ctx context.Context, seq int64, leaf audit.Leaf) error {
	return db.transact(ctx, func(t *tx) error {
		if _, err := t.q.exec(ctx, "UPDATE leaf SET salt = x'', payload = '' WHERE seq = ?", seq); err != nil {
			return err
		}
		return t.Append(ctx, leaf)
	})
}

// PutHead implements audit.Store.
func (db *DB) PutHead(ctx context.Context, before int64, h audit.Head) (kept bool, err error) {
	err = db.transact(ctx, func(t *tx) error {
		heads, err := t.heads(ctx)
		if err != nil {
			return err
		}
		var last int64
		if len(heads) > 0 {
			last = heads[len(heads)-1].Size
		}
		if last != before {
			return nil
		}
		kept = true
		_, err = t.q.exec(ctx, "INSERT INTO log_head (size, root, origin, at, signed) VALUES (?, ?, ?, ?, ?)",
			h.Size, h.Root[:], h.Origin, micros(h.At), h.Signed)
		return err
	})
	return kept, err
}

// Heads implements audit.Store.
func (db *DB) Heads(ctx context.Context) ([]audit.Head, error) { return db.heads(ctx) }

func (r reader) heads(ctx context.Context) ([]audit.Head, error) {
	var out []audit.Head
	err := r.q.query(ctx, "SELECT size, root, origin, at, signed FROM log_head ORDER BY size", nil, func(rows *sql.Rows) error {
		var h audit.Head
		var root sql.RawBytes
		var at int64
		err := rows.Scan(&h.Size, &root, &h.Origin, &at, &h.Signed)
		if err != nil {
			return err
		}
		if h.Root, err = hashOf(h.Size, root); err != nil {
			return err
		}
		h.At = instant(at)
		out = append(out, h)
		return nil
	})
	return out, err
}
