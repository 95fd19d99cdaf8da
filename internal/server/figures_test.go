package server

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"onewindow/defs"
	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/folder"
	"onewindow/internal/indicator"
	"onewindow/internal/indicator/faulty"
	"onewindow/internal/lifecycle"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// TestForceFindsTheRightsInForce: the field finds, on any day, the rights whose life is
// then in a state of force.
func TestForceFindsTheRightsInForce(t *testing.T) {
	s := shared.server
	ctx := context.Background()
	force := map[string]bool{"in_force": true, "registered": true, "protected": true, "granted": true}
	for _, day := range []date.Date{20170101, 20181231, 20201231, 20260101} {
		want := 0
		err := s.register.Scan(ctx, register.AsOf{}, func(v *register.View) error {
			if force[s.lives.Of(v, day, lifecycle.Sources{}).State] {
				want++
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.finder.Count(ctx, find.Public(), find.CountRequest{Query: "force=" + day.String()})
		if err != nil || got.Total != int64(want) || want == 0 {
			t.Errorf("force=%v finds %v (%v), want %d", day, got, err, want)
		}
	}
}

// declared opens a sample of which everything is declared to be known.
func declared(t *testing.T) *Server {
	t.Helper()
	return declaredWith(t, config(filepath.Join(t.TempDir(), "data"), folder.Sample))
}

func declaredWith(t *testing.T, cfg Config) *Server {
	t.Helper()
	s, c := open(t, cfg)
	if err := s.Invent(t.Context()); err != nil {
		t.Fatal(err)
	}
	cover := v1.Cover{
		Kinds: []string{string(record.Invention)}, Happenings: []string{"filings", "publications", "grants", "legal_status"},
		Complete: true, Ground: "invented", Unread: sampleUnread,
	}
	if _, err := c.Declare(t.Context(), sampleSource, v1.Declare{Cover: cover, Author: "test"}); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestAFigureRestsOnOneState: while officers move rights from city to city, all figures
// of one evaluator are of one state and add up; a figure of an earlier state can be had
// again and is what it was.
func TestAFigureRestsOnOneState(t *testing.T) {
	s := declared(t)
	ctx := t.Context()
	whole := indicator.Ref{Indicator: "patent.valid_invention", Region: s.pack.Code(), Period: indicator.Year(2020)}
	rights := inCity(t, s, "320100", 40)

	moved := make(chan error, 1)
	go func() {
		for _, id := range rights {
			_, err := s.register.SetOverride(ctx, register.Override{Right: id, Field: "region", Value: "320500", Reason: "test", By: "test"})
			if err != nil {
				moved <- err
				return
			}
		}
		moved <- nil
	}()
	first := figures(t, s, 0, whole)
	for range 30 {
		figures(t, s, 0, whole)
	}
	if err := <-moved; err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(ctx); err != nil {
		t.Fatal(err)
	}
	last := figures(t, s, 0, whole)
	if last["320100"].Value.String() == first["320100"].Value.String() {
		t.Error("nothing was moved")
	}
	again := figures(t, s, first["320100"].State, whole)
	for code, f := range first {
		if got := again[code]; got.Value.String() != f.Value.String() || got.State != f.State {
			t.Errorf("%s was %v in state %d and is %v in state %d", code, f.Value, f.State, got.Value, got.State)
		}
	}
}

// figures evaluates an indicator for the region and its cities and adds these up.
func figures(t *testing.T, s *Server, state int64, whole indicator.Ref) map[string]*indicator.Figure {
	t.Helper()
	e, release, err := s.evaluator(t.Context(), state, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	out := map[string]*indicator.Figure{}
	sum := int64(0)
	sc := s.indicators.Schemes["cities"]
	for _, code := range append(slices.Clone(sc.Rows), sc.Other, sc.Whole) {
		f, err := e.Figure(t.Context(), whole.At(code))
		if err != nil {
			t.Fatal(err)
		}
		if f.Value == nil || f.Origin != indicator.FromRegister || f.State != e.Counter.State() {
			t.Fatalf("%v: %+v, %+v", f.Ref, f, f.Absent)
		}
		out[code] = f
		if n := int64(f.Value.Float()); code == sc.Whole {
			sum -= n
		} else {
			sum += n
		}
	}
	if sum != 0 {
		t.Fatalf("state %d: cities and the region differ by %d", out[sc.Whole].State, sum)
	}
	return out
}

// inCity returns inventions in force in a city.
func inCity(t *testing.T, s *Server, city string, n int) []int64 {
	t.Helper()
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	r, err := s.finder.Search(t.Context(), find.Public(), find.Request{Query: fmt.Sprintf("kind=invention and force=2020-12-31 and region=%s", city), Limit: n, BareHits: true})
	if err != nil || len(r.Hits) == 0 {
		t.Fatal(r, err)
	}
	var out []int64
	for _, h := range r.Hits {
		out = append(out, h.Right)
	}
	return out
}

// TestThePrintedEditionComesOut loads the whole register of the sample's edition as the
// demo does: every printed number is evaluated, from records, returns, or both, to what
// is printed.
func TestThePrintedEditionComesOut(t *testing.T) {
	if testing.Short() {
		t.Skip("loads a million entries")
	}
	cfg := config(filepath.Join(t.TempDir(), "data"), folder.Sample)
	cfg.Edition = true
	s, _ := open(t, cfg)
	if err := s.Invent(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
	printed, err := indicator.LoadEdition(defs.FS, s.editionID())
	if err != nil {
		t.Fatal(err)
	}
	e, release, err := s.evaluator(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	origin := map[indicator.Origin]int{}
	for _, o := range printed.Book.Observations() {
		f, err := e.Figure(t.Context(), o.Ref)
		if err != nil {
			t.Fatal(err)
		}
		if f.Value == nil {
			t.Errorf("%v is printed as %v and absent: %+v", o.Ref, o.Value, f.Absent)
			continue
		}
		if !f.Value.Round(o.Places).Equal(o.Value) {
			t.Errorf("%v is printed as %v and comes out as %v", o.Ref, o.Value, f.Value)
		}
		if !f.Sample {
			t.Errorf("%v is not marked as a sample", o.Ref)
		}
		origin[f.Origin]++
	}
	t.Logf("origins of the printed numbers: %v", origin)
	faultsAreFound(t, s, e, printed)
	if origin[indicator.FromRegister] == 0 || origin[indicator.FromReturn] == 0 || origin[indicator.Derived] == 0 {
		t.Errorf("origins of the printed numbers: %v", origin)
	}
}

// faultsAreFound holds faulty copies of the edition against the register, which finds
// what no relation among printed numbers can: rows that are exchanged whole.
func faultsAreFound(t *testing.T, s *Server, e *indicator.Evaluator, printed *indicator.Edition) {
	t.Helper()
	counted, err := e.Counted(t.Context(), printed.Book)
	if err != nil {
		t.Fatal(err)
	}
	r := faulty.Measure(s.indicators, printed, counted, 1800, 1)
	if r.Open != 0 {
		t.Errorf("%d checks of the clean edition are open", r.Open)
	}
	for _, k := range r.Kinds {
		t.Logf("%-8s can befall %d, tied %d; made %d, found %d; inside %d, found %d, hidden by rounding %d", k.Kind, k.Of, k.Tied, k.Faults, k.Caught, k.Inside, k.Found, k.Hidden)
		if k.Inside == 0 || 100*k.Found < 98*(k.Inside-k.Hidden) {
			t.Errorf("%s: %d of %d inside are found; missed %q", k.Kind, k.Found, k.Inside, k.Missed)
		}
	}
	t.Logf("%d of %d printed numbers are tied; %d figures rest on the register alone", r.Tied, r.Figures, len(counted.Observations()))
}
