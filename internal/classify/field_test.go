package classify

import (
	"testing"

	"onewindow/internal/record"
)

func TestField(t *testing.T) {
	ipc := func(symbols ...string) []record.Class {
		var all []record.Class
		for _, s := range symbols {
			all = append(all, record.Class{Scheme: record.IPC, Symbol: s})
		}
		return all
	}
	for _, tt := range []struct {
		classes []record.Class
		want    string
		rule    string
	}{
		{ipc("H01M10/0525"), "1", ruleConcordance},
		{ipc("H04N5/232"), "2", ruleConcordance},
		{ipc("H04N   5/232"), "2", ruleConcordance},
		{ipc("H04N0005/232"), "2", ruleConcordance},
		{ipc("h04n5/232"), "2", ruleConcordance},
		{ipc("G06F17/30"), "6", ruleConcordance},
		{ipc("G06Q10/00"), "7", ruleConcordance},
		{ipc("H01L21/00"), "8", ruleConcordance},
		{ipc("G01N33/50"), "11", ruleConcordance},
		{ipc("G01N3/08"), "10", ruleConcordance},
		{ipc("A61K8/02"), "14", ruleConcordance},
		{ipc("A61K31/00"), "16", ruleConcordance},
		{ipc("E04B1/00"), "35", ruleConcordance},
		{ipc("E04B1/00", "G06F17/30"), "35", ruleConcordance},
		{ipc("Z99Z1/00"), "", ruleNoField},
		{[]record.Class{{Scheme: record.Locarno, Symbol: "14-03"}}, "", ruleNoClass},
		{append([]record.Class{{Scheme: record.Locarno, Symbol: "14-03"}}, ipc("G06Q10/00")...), "7", ruleConcordance},
		{nil, "", ruleNoClass},
	} {
		if e := cached(t, "jiangsu").Field(tt.classes); e.Code != tt.want || e.Rule != tt.rule {
			t.Errorf("%v: %+v, want %q by %s", tt.classes, e, tt.want, tt.rule)
		}
	}
}

func FuzzField(f *testing.F) {
	for _, s := range []string{"H01M10/0525", "H04N   5/232", "", " ", "0000000", "H", "G01N0033/50", "\xff"} {
		f.Add(s)
	}
	c := load(f, "jiangsu")
	f.Fuzz(func(t *testing.T, symbol string) {
		e := c.Field([]record.Class{{Scheme: record.IPC, Symbol: symbol}})
		if (e.Code != "") != (e.Rule == ruleConcordance) {
			t.Errorf("%q: %+v", symbol, e)
		}
	})
}
