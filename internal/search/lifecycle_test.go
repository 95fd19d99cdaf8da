package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"onewindow/internal/ierr"
)

// TestSnapshotStays: readers keep their state while others commit and merge.
func TestSnapshotStays(t *testing.T) {
	dir := t.TempDir()
	ix, err := Create(dir, testSchema)
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				s, err := ix.Snapshot()
				if err != nil {
					t.Error(err)
					return
				}
				want := int(s.Slots() - s.Deleted())
				for range 3 {
					r, err := s.Search(context.Background(), Text{'t', AnyPart, "common"}, Options{Top: 3})
					if err != nil || r.Total != want {
						t.Errorf("found %d, want %d: %v", r.Total, want, err)
					}
				}
				s.Release()
				s.Release()
			}
		})
	}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 40 {
		b, err := ix.NewBatch()
		if err != nil {
			t.Fatal(err)
		}
		for k := range 20 {
			b.Add(Doc{[]Field{title(fmt.Sprintf("common w%d", i*20+k)), {'p', 0, "x"}}})
		}
		if err := ix.Commit(context.Background(), b, []uint32{uint32(r.IntN(i*20 + 20))}, nil); err != nil {
			t.Fatal(err)
		}
		if i%15 == 14 {
			if err := ix.MergeAll(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
	}
	close(stop)
	wg.Wait()
	held, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if err := ix.Commit(context.Background(), nil, []uint32{0}, nil); err != nil {
		t.Fatal(err)
	}
	if err := ix.MergeAll(context.Background()); err != nil {
		t.Fatal(err)
	}
	if held.State() == mustSnapshot(t, ix).State() {
		t.Error("the state did not move on")
	}
	held.Release()
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	m, err := readManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	list, _ := os.ReadDir(dir)
	if len(m.Segments) != 1 || len(list) != len(m.names()) {
		t.Errorf("%d segments, %d files, want %d", len(m.Segments), len(list), len(m.names()))
	}
}

func mustSnapshot(t *testing.T, ix *Index) *Snapshot {
	t.Helper()
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	s.Release()
	return s
}

// TestNothingIsLeftBehind looks for files that no manifest names: of the runs of a
// batch that was committed, and of one that was dropped.
func TestNothingIsLeftBehind(t *testing.T) {
	ix, err := Create(filepath.Join(t.TempDir(), "[a] *"), testSchema)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, commit := range []bool{true, false} {
		b, err := ix.NewBatch()
		if err != nil {
			t.Fatal(err)
		}
		for i := range 2*runDocs + 10 {
			b.Add(Doc{Fields: []Field{{Space: 't', Text: fmt.Sprint("word ", i)}}})
		}
		if !commit {
			b.Drop()
		} else if err := ix.Commit(t.Context(), b, nil, nil); err != nil {
			t.Fatal(err)
		}
		known := ix.man.names()
		list, err := os.ReadDir(ix.dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range list {
			if !known[e.Name()] && e.Name() != manifestName {
				t.Errorf("commit %v: %s was left behind", commit, e.Name())
			}
		}
	}
}

func TestSmallCommitsAreMerged(t *testing.T) {
	ix := build(t)
	for i := range 30 {
		addDocs(t, ix, Doc{[]Field{title(fmt.Sprintf("word%d", i))}})
	}
	ix.bg.Wait()
	if n := mustSnapshot(t, ix).Segments(); n >= 2*tierWidth {
		t.Errorf("%d segments", n)
	}
	if r := search(t, ix, Prefix{'t', AnyPart, "word"}, Options{}); r.Total != 30 {
		t.Errorf("found %d", r.Total)
	}
}

func TestRefusals(t *testing.T) {
	deep := Node(All{})
	for range MaxDepth + 1 {
		deep = Not{deep}
	}
	var wide []Node
	for range MaxNodes {
		wide = append(wide, Key{'k', "x"})
	}
	var patterns []Node
	for range MaxPatterns + 1 {
		patterns = append(patterns, Prefix{'t', AnyPart, "a"})
	}
	word := Text{'t', AnyPart, "a"}
	tests := []struct {
		name string
		node Node
		opt  Options
		kind ierr.Kind
	}{
		{"depth", deep, Options{}, ierr.TooLarge},
		{"nodes", Or{wide}, Options{}, ierr.TooLarge},
		{"words", Text{'t', AnyPart, strings.Repeat("a ", MaxNodes)}, Options{}, ierr.TooLarge},
		{"patterns", Or{patterns}, Options{}, ierr.TooLarge},
		{"top", word, Options{Top: MaxTop, Offset: 1}, ierr.TooLarge},
		{"space", Text{'x', AnyPart, "a"}, Options{}, ierr.Invalid},
		{"text among keys", Text{'k', AnyPart, "a"}, Options{}, ierr.Invalid},
		{"key among texts", Key{'t', "a"}, Options{}, ierr.Invalid},
		{"part", Text{'t', 7, "a"}, Options{}, ierr.Invalid},
		{"nothing", nil, Options{}, ierr.Invalid},
		{"nothing within", And{[]Node{nil}}, Options{}, ierr.Invalid},
		{"no matcher", Filter{}, Options{}, ierr.Invalid},
		{"near itself", Near{word, word, 0, true}, Options{}, ierr.Invalid},
		{"near too far", Near{word, word, MaxNear + 1, true}, Options{}, ierr.Invalid},
		{"near elsewhere", Near{word, Text{'n', AnyPart, "a"}, 1, true}, Options{}, ierr.Invalid},
		{"near a list", Near{word, And{}, 1, true}, Options{}, ierr.Invalid},
		{"pattern of Chinese", Wildcard{'t', AnyPart, "电*"}, Options{}, ierr.Invalid},
		{"pattern of two words", Wildcard{'t', AnyPart, "a b*"}, Options{}, ierr.Invalid},
		{"empty pattern", Wildcard{'t', AnyPart, ""}, Options{}, ierr.Invalid},
	}
	ix := build(t, Doc{[]Field{title("a")}})
	s, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Release()
	for _, tt := range tests {
		if _, err := s.Search(context.Background(), tt.node, tt.opt); err == nil || ierr.KindOf(err) != tt.kind {
			t.Errorf("%s: %v, want kind %v", tt.name, err, tt.kind)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.Search(ctx, word, Options{}); ierr.KindOf(err) != ierr.Cancelled {
		t.Errorf("cancelled: %v", err)
	}
}

func TestIndexRefusals(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, testSchema); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("open of nothing: %v", err)
	}
	ix, err := Create(dir, testSchema)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir, testSchema); ierr.KindOf(err) != ierr.Conflict {
		t.Errorf("create again: %v", err)
	}
	if _, err := Open(dir, Schema{testSchema.Spaces[1:]}); ierr.KindOf(err) != ierr.Unsupported {
		t.Errorf("another schema: %v", err)
	}
	b, err := ix.NewBatch()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ix.NewBatch(); ierr.KindOf(err) != ierr.Busy {
		t.Errorf("two batches: %v", err)
	}
	b.Add(Doc{[]Field{{'?', 0, "x"}}})
	if err := ix.Commit(context.Background(), b, nil, nil); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("unknown space: %v", err)
	}
	if err := ix.Commit(context.Background(), nil, []uint32{0}, nil); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("no such slot: %v", err)
	}
	ix.Close()
	if _, err := ix.Snapshot(); ierr.KindOf(err) != ierr.Busy {
		t.Errorf("closed: %v", err)
	}
}

func TestLongTexts(t *testing.T) {
	ix := build(t, Doc{[]Field{title("end of " + strings.Repeat("x ", MaxPosition) + "far away"), abstract(strings.Repeat("y", 300) + " z")}})
	for _, tt := range []struct {
		q    string
		want int
	}{
		{"end of x", 1}, {"away", 1}, {"far", 1}, {"far away", 0}, {"x far", 0},
		{strings.Repeat("y", 280), 1}, {strings.Repeat("y", 255) + " z", 1}, {strings.Repeat("y", 254), 0},
	} {
		if r := search(t, ix, Text{'t', AnyPart, tt.q}, Options{}); r.Total != tt.want {
			t.Errorf("%.20q found %d, want %d", tt.q, r.Total, tt.want)
		}
	}
}

func TestSorting(t *testing.T) {
	var docs []Doc
	for range 1000 {
		docs = append(docs, Doc{[]Field{title("same")}})
	}
	ix := build(t, docs...)
	got := slots(search(t, ix, Text{'t', AnyPart, "same"}, Options{Top: 3, Offset: 2}))
	if fmt.Sprint(got) != "[2 3 4]" {
		t.Errorf("equal scores give %v", got)
	}
	r := search(t, ix, Text{'t', AnyPart, "same"}, Options{Top: 1000, Sort: byDate{}})
	for i := 1; i < len(r.Hits); i++ {
		a, b := r.Hits[i-1], r.Hits[i]
		if a.Key < b.Key || a.Key == b.Key && a.Slot > b.Slot {
			t.Fatalf("%+v before %+v", a, b)
		}
	}
}

func TestABatchIsFilledWhileTheOneBeforeItIsCommitted(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	ix, err := Create(dir, testSchema)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	fill := func(b *Batch, from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			if slot := b.Add(Doc{Fields: []Field{{Space: 't', Text: "word" + strconv.Itoa(i)}}}); slot != uint32(i) {
				t.Fatalf("document %d has slot %d", i, slot)
			}
		}
	}
	begin := func() *Batch {
		t.Helper()
		b, err := ix.NewBatch()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := begin()
	fill(first, 0, 100)
	if _, err := ix.NewBatch(); ierr.KindOf(err) != ierr.Busy {
		t.Errorf("a batch beside an open one: %v", err)
	}
	if err := first.Seal(); err != nil {
		t.Fatal(err)
	}
	second := begin()
	done := make(chan error)
	go func() { done <- ix.Commit(ctx, first, nil, nil) }()
	fill(second, 100, 200)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := second.Seal(); err != nil {
		t.Fatal(err)
	}
	third := begin()
	fill(third, 200, 250)
	if err := third.Seal(); ierr.KindOf(err) != ierr.Busy {
		t.Errorf("sealed beside one that is not committed: %v", err)
	}
	if err := ix.Commit(ctx, second, []uint32{150}, nil); err != nil {
		t.Fatal(err)
	}
	if err := ix.Commit(ctx, third, nil, nil); err != nil {
		t.Fatal(err)
	}
	snap, err := ix.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	defer snap.Release()
	if snap.Slots() != 250 {
		t.Errorf("%d slots, want 250", snap.Slots())
	}

	// What followed a batch that was dropped cannot be committed in its place.
	lost := begin()
	fill(lost, 250, 260)
	if err := lost.Seal(); err != nil {
		t.Fatal(err)
	}
	orphan := begin()
	fill(orphan, 260, 270)
	lost.Drop()
	if err := ix.Commit(ctx, orphan, nil, nil); err == nil {
		t.Error("a batch was committed whose slots follow one that is not there")
	}
}
