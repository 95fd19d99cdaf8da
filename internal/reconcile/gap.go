package reconcile

import (
	"cmp"
	"slices"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// Gap tells what of a kind's publications the register has in the period: where
// issues are missing, the own count is too low, and nobody can say in which region.
type Gap struct {
	Kind        record.Kind
	Code        string // first letter of the kind code
	Days        int    // days of the period on which it has publications
	First, Last date.Date
	Have        int    // publications in the period
	Missing     uint64 // numbers between the least and the greatest that it has not
	Ranges      []Range
}

// Range is a run of numbers that no loaded file has, and the days on both sides.
type Range struct {
	From, To      uint64
	After, Before date.Date
}

// N is how many numbers a range holds.
func (r Range) N() uint64 { return r.To - r.From + 1 }

// maxRanges bounds the ranges that are named; all are counted.
const maxRanges = 20

// gaps finds the numbers and days that are missing.
func (g *gathering) gaps() []Gap {
	var out []Gap
	for key, list := range g.numbers {
		slices.SortFunc(list, func(a, b numbered) int { return cmp.Compare(a.n, b.n) })
		gap := Gap{Kind: key.kind, Code: string(key.code)}
		days := map[date.Date]bool{}
		for i, x := range list {
			if x.day >= g.t.From && x.day <= g.t.To {
				gap.Have++
				days[x.day] = true
				gap.Last = max(gap.Last, x.day)
				if gap.First == 0 || x.day < gap.First {
					gap.First = x.day
				}
			}
			if i > 0 && x.n > list[i-1].n+1 {
				gap.Missing += x.n - list[i-1].n - 1
				gap.Ranges = append(gap.Ranges, Range{list[i-1].n + 1, x.n - 1, list[i-1].day, x.day})
			}
		}
		gap.Days = len(days)
		slices.SortFunc(gap.Ranges, func(a, b Range) int { return cmp.Compare(b.N(), a.N()) })
		gap.Ranges = gap.Ranges[:min(len(gap.Ranges), maxRanges)]
		out = append(out, gap)
	}
	slices.SortFunc(out, func(a, b Gap) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Code, b.Code)) })
	return out
}
