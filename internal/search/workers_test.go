package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/ierr"
)

// seen notes the windows that it was shown, and counts hits; it is not Parallel.
type seen struct {
	bases []uint32
	hits  int
}

func (s *seen) Collect(base uint32, words []uint64) {
	s.bases = append(s.bases, base)
	s.hits += countBits(words)
}

// sharedSeen is seen by several goroutines.
type sharedSeen struct{ seen }

func (s *sharedSeen) Fork() Collector { return &sharedSeen{} }

func (s *sharedSeen) Join(fork Collector) {
	f := fork.(*sharedSeen)
	s.bases = append(s.bases, f.bases...)
	s.hits += f.hits
}

// manyDocs makes an index of n documents, the texts of which are drawn from few
// words.
func manyDocs(t *testing.T, n int) (*Snapshot, dice) {
	t.Helper()
	r := dice{rand.New(rand.NewPCG(11, 3))}
	ix := build(t)
	b, err := ix.NewBatch()
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		b.Add(Doc{[]Field{title(r.of(modelWords) + " " + r.of(modelWords)), abstract(r.text(6))}})
	}
	if err := ix.Commit(context.Background(), b, nil, nil); err != nil {
		t.Fatal(err)
	}
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Release)
	return s, r
}

// TestHowManyWorkersMakesNoDifference asks the same of one worker and of several,
// for few hits, for which most documents are not weighed, and for all, for which
// every one is: scores and order must be equal to the last bit.
func TestHowManyWorkersMakesNoDifference(t *testing.T) {
	if testing.Short() {
		t.Skip("many documents")
	}
	s, r := manyDocs(t, 3*WindowSlots-5)
	ask := func(n Node, workers, top int, sort SortKeys) (Result, *sharedSeen) {
		q, err := s.prepare(context.Background(), n)
		if err != nil {
			t.Fatal(err)
		}
		c := &sharedSeen{}
		res, err := q.collect(workers, top, Options{Sort: sort, Collectors: []Collector{c}})
		if err != nil {
			t.Fatal(err)
		}
		return res, c
	}
	nodes := []Node{
		Text{'t', AnyPart, "cell"}, Text{'t', Part1, "anode"}, Prefix{'t', AnyPart, "b"}, Text{'t', AnyPart, "solid state"},
		Or{[]Node{Text{'t', AnyPart, "5g"}, Text{'t', AnyPart, "锂"}, Text{'t', AnyPart, "cell"}, Text{'t', Part0, "anode"}, Text{'t', AnyPart, "battery charge"}}},
		Near{Text{'t', AnyPart, "cell"}, Text{'t', AnyPart, "state"}, 3, false},
	}
	for range 12 {
		nodes = append(nodes, r.node(2))
	}
	for _, n := range nodes {
		for _, sort := range []SortKeys{nil, byDate{}} {
			all, _ := ask(n, 1, int(s.Slots()), sort)
			if len(all.Hits) != all.Total {
				t.Fatalf("%#v: %d hits of %d", n, len(all.Hits), all.Total)
			}
			for _, workers := range []int{1, 2, 3} {
				for _, top := range []int{0, 1, 20, 3000} {
					got, c := ask(n, workers, top, sort)
					want := all.Hits[:min(top, len(all.Hits))]
					if got.Total != all.Total || c.hits != all.Total || len(got.Hits) != len(want) || len(want) > 0 && !reflect.DeepEqual(got.Hits, want) {
						t.Fatalf("%#v with %d workers, top %d: total %d, %d counted, hits %v, want %d, %v", n, workers, top, got.Total, c.hits, got.Hits, all.Total, want)
					}
				}
			}
		}
	}
}

func TestCollectorsSeeWindowsInOrder(t *testing.T) {
	if testing.Short() {
		t.Skip("many documents")
	}
	s, _ := manyDocs(t, 2*WindowSlots+1)
	alone, shared := &seen{}, &sharedSeen{}
	for range 20 {
		if _, err := s.Search(context.Background(), All{}, Options{Collectors: []Collector{alone, shared}}); err != nil {
			t.Fatal(err)
		}
		if want := []uint32{0, WindowSlots, 2 * WindowSlots}; !slices.Equal(alone.bases, want) || alone.hits != shared.hits {
			t.Fatalf("shown %v with %d hits, want %v with %d", alone.bases, alone.hits, want, shared.hits)
		}
		*alone, *shared = seen{}, sharedSeen{}
	}
}

// matchFunc is a matcher that does something in each window.
type matchFunc func(base uint32)

func (f matchFunc) Match(base uint32, words []uint64) {
	f(base)
	words[0] = 1
}

func TestTroubleOfAWorkerIsTheQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("many documents")
	}
	s, _ := manyDocs(t, 3*WindowSlots)
	run := func(f matchFunc) error {
		q, err := s.prepare(context.Background(), Filter{f})
		if err != nil {
			t.Fatal(err)
		}
		_, err = q.collect(3, 10, Options{})
		return err
	}
	trouble := func(base uint32) error { return fmt.Errorf("window %d", base) }
	for range 50 {
		err := run(func(base uint32) {
			if base > 0 {
				panic(corruption{trouble(base)})
			}
		})
		if err == nil || err.Error() != "window 65536" {
			t.Fatalf("error is %v, want that of the first window that has one", err)
		}
	}
	func() {
		defer func() {
			if p := recover(); p != "a defect" {
				t.Errorf("panic with %v reaches the caller", p)
			}
		}()
		_ = run(func(uint32) { panic("a defect") })
		t.Error("a panic is lost")
	}()
	ctx, cancel := context.WithCancel(context.Background())
	_, err := s.Search(ctx, Filter{matchFunc(func(uint32) { cancel() })}, Options{})
	var e *ierr.Error
	if !errors.As(err, &e) || e.Kind != ierr.Cancelled {
		t.Errorf("cancelled while it ran: %v", err)
	}
}

func TestHelpersAreBounded(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(4))
	a := hire(2)
	b := hire(100)
	c := hire(1)
	if a != 2 || b != 1 || c != 0 {
		t.Errorf("hired %d, %d and %d of 3", a, b, c)
	}
	dismiss(a + b + c)
	if n := hire(-1); n != 0 {
		t.Errorf("hired %d", n)
	}
	if n := hire(3); n != 3 {
		t.Errorf("hired %d of 3 after all were dismissed", n)
	}
	dismiss(3)
}

// TestPatternsOverManyTerms has patterns walk many runs of the dictionary, with
// Chinese terms between the others.
func TestPatternsOverManyTerms(t *testing.T) {
	var docs []Doc
	want := map[string]int{}
	count := func(name string, ok bool) {
		if ok {
			want[name]++
		}
	}
	for i := range 9000 {
		word := fmt.Sprintf("%c%dq", 'a'+i%3, i)
		docs = append(docs, Doc{[]Field{
			abstract(word + " " + string([]rune{rune(0x3400 + i), rune(0x4e00 + i), rune(0xac00 + i)}) + fmt.Sprintf(" ш%d", i)),
			{'i', 0, fmt.Sprintf("K%d", i%5000)},
		}})
		count("*7q", strings.HasSuffix(word, "7q"))
		count("?1*q", len(word) > 2 && word[1] == '1')
		count("*99", i%100 == 99)
	}
	ix := build(t, docs...)
	for pattern, n := range want {
		if r := search(t, ix, Wildcard{'t', AnyPart, pattern}, Options{Top: 1}); r.Total != n {
			t.Errorf("%s is in %d documents, want %d", pattern, r.Total, n)
		}
	}
	if r := search(t, ix, KeyPrefix{'i', "K4"}, Options{}); r.Total != 1111+111 {
		t.Errorf("%d documents with a key, want %d", r.Total, 1222)
	}
	if r := search(t, ix, Text{'t', AnyPart, "七"}, Options{}); r.Total != 2 {
		t.Errorf("a character is in %d documents, want 2", r.Total)
	}
}

func TestSkipVarints(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 8))
	for range 2000 {
		var b []byte
		var ends []int
		for range 1 + r.IntN(40) {
			b = binary.AppendUvarint(b, uint64(1)<<r.IntN(30))
			ends = append(ends, len(b))
		}
		n := 1 + r.IntN(len(ends))
		if got := skipVarints(b, n); got != ends[n-1] {
			t.Fatalf("%d varints of % x end at %d, want %d", n, b, got, ends[n-1])
		}
	}
}
