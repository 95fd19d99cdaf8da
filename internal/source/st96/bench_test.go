package st96

import (
	"io"
	"testing"
)

// BenchmarkWrite writes an export of all kinds.
func BenchmarkWrite(b *testing.B) {
	docs := invent(1, 400)
	b.SetBytes(int64(len(written(b, docs...))))
	for b.Loop() {
		w := NewWriter(io.Discard, Meta{})
		for _, d := range docs {
			if err := w.Write(d); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
