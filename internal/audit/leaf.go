// Package audit makes the leaves of the tamper-evident log: what was done, as
// canonical JSON under a random salt, and its hash.
//
// Leaves are written in the transaction of the act that they record, so that
// there is no act without a leaf and no leaf without an act. The salt lets a
// payload be withheld, or erased where the law demands it, while its hash
// stays in the log and tells nothing of it.
package audit

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// SaltSize is the length of a salt in bytes.
const SaltSize = 32

// Leaf is one entry of the log.
type Leaf struct {
	Seq     int64  // place in the log, from 1; given by the store
	Kind    string // what sort of act: "load.batch"
	State   int64  // the state of the register after the act
	Salt    []byte // empty where the content was erased
	Payload []byte // canonical JSON; empty where the content was erased
	Hash    [sha256.Size]byte
}

// New makes the leaf of an act. The payload is anything that JSON can hold.
func New(kind string, state int64, payload any) (Leaf, error) {
	canonical, err := Canonical(payload)
	if err != nil {
		return Leaf{}, err
	}
	salt := make([]byte, SaltSize)
	rand.Read(salt)
	l := Leaf{Kind: kind, State: state, Salt: salt, Payload: canonical}
	l.Hash = l.hash()
	return l, nil
}

// Rebuild makes a leaf from what was given out of it. Its hash is computed anew.
func Rebuild(seq int64, kind string, state int64, salt, payload []byte) Leaf {
	l := Leaf{Seq: seq, Kind: kind, State: state, Salt: salt, Payload: payload}
	l.Hash = l.hash()
	return l
}

// hash returns the hash of a leaf: that of a leaf of a Merkle tree (RFC 6962, section
// 2.1) over the salt, the kind, the state and the payload.
func (l *Leaf) hash() [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(l.Salt)
	fmt.Fprintf(h, "%s %d\n", l.Kind, l.State)
	h.Write(l.Payload)
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return sum
}

// Erased tells whether the leaf's content was taken out, as the law of personal data
// may demand; its hash stays.
func (l *Leaf) Erased() bool { return len(l.Salt) == 0 && len(l.Payload) == 0 }

// Sound tells whether the leaf's hash is that of its content.
func (l *Leaf) Sound() bool { return len(l.Salt) == SaltSize && l.Hash == l.hash() }

// Canonical writes v as JSON with sorted names, without white space and
// without escapes that JSON does not demand: the same content is always the
// same bytes. Numbers stay as encoding/json writes them.
func Canonical(v any) ([]byte, error) {
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(plain))
	dec.UseNumber()
	var tree any
	if err := dec.Decode(&tree); err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(tree); err != nil {
		return nil, fmt.Errorf("audit: %w", err)
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}
