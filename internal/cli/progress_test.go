package cli

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

func TestProgressTellsRateAndRemainingTime(t *testing.T) {
	a, out := quiet(t, "en")
	p := &progress{out: out, terminal: true, width: func() int { return 100 }, say: a.say}
	start := time.Date(2019, 7, 9, 12, 0, 0, 0, time.UTC)
	p.show(measure{"july.csv", 0, 1000, 0}, start)
	p.show(measure{"july.csv", 250, 1000, 5000}, start.Add(10*time.Second))
	lines := strings.Split(out.String(), "\r")
	if got, want := strings.TrimSpace(lines[len(lines)-1]), "[######..................] july.csv 25%, 5,000 entries, 500/s, 0:30 left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p.end()
	if got := out.String(); !strings.HasSuffix(got, " \r") {
		t.Errorf("the bar is left on the screen: %q", got)
	}
}

func TestResumedProgressCountsOnlyItsOwnTime(t *testing.T) {
	a, out := quiet(t, "en")
	p := &progress{out: out, terminal: true, width: func() int { return 100 }, say: a.say}
	start := time.Date(2019, 7, 9, 12, 0, 0, 0, time.UTC)
	p.show(measure{"f", 500, 1000, 10000}, start)
	p.show(measure{"f", 600, 1000, 12000}, start.Add(10*time.Second))
	if got := out.String(); !strings.Contains(got, "60%, 12,000 entries, 200/s, 0:40 left") {
		t.Errorf("%q", got)
	}
}

func TestProgressFitsNarrowTerminals(t *testing.T) {
	a, out := quiet(t, "zh")
	p := &progress{out: out, terminal: true, width: func() int { return 40 }, say: a.say}
	p.show(measure{strings.Repeat("公报", 40), 1, 2, 3}, time.Now())
	for _, l := range strings.Split(out.String(), "\r") {
		if places(l) > 39 {
			t.Errorf("%d places: %q", places(l), l)
		}
	}
}

func TestPlainProgressIsRare(t *testing.T) {
	a, _ := quiet(t, "en")
	var out bytes.Buffer
	p := &progress{out: &out, say: a.say}
	start := time.Date(2019, 7, 9, 12, 0, 0, 0, time.UTC)
	for s := range 25 {
		p.show(measure{"f", int64(s), 100, int64(s)}, start.Add(time.Duration(s)*time.Second))
	}
	p.end()
	if n := strings.Count(out.String(), "\n"); n != 2 || strings.Contains(out.String(), "\r") {
		t.Errorf("%d lines in 25 seconds: %q", n, out.String())
	}
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{-time.Second: "0:00", 59 * time.Second: "0:59", 61 * time.Second: "1:01", 3725 * time.Second: "1:02:05"} {
		if got := clock(d); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
}
