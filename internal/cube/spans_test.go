package cube

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestSpansFindWhatLiesInThem: against looking through the stretches of each row.
func TestSpansFindWhatLiesInThem(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	table, err := New(Schema{Columns: []Column{{Name: "ends", Width: 4, Multi: true}}})
	if err != nil {
		t.Fatal(err)
	}
	const rows = Window + 500
	all := make([][]uint32, rows)
	for i := range all {
		row := table.NewRow()
		at := uint32(0)
		for range rng.IntN(6) {
			at += 1 + uint32(rng.IntN(30))
			all[i] = append(all[i], at)
		}
		row.Add(0, all[i]...)
		if _, err := table.Append(row); err != nil {
			t.Fatal(err)
		}
	}
	snap := table.Publish()
	inside := func(ends []uint32, lo, hi uint32) bool {
		for v := lo; v <= hi; v++ {
			n, _ := slices.BinarySearch(ends, v+1)
			if n%2 == 1 {
				return true
			}
		}
		return false
	}
	for range 12 {
		lo := uint32(rng.IntN(120))
		hi := lo + uint32(rng.IntN(3)*rng.IntN(20))
		m := snap.Spans(0, lo, hi)
		for base := uint32(0); base < rows; base += Window {
			words := make([]uint64, Window/64)
			m.Match(base, words)
			for i := range min(Window, rows-int(base)) {
				row := int(base) + i
				if got, want := words[i/64]>>(i%64)&1 == 1, inside(all[row], lo, hi); got != want {
					t.Fatalf("%d to %d in %v: %v", lo, hi, all[row], got)
				}
			}
		}
	}
	words := make([]uint64, Window/64)
	if snap.Spans(0, 9, 3).Match(0, words); slices.ContainsFunc(words, func(w uint64) bool { return w != 0 }) {
		t.Error("an empty range matches")
	}
}
