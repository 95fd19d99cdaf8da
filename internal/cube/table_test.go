package cube

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"sync"
	"testing"
)

// The columns of the tests: every width, single and multi-valued.
var testColumns = Schema{[]Column{
	{"a8", 1, false}, {"b16", 2, false}, {"c32", 4, false},
	{"m8", 1, true}, {"n16", 2, true}, {"o32", 4, true},
}}

// model is what a table should hold: rows of columns of values.
type model [][][]uint32

// randomValue draws from few values, from all that fit, or from days.
func randomValue(rng *rand.Rand, c Column) uint32 {
	switch {
	case rng.IntN(50) == 0:
		return c.most() - uint32(rng.IntN(2))
	case c.Width == 4:
		return 19850101 + uint32(rng.IntN(40))*10000 + uint32(rng.IntN(12))*100
	}
	return uint32(rng.ExpFloat64() * 9)
}

func randomTable(t testing.TB, rng *rand.Rand, schema Schema, rows int) (*Table, model) {
	t.Helper()
	table, err := New(schema)
	if err != nil {
		t.Fatal(err)
	}
	return table, grow(t, rng, table, nil, rows)
}

func grow(t testing.TB, rng *rand.Rand, table *Table, m model, rows int) model {
	t.Helper()
	row := table.NewRow()
	for range rows {
		row.Reset()
		var values [][]uint32
		for i, c := range table.Schema().Columns {
			var own []uint32
			n := 1
			if c.Multi {
				n = rng.IntN(4)
			}
			for range n {
				own = append(own, randomValue(rng, c))
			}
			if c.Multi {
				row.Add(i, own...)
			} else {
				row.Set(i, own[0])
			}
			values = append(values, own)
		}
		slot, err := table.Append(row)
		if err != nil || int(slot) != len(m) {
			t.Fatalf("row %d becomes slot %d, %v", len(m), slot, err)
		}
		m = append(m, values)
	}
	return m
}

// check compares every value that a snapshot holds with the model.
func check(t *testing.T, s *Snapshot, m model) {
	t.Helper()
	if s.Rows() != len(m) {
		t.Fatalf("%d rows, want %d", s.Rows(), len(m))
	}
	for slot, row := range m {
		for i, c := range s.Schema().Columns {
			got := []uint32{}
			if c.Multi {
				got = s.Values(i, uint32(slot))
			} else {
				got = append(got, s.Value(i, uint32(slot)))
			}
			if len(got) != len(row[i]) || len(got) > 0 && !reflect.DeepEqual(got, row[i]) {
				t.Fatalf("row %d, column %s: %v, want %v", slot, c.Name, got, row[i])
			}
		}
	}
	for i, c := range s.Schema().Columns {
		if c.Multi || c.Width != 4 {
			continue
		}
		var got []uint32
		for base := uint32(0); base < uint32(len(m))+Window; base += Window {
			got = append(got, s.Window(i, base)...)
		}
		if len(got) != len(m) {
			t.Fatalf("windows of column %s have %d rows, want %d", c.Name, len(got), len(m))
		}
		for slot, v := range got {
			if v != m[slot][i][0] {
				t.Fatalf("row %d of column %s is %d in its window, want %d", slot, c.Name, v, m[slot][i][0])
			}
		}
	}
}

func TestSnapshotsSeeWhatWasPublished(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	table, m := randomTable(t, rng, testColumns, 1000)
	if n := table.Snapshot().Rows(); n != 0 {
		t.Errorf("%d rows are seen before they are published", n)
	}
	first := table.Publish()
	m = grow(t, rng, table, m, Window)
	if n := table.Snapshot().Rows(); n != 1000 {
		t.Errorf("%d rows are seen, want 1000", n)
	}
	check(t, table.Publish(), m)
	check(t, first, m[:1000])
}

func TestAppendRefusesWhatDoesNotFit(t *testing.T) {
	for i, c := range testColumns.Columns {
		if c.Width == 4 {
			continue
		}
		table, err := New(testColumns)
		if err != nil {
			t.Fatal(err)
		}
		row := table.NewRow()
		set := row.Set
		if c.Multi {
			set = func(i int, v uint32) { row.Add(i, v) }
		}
		set(i, c.most()+1)
		if _, err := table.Append(row); err == nil || table.Rows() != 0 {
			t.Errorf("%s takes %d", c.Name, c.most()+1)
		}
	}
}

func TestSchemaIsChecked(t *testing.T) {
	for name, columns := range map[string][]Column{
		"none":      {},
		"no name":   {{"", 1, false}},
		"width 3":   {{"a", 3, false}},
		"twice":     {{"a", 1, false}, {"a", 2, false}},
		"too many":  make([]Column, MaxColumns+1),
		"long name": {{fmt.Sprintf("%070d", 1), 1, false}},
	} {
		if _, err := New(Schema{columns}); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// A writer appends and publishes while readers count: each sees a whole number of
// batches, and what it sees does not change.
func TestReadersBesideAWriter(t *testing.T) {
	schema := Schema{[]Column{{"batch", 2, false}, {"one", 1, false}, {"many", 4, true}}}
	table, err := New(schema)
	if err != nil {
		t.Fatal(err)
	}
	const batch, batches = 997, 150
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				s := table.Snapshot()
				if s.Rows()%batch != 0 {
					t.Errorf("%d rows are no whole number of batches", s.Rows())
				}
				counter, err := s.Counter(Dimension{Column: 0}, Dimension{Column: 2})
				if err != nil {
					t.Error(err)
					return
				}
				each(s, s.Range(1, 7, 7), counter)
				counter.Each(func(g []uint32, n int64) {
					if n != batch || g[1] != g[0]%5 {
						t.Errorf("batch %d, value %d is counted %d times", g[0], g[1], n)
					}
				})
				if s.Rows() == batch*batches {
					return
				}
			}
		}()
	}
	row := table.NewRow()
	for b := range batches {
		for range batch {
			row.Reset()
			row.Set(0, uint32(b))
			row.Set(1, 7)
			row.Add(2, uint32(b%5), uint32(b%5))
			if _, err := table.Append(row); err != nil {
				t.Error(err)
			}
		}
		table.Publish()
	}
	wg.Wait()
}

// each matches and collects all windows.
func each(s *Snapshot, m interface{ Match(uint32, []uint64) }, c interface{ Collect(uint32, []uint64) }) {
	words := make([]uint64, Window/64)
	for base := 0; base < s.Rows(); base += Window {
		clear(words)
		m.Match(uint32(base), words)
		c.Collect(uint32(base), words)
	}
}

func TestMatchAndCountAgreeWithTheModel(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	table, m := randomTable(t, rng, testColumns, Window+Window/3+5)
	s := table.Publish()
	for range 80 {
		matcher, fits := randomMatcher(rng, s)
		dims, groups := randomDimensions(rng, s)
		counter, err := s.Counter(dims...)
		if err != nil {
			t.Fatal(err)
		}
		facets, err := s.Facets(dims...)
		if err != nil {
			t.Fatal(err)
		}
		half, halfFacets := counter.Clone(), facets.Clone()
		words := make([]uint64, Window/64)
		hits := map[int]bool{}
		for w := 0; w < 3; w++ { // one window more than there is
			clear(words)
			matcher.Match(uint32(w*Window), words)
			for i := range Window {
				if words[i/64]>>(i%64)&1 == 1 {
					hits[w*Window+i] = true
				}
			}
			if w == 0 {
				counter.Collect(0, words)
				facets.Collect(0, words)
			} else {
				half.Collect(uint32(w*Window), words)
				halfFacets.Collect(uint32(w*Window), words)
			}
		}
		counter.Merge(half)
		facets.Merge(halfFacets)

		want := map[key]int64{}
		wantFacets := make([]map[uint32]int64, len(dims))
		for i := range dims {
			wantFacets[i] = map[uint32]int64{}
		}
		for slot, row := range m {
			if in := fits(row); in != hits[slot] {
				t.Fatalf("%+v: row %d %v matches: %v", matcher.column, slot, row, hits[slot])
			} else if !in {
				continue
			}
			countNaively(row, dims, groups, want, wantFacets)
		}
		got := map[key]int64{}
		var before key
		counter.Each(func(g []uint32, n int64) {
			var k key
			copy(k[:], g)
			if len(got) > 0 && slices.Compare(before[:], k[:]) >= 0 {
				t.Errorf("%v is given after %v", k, before)
			}
			before = k
			got[k] = n
		})
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("counts by %d dimensions, the first of column %d, differ: %d groups, want %d", len(dims), dims[0].Column, len(got), len(want))
		}
		for i := range dims {
			gotFacet := map[uint32]int64{}
			for g, n := range facets.Counts(i) {
				if n > 0 {
					gotFacet[uint32(g)] = n
				}
			}
			if !reflect.DeepEqual(gotFacet, wantFacets[i]) {
				t.Fatalf("facet of column %d: %v, want %v", dims[i].Column, gotFacet, wantFacets[i])
			}
		}
	}
}

func randomMatcher(rng *rand.Rand, s *Snapshot) (*Matcher, func(row [][]uint32) bool) {
	column := rng.IntN(len(testColumns.Columns))
	c := testColumns.Columns[column]
	anyOf := func(fits func(uint32) bool) func([][]uint32) bool {
		return func(row [][]uint32) bool {
			for _, v := range row[column] {
				if fits(v) {
					return true
				}
			}
			return false
		}
	}
	lo, hi := randomValue(rng, c), randomValue(rng, c)
	if rng.IntN(8) > 0 {
		lo, hi = min(lo, hi), max(lo, hi)
	}
	if rng.IntN(8) == 0 {
		lo, hi = 0, math.MaxUint32
	}
	if rng.IntN(2) == 0 || c.Width == 4 && rng.IntN(2) == 0 {
		return s.Range(column, lo, hi), anyOf(func(v uint32) bool { return v >= lo && v <= hi })
	}
	set := make([]bool, rng.IntN(70000))
	if c.Width == 4 {
		set = make([]bool, 20300000)
	}
	for range rng.IntN(20) {
		if v := randomValue(rng, c); int(v) < len(set) {
			set[v] = true
		}
	}
	return s.In(column, set), anyOf(func(v uint32) bool { return int(v) < len(set) && set[v] })
}

func randomDimensions(rng *rand.Rand, s *Snapshot) ([]Dimension, []func(uint32) uint32) {
	var dims []Dimension
	var groups []func(uint32) uint32
	for range 1 + rng.IntN(3) {
		d := Dimension{Column: rng.IntN(len(testColumns.Columns))}
		group := func(v uint32) uint32 { return v }
		switch width := testColumns.Columns[d.Column].Width; {
		case width == 4:
			group = func(v uint32) uint32 { return v / 10000 % 2100 }
			d.Of, d.Size = group, 2100
		case rng.IntN(3) == 0:
			group = func(v uint32) uint32 { return v % 7 }
			d.Of, d.Size = group, 7
		case rng.IntN(2) == 0:
			d.Groups = make([]uint32, Window)
			for v := range d.Groups {
				d.Groups[v] = uint32(v/3) % 11
			}
			group = func(v uint32) uint32 { return v / 3 % 11 }
		}
		dims, groups = append(dims, d), append(groups, group)
	}
	return dims, groups
}

// key is a combination of up to three groups.
type key [3]uint32

func countNaively(row [][]uint32, dims []Dimension, groups []func(uint32) uint32, counts map[key]int64, facets []map[uint32]int64) {
	keys := []key{{}}
	for i, d := range dims {
		own := map[uint32]bool{}
		for _, v := range row[d.Column] {
			own[groups[i](v)] = true
		}
		var next []key
		for g := range own {
			facets[i][g]++
			for _, k := range keys {
				k[i] = g
				next = append(next, k)
			}
		}
		keys = next
	}
	for _, k := range keys {
		counts[k]++
	}
}

func TestDimensionsAreChecked(t *testing.T) {
	table, _ := randomTable(t, rand.New(rand.NewPCG(4, 4)), testColumns, 3000)
	s := table.Publish()
	for name, d := range map[string]Dimension{
		"a value in no group":        {Column: 1, Groups: []uint32{0, 1}},
		"a group beyond the size":    {Column: 0, Size: 3},
		"a function without a size":  {Column: 0, Of: func(uint32) uint32 { return 0 }},
		"a function beyond its size": {Column: 1, Of: func(v uint32) uint32 { return v }, Size: 4},
		"days without groups":        {Column: 2, Size: 100},
	} {
		if _, err := s.Counter(d); err == nil {
			t.Errorf("%s: accepted by Counter", name)
		}
		if _, err := s.Facets(d); err == nil {
			t.Errorf("%s: accepted by Facets", name)
		}
	}
	huge := Dimension{Column: 2}
	if _, err := s.Counter(huge, huge, huge); err == nil {
		t.Error("2^96 combinations are accepted")
	}
	if _, err := s.Counter(); err == nil {
		t.Error("no dimension is accepted")
	}
}
