package coverage_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/query"
)

// TestCountsOfForceNeedGrantsAndEnds: who is in force is known where grants and what
// ended rights are; filings tell of neither.
func TestCountsOfForceNeedGrantsAndEnds(t *testing.T) {
	o := open(t)
	o.load(file{name: "a", format: "gazette"})
	o.declare("gazette", `{"kinds": ["patent"], "happenings": ["filings"], "complete": true}`)
	defer func() {
		o.load(file{name: "bb", format: "world"})
		o.declare("world", `{"happenings": ["publications", "legal_status"], "complete": true}`)
		if got, want := o.verdict(and(inventions, days("force", 20191231, 20191231))), "unruled invention *"; got != want {
			t.Errorf("with rights of offices whose rules are not known: %s, want %s", got, want)
		}
		if got, want := o.verdict(and(inventions, is("office", "CN"), days("force", 20191231, 20191231))), "figure 2 3"; got != want {
			t.Errorf("without them: %s, want %s", got, want)
		}
	}()
	o.declare("gazette", `{"kinds": ["invention"], "happenings": ["grants"], "to": "2020-06-30", "complete": true}`)
	o.declare("gazette", `{"kinds": ["invention"], "happenings": ["legal_status"], "to": "2019-12-31", "complete": true}`)
	o.declare("gazette", `{"kinds": ["design"], "happenings": ["grants"], "from": "2019-01-01", "to": "2019-12-31", "complete": true}`)
	designs := is("kind", "design")
	for _, row := range []struct {
		name string
		root query.Node
		want string
	}{
		{"grants and ends up to the day", and(inventions, days("force", 20191231, 20191231)), "figure 2 3"},
		{"ends of later days are not known", and(inventions, days("force", 20200131, 20200131)), "days invention CN 2020-01-01..2020-01-31"},
		{"nor grants", and(inventions, days("force", 20201130, 20201130)), "days invention CN 2020-07-01..2020-11-30"},
		{"some day from one on", and(inventions, days("force", 20190101, 0)), "days invention CN 2020-07-01..2020-12-31"},
		{"on two days, of which the later one is not known", and(inventions, days("force", 20191231, 20191231), days("force", 20200131, 20200131)), "days invention CN 2020-01-01..2020-01-31"},
		{"or on either", and(inventions, or(days("force", 20200131, 20200131), days("force", 20191231, 20191231))), "days invention CN 2020-01-01..2020-01-31"},
		{"filed by anybody, and not in force", and(inventions, query.Not{Node: days("force", 20191231, 20191231)}), "figure 1 2 3"},
		{"not in force on a day of which the ends are not known", and(inventions, query.Not{Node: days("force", 20200131, 20200131)}), "days invention CN 2020-01-01..2020-01-31"},
		{"filed in a year, of which filings alone tell", and(inventions, days("fd", 20180101, 20181231)), "figure 1"},
		{"and granted", and(inventions, days("fd", 20180101, 20181231), days("granted", 20190101, 20191231)), "figure 2"},
		{"granted in a year", and(designs, days("granted", 20190101, 20191231)), "figure 4"},
		{"granted in another", and(designs, days("granted", 20200101, 20201231)), "days design CN 2020-01-01..2020-12-31"},
		{"not granted in a year", and(designs, query.Not{Node: days("granted", 20200101, 20201231)}), "days design CN 2020-01-01..2020-12-31"},
		{"granted in a year or filed in another", and(designs, or(days("granted", 20200101, 20201231), days("fd", 20180101, 20181231))), "days design CN 2020-01-01..2020-12-31"},
		{"published in a year and granted in it: publications need not be known", and(inventions, days("pd", 20190101, 20191231), days("granted", 20190101, 20191231)), "figure 2"},
		{"published in a year, granted later", and(inventions, days("pd", 20190101, 20191231), days("granted", 20200701, 20200731)), "days invention CN 2020-07-01..2020-07-31"},
	} {
		if got := o.verdict(row.root); got != row.want {
			t.Errorf("%s:\n got %s\nwant %s", row.name, got, row.want)
		}
	}
}

// life is what happens to a right in truth, or what is known of it.
type life struct {
	kind                    string
	granted, ended, revived date.Date // 0 where it was not, or is not known
}

func (l *life) found(n query.Node) bool {
	switch n := n.(type) {
	case query.And:
		return l.found(n.Nodes[0]) && l.found(n.Nodes[1])
	case query.Or:
		return l.found(n.Nodes[0]) || l.found(n.Nodes[1])
	case query.Not:
		return !l.found(n.Node)
	case query.Is:
		return n.Value == l.kind
	case query.Between:
		meets := func(from, before date.Date) bool { return (n.To == 0 || from <= n.To) && before > n.From }
		switch {
		case l.granted == 0:
			return false
		case n.Field == "granted":
			return meets(l.granted, l.granted+1)
		case l.ended == 0:
			return meets(l.granted, 99991231)
		}
		return meets(l.granted, l.ended) || l.revived != 0 && meets(l.revived, 99991231)
	}
	return false
}

// TestAFigureIsWhatItIsInTruth: whatever is declared and whatever is asked for of grants
// and force, a count that is called a figure is the one that somebody who knows all
// would find, though what is not declared may be missing.
func TestAFigureIsWhatItIsInTruth(t *testing.T) {
	figures := 0
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 11))
		o := open(t)
		o.load(file{name: "a", format: "gazette"})
		day := func() date.Date { return date.Of(2019+rng.IntN(2), 1+rng.IntN(12), 1+rng.IntN(28)) }
		kinds, happenings := []string{"invention", "design"}, []string{"publications", "grants", "legal_status", "filings"}
		type cover struct {
			kind, happening string
			from, to        date.Date
		}
		var covers []cover
		for range 8 {
			c := cover{kind: kinds[rng.IntN(2)], happening: happenings[rng.IntN(4)]}
			if rng.IntN(3) == 0 {
				c.from = day()
			}
			if rng.IntN(3) == 0 {
				c.to = max(c.from, day())
			}
			covers = append(covers, c)
			text := fmt.Sprintf(`{"kinds": [%q], "happenings": [%q], "complete": true`, c.kind, c.happening)
			if c.from != 0 {
				text += fmt.Sprintf(`, "from": %q`, c.from)
			}
			if c.to != 0 {
				text += fmt.Sprintf(`, "to": %q`, c.to)
			}
			o.declare("gazette", text+"}")
		}
		known := func(l *life, d date.Date, by ...string) date.Date {
			if rng.IntN(4) == 0 {
				return d // it is there, though nobody says so
			}
			for _, c := range covers {
				for _, h := range by {
					if c.kind == l.kind && c.happening == h && d >= c.from && (c.to == 0 || d <= c.to) {
						return d
					}
				}
			}
			return 0
		}
		var truth, register []*life
		for range 80 {
			l := &life{kind: kinds[rng.IntN(2)]}
			published, filed := day(), day()
			if l.granted = day(); l.granted < published {
				l.granted = 0 // refused
			}
			if l.kind == "design" {
				l.granted = published
			}
			if l.granted != 0 && rng.IntN(2) == 0 {
				if l.ended = day(); l.ended <= l.granted {
					l.ended = 0
				} else if l.revived = day(); l.revived <= l.ended {
					l.revived = 0
				}
			}
			truth = append(truth, l)
			k := &life{kind: l.kind, granted: known(l, l.granted, "publications", "grants")}
			if k.ended = known(l, l.ended, "legal_status"); k.ended != 0 {
				k.revived = known(l, l.revived, "legal_status")
			}
			at := "publications"
			if k.granted != 0 || l.kind == "design" && known(l, published, "grants") != 0 || known(l, published, at) != 0 || known(l, filed, "filings") != 0 || k.ended != 0 {
				register = append(register, k)
			}
		}
		var made func(depth int) query.Node
		made = func(depth int) query.Node {
			n := rng.IntN(7)
			if depth == 0 {
				n = rng.IntN(3)
			}
			from, to := day(), day()
			switch n {
			case 0:
				return is("kind", kinds[rng.IntN(2)])
			case 1, 2:
				from, to = min(from, to), max(from, to)
				switch rng.IntN(6) {
				case 0:
					from = 0
				case 1:
					to = 0
				case 2:
					to = from
				}
				return days([]string{"granted", "force"}[n-1], from, to)
			case 3:
				return query.Not{Node: made(depth - 1)}
			case 4:
				return or(made(depth-1), made(depth-1))
			}
			return and(made(depth-1), made(depth-1))
		}
		for range 300 {
			n := and(is("kind", kinds[rng.IntN(2)]), made(3))
			v, err := o.judge.Of(t.Context(), n, 0, 20201231)
			if err != nil {
				t.Fatal(err)
			}
			if !v.Figure {
				continue
			}
			count := func(all []*life) (found int) {
				for _, l := range all {
					if l.found(n) {
						found++
					}
				}
				return found
			}
			if is, was := count(register), count(truth); is != was {
				t.Fatalf("seed %d: %+v is %d in truth and %d in the register, and called a figure\ndeclared: %+v", seed, n, was, is, covers)
			} else if was > 0 {
				figures++
			}
		}
	}
	if figures < 500 {
		t.Errorf("only %d figures of something: too little is declared", figures)
	}
}
