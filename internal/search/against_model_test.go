package search

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"
)

var (
	modelWords = strings.Fields("battery batteries charge charging charged cell cells 5g state x solid anode anodes lithium b42")
	modelHan   = []string{"电", "池", "锂", "通", "信", "电池", "锂电池", "通信"}
)

type dice struct{ *rand.Rand }

func (r dice) of(list []string) string { x := r.Float64(); return list[int(x*x*float64(len(list)))] }

func (r dice) text(most int) string {
	var b strings.Builder
	for range 1 + r.IntN(most) {
		switch r.IntN(6) {
		case 0, 1:
			b.WriteString(r.of(modelHan))
		case 2:
			b.WriteString("，")
		default:
			b.WriteString(r.of(modelWords) + " ")
		}
	}
	return b.String()
}

func (r dice) doc(size int) Doc {
	d := Doc{}
	for range r.IntN(3) {
		d.Fields = append(d.Fields, Field{'t', 0, r.text(size)})
	}
	for range r.IntN(3) {
		d.Fields = append(d.Fields, Field{'t', 1, r.text(4 * size)})
	}
	for range r.IntN(3) {
		d.Fields = append(d.Fields, Field{'n', 0, r.text(2)})
	}
	for range r.IntN(3) {
		d.Fields = append(d.Fields, Field{'i', 0, fmt.Sprintf("%c%02d", 'A'+r.IntN(3), r.IntN(5))})
	}
	r.Shuffle(len(d.Fields), func(i, k int) { d.Fields[i], d.Fields[k] = d.Fields[k], d.Fields[i] })
	return d
}

func (r dice) operand(space byte, part Part) Node {
	switch r.IntN(8) {
	case 0:
		w := r.of(modelWords)
		return Prefix{space, part, w[:1+r.IntN(len(w))]}
	case 1:
		w := []byte(r.of(modelWords))
		w[r.IntN(len(w))] = "*?"[r.IntN(2)]
		return Wildcard{space, part, string(w)}
	case 2:
		return Text{space, part, r.text(3)}
	case 3, 4:
		return Text{space, part, r.of(modelHan)}
	}
	return Text{space, part, r.of(modelWords)}
}

func (r dice) node(depth int) Node {
	space, part := byte('t'), Part(r.IntN(5))
	if part > Part1 {
		part = AnyPart
	}
	if r.IntN(8) == 0 {
		space = 'n'
	}
	if depth > 0 {
		var kids []Node
		for range r.IntN(4) {
			kids = append(kids, r.node(depth-1))
		}
		switch r.IntN(5) {
		case 0, 1:
			return And{kids}
		case 2, 3:
			return Or{kids}
		case 4:
			return Not{r.node(depth - 1)}
		}
	}
	switch r.IntN(14) {
	case 0:
		return Key{'i', fmt.Sprintf("%c%02d", 'A'+r.IntN(3), r.IntN(5))}
	case 1:
		return KeyPrefix{'i', string(rune('A' + r.IntN(3)))}
	case 2:
		return All{}
	case 3, 4:
		return Near{r.operand(space, part), r.operand(space, part), 1 + r.IntN(6), r.IntN(2) == 0}
	}
	return r.operand(space, part)
}

// compare asks index and model the same and fails where they differ.
func compare(t *testing.T, s *Snapshot, m *model, n Node, top int) {
	t.Helper()
	want := m.answer(n)
	r, err := s.Search(context.Background(), n, Options{Top: top})
	if err != nil {
		t.Fatalf("%#v: %v", n, err)
	}
	bits, err := s.Bits(context.Background(), n)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.docs {
		_, ok := want[uint32(i)]
		if got := bits[i/64]>>(i%64)&1 != 0; got != ok {
			t.Fatalf("%#v: slot %d found %v, want %v: %v", n, i, got, ok, m.docs[i].texts)
		}
	}
	if r.Total != len(want) || len(r.Hits) != min(top, len(want)) {
		t.Fatalf("%#v: total %d, %d hits, want %d", n, r.Total, len(r.Hits), len(want))
	}
	var scores []float64
	for _, x := range want {
		scores = append(scores, x)
	}
	sort.Sort(sort.Reverse(sort.Float64Slice(scores)))
	for i, h := range r.Hits {
		x, ok := want[h.Slot]
		if !ok || math.Abs(float64(h.Score)-x) > 1e-3*(1+x) || math.Abs(scores[i]-x) > 1e-3*(1+x) {
			t.Fatalf("%#v: hit %d is slot %d with score %g, want %g; the %d. best is %g", n, i, h.Slot, h.Score, x, i, scores[i])
		}
	}
}

// TestIndexAgainstModel commits, deletes, merges and reopens at random, and asks
// random questions of index and model.
func TestIndexAgainstModel(t *testing.T) {
	rounds, questions := 8, 60
	if testing.Short() {
		rounds, questions = 2, 30
	}
	for seed := range uint64(rounds) {
		r := dice{rand.New(rand.NewPCG(seed, 9))}
		dir := t.TempDir()
		ix, err := Create(dir, testSchema)
		if err != nil {
			t.Fatal(err)
		}
		m := &model{}
		for range 6 {
			m.change(t, ix, r)
			switch r.IntN(4) {
			case 0:
				if err := ix.MergeAll(context.Background()); err != nil {
					t.Fatal(err)
				}
				copy(m.dropped, m.deleted)
			case 1:
				ix.Close()
				if ix, err = Open(dir, testSchema); err != nil {
					t.Fatal(err)
				}
			}
			s, err := ix.Snapshot()
			if err != nil {
				t.Fatal(err)
			}
			if s.Slots() != uint32(len(m.docs)) {
				t.Fatalf("%d slots, want %d", s.Slots(), len(m.docs))
			}
			for range questions {
				compare(t, s, m, r.node(r.IntN(4)), 1+r.IntN(300))
			}
			s.Release()
		}
		ix.Close()
	}
}

// change commits some documents and deletes some.
func (m *model) change(t *testing.T, ix *Index, r dice) {
	t.Helper()
	b, err := ix.NewBatch()
	if err != nil {
		t.Fatal(err)
	}
	for range r.IntN(200) {
		d := r.doc(1 + r.IntN(5))
		if slot := b.Add(d); slot != uint32(len(m.docs)) {
			t.Fatalf("slot %d, want %d", slot, len(m.docs))
		}
		m.docs = append(m.docs, modelOf(d))
		m.deleted, m.dropped = append(m.deleted, false), append(m.dropped, false)
		if r.IntN(50) == 0 {
			b.hand() // a run ends here
		}
	}
	var dead []uint32
	for range r.IntN(len(m.docs)/8 + 1) {
		i := r.IntN(len(m.docs))
		dead = append(dead, uint32(i))
		m.deleted[i] = true
	}
	if err := ix.Commit(context.Background(), b, dead, nil); err != nil {
		t.Fatal(err)
	}
}

// TestManyWindowsAgainstModel has enough documents for several windows, with
// segments that meet within one.
func TestManyWindowsAgainstModel(t *testing.T) {
	if testing.Short() {
		t.Skip("many documents")
	}
	r := dice{rand.New(rand.NewPCG(4, 4))}
	ix := build(t)
	m := &model{}
	for _, n := range []int{300, 64_000, 5000, 1, 30_000} {
		var docs []Doc
		for range n {
			d := r.doc(1)
			docs = append(docs, d)
			m.docs = append(m.docs, modelOf(d))
		}
		addDocs(t, ix, docs...)
	}
	m.deleted, m.dropped = make([]bool, len(m.docs)), make([]bool, len(m.docs))
	var dead []uint32
	for i := 0; i < len(m.docs); i += 1 + r.IntN(40) {
		dead = append(dead, uint32(i))
		m.deleted[i] = true
	}
	if err := ix.Commit(context.Background(), nil, dead, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s, err := ix.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		for range 12 {
			compare(t, s, m, r.node(r.IntN(3)), 20)
		}
		s.Release()
		if err := ix.MergeAll(context.Background()); err != nil {
			t.Fatal(err)
		}
		copy(m.dropped, m.deleted)
	}
}

func TestGlob(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	pick := func(from string, n int) string {
		var b strings.Builder
		for range r.IntN(n) {
			b.WriteRune([]rune(from)[r.IntN(utf8.RuneCountInString(from))])
		}
		return b.String()
	}
	for range 20_000 {
		g, w := pick("aбb*?", 7), pick("aбb", 9)
		if got, want := globMatch([]byte(g), []byte(w)), slowGlob([]rune(g), []rune(w)); got != want {
			t.Fatalf("%q matches %q: %v, want %v", g, w, got, want)
		}
	}
}
