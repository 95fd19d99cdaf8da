package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"onewindow/internal/record"
)

// TestARuleExplainsItsRecordsAndTheRestIsStated makes tables that count in one way
// other than the register and are off by some more in single cells: the rule explains
// just the records that it moves, and every cell states what it is off by.
func TestARuleExplainsItsRecordsAndTheRestIsStated(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, rights, 12)
	o.load(all(some)...)
	plainly := func(m *made) []string {
		if inPeriod(m.grant) {
			return m.cities[:1]
		}
		return nil
	}
	when := func(in bool, m *made) []string {
		if in {
			return m.cities[:1]
		}
		return nil
	}
	for _, w := range []struct {
		rule   string
		counts func(m *made) []string // the regions that a right counts in
	}{
		{"any_holder", func(m *made) []string {
			if !inPeriod(m.grant) || len(m.cities) < 2 {
				return plainly(m)
			}
			return slices.Compact(slices.Clone(m.cities[:2]))
		}},
		{"by_filing_day", func(m *made) []string { return when(m.grant != 0 && inPeriod(m.filed), m) }},
		{"by_first_publication", func(m *made) []string { return when(m.grant != 0 && inPeriod(m.docs[0].Published), m) }},
		{"week_before", func(m *made) []string {
			return when(m.grant >= granted.From.AddDays(-7) && m.grant <= granted.To, m)
		}},
		{"week_after", func(m *made) []string { return when(m.grant >= granted.From && m.grant <= granted.To.AddDays(7), m) }},
		{"without_first_week", func(m *made) []string { return when(m.grant >= granted.From.AddDays(7) && m.grant <= granted.To, m) }},
		{"without_last_week", func(m *made) []string { return when(m.grant >= granted.From && m.grant <= granted.To.AddDays(-7), m) }},
	} {
		for seed := range uint64(3) {
			t.Run(fmt.Sprint(w.rule, " ", seed), func(t *testing.T) {
				o := &office{Desk: o.Desk, t: t}
				rng := rand.New(rand.NewPCG(seed, 3))
				y, off, moved := tally{}, tally{}, []string{}
				for i := range some {
					m := &some[i]
					counted := w.counts(m)
					for _, region := range counted {
						y.add(region, m.kind, 1)
					}
					if !slices.Equal(counted, plainly(m)) {
						moved = append(moved, m.number)
					}
				}
				slices.Sort(moved)
				if len(moved) == 0 {
					t.Fatal("the sample has no such records")
				}
				kinds := []record.Kind{record.Invention, record.UtilityModel, record.Design}
				for range 1 + len(moved)/40 {
					m := &some[rng.IntN(len(some))]
					region, kind := m.cities[0], kinds[rng.IntN(len(kinds))]
					y.add(region, kind, 1)
					off.add(region, kind, 1)
				}
				h := granted
				h.ID = fmt.Sprintf("noise-%s-%d", w.rule, seed)
				s := o.sheet(h, y.csv(o))
				if got := s.holding(); !slices.Equal(got, []string{w.rule}) {
					t.Fatalf("rules that hold: %v", got)
				}
				if got := o.numbersMoved(s, w.rule, false); !slices.Equal(got, moved) {
					t.Errorf("%d records are explained; want %d", len(got), len(moved))
				}
				for i := range s.Rows {
					if r := &s.Rows[i]; s.single(i) && r.Rest != off[r.Cell.Region][r.Cell.Kind] {
						t.Errorf("%s states a rest of %d; want %d", r.Cell.Key(), r.Rest, off[r.Cell.Region][r.Cell.Kind])
					}
				}
			})
		}
	}
}
