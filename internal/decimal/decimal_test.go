package decimal

import (
	"encoding/json"
	"testing"
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		in, want string
		places   int
	}{
		{"0", "0", 0}, {"291,648", "291648", 0}, {"-7.10", "-7.1", 2}, {"+22.00", "22", 2},
		{"1,039,300.5", "1039300.5", 1}, {"36.14", "36.14", 2}, {"007", "7", 0},
	} {
		n, places, err := Parse(c.in)
		if err != nil || n.String() != c.want || places != c.places {
			t.Errorf("Parse(%q) = %v with %d places, %v; want %s with %d", c.in, n, places, err, c.want, c.places)
		}
	}
	for _, bad := range []string{"", "-", ".5", "5.", "1,23", "1,2345", ",123", "1e5", "0x10", "1/2", "--1", "+-1", "１２", "12345678901234567890123456789012345678901"} {
		if n, _, err := Parse(bad); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", bad, n)
		}
	}
}

func TestRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		in     string
		places int
		want   string
	}{
		{"36.135", 2, "36.14"}, {"-7.105", 2, "-7.11"}, {"2.5", 0, "3"}, {"-2.5", 0, "-3"}, {"0.004", 2, "0.00"}, {"41.7", 2, "41.70"},
	} {
		if got := Must(c.in).Text(c.places); got != c.want {
			t.Errorf("%s to %d places is %s, want %s", c.in, c.places, got, c.want)
		}
	}
}

func TestArithmeticIsExact(t *testing.T) {
	q, ok := Of(1).Quo(Of(3))
	if !ok || !q.Mul(Of(3)).Equal(Of(1)) {
		t.Error("a third times three is not one")
	}
	if _, ok := Of(1).Quo(Number{}); ok {
		t.Error("divided by zero")
	}
	if got := Must("-2.5").Floor(); !got.Equal(Of(-3)) {
		t.Errorf("the floor of -2.5 is %v", got)
	}
	if got := Half(2).String(); got != "0.005" {
		t.Errorf("half of a hundredth is %s", got)
	}
	b, err := json.Marshal(map[string]Number{"a": Must("36.14"), "b": {}})
	if err != nil || string(b) != `{"a":36.14,"b":0}` {
		t.Errorf("JSON is %s, %v", b, err)
	}
	var back map[string]Number
	if err := json.Unmarshal([]byte(`{"a":36.14,"b":"0"}`), &back); err != nil || !back["a"].Equal(Must("36.14")) {
		t.Errorf("read back as %v, %v", back, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1,000", "-0.1", "1e9", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, places, err := Parse(s)
		if err != nil {
			return
		}
		again, _, err := Parse(n.Text(places))
		if err != nil || !again.Equal(n) {
			t.Errorf("%q became %s, which reads as %v, %v", s, n.Text(places), again, err)
		}
	})
}

// TestRootsRoundAsTheExactOnesDo: roots that are decimal numbers come out exactly, others
// lie on the same side of every border of rounding.
func TestRootsRoundAsTheExactOnesDo(t *testing.T) {
	for _, c := range []struct {
		n    string
		k    int
		want string
	}{
		{"2", 2, "1.41421356237"}, {"1.44", 2, "1.20000000000"}, {"1.61051", 5, "1.10000000000"}, {"0", 3, "0.00000000000"}, {"1", 60, "1.00000000000"},
		{"0.001", 3, "0.10000000000"}, {"1000000000000000000", 2, "1000000000.00000000000"}, {"7", 1, "7.00000000000"},
		{"1.21550625", 2, "1.10250000000"}, // of 1.1025: the border of two places holds
	} {
		got, ok := Must(c.n).Root(c.k)
		if !ok || got.Text(11) != c.want {
			t.Errorf("root %d of %s is %s, want %s", c.k, c.n, got.Text(11), c.want)
		}
	}
	exact, _ := Must("1.21550625").Root(2)
	less, _ := Must("1.2155062499").Root(2)
	if exact.Text(3) != "1.103" || less.Text(3) != "1.102" {
		t.Errorf("at the border: %s, below it: %s", exact.Text(3), less.Text(3))
	}
	for _, c := range []struct {
		n string
		k int
	}{{"-1", 2}, {"1", 0}} {
		if _, ok := Must(c.n).Root(c.k); ok {
			t.Errorf("root %d of %s", c.k, c.n)
		}
	}
}
