package register_test

import (
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/register"
)

func TestLinksLeadToTheRightsHeldHere(t *testing.T) {
	r := open(t)
	abroad := func(office, number, code, application string) *record.Document {
		return &record.Document{Office: office, Number: number, Code: code, Kind: record.Invention, Published: 20200101, Issued: 20200101, Application: record.Application{Number: application}}
	}
	european := abroad("EP", "9000001", "A1", "99203729")
	european.Filings = []record.Filing{
		{Relation: record.RelFamily, Office: "US", Number: "9993011"}, {Relation: record.RelFamily, Office: "AT", Number: "232441"},
		{Relation: record.RelPriority, Office: "NL", Number: "1010536"}, {Relation: record.RelPCT, Office: "NL", Number: "PCT/NL1999/000001"},
		{Relation: record.RelFamily, Office: "JP", Number: "2000000001"}, {Relation: record.RelPriority, Office: "EP"},
		{Relation: record.RelFamily, Office: "EP", Number: "9000001"},
	}
	european.Cited = []string{"US9993011A,2000.07,Sample *", "Sample, On cells", "DE3546191A1"}
	international := abroad("WO", "2000000001", "A1", "PCT/NL1999/000001")
	international.Kind = record.PCT
	docs := []*record.Document{european, abroad("US", "9993011", "A", "09439123"), abroad("AT", "232441", "T", ""), abroad("NL", "1010536", "C2", "1010536"), international}
	load(t, r, file("abroad.xml", docs...))
	v, err := r.ByNumber(t.Context(), "EP9000001A1", register.AsOf{})
	if err != nil {
		t.Fatal(err)
	}
	links, err := r.Links(t.Context(), v)
	if err != nil {
		t.Fatal(err)
	}
	to := map[string]string{}
	for i, id := range links.Filings {
		if id != 0 {
			other, err := r.ByID(t.Context(), id, register.AsOf{})
			if err != nil {
				t.Fatal(err)
			}
			to[v.Filings[i].Relation+v.Filings[i].Office+v.Filings[i].Number] = other.Documents[0].ID
		}
	}
	want := map[string]string{"familyUS9993011": "US9993011A", "familyAT232441": "AT232441T", "priorityNL1010536": "NL1010536C2", "pct_applicationNLPCT/NL1999/000001": "WO2000000001A1"}
	if len(to) != len(want) {
		t.Errorf("links %v, want %v", to, want)
	}
	for k, id := range want {
		if to[k] != id {
			t.Errorf("%s leads to %q, want %q", k, to[k], id)
		}
	}
	if links.Cited[0] == 0 || links.Cited[1] != 0 || links.Cited[2] != 0 {
		t.Errorf("citations lead to %v", links.Cited)
	}
}
