package rehearsal

import (
	"strings"
	"testing"
)

const good = `# What is tested.
table works complete
  登记号,作品名称
  1,a

returns
  patent.grants@320000/2020 = 499,167
  police.amount_involved@320000/2020 = more-than 1170000000

eval patent.grants@320000/2020
  499167
eval police.amount_involved@320000/2020
  more-than 1170000000
eval patent.grants@320100/2020#growth
  absent input
`

func TestParse(t *testing.T) {
	s, err := Parse("a.test", []byte(good))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Tables) != 1 || !s.Tables[0].Complete || len(s.Tables[0].Lines) != 2 || len(s.Returns) != 2 || len(s.Evals) != 3 {
		t.Fatalf("%+v", s)
	}
	for i, want := range []string{"499167", "more-than 1170000000", "absent input"} {
		if got := s.Evals[i].Want.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if o, _, where := s.Reporter().Reported(s.Evals[0].Ref); o == nil || where != "a.test:7" {
		t.Errorf("%+v at %s", o, where)
	}
}

func TestFaultsNameTheirLineAndARemedy(t *testing.T) {
	for src, want := range map[string]string{
		"":                        "nothing is evaluated; write  eval FIGURE",
		"evil x\n":                `a.test:1: "evil x" begins nothing; write`,
		"  5\n":                   "a.test:1: the line belongs to nothing",
		"eval patent.grants\n 5":  "a.test:1: \"patent.grants\" names no region or no period; write",
		"eval a.b@1/2020\n":       "a.test:1: nothing is expected; write a number",
		"eval a.b@1/2020\n 5\n 6": "a.test:3: a.b@1/2020 has an expected answer already",
		"eval a.b@1/2020\n five":  "a.test:2: \"five\" is no decimal number; write a number",
		"returns\n a.b@1/2020: 5\neval a.b@1/2020\n 5": "a.test:2: \"a.b@1/2020: 5\" reports nothing; write",
		"table works\n a,b\neval a.b@1/2020\n 5":       "a.test:1: a table needs a line of heads and one row",
		"table works whole\n":                          "a.test:1: \"table works whole\" begins nothing",
	} {
		if _, err := Parse("a.test", []byte(src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", src, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte("eval a.b@1/2020\n absent x\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := Parse("f.test", src)
		if err != nil {
			return
		}
		for _, e := range s.Evals {
			if e.Want == (Answer{}) {
				t.Errorf("%v passed and expects nothing", e.Ref)
			}
		}
	})
}
