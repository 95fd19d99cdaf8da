package lifecycle

import (
	"math/rand/v2"
	"slices"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// TestForceIsWhatTheStateIsOnEachDay: on every day the stretches say what Of says of the
// state on that day, whatever happened to a right and in whatever order.
func TestForceIsWhatTheStateIsOnEachDay(t *testing.T) {
	r := rules(t)
	rng := rand.New(rand.NewPCG(1, 2))
	day := func() date.Date { return date.Of(1990+rng.IntN(32), 1+rng.IntN(12), 1+rng.IntN(28)) }
	codes := []string{"lapse", "restored", "invalidated", "abandoned", "granted", "expired", "cancelled", "registered", "withdrawn"}
	kinds := []record.Kind{record.Invention, record.UtilityModel, record.Design, record.Trademark, record.Indication, record.Work, record.PlantVariety}
	checked, held := 0, 0
	for range 3000 {
		kind := kinds[rng.IntN(len(kinds))]
		var docs []*record.Document
		if kind.IsPatent() {
			docs = patent(kind, day(), "A", int(day()), []string{"B", "U", "S"}[rng.IntN(3)], int(day()))
		} else {
			d := &record.Document{Kind: kind, Office: "CN", Number: "1", Published: day()}
			d.Application.Filed = day()
			d.Days = append(d.Days, record.Day{Name: record.DayRegistered, Date: day()})
			docs = append(docs, d)
		}
		for range rng.IntN(4) {
			docs = append(docs, notice(day(), record.Event{Code: codes[rng.IntN(len(codes))]}))
		}
		v := of(docs...)
		if rng.IntN(4) == 0 {
			s := record.Status{Code: []string{"in_force", "registered", "lapsed", "cancelled"}[rng.IntN(4)]}
			if rng.IntN(2) == 0 {
				s.Date = day()
			}
			v.Status = &register.Stated{Status: s}
			if rng.IntN(3) > 0 {
				v.Statements[0].Issued = day()
			}
		}
		spans := r.Force(v)
		cycle := r.cycles[key{"CN", kind}]
		for range 20 {
			on := day()
			checked++
			in := slices.ContainsFunc(spans, func(s Span) bool { return s.From <= on && (s.To == 0 || on <= s.To) })
			if in {
				held++
			}
			if state := r.Of(v, on, Sources{}).State; in != slices.Contains(cycle.force, state) {
				t.Fatalf("%s on %v: stretches %v, state %q; events %v, status %+v", kind, on, spans, state, v.Events, v.Status)
			}
		}
	}
	if held < checked/10 || held > checked*9/10 {
		t.Errorf("in force on %d of %d days: the draws show too little", held, checked)
	}
}

func TestForce(t *testing.T) {
	r := rules(t)
	d := date.Of
	lapsed := append(patent(record.Invention, d(2010, 3, 1), "A", 20110901, "B", 20130508),
		notice(d(2016, 4, 6), record.Event{Code: "lapse"}), notice(d(2017, 1, 4), record.Event{Code: "restored"}))
	for name, c := range map[string]struct {
		docs []*record.Document
		want []Span
	}{
		"up to the end of its term": {patent(record.Invention, d(2000, 3, 1), "A", 20010901, "B", 20030508), []Span{{d(2003, 5, 8), d(2020, 3, 1)}}},
		"lapsed and restored":       {lapsed, []Span{{d(2013, 5, 8), d(2016, 4, 5)}, {d(2017, 1, 4), d(2030, 3, 1)}}},
		"never granted":             {patent(record.Invention, d(2010, 3, 1), "A", 20110901), nil},
	} {
		if got := r.Force(of(c.docs...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
