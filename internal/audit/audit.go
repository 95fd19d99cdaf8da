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
	Salt    []byte
	Payload []byte // canonical JSON
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
	return Leaf{Kind: kind, State: state, Salt: salt, Payload: canonical, Hash: Hash(salt, canonical)}, nil
}

// Hash returns the hash of a leaf: SHA-256 of a zero byte, the salt and the
// payload. The zero byte keeps leaves apart from the nodes of a Merkle tree
// (RFC 6962, section 2.1).
func Hash(salt, payload []byte) [sha256.Size]byte {
	h := sha256.New()
	h.Write([]byte{0})
	h.Write(salt)
	h.Write(payload)
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return sum
}

// Sound tells whether the leaf's hash is that of its salt and payload.
func (l *Leaf) Sound() bool { return len(l.Salt) == SaltSize && l.Hash == Hash(l.Salt, l.Payload) }

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
