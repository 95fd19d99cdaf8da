package reconcile

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/official"
	"onewindow/internal/register"
)

// explain counts a table on one state of the register and explains the difference.
func (d *Desk) explain(ctx context.Context, t *official.Table, at register.AsOf) (*Sheet, error) {
	g, err := d.gather(ctx, t, at)
	if err != nil {
		return nil, err
	}
	at.Known = g.state
	s := &Sheet{Table: t, At: at, Behind: g.behind, Looked: g.looked, Checks: t.Checks(d.Pack), Gaps: g.gaps(), facts: g.facts, grids: map[shape]*grid{}}
	for _, county := range []bool{false, true} {
		for _, old := range []bool{false, true} {
			for _, other := range []bool{false, true} {
				x := shape{county, old, other}
				s.grids[x] = newGrid(t, d.Pack, x)
			}
		}
	}
	own := make([]int64, len(t.Cells))
	s.effects(reading{none: true}, reading{}, func(_ *facts, cell int32, n int64, _, _ []count) { own[cell] += n })
	for i := range t.Cells {
		q, exact := cellQuery(t, &t.Cells[i])
		s.Rows = append(s.Rows, Row{Cell: &t.Cells[i], Own: own[i], Official: t.Cells[i].Value, Query: q, Exact: exact})
	}
	s.take()
	return s, nil
}

// alone is what one rule alone does to each cell.
type alone struct{ plus, minus []int64 }

func (s *Sheet) between(before, after reading) alone {
	out := alone{make([]int64, len(s.Rows)), make([]int64, len(s.Rows))}
	s.effects(before, after, func(_ *facts, cell int32, n int64, _, _ []count) {
		if n > 0 {
			out.plus[cell] += n
		} else {
			out.minus[cell] -= n
		}
	})
	return out
}

// take chooses the rules that hold and lays them one upon the other.
//
// A rule is a way of counting the whole table: it holds for all cells or for none. Those
// that the publisher declares hold. Of the others the one that lessens the unexplained
// most is taken, again and again, as long as at least half of what it moves lessens it,
// and by a twentieth or more: a rule that moves as much away from the official figures
// as towards them explains nothing, nor does one that hits some of many by chance. Such
// rules are shown without being counted.
func (s *Sheet) take() {
	var candidates []int
	moves := map[int]alone{}
	for i := range rules {
		if rules[i].fits != nil && !rules[i].fits(s.Table) {
			continue
		}
		a := s.between(reading{}, under([]int{i}))
		if slices.Max(a.plus) == 0 && slices.Max(a.minus) == 0 && !slices.Contains(s.Table.Rules, rules[i].id) {
			continue
		}
		moves[i] = a
		candidates = append(candidates, i)
	}
	var taken []int
	gains := map[int]int64{}
	for _, i := range candidates {
		if slices.Contains(s.Table.Rules, rules[i].id) && !excluded(i, taken) {
			before := s.unexplained(taken)
			taken = with(taken, i)
			gains[i] = before - s.unexplained(taken)
		}
	}
	for {
		best, most, now := -1, int64(0), s.unexplained(taken)
		for _, i := range candidates {
			if slices.Contains(taken, i) || excluded(i, taken) {
				continue
			}
			gain := now - s.unexplained(with(taken, i))
			if gains[i] = max(gains[i], gain); gain > most && 20*gain >= now && 2*gain >= s.moved(taken, i) {
				best, most = i, gain
			}
		}
		if best < 0 {
			break
		}
		gains[best] = most
		taken = with(taken, best)
	}
	s.lay(candidates, taken, moves, gains)
}

// excluded tells whether a rule of the same group is taken already.
func excluded(i int, taken []int) bool {
	return rules[i].group != "" && slices.ContainsFunc(taken, func(k int) bool { return rules[k].group == rules[i].group })
}

// with adds a rule in the stated order.
func with(taken []int, i int) []int {
	out := append(slices.Clone(taken), i)
	slices.Sort(out)
	return out
}

// unexplained is the sum of what rules leave over in the single cells, all of one
// sign.
func (s *Sheet) unexplained(taken []int) int64 {
	a := s.between(reading{}, under(taken))
	var sum int64
	for i := range s.Rows {
		if s.single(i) {
			sum += abs(s.Rows[i].Difference() - a.plus[i] + a.minus[i])
		}
	}
	return sum
}

// moved is how much a rule moves in the single cells on top of others.
func (s *Sheet) moved(taken []int, i int) int64 {
	a := s.between(under(taken), under(with(taken, i)))
	var sum int64
	for k := range s.Rows {
		if s.single(k) {
			sum += abs(a.plus[k] - a.minus[k])
		}
	}
	return sum
}

func abs(n int64) int64 { return max(n, -n) }

// lay writes what each rule does into the rows, the rules that hold one upon the
// other in their order, and what is left.
func (s *Sheet) lay(candidates, taken []int, moves map[int]alone, gains map[int]int64) {
	counted := map[int]alone{}
	for n, i := range taken {
		before, after := under(taken[:n]), under(taken[:n+1])
		s.steps = append(s.steps, step{i, before, after})
		counted[i] = s.between(before, after)
	}
	for _, i := range candidates {
		r := Rule{ID: rules[i].id, Family: rules[i].family, Holds: slices.Contains(taken, i), Gain: gains[i],
			Declared: slices.Contains(s.Table.Rules, rules[i].id)}
		for k := range s.Rows {
			e := Effect{AlonePlus: moves[i].plus[k], AloneMinus: moves[i].minus[k]}
			if c, ok := counted[i]; ok {
				e.Plus, e.Minus = c.plus[k], c.minus[k]
			}
			s.Rows[k].Effects = append(s.Rows[k].Effects, e)
			if s.single(k) {
				r.Moved += e.AlonePlus + e.AloneMinus
			}
		}
		s.Rules = append(s.Rules, r)
	}
	for k := range s.Rows {
		s.Rows[k].Rest = s.Rows[k].Difference() - s.Rows[k].Explained()
	}
}

// cellQuery writes the query that a cell's own count means, and whether it finds just
// that.
func cellQuery(t *official.Table, c *official.Cell) (string, bool) {
	var parts []string
	parts = append(parts, "region="+c.Region)
	kinds := []string{string(c.Kind)}
	if c.Kind == "" {
		kinds = kinds[:0]
		for _, k := range t.Kinds() {
			kinds = append(kinds, string(k))
		}
	}
	if len(kinds) == 1 {
		parts = append(parts, "kind="+kinds[0])
	} else {
		parts = append(parts, "kind=("+strings.Join(kinds, " or ")+")")
	}
	if c.Holder != "" {
		parts = append(parts, "holder-type="+c.Holder)
	}
	from, to := t.Span(c)
	exact := false
	switch t.Measure {
	case official.Filed:
		parts, exact = append(parts, fmt.Sprintf("fd within \"%s %s\"", from, to)), true
	case official.Granted, official.Published:
		parts = append(parts, fmt.Sprintf("pd within \"%s %s\"", from, to))
		exact = t.Measure == official.Granted && !slices.Contains(kinds, "invention")
	}
	return strings.Join(parts, " and "), exact
}
