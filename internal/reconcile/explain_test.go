package reconcile

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/official"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

const rights = 1500

func all(some []made) []*record.Document {
	var out []*record.Document
	for _, m := range some {
		out = append(out, m.docs...)
	}
	return out
}

// TestOneKnownDifferenceIsFoundRecordByRecord makes tables that count in one way other
// than the register, from what the invented documents say and not from any rule here:
// the rule must be found, and just the records that it moves.
func TestOneKnownDifferenceIsFoundRecordByRecord(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, rights, 7)
	o.load(all(some)...)
	type way struct {
		rule  string
		count func(m *made, add func(region string)) // as the publisher counts
	}
	for _, w := range []way{
		{"", func(m *made, add func(string)) {
			if inPeriod(m.grant) {
				add(m.cities[0])
			}
		}},
		{"any_holder", func(m *made, add func(string)) {
			if inPeriod(m.grant) {
				add(m.cities[0])
				if len(m.cities) > 1 && m.cities[1] != m.cities[0] {
					add(m.cities[1])
				}
			}
		}},
		{"by_filing_day", func(m *made, add func(string)) {
			if m.grant != 0 && inPeriod(m.filed) {
				add(m.cities[0])
			}
		}},
		{"by_first_publication", func(m *made, add func(string)) {
			if m.grant != 0 && inPeriod(m.docs[0].Published) {
				add(m.cities[0])
			}
		}},
		{"week_after", func(m *made, add func(string)) {
			if inPeriod(m.grant) || m.grant > granted.To && m.grant <= granted.To.AddDays(7) {
				add(m.cities[0])
			}
		}},
		{"without_first_week", func(m *made, add func(string)) {
			if inPeriod(m.grant) && m.grant >= granted.From.AddDays(7) {
				add(m.cities[0])
			}
		}},
		{"county_apart", func(m *made, add func(string)) {
			if !inPeriod(m.grant) {
				return
			}
			if m.county == kunshan {
				add(kunshan)
			} else {
				add(m.cities[0])
			}
		}},
		{"publications", func(m *made, add func(string)) {
			for _, d := range m.docs {
				if inPeriod(d.Published) {
					add(m.cities[0])
				}
			}
		}},
	} {
		t.Run(w.rule, func(t *testing.T) {
			o := &office{Desk: o.Desk, t: t}
			y := tally{}
			moved := map[string]int{}
			for i := range some {
				m := &some[i]
				plain := map[string]int{}
				if inPeriod(m.grant) {
					plain[m.cities[0]]++
					if w.rule == "county_apart" && m.county == kunshan {
						plain[kunshan]++
					}
				}
				w.count(m, func(region string) {
					y.add(region, m.kind, 1)
					plain[region]--
				})
				for _, n := range plain {
					if n != 0 {
						moved[m.number]++
					}
				}
			}
			h := granted
			h.ID = "granted-" + fmt.Sprint(len(w.rule))
			s := o.sheet(h, y.csv(o))
			for _, r := range s.Rows {
				if r.Rest != 0 {
					t.Errorf("%s: %d are not explained", r.Cell.Key(), r.Rest)
				}
			}
			if w.rule == "" {
				if len(s.holding()) > 0 {
					t.Errorf("nothing differs, yet these rules hold: %v", s.holding())
				}
				return
			}
			if got := s.holding(); len(got) != 1 || got[0] != w.rule {
				t.Fatalf("rules that hold: %v", got)
			}
			var want []string
			for n := range moved {
				want = append(want, n)
			}
			slices.Sort(want)
			if len(want) == 0 {
				t.Fatal("the sample has no such records")
			}
			if got := o.numbersMoved(s, w.rule, false); !slices.Equal(got, want) {
				t.Errorf("%d records are moved; want %d", len(got), len(want))
			}
		})
	}
}

const kunshan = "320583"

// TestAnIssueThatIsNotLoadedIsFound undoes the load of one month.
func TestAnIssueThatIsNotLoadedIsFound(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, rights, 8)
	var dropped, rest []*record.Document
	var want []string
	y := tally{}
	for _, m := range some {
		if inPeriod(m.grant) {
			y.add(m.cities[0], m.kind, 1)
		}
		for _, d := range m.docs {
			if d.Published.Year() == 2018 && d.Published.Month() == 5 {
				dropped = append(dropped, d)
				if d.Code != "A" {
					want = append(want, m.number)
				}
			} else {
				rest = append(rest, d)
			}
		}
	}
	issue := o.load(dropped...) // state 2
	o.load(rest...)
	if _, err := o.Register.Undo(t.Context(), issue.ID, "tester"); err != nil {
		t.Fatal(err)
	}
	o.sync()
	s := o.sheet(granted, y.csv(o))
	if got := s.holding(); !slices.Equal(got, []string{"missing_source"}) {
		t.Fatalf("rules that hold: %v", got)
	}
	slices.Sort(want)
	if got := o.numbersMoved(s, "missing_source", false); !slices.Equal(got, want) {
		t.Errorf("%d records are missing; want %d", len(got), len(want))
	}
	for _, r := range s.Rows {
		if r.Rest != 0 {
			t.Errorf("%s: %d are not explained", r.Cell.Key(), r.Rest)
		}
	}
	missing := uint64(0)
	for _, g := range s.Gaps {
		missing += g.Missing
	}
	if missing == 0 {
		t.Error("no numbers are missing")
	}
}

// TestALateLapseIsFound states lapses that took effect before the day of the table and
// were published after it.
func TestALateLapseIsFound(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, rights, 9)
	docs := all(some)
	y := tally{}
	day := date.Of(2020, 6, 30)
	var want []string
	for i, m := range some {
		if m.grant == 0 || m.grant > day {
			continue
		}
		y.add(m.cities[0], m.kind, 1) // as was known on the day
		if i%9 == 0 && m.grant < date.Of(2020, 5, 4) {
			d := m.docs[len(m.docs)-1]
			docs = append(docs, &record.Document{
				Office: "CN", Number: d.Number, Code: d.Code, Kind: d.Kind, Notice: true, Application: record.Application{Number: m.number},
				Published: date.Of(2020, 9, 1), Issued: date.Of(2020, 9, 1),
				Events: []record.Event{{Date: date.Of(2020, 5, 4), Code: record.EventLapse}},
			})
			want = append(want, m.number)
		}
	}
	o.load(docs...)
	h := official.Head{ID: "stock", Names: map[string]string{"en": "In force"}, Publisher: "Sample Office", Measure: official.InForce, To: day}
	s := o.sheet(h, y.csv(o))
	if got := s.holding(); !slices.Equal(got, []string{"as_known_then"}) {
		t.Fatalf("rules that hold: %v", got)
	}
	slices.Sort(want)
	if got := o.numbersMoved(s, "as_known_then", false); !slices.Equal(got, want) {
		t.Errorf("%d records lapsed late; want %d", len(got), len(want))
	}
}

// TestWhatOfficersDecidedIsFound overrides the region of some rights.
func TestWhatOfficersDecidedIsFound(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, 600, 10)
	o.load(all(some)...)
	y := tally{}
	var want []string
	for i, m := range some {
		if !inPeriod(m.grant) {
			continue
		}
		y.add(m.cities[0], m.kind, 1) // as the rules classify
		if i%11 == 0 && m.cities[0] != "320100" {
			v, err := o.Register.ByNumber(t.Context(), m.number, register.AsOf{})
			if err != nil {
				t.Fatal(err)
			}
			_, err = o.Register.SetOverride(t.Context(), register.Override{Right: v.ID, Field: "region", Value: "320100", Reason: "seat moved", By: "tester"})
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, m.number)
		}
	}
	o.sync()
	s := o.sheet(granted, y.csv(o))
	if got := s.holding(); !slices.Equal(got, []string{"without_override"}) {
		t.Fatalf("rules that hold: %v", got)
	}
	slices.Sort(want)
	if got := o.numbersMoved(s, "without_override", false); !slices.Equal(got, want) {
		t.Errorf("%d records are overridden; want %d", len(got), len(want))
	}
}

// TestAnyMixtureAddsUp lays tables of all sorts of figures beside the count: whatever
// they state, own, explained and rest are the official figure, and of two rules no
// record counts twice.
func TestAnyMixtureAddsUp(t *testing.T) {
	o := open(t)
	some := invent(t, o.Pack, 800, 11)
	o.load(all(some)...)
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 1))
		y := tally{}
		for _, m := range some {
			day, city := m.grant, m.cities[0]
			switch rng.IntN(6) {
			case 0:
				day = m.filed
			case 1:
				city = m.cities[len(m.cities)-1]
			case 2:
				day = m.docs[0].Published
			}
			if seed%2 == 1 { // a table of two rules together
				day, city = m.filed, m.cities[0]
				if m.grant == 0 {
					day = 0
				}
				if len(m.cities) > 1 && m.cities[1] != city && inPeriod(day) {
					y.add(m.cities[1], m.kind, 1)
				}
			}
			if inPeriod(day) {
				y.add(city, m.kind, 1)
			}
			if seed > 4 && rng.IntN(40) == 0 {
				y.add(city, m.kind, int64(rng.IntN(9)))
			}
		}
		h := granted
		h.ID = fmt.Sprintf("mixture-%d", seed)
		s := o.sheet(h, y.csv(o)) // which holds every row to its sum
		if seed%2 == 1 && seed < 5 {
			if got := s.holding(); !slices.Equal(got, []string{"any_holder", "by_filing_day"}) {
				t.Errorf("seed %d: rules that hold: %v", seed, got)
			}
			for _, r := range s.Rows {
				if r.Rest != 0 {
					t.Errorf("seed %d, %s: %d are not explained", seed, r.Cell.Key(), r.Rest)
				}
			}
		}
		for i, r := range s.Rules {
			for k := range s.Rows {
				var sum int64
				for _, m := range s.Moves(k, i, false) {
					sum += m.N
				}
				if sum != s.Rows[k].Effects[i].Counted() {
					t.Errorf("seed %d, %s in %s: the records make %d, the effect is %d", seed, r.ID, s.Rows[k].Cell.Key(), sum, s.Rows[k].Effects[i].Counted())
				}
			}
		}
	}
}
