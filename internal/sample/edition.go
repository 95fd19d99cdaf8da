package sample

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// Edition says how many of what an invented register holds, so that counts of it
// agree with a printed edition.
type Edition struct {
	Year       int
	Inventions map[Cell]int           // in force at the end of the year, by city and type of the first-named holder
	Granted    int                    // inventions granted in the year
	Marks      map[string]int         // of geographical indications, in force at the end of the year, by city
	NewMarks   int                    // of these, registered in the year
	Products   map[string]int         // of geographical indication, protected at the end of the year, by city
	Works      map[int]map[string]int // registered in a year, by reporting unit
	Beside     []string               // reporting units that do not count in their city
	Other      string                 // code of what lies in the region and in no city
}

// Part is a part of the register that is loaded on its own.
type Part struct {
	Name    string // indications, inventions, works-<year>, annuities
	Records int    // about how many entries its files hold
	// Write writes the part's files into a folder and returns their paths.
	Write func(dir string) ([]string, error)
}

// world is an invented region that agrees with an edition.
type world struct {
	*vocabulary
	Edition
	region string
	cities map[string]*town // by code
	codes  []string         // of the cities, in order
	seed   uint64
}

// town is a city with its counties.
type town struct {
	name   string // without 市
	places []Place
}

// Parts returns what a region holds beside n rights as Write makes them with the same
// seed, so that all together agree with the edition: first what is small. It fails when
// the rights alone are more than the edition holds somewhere.
func Parts(pack *region.Pack, e Edition, n int, seed uint64) ([]Part, error) {
	v, err := loadVocabulary()
	if err != nil {
		return nil, err
	}
	w := &world{vocabulary: v, Edition: e, region: pack.ID(), cities: map[string]*town{}, seed: seed}
	for _, p := range Places(pack) {
		if w.cities[p.CityCode] == nil {
			w.cities[p.CityCode] = &town{name: region.Short(p.City)}
			w.codes = append(w.codes, p.CityCode)
		}
		t := w.cities[p.CityCode]
		t.places = append(t.places, p)
	}
	slices.Sort(w.codes)
	var parts, last []Part
	if len(e.Marks)+len(e.Products) > 0 {
		parts = append(parts, w.indications())
	}
	if len(e.Inventions) > 0 {
		rights, err := Rights(Places(pack), n, w.seed)
		if err != nil {
			return nil, err
		}
		left, granted, err := w.leave(rights)
		if err != nil {
			return nil, err
		}
		inventions, annuities := w.inventions(left, granted, func(fn func(*record.Document)) {
			for r := range rights {
				if w.counts(r) {
					fn(r.Documents[len(r.Documents)-1])
				}
			}
		})
		parts, last = append(parts, inventions), append(last, annuities)
	}
	years := make([]int, 0, len(e.Works))
	for y := range e.Works {
		years = append(years, y)
	}
	slices.SortFunc(years, func(a, b int) int { return b - a }) // the newest first
	for _, y := range years {
		part, err := w.works(y)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return append(parts, last...), nil
}

// leave returns how many inventions in force are left to invent, cell by cell, and how
// many granted in the year, when some rights are there.
func (w *world) leave(rights iter.Seq[Right]) (left map[Cell]int, granted int, err error) {
	left, granted = map[Cell]int{}, w.Granted
	for c, n := range w.Inventions {
		if c.Unit != w.Other && w.cities[c.Unit] == nil {
			return nil, 0, fmt.Errorf("sample: nobody lives in %s", c.Unit)
		}
		left[c] = n
	}
	for r := range rights {
		if !w.counts(r) {
			continue
		}
		if left[r.Of]--; left[r.Of] < 0 {
			return nil, 0, fmt.Errorf("sample: more inventions of %v than the edition has", r.Of)
		}
		if r.Documents[len(r.Documents)-1].Published.Year() == w.Year {
			granted--
		}
	}
	return left, max(0, granted), nil
}

// counts tells whether a right is an invention in force at the end of the year. None of
// those that Rights makes has ended.
func (w *world) counts(r Right) bool {
	d := r.Documents[len(r.Documents)-1]
	return d.Code == "B" && d.Published <= date.Of(w.Year, 12, 31)
}

// draws returns what decides a part, the same for the same seed.
func (w *world) draws(part uint64) *rand.Rand { return rand.New(rand.NewPCG(w.seed, 5000+part)) }

// sorted returns the cells in their order.
func sorted(cells map[Cell]int) []Cell {
	out := make([]Cell, 0, len(cells))
	for c := range cells {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.Holder, b.Holder)) })
	return out
}

// shuffle puts a list in an order of chance.
func shuffle[T any](rng *rand.Rand, s []T) {
	rng.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
}

// daysOf returns the days of a year that fall on some days of the week, 0 for Sunday.
func daysOf(year int, weekdays ...int) []date.Date {
	var out []date.Date
	for d := date.Of(year, 1, 1); d.Year() == year; d = d.AddDays(1) {
		if slices.Contains(weekdays, weekday(d)) {
			out = append(out, d)
		}
	}
	return out
}
