package cube

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
)

const million = 1 << 20

// benchSchema is what an office counts by: skewed as in life.
var benchSchema = Schema{[]Column{
	{"county", 2, false}, {"kind", 1, false}, {"holder", 1, false}, {"field", 1, false}, {"year", 2, false}, {"published", 4, false},
	{"filed", 4, false}, {"filing-year", 2, false}, {"status", 1, false}, {"class", 2, false}, {"documents", 4, true}, {"ipc", 2, true},
}}

var benchTable = sync.OnceValue(func() *Table {
	rng := rand.New(rand.NewPCG(1, 1))
	t, err := New(benchSchema)
	if err != nil {
		panic(err)
	}
	row := t.NewRow()
	skewed := func(n int) uint32 { return uint32(min(int(rng.ExpFloat64()*float64(n)/4), n-1)) }
	for range million {
		row.Reset()
		year := 2023 - skewed(38)
		day := year*10000 + uint32(1+rng.IntN(12))*100 + uint32(1+rng.IntN(28))
		for i, v := range []uint32{skewed(3000), skewed(4), skewed(8), skewed(36), year, day, day - 10000, year - 1, skewed(6), skewed(650)} {
			row.Set(i, v)
		}
		row.Add(10, day)
		if rng.IntN(3) == 0 {
			row.Add(10, day+20000)
		}
		row.Add(11, skewed(650), skewed(650))
		if _, err := t.Append(row); err != nil {
			panic(err)
		}
	}
	t.Publish()
	return t
})

func benchMatch(b *testing.B, m *Matcher) {
	words := make([]uint64, Window/64)
	for b.Loop() {
		for base := 0; base < million; base += Window {
			clear(words)
			m.Match(uint32(base), words)
		}
	}
}

func BenchmarkMatchMillion(b *testing.B) {
	s := benchTable().Snapshot()
	set := make([]bool, 3000)
	for i := 0; i < 3000; i += 3 {
		set[i] = true
	}
	b.Run("range8", func(b *testing.B) { benchMatch(b, s.Range(3, 4, 9)) })
	b.Run("range16", func(b *testing.B) { benchMatch(b, s.Range(4, 2005, 2015)) })
	b.Run("range32", func(b *testing.B) { benchMatch(b, s.Range(5, 20050101, 20151231)) })
	b.Run("in8", func(b *testing.B) { benchMatch(b, s.In(3, set[:36])) })
	b.Run("in16", func(b *testing.B) { benchMatch(b, s.In(0, set)) })
	b.Run("rangeMulti", func(b *testing.B) { benchMatch(b, s.Range(10, 20050101, 20151231)) })
}

// benchHits returns windows with about hits of a million rows set.
func benchHits(hits int) [][]uint64 {
	rng := rand.New(rand.NewPCG(2, 2))
	windows := make([][]uint64, million/Window)
	for w := range windows {
		windows[w] = make([]uint64, Window/64)
		for i := range Window {
			if rng.IntN(million) < hits {
				windows[w][i/64] |= 1 << (i % 64)
			}
		}
	}
	return windows
}

// cities maps counties to cities.
func cities() []uint32 {
	groups := make([]uint32, 3000)
	for i := range groups {
		groups[i] = uint32(i / 10)
	}
	return groups
}

func BenchmarkFiveFacets(b *testing.B) {
	s := benchTable().Snapshot()
	for name, hits := range map[string]int{"10k": 10000, "200k": 200000, "all": million} {
		windows := benchHits(hits)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				f, err := s.Facets(Dimension{Column: 4}, Dimension{Column: 0, Groups: cities()}, Dimension{Column: 1}, Dimension{Column: 2}, Dimension{Column: 3})
				if err != nil {
					b.Fatal(err)
				}
				for w, words := range windows {
					f.Collect(uint32(w*Window), words)
				}
				for i := range 5 {
					f.Counts(i)
				}
			}
		})
	}
}

func BenchmarkThreeDimensionsOfAMillion(b *testing.B) {
	s := benchTable().Snapshot()
	windows := benchHits(million)
	year := func(v uint32) uint32 { return v / 10000 }
	for _, c := range []struct {
		name string
		dims []Dimension
	}{
		{"year-city-field", []Dimension{{Column: 4}, {Column: 0, Groups: cities()}, {Column: 3}}},
		{"year-county-field", []Dimension{{Column: 4}, {Column: 0}, {Column: 3}}},
		{"kind-holder-field", []Dimension{{Column: 1}, {Column: 2}, {Column: 3}}},
		{"days-to-years-city-kind", []Dimension{{Column: 5, Of: year, Size: 2100}, {Column: 0, Groups: cities()}, {Column: 1}}},
		{"years-of-documents-kind-holder", []Dimension{{Column: 10, Of: year, Size: 2100}, {Column: 1}, {Column: 2}}},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				counter, err := s.Counter(c.dims...)
				if err != nil {
					b.Fatal(err)
				}
				for w, words := range windows {
					counter.Collect(uint32(w*Window), words)
				}
				counter.Each(func([]uint32, int64) {})
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	t, err := New(benchSchema)
	if err != nil {
		b.Fatal(err)
	}
	row := t.NewRow()
	row.Add(10, 20190709)
	for b.Loop() {
		if _, err := t.Append(row); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFileOfAMillion(b *testing.B) {
	var file bytes.Buffer
	if _, err := benchTable().Snapshot().WriteTo(&file); err != nil {
		b.Fatal(err)
	}
	b.Run("write", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		for b.Loop() {
			var again bytes.Buffer
			if _, err := benchTable().Snapshot().WriteTo(&again); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("read", func(b *testing.B) {
		b.SetBytes(int64(file.Len()))
		for b.Loop() {
			if _, err := Read(bytes.NewReader(file.Bytes())); err != nil {
				b.Fatal(err)
			}
		}
	})
}
