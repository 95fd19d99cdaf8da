package storetest

import (
	"testing"
	"time"

	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
	"onewindow/internal/returns"
)

// Returns runs what every store of returns must do.
func Returns(t *testing.T, open func(t *testing.T) returns.Store) {
	s := open(t)
	read := func() (out []returns.Return) {
		t.Helper()
		err := s.Returns(ctx, func(r returns.Return) error {
			r.Prepared.At, r.Approved.At = r.Prepared.At.UTC(), r.Approved.At.UTC()
			out = append(out, r)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	same(t, "returns of an empty store", len(read()), nil, 0)

	at := time.UnixMicro(1_700_000_000_000_000).UTC()
	ref := indicator.Ref{Indicator: "court.accepted", Region: "320000", Period: indicator.Year(2020)}
	r := returns.Return{
		Form: "courts", Period: ref.Period, Revision: 1, CutOff: 20201231, Status: returns.Prepared, Note: "n", Source: "s",
		Values:   []returns.Value{{Ref: ref, Value: decimal.Must("24869"), Qualifier: indicator.MoreThan, Reason: "r"}},
		Prepared: returns.Signature{By: "li", At: at, Hash: "00"},
	}
	id, err := s.PutReturn(ctx, r, leaf())
	if err != nil || id == 0 {
		t.Fatalf("id %d, %v", id, err)
	}
	r.ID = id
	changed := r
	changed.Status, changed.Number, changed.Approved = returns.Approved, 1, returns.Signature{By: "wang", At: at.Add(time.Hour), Hash: "00"}
	changed.Values = nil
	again, err := s.PutReturn(ctx, changed, leaf())
	same(t, "id of a return that is approved", again, err, id)
	got := read()
	if len(got) != 1 || got[0].Status != returns.Approved || got[0].Number != 1 || got[0].Approved.By != "wang" || got[0].CutOff != r.CutOff {
		t.Errorf("approved: %+v", got)
	}
	if len(got[0].Values) != 1 || !got[0].Values[0].Value.Equal(r.Values[0].Value) || got[0].Values[0].Ref != ref || got[0].Values[0].Qualifier != indicator.MoreThan {
		t.Errorf("the numbers of a return that is there were written anew: %+v", got[0].Values)
	}
	if _, err := s.PutReturn(ctx, twin(r), leaf()); err == nil {
		t.Error("the same revision is stored twice")
	}
	next := twin(r)
	next.Revision = 2
	if next.ID, err = s.PutReturn(ctx, next, leaf()); err != nil {
		t.Fatal(err)
	}
	next.Status, next.Withdrawn = returns.Withdrawn, returns.Withdrawal{By: "li", At: at.Add(2 * time.Hour), Reason: "a wrong file"}
	if _, err := s.PutReturn(ctx, next, leaf()); err != nil {
		t.Fatal(err)
	}
	if got := read(); len(got) != 2 || got[1].Status != returns.Withdrawn || got[1].Withdrawn.By != "li" || got[1].Withdrawn.Reason != "a wrong file" || !got[1].Withdrawn.At.Equal(next.Withdrawn.At) {
		t.Errorf("withdrawn: %+v", got)
	}
}

// twin returns a return under no id yet.
func twin(r returns.Return) returns.Return { r.ID = 0; return r }
