package reconcile

import (
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/official"
	"onewindow/internal/register"
)

// Sheet is a table beside the own count of one state of the register. In every
// cell, own plus all that is explained plus the rest is the official figure.
type Sheet struct {
	Table  *official.Table
	At     register.AsOf // Known is always set
	Behind int64         // commits of the register that the count does not hold
	Looked int64         // rights that were looked at
	Rows   []Row         // one a cell, in the order of the table's
	Rules  []Rule        // all that can make a difference to the table, in their order
	Checks []official.Check
	Gaps   []Gap

	facts []facts
	steps []step
	grids map[shape]*grid
}

// Row is one cell of a sheet.
type Row struct {
	Cell     *official.Cell
	Own      int64
	Official int64
	Effects  []Effect // one a rule of the sheet
	Rest     int64    // what no rule explains
	Query    string   // finds what the own count holds
	Exact    bool     // the query finds just that; else more, of which the count takes those with the day in the cell
}

// Difference is what the official figure is more than the own one.
func (r *Row) Difference() int64 { return r.Official - r.Own }

// Explained is what the rules that hold explain of the difference.
func (r *Row) Explained() int64 {
	var n int64
	for _, e := range r.Effects {
		n += e.Counted()
	}
	return n
}

// Effect is what a rule does to a cell: records that come in and go out, each with
// how much it counts.
type Effect struct {
	Plus, Minus           int64 // counted, on top of the rules before it; 0 unless the rule holds
	AlonePlus, AloneMinus int64 // what the rule alone would do to the own count
}

// Counted is the effect that is counted.
func (e Effect) Counted() int64 { return e.Plus - e.Minus }

// Alone is the effect that the rule alone would have.
func (e Effect) Alone() int64 { return e.AlonePlus - e.AloneMinus }

// Rule is a rule as it does to a table as a whole.
type Rule struct {
	ID, Family string
	Holds      bool  // it is counted
	Declared   bool  // because the publisher says that it counts so
	Moved      int64 // by how much it alone moves single cells, all of one sign together
	Gain       int64 // by how much it lessens what is unexplained in single cells, on top of those taken before it
}

// Cells that are no totals decide which rules hold.
func (s *Sheet) single(i int) bool { return !s.Table.Cells[i].Total }

// step is a rule with the readings before and after it.
type step struct {
	rule          int // of rules
	before, after reading
}

// Move is a record that a rule moves.
type Move struct {
	Right         int64
	Cell          int
	N             int64
	Before, After []Place // where it counted and counts, outside of the table too
	Gone          bool    // the record stands in no file that is loaded now
	Known         int64   // the state in which it stood, for one that is gone
}

// Place is where and when a record counts.
type Place struct {
	Region, Kind, Holder, Day string
	N                         int64
}

// Moves lists the records that a rule moves in a cell, or in all single cells when
// cell is below 0: with alone those that the rule alone would move, else those that
// are counted under it. The rule is a place in Rules.
func (s *Sheet) Moves(cell, rule int, alone bool) []Move {
	at := slices.IndexFunc(s.steps, func(x step) bool { return rules[x.rule].id == s.Rules[rule].ID })
	var st step
	switch {
	case alone:
		st.rule = slices.IndexFunc(rules[:], func(r ruleDef) bool { return r.id == s.Rules[rule].ID })
		rules[st.rule].apply(&st.after)
	case at < 0:
		return nil
	default:
		st = s.steps[at]
	}
	var out []Move
	s.effects(st.before, st.after, func(f *facts, c int32, n int64, before, after []count) {
		if int(c) == cell || cell < 0 && s.single(int(c)) {
			out = append(out, Move{f.right, int(c), n, placesOfCounts(before), placesOfCounts(after), f.gone, f.known})
		}
	})
	return out
}

func placesOfCounts(counts []count) []Place {
	var out []Place
	for _, c := range counts {
		out = append(out, Place{c.region, string(c.kind), c.holder, c.day.String(), int64(c.n)})
	}
	return out
}

// effects calls do for each record and cell between two readings.
func (s *Sheet) effects(before, after reading, do func(f *facts, cell int32, n int64, before, after []count)) {
	from, to := s.grid(before), s.grid(after)
	var a, b []count
	var cells []int32
	var sums []int64
	add := func(cell int32, n int64) {
		if i := slices.Index(cells, cell); i >= 0 {
			sums[i] += n
			return
		}
		cells, sums = append(cells, cell), append(sums, n)
	}
	for i := range s.facts {
		f := &s.facts[i]
		a, b = before.counts(f, s.Table, a), after.counts(f, s.Table, b)
		if from == to && slices.Equal(a, b) {
			continue
		}
		cells, sums = cells[:0], sums[:0]
		from.each(a, func(cell, n int32) { add(cell, -int64(n)) })
		to.each(b, func(cell, n int32) { add(cell, int64(n)) })
		for k, n := range sums {
			if n != 0 {
				do(f, cells[k], n, a, b)
			}
		}
	}
}

func (s *Sheet) grid(r reading) *grid { return s.grids[r.shape()] }

// Records lists the records behind a figure: those that a rule moves in the cell with a
// key, or in all cells that are no totals for "", and without a rule those that the own
// count holds in the cell. NotFound for a cell or a rule that the sheet has not.
func (s *Sheet) Records(key, rule string, alone bool) ([]Move, error) {
	cell := -1
	if key != "" {
		if cell = s.Table.Cell(key); cell < 0 {
			return nil, ierr.New(ierr.NotFound, "reconcile.cell", ierr.Args{"cell": key})
		}
	}
	if rule == "" {
		if cell < 0 {
			return nil, ierr.New(ierr.Invalid, "reconcile.which", nil)
		}
		return s.Own(cell), nil
	}
	at := slices.IndexFunc(s.Rules, func(r Rule) bool { return r.ID == rule })
	if at < 0 {
		if ruleNamed(rule) == nil {
			return nil, ierr.New(ierr.NotFound, "reconcile.rule", ierr.Args{"rule": rule, "known": strings.Join(RuleIDs(), ", ")})
		}
		return nil, nil
	}
	return s.Moves(cell, at, alone), nil
}

// Own returns of the records that a cell of the own count holds.
func (s *Sheet) Own(cell int) []Move {
	var out []Move
	g := s.grid(reading{})
	var r reading
	var a []count
	for i := range s.facts {
		a = r.counts(&s.facts[i], s.Table, a)
		var n int64
		g.each(a, func(c, k int32) {
			if int(c) == cell {
				n += int64(k)
			}
		})
		if n != 0 {
			out = append(out, Move{Right: s.facts[i].right, Cell: cell, N: n, After: placesOfCounts(a)})
		}
	}
	return out
}
