package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"
)

const hostile = "a\x1b[31mb\u009b2Jc\u202ed\re\x07f\u2028g\x7fh"

func TestNothingSteersTheTerminal(t *testing.T) {
	a, _ := quiet(t, "en")
	var out bytes.Buffer
	s := &sheet{columns: []column{{name: "x", title: "X"}}, rows: [][]string{{hostile + "\nmore"}}}
	s.note(hostile)
	if err := s.write(&out); err != nil {
		t.Fatal(err)
	}
	p := &progress{out: &out, say: a.say}
	p.show(measure{label: hostile, total: 1}, time.Unix(0, 0))
	p.show(measure{label: hostile, total: 1}, time.Unix(0, 0).Add(logEvery))
	env := a.Env
	env.Err, env.Args = &out, []string{"count", "--data", "/nowhere/" + hostile}
	if Run(context.Background(), env) == 0 {
		t.Error("a folder that is nowhere was counted")
	}
	if strings.Count(out.String(), "[31mb") != 4 {
		t.Fatalf("not everything was printed:\n%q", out.String())
	}
	for i, r := range out.String() {
		if r != '\n' && steers(r) {
			t.Errorf("%q at %d of %q", r, i, out.String())
		}
	}
	if got := plainLines("a\nb\x1bc"); got != "a\nb c" {
		t.Errorf("%q", got)
	}
}
