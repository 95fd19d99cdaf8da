// Package faulty measures the checks of an edition: it makes faults of known kinds
// in it, one at a time, and counts how many the checks find.
package faulty

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
)

// Kind is a kind of fault.
type Kind string

// The kinds of faults.
const (
	Cell    Kind = "cell"    // a digit is another one, or two stand the wrong way round
	Swap    Kind = "swap"    // two rows of a table have each other's name
	Column  Kind = "column"  // two cells of a column have each other's place
	Sign    Kind = "sign"    // a number has the other sign
	Unit    Kind = "unit"    // a number has the name of another unit
	Scale   Kind = "scale"   // a number is in another power of ten
	Basis   Kind = "basis"   // a number is said to be on another basis
	Vintage Kind = "vintage" // a denominator is said to be of another day
	Dropped Kind = "dropped" // a part of a whole is left out
)

// Kinds are all kinds of faults.
var Kinds = []Kind{Cell, Swap, Column, Sign, Unit, Scale, Basis, Vintage, Dropped}

// Tally says how the faults of one kind fared.
type Tally struct {
	Kind   Kind     `json:"kind"`
	Of     int      `json:"of"`     // figures that such a fault can befall
	Tied   int      `json:"tied"`   // of these, how many stand in a relation that fixes what the fault changes
	Faults int      `json:"faults"` // faults made
	Caught int      `json:"caught"`
	Inside int      `json:"inside"`           // faults made in a tied figure
	Found  int      `json:"inside_caught"`    // of these, how many were caught
	Hidden int      `json:"hidden"`           // inside and not caught, since rounding hides them
	Missed []string `json:"missed,omitempty"` // inside, not caught and not hidden: what was changed
}

// Report is the outcome of a measurement.
type Report struct {
	Seed     uint64  `json:"seed"`
	Editions int     `json:"editions"`
	Figures  int     `json:"figures"` // observations of the clean edition
	Tied     int     `json:"tied"`    // of these, how many stand in a relation that fixes them
	Open     int     `json:"open"`    // open checks of the clean edition
	Kinds    []Tally `json:"kinds"`
}

// Measure makes n faulty editions of one, each with one fault, kinds in turn, drawn
// evenly over the figures that a kind can befall, and checks them. The same seed
// gives the same faults.
func Measure(set *indicator.Set, e *indicator.Edition, sources *indicator.Book, n int, seed uint64) Report {
	m := &measure{set: set, edition: e, sources: sources, rand: rand.New(rand.NewPCG(seed, 0))}
	clean := set.Check(e.Book, sources, e.Notes)
	m.relate(clean)
	r := Report{Seed: seed, Editions: n, Figures: len(e.Book.Observations())}
	for _, c := range clean {
		if c.Status == indicator.Open {
			r.Open++
		}
	}
	for _, o := range e.Book.Observations() {
		if m.exact[o.Ref] {
			r.Tied++
		}
	}
	tallies := make([]Tally, len(Kinds))
	for i, k := range Kinds {
		tallies[i] = Tally{Kind: k}
		for _, f := range m.faults(k) {
			tallies[i].Of++
			if m.inside(k, f) {
				tallies[i].Tied++
			}
		}
	}
	for i := range n {
		m.one(&tallies[i%len(Kinds)])
	}
	r.Kinds = tallies
	return r
}

type measure struct {
	set     *indicator.Set
	edition *indicator.Edition
	sources *indicator.Book
	rand    *rand.Rand
	exact   map[indicator.Ref]bool // figures that others fix
	rounded map[indicator.Ref]bool // figures that are fixed only where something is rounded
	labels  map[indicator.Ref]map[indicator.Rule]bool
}

// relate finds which figures stand in which relations.
func (m *measure) relate(clean []indicator.Result) {
	m.exact, m.rounded = map[indicator.Ref]bool{}, map[indicator.Ref]bool{}
	m.labels = map[indicator.Ref]map[indicator.Rule]bool{}
	for _, r := range clean {
		for _, ref := range append([]indicator.Ref{r.Of}, r.With...) {
			if m.labels[ref] == nil {
				m.labels[ref] = map[indicator.Rule]bool{}
			}
			m.labels[ref][r.Rule] = true
			if r.Rule.Exact() {
				m.exact[ref] = true
			}
		}
	}
	for ref, rules := range m.labels {
		lossless := slices.ContainsFunc([]indicator.Rule{
			indicator.RuleSame, indicator.RuleSource, indicator.RuleParts, indicator.RuleRows, indicator.RuleGroups, indicator.RuleSum,
		}, func(r indicator.Rule) bool { return rules[r] })
		m.rounded[ref] = !lossless
	}
}

// fault is a place where a fault can be made: one observation, or two.
type fault struct{ a, b int }

// one makes a fault, checks the edition and counts.
func (m *measure) one(t *Tally) {
	places := m.faults(t.Kind)
	if len(places) == 0 {
		return
	}
	f := places[m.rand.IntN(len(places))]
	inside := m.inside(t.Kind, f)
	all := slices.Clone(m.edition.Book.Observations())
	what := m.make(t.Kind, f, &all)
	caught := slices.ContainsFunc(m.set.Check(indicator.NewBook(all), m.sources, m.edition.Notes), func(r indicator.Result) bool {
		return r.Status == indicator.Open
	})
	t.Faults++
	if caught {
		t.Caught++
	}
	if !inside {
		return
	}
	t.Inside++
	switch {
	case caught:
		t.Found++
	case m.rounded[m.edition.Book.Observations()[f.a].Ref]:
		t.Hidden++
	default:
		t.Missed = append(t.Missed, what)
	}
}

// inside tells whether a fault befalls something that a relation fixes.
func (m *measure) inside(k Kind, f fault) bool {
	o := m.edition.Book.Observations()[f.a]
	switch k {
	case Unit:
		return m.labels[o.Ref][indicator.RuleUnit]
	case Basis:
		return m.labels[o.Ref][indicator.RuleBasis]
	case Vintage:
		return m.labels[o.Ref][indicator.RuleVintage]
	case Sign:
		return m.exact[o.Ref] || o.Ref.View == indicator.Level || o.Ref.View == indicator.Share || o.Ref.View == indicator.NationalRank
	}
	return m.exact[o.Ref]
}

// faults returns every place where a kind of fault can be made.
func (m *measure) faults(k Kind) []fault {
	all := m.edition.Book.Observations()
	var out []fault
	for i, o := range all {
		switch k {
		case Cell, Unit:
			out = append(out, fault{i, i})
		case Sign, Scale:
			if o.Value.Sign() != 0 {
				out = append(out, fault{i, i})
			}
		case Basis:
			if o.Basis != "" {
				out = append(out, fault{i, i})
			}
		case Vintage:
			if o.Vintage != 0 {
				out = append(out, fault{i, i})
			}
		case Dropped:
			if m.part(o) {
				out = append(out, fault{i, i})
			}
		case Swap, Column:
			out = append(out, m.twins(i, k)...)
		}
	}
	return out
}

// part tells whether an observation is a part, or a row of a table, and stands once.
func (m *measure) part(o indicator.Observation) bool {
	n := 0
	m.edition.Book.Each(o.Ref, func(*indicator.Observation) { n++ })
	whole := o.Ref.Region == m.set.Schemes["cities"].Whole
	return n == 1 && o.Ref.View == indicator.Level && (o.Ref.Parts != "" || o.Table && !whole)
}

// twins returns the later rows of the same table that an observation can be swapped
// with. For whole rows the observation stands for its row: the row's first.
func (m *measure) twins(i int, k Kind) []fault {
	all := m.edition.Book.Observations()
	o := all[i]
	unit := m.set.Schemes["works"]
	if !o.Table || !slices.Contains(unit.Rows, o.Ref.Region) {
		return nil
	}
	var out []fault
	for j := i + 1; j < len(all); j++ {
		p := all[j]
		if p.Where != o.Where || !slices.Contains(unit.Rows, p.Ref.Region) || p.Ref.At(o.Ref.Region) != o.Ref || p.Ref == o.Ref {
			continue
		}
		if k == Swap && m.firstOfRow(i) || k == Column && !p.Value.Equal(o.Value) {
			out = append(out, fault{i, j})
		}
	}
	return out
}

func (m *measure) firstOfRow(i int) bool {
	all := m.edition.Book.Observations()
	return !slices.ContainsFunc(all[:i], func(p indicator.Observation) bool {
		return p.Where == all[i].Where && p.Ref.Region == all[i].Ref.Region
	})
}

// make puts a fault into observations and says what it is.
func (m *measure) make(k Kind, f fault, all *[]indicator.Observation) string {
	o := &(*all)[f.a]
	before := fmt.Sprintf("%s of %s (%s)", k, o.Ref, o.Value.Text(o.Places))
	switch k {
	case Cell:
		o.Value = m.misprint(o)
	case Sign:
		o.Value = o.Value.Neg()
	case Scale:
		o.Value = o.Value.Mul([]decimal.Number{decimal.Of(10), decimal.Of(100), decimal.Of(10_000), decimal.Must("0.1"), decimal.Must("0.0001")}[m.rand.IntN(5)])
	case Unit:
		o.Unit = m.another(o.Unit, []string{"piece", "case", "person", "percent", "percentage_point", "cny", "people_10k", "rank"})
	case Basis:
		o.Basis = m.another(o.Basis, []string{"first_applicant", "first_holder", "place_of_registrant", "place_of_origin", "reporting_body"})
	case Vintage:
		o.Vintage = o.Vintage.AddMonths(12)
	case Dropped:
		*all = slices.Delete(*all, f.a, f.a+1)
	case Column:
		p := &(*all)[f.b]
		o.Value, p.Value, o.Places, p.Places = p.Value, o.Value, p.Places, o.Places
	case Swap:
		m.swapRows(*all, f)
	}
	return before
}

// swapRows gives two rows of a table each other's region.
func (m *measure) swapRows(all []indicator.Observation, f fault) {
	where, a, b := all[f.a].Where, all[f.a].Ref.Region, all[f.b].Ref.Region
	for i := range all {
		if all[i].Where != where {
			continue
		}
		switch all[i].Ref.Region {
		case a:
			all[i].Ref.Region = b
		case b:
			all[i].Ref.Region = a
		}
	}
}

// another draws one of several that is not the given one.
func (m *measure) another(not string, of []string) string {
	for {
		if x := of[m.rand.IntN(len(of))]; x != not {
			return x
		}
	}
}

// misprint changes a digit of a number, or turns two neighbours round.
func (m *measure) misprint(o *indicator.Observation) decimal.Number {
	text := o.Value.Text(o.Places)
	for {
		b := []byte(text)
		i := m.rand.IntN(len(b))
		if b[i] < '0' || b[i] > '9' {
			continue
		}
		if m.rand.IntN(4) == 0 && i+1 < len(b) && b[i+1] >= '0' && b[i+1] <= '9' {
			b[i], b[i+1] = b[i+1], b[i]
		} else {
			b[i] = byte('0' + m.rand.IntN(10))
		}
		if s := string(b); s != text && !strings.HasPrefix(strings.TrimPrefix(s, "-"), "0") || len(text) == 1 && s != text {
			return decimal.Must(s)
		}
	}
}
