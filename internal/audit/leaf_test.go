package audit

import (
	"crypto/sha256"
	"testing"
)

func TestTheSameContentIsTheSameBytes(t *testing.T) {
	type act struct {
		Who  string `json:"who"`
		Load int64  `json:"load"`
	}
	want := `{"load":9007199254740993,"who":"<张三 & Co>"}`
	for _, v := range []any{
		act{"<张三 & Co>", 9007199254740993},
		map[string]any{"who": "<张三 & Co>", "load": int64(9007199254740993)},
	} {
		got, err := Canonical(v)
		if err != nil || string(got) != want {
			t.Errorf("%v is written %s, %v; want %s", v, got, err, want)
		}
	}
	if _, err := Canonical(func() {}); err == nil {
		t.Error("a function was written")
	}
}

func TestALeafIsBoundToItsPayload(t *testing.T) {
	a, err := New("load.begin", 3, map[string]int{"load": 1})
	if err != nil {
		t.Fatal(err)
	}
	if !a.Sound() {
		t.Error("a fresh leaf is not sound")
	}
	b, err := New("load.begin", 3, map[string]int{"load": 1})
	if err != nil {
		t.Fatal(err)
	}
	if a.Hash == b.Hash {
		t.Error("equal payloads have equal hashes: the salt is missing")
	}
	a.Payload[len(a.Payload)-2]++
	if a.Sound() {
		t.Error("a changed payload went unnoticed")
	}
	for _, changed := range []Leaf{{Kind: "load.end", State: b.State}, {Kind: b.Kind, State: b.State + 1}} {
		changed.Salt, changed.Payload, changed.Hash = b.Salt, b.Payload, b.Hash
		if changed.Sound() {
			t.Errorf("another kind or state went unnoticed: %s %d", changed.Kind, changed.State)
		}
	}
	b.Salt = b.Salt[:8]
	if b.Sound() {
		t.Error("a cut salt went unnoticed")
	}
}

func TestHashIsThatOfAMerkleLeaf(t *testing.T) {
	l := Leaf{Kind: "kind", State: 7, Salt: []byte("salt"), Payload: []byte("payload")}
	if got, want := l.hash(), sha256.Sum256([]byte("\x00saltkind 7\npayload")); got != want {
		t.Errorf("the hash is %x, want %x", got, want)
	}
}
