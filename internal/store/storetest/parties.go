package storetest

import (
	"testing"
	"time"

	"onewindow/internal/audit"
	"onewindow/internal/party"
)

// Parties runs what every store of decisions on parties must do.
func Parties(t *testing.T, open func(t *testing.T) party.Store) {
	s := open(t)
	got, err := s.Decisions(ctx)
	same(t, "decisions of an empty store", len(got), err, 0)

	made := time.UnixMicro(1_700_000_000_000_000).UTC()
	want := []party.Decision{
		{Act: party.ActMerge, A: []string{"n:甲公司", "i:91"}, B: []string{"l:jia co ltd"}, Rule: "english", Reason: "one letterhead", By: "li", Made: made},
		{Act: party.ActMerge, A: []string{"n:乙公司"}, B: []string{"n:丙公司"}, Like: party.LikeFirst, Reason: "one letterhead", By: "li", Made: made},
	}
	ids, err := s.PutDecisions(ctx, want, leaf())
	same(t, "number of ids", len(ids), err, 2)
	for i := range want {
		want[i].ID = ids[i]
	}
	want[1].Like = ids[0]
	check := func(what string) {
		t.Helper()
		got, err := s.Decisions(ctx)
		for i := range got {
			got[i].Made = got[i].Made.UTC()
			if !got[i].Undone.IsZero() {
				got[i].Undone = got[i].Undone.UTC()
			}
		}
		same(t, what, got, err, want)
	}
	check("decisions")

	want[0].Undone, want[0].UndoneBy, want[0].UndoneReason = made.Add(time.Hour), "wang", "two letterheads"
	again, err := s.PutDecisions(ctx, want[:1], leaf())
	same(t, "id of a decision that is undone", again, err, ids[:1])
	check("decisions after one was undone")
}

func leaf() audit.Leaf { return audit.Leaf{Kind: "k", Salt: []byte("salt"), Payload: []byte("{}")} }
