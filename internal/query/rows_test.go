package query

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

func TestRowsWriteWhatAPersonWouldType(t *testing.T) {
	s := testSchema(t)
	for _, c := range []struct {
		rows []Row
		want string // canonical
	}{
		{nil, ""},
		{[]Row{{Value: " "}}, ""},
		{[]Row{{Field: "ti", Value: "lithium battery"}}, "ti=(lithium and battery)"},
		{[]Row{{Field: "ti", Match: MatchAny, Value: "lithium battery"}, {Join: JoinNot, Field: "ab", Match: MatchPhrase, Value: "a cell"}}, `ti=(lithium or battery) and not ab="a cell"`},
		{[]Row{{Field: "pd", Value: "2019-01-01", To: "2019-06-30"}, {Join: JoinOr, Field: "fd", To: "2010-01-01"}}, `pd within "2019-01-01 2019-06-30" or fd<=2010-01-01`},
		{[]Row{{Join: JoinNot, Field: "ipc", Match: MatchExact, Value: "h01m"}, {Join: JoinOr, Field: "ipc", Value: "G06F"}}, "not (ipc==H01M or ipc=G06F)"},
		{[]Row{{Field: "pa", Match: MatchExact, Value: `a "b" c`}, {Join: JoinAnd, Value: "and"}}, `pa=="a \"b\" c" and "and"`},
	} {
		got := s.Compose(c.rows)
		if got == "" && c.want == "" {
			continue
		}
		q, err := Parse(got, s)
		if err != nil || q.String() != c.want {
			t.Errorf("%v is written %q, which is %v, %v; want %q", c.rows, got, q, err, c.want)
		}
	}
}

// Rows that a query is taken apart into make the same query, whatever the form
// that it was written in.
func TestRowsAndQueriesAreTheSame(t *testing.T) {
	s := testSchema(t)
	fits, not := 0, 0
	check := func(src string) {
		t.Helper()
		q, err := Parse(src, s)
		if err != nil {
			return
		}
		rows, ok := q.Rows()
		if !ok {
			not++
			return
		}
		fits++
		again := s.Compose(rows)
		if again == "" && q.String() == "*" {
			return
		}
		if r, err := Parse(again, s); err != nil || r.String() != q.String() {
			t.Errorf("%q is %q; its rows %+v make %q: %v %v", src, q.String(), rows, again, r, err)
		}
	}
	r := rand.New(rand.NewPCG(3, 9))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	for range 4000 {
		rows := make([]Row, 1+r.IntN(5))
		for i := range rows {
			rows[i] = Row{
				Join: pick(JoinAnd, JoinAnd, JoinOr, JoinNot), Field: pick("", "ti", "ab", "pa", "in", "pn", "ipc", "region", "kind", "pd", "fd", "nice"),
				Match: pick(MatchAll, MatchAny, MatchPhrase, MatchExact, ""),
				Value: pick("电池", "lithium battery", "batter*", "and", "near/5", `a"b`, "(x", "CN109996757A", "H01M10/05", "320500", "invention", "2019", "2019-07-09", "09", "a\\b", "=x", "*", "c?t"),
				To:    pick("", "2020-01-01"),
			}
		}
		check(s.Compose(rows))
	}
	for _, file := range []string{"../../doc/query.md", "testdata/errors.txt"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if src, ok := strings.CutPrefix(line, "> "); ok {
				check(strings.TrimRight(src, "\n"))
			}
		}
	}
	if fits < 300 || not < 5 {
		t.Errorf("%d queries fit into rows and %d do not: the test shows little", fits, not)
	}
}
