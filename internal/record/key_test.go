package record

import (
	"slices"
	"testing"
)

func TestKeysAndNamesOfDocuments(t *testing.T) {
	for _, c := range []struct {
		name string
		doc  Document
		keys []string
		id   string
	}{
		{"a patent with a sound application", Document{Office: "CN", Number: "109996757", Code: "A", Kind: Invention, Application: Application{Number: "201710601862.3"}},
			[]string{"app:CN201710601862.3", "pub:CN109996757"}, "CN109996757A"},
		{"a patent whose application number is damaged", Document{Office: "CN", Number: "109996757", Code: "A", Kind: Invention, Application: Application{Number: "201740601862.3"}},
			[]string{"pub:CN109996757"}, "CN109996757A"},
		{"a foreign grant", Document{Office: "US", Number: "7654321", Code: "B2", Kind: Invention, Application: Application{Number: "11123456"}},
			[]string{"app:US11123456", "pub:US7654321B"}, "US7654321B2"},
		{"a Chinese mark, one number for both", Document{Office: "CN", Number: "47123456", Kind: Trademark, Application: Application{Number: "47123456"}},
			[]string{"tm:CN47123456"}, "tm:CN47123456"},
		{"an American mark", Document{Office: "US", Number: "2564831", Kind: Trademark, Application: Application{Number: "75181334"}},
			[]string{"tm-app:US75181334", "tm:US2564831"}, "tm:US2564831"},
		{"a mark not yet registered", Document{Office: "US", Kind: Trademark, Application: Application{Number: "75181334"}},
			[]string{"tm-app:US75181334"}, "tm-app:US75181334"},
		{"a work", Document{Office: "CN", Number: "苏作登字-2020-F-00123456", Kind: Work},
			[]string{"work:CN苏作登字-2020-F-00123456"}, "work:CN苏作登字-2020-F-00123456"},
		{"a notice of a pledge", Document{Office: "CN", Notice: true, Published: 20200102, Application: Application{Number: "201710601862.3"}, Events: []Event{{Code: EventPledge, Number: "Y1"}}},
			[]string{"app:CN201710601862.3"}, "notice:app:CN201710601862.3@20200102/pledgeY1"},
	} {
		if got := c.doc.Keys(); !slices.Equal(got, c.keys) {
			t.Errorf("%s: keys %q, want %q", c.name, got, c.keys)
		}
		if got := c.doc.DocID(); got != c.id {
			t.Errorf("%s: is named %q, want %q", c.name, got, c.id)
		}
	}
}

func TestEveryKindHasItsOwnNumbers(t *testing.T) {
	seen := map[string]Kind{}
	for _, k := range Kinds {
		p := k.Prefix()
		if k.IsPatent() != (p == "") {
			t.Errorf("%s: prefix %q", k, p)
		}
		if other, ok := seen[p]; ok && p != "" {
			t.Errorf("%s and %s share %q", k, other, p)
		}
		seen[p] = k
		if p != "" && KindOf(p) != k {
			t.Errorf("%q stands for %q", p, KindOf(p))
		}
	}
}

func TestRegistrationNumber(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		in, want string
	}{
		{Trademark, " 第47123456号 ", "47123456"},
		{Trademark, "１２３４５６７８ａ", "12345678A"},
		{Madrid, "G1234567", "1234567"},
		{Work, "苏作登字－2020－F－00123456", "苏作登字-2020-F-00123456"},
		{Software, "2020sr0123456", "2020SR0123456"},
		{Layout, "BS.20550012.3", "BS205500123"},
		{Trademark, " . ", ""},
	} {
		if got := RegistrationNumber(c.kind, c.in); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.kind, c.in, got, c.want)
		}
	}
}
