package search

import (
	"context"
	"testing"
)

var testSchema = Schema{[]Space{{'t', true}, {'p', true}, {'n', true}, {'i', false}, {'k', false}}}

func title(s string) Field    { return Field{Space: 't', Text: s} }
func abstract(s string) Field { return Field{Space: 't', Part: 1, Text: s} }

// build makes an index of the documents in a temporary folder.
func build(t testing.TB, docs ...Doc) *Index {
	t.Helper()
	ix, err := Create(t.TempDir(), testSchema)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	addDocs(t, ix, docs...)
	return ix
}

func addDocs(t testing.TB, ix *Index, docs ...Doc) {
	t.Helper()
	b, err := ix.NewBatch()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		b.Add(d)
	}
	if err := ix.Commit(context.Background(), b, nil, nil); err != nil {
		t.Fatal(err)
	}
}

func search(t testing.TB, ix *Index, n Node, o Options) Result {
	t.Helper()
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	r, err := s.Search(context.Background(), n, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func slots(r Result) []uint32 {
	out := []uint32{}
	for _, h := range r.Hits {
		out = append(out, h.Slot)
	}
	return out
}
