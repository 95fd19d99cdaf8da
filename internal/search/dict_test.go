package search

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestTermsAreLocatedFromWhereverACursorIs looks up terms that are there and terms
// that are not, in order and at random, with one cursor.
func TestTermsAreLocatedFromWhereverACursorIs(t *testing.T) {
	ix, err := Create(t.TempDir(), testSchema)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	b, err := ix.NewBatch()
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	var terms [][]byte
	for i := range 3000 {
		word := fmt.Sprintf("commonhead%d", i*i%7919)
		b.Add(Doc{Fields: []Field{{Space: 't', Text: word}}})
		there["t"+word] = true
		terms = append(terms, []byte("t"+word), fmt.Appendf(nil, "tcommonhead%dx", i), fmt.Appendf(nil, "%c%d", 'a'+i%26, i))
	}
	if err := ix.Commit(context.Background(), b, nil, nil); err != nil {
		t.Fatal(err)
	}
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	look := func() {
		var c dictCursor
		for _, term := range terms {
			if got := s.views[0].locate(&c, term); got != there[string(term)] {
				t.Fatalf("%s: %v", term, got)
			}
		}
	}
	look()
	slices.SortFunc(terms, bytes.Compare)
	look()
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(terms), func(i, j int) { terms[i], terms[j] = terms[j], terms[i] })
	look()
}
