package party

import (
	"testing"
	"time"
)

func TestResolvingDoesNotHoldUpLoads(t *testing.T) {
	const s = time.Second
	for _, c := range []struct {
		idle, ago, cost time.Duration
		want            bool
	}{
		{s / 2, time.Hour, 0, false},
		{s, time.Hour, 0, true},
		{s, s, s / 10, true},
		{2 * s, 60 * s, 8 * s, false}, // between the commits of a load
		{2 * s, 160 * s, 8 * s, true}, // of a long one
		{16 * s, 20 * s, 8 * s, true}, // after it
	} {
		if got := due(c.idle, c.ago, c.cost); got != c.want {
			t.Errorf("idle %v, last %v ago, taking %v: %t", c.idle, c.ago, c.cost, got)
		}
	}
	// A load that commits every two seconds for an hour waits a twentieth of it at most.
	spent, last := time.Duration(0), time.Duration(0)
	for at := time.Duration(0); at < time.Hour; at += 2 * s {
		if due(3*s/2, at-last, 8*s) {
			spent, last = spent+8*s, at
		}
	}
	if spent == 0 || spent > time.Hour/20 {
		t.Errorf("an hour's load waits %v", spent)
	}
}
