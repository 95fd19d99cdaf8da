package server

import (
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/register"
)

// TestEveryDisputeStandsAtItsOwnField: parties and classes without a field of their
// own show what is disputed of them, and nothing else.
func TestEveryDisputeStandsAtItsOwnField(t *testing.T) {
	state := func(id int64, kind record.Kind, author, symbol string) register.Statement {
		return register.Statement{ID: id, Hash: register.HashOf([]byte(author)), File: &register.File{ID: id, SHA256: author}, Doc: &record.Document{
			Office: "CN", Number: "W1", Kind: kind,
			Parties: []record.Party{{Role: record.Author, Names: []record.Text{{Lang: "zh", Text: author}}}, {Role: record.Licensee, Names: []record.Text{{Lang: "zh", Text: "样例公司"}}}},
			Classes: []record.Class{{Scheme: record.Nice, Symbol: symbol}, {Scheme: record.Works, Symbol: "F"}},
		}}
	}
	p := pages{shared.server}
	show := func(a, b register.Statement) (out map[string]int) {
		s := &sheet{pages: p, say: p.print("en"), v: register.Merge(1, []register.Statement{a, b}, 0)}
		r, out := s.record(), map[string]int{}
		for _, x := range r.Parties {
			out[string(x.Role)] = len(x.Disputed)
		}
		for _, x := range r.Classes {
			out[string(x.Scheme)] = len(x.Disputed)
		}
		return out
	}
	for _, c := range []struct {
		name string
		b    register.Statement
		want map[string]int
	}{
		{"author and class", state(2, record.Work, "李样乙", "25"), map[string]int{"author": 2, "licensee": 0, "nice": 2, "works": 0}},
		{"kind", state(2, record.Trademark, "李样甲", "9"), map[string]int{"author": 0, "licensee": 0, "nice": 0, "works": 0}},
	} {
		b := c.b
		b.Hash = register.HashOf([]byte(c.name))
		got := show(state(1, record.Work, "李样甲", "9"), b)
		for place, n := range c.want {
			if got[place] != n {
				t.Errorf("%s disputed: %s shows %d variants, want %d", c.name, place, got[place], n)
			}
		}
	}
}

// TestEveryFieldAndActHasAName in every language.
func TestEveryFieldAndActHasAName(t *testing.T) {
	for _, lang := range []string{"en", "zh"} {
		say := shared.server.config.Catalogs.Printer(lang)
		for f := register.FieldKind; f <= register.FieldFact; f++ {
			if !say.Has("field." + f.String()) {
				t.Errorf("%s: the field %s has no name", lang, f)
			}
		}
		for _, act := range []register.Act{register.ActLoad, register.ActUndo, register.ActOverride, register.ActWithdrawal, register.ActRuling, register.ActRecall} {
			if name := named(say, "act", string(act)); name == string(act) || strings.Contains(name, ".") {
				t.Errorf("%s: the act %s has no name", lang, act)
			}
		}
	}
}
