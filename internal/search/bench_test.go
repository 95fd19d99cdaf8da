package search

import (
	"context"
	"flag"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

var (
	benchDocs  = flag.Int("docs", 200_000, "documents in the index that benchmarks search")
	benchIndex = flag.String("index", "", "folder that keeps the index of benchmarks for later runs")
)

// built is the index that benchmarks share.
var built struct {
	once sync.Once
	dir  string
	c    *corpus
}

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if built.dir != "" && *benchIndex == "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

func openBench(b *testing.B) (*Index, *corpus) {
	built.once.Do(func() {
		built.c = newCorpus()
		if built.dir = *benchIndex; built.dir == "" {
			built.dir, _ = os.MkdirTemp("", "index")
		} else if _, err := os.Stat(filepath.Join(built.dir, "manifest")); err == nil {
			return
		}
		ix, err := Create(built.dir, testSchema)
		if err != nil {
			b.Fatal(err)
		}
		defer ix.Close()
		fillIndex(b, ix, built.c, *benchDocs)
	})
	ix, err := Open(built.dir, testSchema)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	return ix, built.c
}

func fillIndex(b testing.TB, ix *Index, c *corpus, n int) {
	batch, err := ix.NewBatch()
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		batch.Add(c.doc(i))
	}
	if err := ix.Commit(context.Background(), batch, nil, nil); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBuild makes an index of one segment; the documents are there before.
func BenchmarkBuild(b *testing.B) {
	c := newCorpus()
	docs := make([]Doc, 100_000)
	for i := range docs {
		docs[i] = c.doc(i)
	}
	runtime.GC()
	b.ResetTimer()
	for b.Loop() {
		ix, err := Create(filepath.Join(b.TempDir(), "x"), testSchema)
		if err != nil {
			b.Fatal(err)
		}
		batch, err := ix.NewBatch()
		if err != nil {
			b.Fatal(err)
		}
		for i := range *benchDocs {
			batch.Add(docs[i%len(docs)])
		}
		if err := ix.Commit(context.Background(), batch, nil, nil); err != nil {
			b.Fatal(err)
		}
		ix.Close()
	}
	b.ReportMetric(float64(*benchDocs)*float64(b.N)/b.Elapsed().Seconds(), "docs/s")
}

func BenchmarkOpen(b *testing.B) {
	openBench(b)
	for b.Loop() {
		ix, err := Open(built.dir, testSchema)
		if err != nil {
			b.Fatal(err)
		}
		ix.Close()
	}
}

func BenchmarkAnalyse(b *testing.B) {
	c := newCorpus()
	var texts []string
	n := 0
	for i := range 1000 {
		texts = append(texts, c.doc(i).Fields[1].Text)
		n += len(texts[i])
	}
	b.SetBytes(int64(n))
	var a analyser
	for b.Loop() {
		for _, t := range texts {
			a.text(t)
		}
	}
}

// facets counts hits by five columns, as a reader's page does.
type facets struct {
	col   [5][]uint8
	count [5][256]int
}

func newFacets(n int) *facets {
	f := &facets{}
	r := rand.New(rand.NewPCG(5, 5))
	for k := range f.col {
		f.col[k] = make([]uint8, n+WindowSlots)
		for i := range f.col[k] {
			f.col[k][i] = uint8(r.IntN(10 + 30*k))
		}
	}
	return f
}

func (f *facets) Collect(base uint32, words []uint64) {
	for k := range f.col {
		col, count := f.col[k][base:], &f.count[k]
		for i, w := range words {
			for ; w != 0; w &= w - 1 {
				count[col[i*64+bits.TrailingZeros64(w)]]++
			}
		}
	}
}

func (f *facets) Fork() Collector { return &facets{col: f.col} }

func (f *facets) Join(fork Collector) {
	for k := range f.count {
		for i, n := range fork.(*facets).count[k] {
			f.count[k][i] += n
		}
	}
}

// byDate sorts hits by an invented date.
type byDate struct{}

func (byDate) Keys(base uint32, keys []int32) {
	for i := range keys {
		keys[i] = int32((base + uint32(i)) * 2654435761 >> 20)
	}
}

type benchQuery struct {
	name string
	node func(d *drawer) Node
	sort SortKeys
}

// drawer draws words by the share of documents that they stand in.
type drawer struct {
	s *Snapshot
	c *corpus
	r *rand.Rand
	n int
}

func (d *drawer) df(term string) int {
	n := 0
	for _, v := range d.s.views {
		if c, ok := v.lookup([]byte(term)); ok {
			n += int(c.df)
		}
	}
	return n
}

// word draws a word that is in about the share of documents, among the words in
// order of frequency.
func (d *drawer) word(share float64) string {
	lo, hi := 0, len(d.c.words)-1
	for lo < hi {
		m := (lo + hi) / 2
		if float64(d.df("t"+d.c.words[m])) > share*float64(d.n) {
			lo = m + 1
		} else {
			hi = m
		}
	}
	k := lo + d.r.IntN(max(lo/8, 4))
	return d.c.words[max(min(k, len(d.c.words)-1)-lo/16, 0)]
}

func (d *drawer) text(share float64) Node { return Text{'t', AnyPart, d.word(share)} }

func (d *drawer) texts(n int, share float64) []Node {
	var out []Node
	for range n {
		out = append(out, d.text(share))
	}
	return out
}

// phrase draws n words that follow one another in some document.
func (d *drawer) phrase(n int) string {
	for {
		i := d.r.IntN(d.n)
		if i%4 == 3 {
			continue
		}
		w := strings.Fields(d.c.doc(i).Fields[1].Text)
		k := d.r.IntN(len(w) - n)
		return strings.Join(w[k:k+n], " ")
	}
}

func (d *drawer) han(n int) string {
	i := d.r.IntN(d.n/4)*4 + 3
	for _, run := range strings.Split(d.c.doc(i).Fields[1].Text, "，") {
		if r := []rune(run); len(r) > n {
			k := d.r.IntN(len(r) - n)
			return string(r[k : k+n])
		}
	}
	return d.han(n)
}

func (d *drawer) nested() Node {
	return Or{[]Node{
		And{[]Node{d.text(.2), Or{d.texts(3, .07)}, Not{d.text(.05)}}},
		And{[]Node{Or{d.texts(2, .2)}, Or{d.texts(2, .1)}, Not{And{d.texts(2, .2)}}}},
		And{[]Node{d.text(.02)}},
	}}
}

type third struct{}

func (third) Match(_ uint32, words []uint64) {
	for i := range words {
		words[i] = 0x9249249249249249 >> (i % 3)
	}
}

var benchQueries = []benchQuery{
	{"word in 50", func(d *drawer) Node { return d.text(50 / float64(d.n)) }, nil},
	{"word 1%", func(d *drawer) Node { return d.text(.01) }, nil},
	{"word 7%", func(d *drawer) Node { return d.text(.07) }, nil},
	{"word 20%", func(d *drawer) Node { return d.text(.2) }, nil},
	{"and 7% 20%", func(d *drawer) Node { return And{[]Node{d.text(.07), d.text(.2)}} }, nil},
	{"and 20% 20%", func(d *drawer) Node { return And{d.texts(2, .2)} }, nil},
	{"and of three", func(d *drawer) Node { return And{d.texts(3, .2)} }, nil},
	{"or of two", func(d *drawer) Node { return Or{d.texts(2, .2)} }, nil},
	{"or of four", func(d *drawer) Node { return Or{d.texts(4, .2)} }, nil},
	{"or of sixteen", func(d *drawer) Node { return Or{d.texts(16, .2)} }, nil},
	{"20% not 7%", func(d *drawer) Node { return And{[]Node{d.text(.2), Not{d.text(.07)}}} }, nil},
	{"1% not 20%", func(d *drawer) Node { return And{[]Node{d.text(.01), Not{d.text(.2)}}} }, nil},
	{"phrase rare", func(d *drawer) Node { return Text{'t', AnyPart, d.phrase(4)} }, nil},
	{"phrase of common", func(d *drawer) Node { return Text{'t', AnyPart, d.word(.2) + " " + d.word(.2)} }, nil},
	{"phrase of three common", func(d *drawer) Node { return Text{'t', AnyPart, d.word(.2) + " " + d.word(.2) + " " + d.word(.2)} }, nil},
	{"phrase in title", func(d *drawer) Node { return Text{'t', Part0, d.word(.2) + " " + d.word(.2)} }, nil},
	{"near 5", func(d *drawer) Node { return Near{d.text(.2), d.text(.2), 5, false} }, nil},
	{"near 20", func(d *drawer) Node { return Near{d.text(.2), d.text(.2), 20, false} }, nil},
	{"prefix of six", func(d *drawer) Node { return Prefix{'t', AnyPart, d.word(.01)[:4] + "be"} }, nil},
	{"prefix of four", func(d *drawer) Node { return Prefix{'t', AnyPart, d.word(.01)[:4]} }, nil},
	{"prefix of two", func(d *drawer) Node { return Prefix{'t', AnyPart, d.word(.2)[:2]} }, nil},
	{"wildcard", func(d *drawer) Node { w := d.word(.1); return Wildcard{'t', AnyPart, w[:2] + "*" + w[len(w)-2:]} }, nil},
	{"wildcard first", func(d *drawer) Node { w := d.word(.1); return Wildcard{'t', AnyPart, "*" + w[len(w)-3:]} }, nil},
	{"han 1", func(d *drawer) Node { return Text{'t', AnyPart, d.han(1)} }, nil},
	{"han 1 most common", func(d *drawer) Node { return Text{'t', AnyPart, "一"} }, nil},
	{"han 2", func(d *drawer) Node { return Text{'t', AnyPart, d.han(2)} }, nil},
	{"han 3", func(d *drawer) Node { return Text{'t', AnyPart, d.han(3)} }, nil},
	{"han 4", func(d *drawer) Node { return Text{'t', AnyPart, d.han(4)} }, nil},
	{"han 6", func(d *drawer) Node { return Text{'t', AnyPart, d.han(6)} }, nil},
	{"20% filtered", func(d *drawer) Node { return And{[]Node{d.text(.2), Filter{third{}}}} }, nil},
	{"filter", func(d *drawer) Node { return Filter{third{}} }, nil},
	{"ipc subclass", func(d *drawer) Node { return KeyPrefix{'i', "H01A"} }, nil},
	{"ipc section", func(d *drawer) Node { return KeyPrefix{'i', "H"} }, nil},
	{"holder", func(d *drawer) Node { return Text{'p', AnyPart, d.c.names[d.r.IntN(1000)]} }, nil},
	{"number", func(d *drawer) Node { return Key{'k', "CN109000777A"} }, nil},
	{"nested of twelve", (*drawer).nested, nil},
	{"everything by date", func(d *drawer) Node { return All{} }, byDate{}},
	{"nothing", func(d *drawer) Node { return Text{'t', AnyPart, "qqqqqq"} }, nil},
}

// BenchmarkSearch asks each kind of question with twenty draws of its words, top
// 20, exact total and five facets.
func BenchmarkSearch(b *testing.B) {
	ix, c := openBench(b)
	s, err := ix.Snapshot()
	if err != nil {
		b.Fatal(err)
	}
	defer s.Release()
	f := newFacets(int(s.Slots()))
	for _, q := range benchQueries {
		d := &drawer{s, c, rand.New(rand.NewPCG(3, 4)), int(s.Slots())}
		var nodes []Node
		for range 20 {
			nodes = append(nodes, q.node(d))
		}
		b.Run(strings.ReplaceAll(q.name, " ", "-"), func(b *testing.B) {
			var total, i int
			var worst time.Duration
			for b.Loop() {
				t := time.Now()
				r, err := s.Search(context.Background(), nodes[i%20], Options{Top: 20, Sort: q.sort, Collectors: []Collector{f}})
				if err != nil {
					b.Fatal(err)
				}
				if i >= 20 { // the first round verifies blocks
					worst = max(worst, time.Since(t))
				}
				total += r.Total
				i++
			}
			b.ReportMetric(float64(total)/float64(i), "hits")
			b.ReportMetric(float64(worst.Microseconds())/1000, "worst-ms")
		})
	}
}
