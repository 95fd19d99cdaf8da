package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	asked "github.com/blevesearch/bleve/v2/search/query"
)

// TestHitsEqualBleve asks an independent engine the same. Its documents are
// invented words in one inflection, so that both take texts apart alike.
func TestHitsEqualBleve(t *testing.T) {
	m := bleve.NewIndexMapping()
	if err := m.AddCustomAnalyzer("plain", map[string]any{
		"type": custom.Name, "tokenizer": unicode.Name, "token_filters": []string{lowercase.Name},
	}); err != nil {
		t.Fatal(err)
	}
	m.DefaultAnalyzer = "plain"
	other, err := bleve.NewMemOnly(m)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var words []string
	for i := range 60 {
		words = append(words, fmt.Sprintf("%c%c%dx", 'a'+i%7, 'k'+i%5, i))
	}
	r := dice{rand.New(rand.NewPCG(2, 6))}
	text := func(n int) string {
		var w []string
		for range n {
			w = append(w, r.of(words))
		}
		return strings.Join(w, " ")
	}
	ix := build(t)
	const docs = 600
	var list []Doc
	batch := other.NewBatch()
	for i := range docs {
		a, b := text(1+r.IntN(6)), text(5+r.IntN(20))
		list = append(list, Doc{[]Field{title(a), abstract(b)}})
		if err := batch.Index(fmt.Sprint(i), map[string]string{"t": a, "a": b}); err != nil {
			t.Fatal(err)
		}
	}
	if err := other.Batch(batch); err != nil {
		t.Fatal(err)
	}
	addDocs(t, ix, list[:docs/2]...)
	addDocs(t, ix, list[docs/2:]...)
	type pair struct {
		ours   Node
		theirs asked.Query
	}
	either := func(f func(field string) asked.FieldableQuery) asked.Query {
		a, b := f("t"), f("a")
		a.SetField("t")
		b.SetField("a")
		return bleve.NewDisjunctionQuery(a, b)
	}
	var make func(depth int) pair
	make = func(depth int) pair {
		if depth > 0 {
			a, b := make(depth-1), make(depth-1)
			switch r.IntN(3) {
			case 0:
				return pair{And{[]Node{a.ours, b.ours}}, bleve.NewConjunctionQuery(a.theirs, b.theirs)}
			case 1:
				return pair{Or{[]Node{a.ours, b.ours}}, bleve.NewDisjunctionQuery(a.theirs, b.theirs)}
			}
			q := bleve.NewBooleanQuery()
			q.AddMust(a.theirs)
			q.AddMustNot(b.theirs)
			return pair{And{[]Node{a.ours, Not{b.ours}}}, q}
		}
		w := r.of(words)
		switch r.IntN(5) {
		case 0:
			p := w[:1+r.IntN(3)]
			return pair{Prefix{'t', AnyPart, p}, either(func(string) asked.FieldableQuery { return bleve.NewPrefixQuery(p) })}
		case 1:
			p := w[:1] + "?" + w[2:3] + "*"
			return pair{Wildcard{'t', AnyPart, p}, either(func(string) asked.FieldableQuery { return bleve.NewWildcardQuery(p) })}
		case 2:
			p := w + " " + r.of(words)
			return pair{Text{'t', AnyPart, p}, either(func(string) asked.FieldableQuery { return bleve.NewMatchPhraseQuery(p) })}
		case 3:
			q := bleve.NewTermQuery(w)
			q.SetField("t")
			return pair{Text{'t', Part0, w}, q}
		}
		return pair{Text{'t', AnyPart, w}, either(func(string) asked.FieldableQuery { return bleve.NewTermQuery(w) })}
	}
	found := 0
	for i := range 300 {
		q := make(i % 4)
		res, err := other.Search(bleve.NewSearchRequestOptions(q.theirs, docs, 0, false))
		if err != nil {
			t.Fatal(err)
		}
		var want []uint32
		for _, h := range res.Hits {
			var n uint32
			fmt.Sscan(h.ID, &n)
			want = append(want, n)
		}
		slices.Sort(want)
		s, err := ix.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		mine, err := s.Search(context.Background(), q.ours, Options{Top: docs})
		s.Release()
		if err != nil {
			t.Fatal(err)
		}
		got := slots(mine)
		slices.Sort(got)
		if !slices.Equal(got, want) && len(got)+len(want) > 0 {
			t.Fatalf("%#v: %d hits, want %d", q.ours, len(got), len(want))
		}
		found += len(got)
	}
	if found < 1000 {
		t.Errorf("only %d hits in all: the questions are too narrow to compare", found)
	}
}
