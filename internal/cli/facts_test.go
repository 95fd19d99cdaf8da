package cli

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/api/v1"
)

// doubted is a record with a damaged number, a region elsewhere and flags of two
// sources.
var doubted = &v1.Record{
	ID: 25, Kind: v1.Class{Code: "design", Label: "Design"},
	Application: v1.Application{Raw: "2.01831E+12", Check: &v1.Class{Code: "damaged", Label: "damaged in the source"}},
	Origins:     map[string]int{"kind": 0, "application": 0},
	Documents:   []v1.Document{{ID: "CN305000001S", Code: "S", Published: "2019-07-09", Gazette: "35-2801"}},
	Parties:     []v1.Party{{Role: v1.Class{Code: "holder", Label: "Holder"}, INID: "(73)", Names: []v1.Name{{Lang: "zh", Name: "样例公司"}, {Lang: "en", Name: "Sample, Ltd."}}, Address: "样例路1号", Postcode: "510000"}},
	Region: v1.Finding{
		Class: v1.Class{Code: "ELSEWHERE", Label: "Elsewhere (Guangdong)"}, Rule: "region.outside", Reason: "The address names a place outside the province.",
		Evidence: "广州", Note: &v1.Class{Code: "440000", Label: "Guangdong"}, Confidence: 0.95,
	},
	HolderType: v1.Finding{Class: v1.Class{Code: "enterprise", Label: "Enterprise"}, Rule: "x", Note: &v1.Class{Code: "odd", Label: "Something speaks against it."}, Confidence: 1},
	Flags: []v1.Flag{
		{Flag: v1.Class{Code: "postcode.glued", Label: "Split."}, Field: "address", Repaired: true, Source: 0},
		{Flag: v1.Class{Code: "date.order", Label: "Order."}, Field: "filed", Raw: "2020", Source: 1},
		{Flag: v1.Class{Code: "postcode.glued", Label: "Split."}, Field: "address", Repaired: true, Source: 1},
		{Flag: v1.Class{Code: "date.order", Label: "Order."}, Field: "filed", Raw: "2021", Source: 0},
	},
	Sources: []v1.Source{{File: "a.csv", Position: v1.Position{Row: 7}}, {File: "b.zip", Position: v1.Position{Member: "b.xml", Row: 8}}},
}

func TestRecordIsToldInSentences(t *testing.T) {
	a, _ := quiet(t, "en")
	var b bytes.Buffer
	if err := a.record(doubted, false).table(&b); err != nil {
		t.Fatal(err)
	}
	at := 0
	for _, want := range []string{
		"CN305000001S  2019-07-09  35-2801",
		"2.01831E+12 (damaged in the source)",
		"样例公司, Sample, Ltd., 样例路1号, 510000",
		"Elsewhere (Guangdong) (ELSEWHERE, 95%)  The address names a place outside the province.  Matched text: 广州\n",
		"Enterprise (enterprise, 100%)  Something speaks against it.\n",
		"[1] [2]  Order.  filed 2020; filed 2021\n",
		"[1] [2]  Split.  address\n",
		"[2] b.zip!b.xml, row 8",
	} {
		i := strings.Index(b.String()[at:], want)
		if i < 0 {
			t.Fatalf("%q is not told, or not in this order, in\n%s", want, b.String())
		}
		at += i
	}
}

func TestRecordComesApartInCSV(t *testing.T) {
	a, _ := quiet(t, "en")
	var b bytes.Buffer
	if err := a.record(doubted, true).csv(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []details{
		{"item": "publication", "value": "CN305000001S", "code": "S", "date": "2019-07-09", "gazette": "35-2801", "file": "a.csv", "row": "7"},
		{"item": "application", "value": "", "raw": "2.01831E+12", "code": "damaged", "note": "damaged in the source"},
		{"item": "party", "value": "样例公司", "lang": "zh", "other_name": "Sample, Ltd.", "address": "样例路1号", "postcode": "510000"},
		{"item": "region", "code": "ELSEWHERE", "confidence": "0.95", "rule": "region.outside", "evidence": "广州", "note": "Guangdong"},
		{"item": "flag", "code": "date.order", "field": "filed", "raw": "2020", "file": "b.zip!b.xml", "row": "8"},
		{"item": "flag", "code": "date.order", "raw": "2021", "file": "a.csv"},
		{"item": "repair", "code": "postcode.glued", "file": "b.zip!b.xml"},
	} {
		if !slices.ContainsFunc(rows, func(row []string) bool {
			for i, name := range rows[0] {
				if v, ok := want[name]; ok && v != row[i] {
					return false
				}
			}
			return true
		}) {
			t.Errorf("no row has %v", want)
		}
	}
	if slices.Contains(rows[0], "text") {
		t.Error("CSV repeats what tables say")
	}
}

func TestNotWordsOfAText(t *testing.T) {
	for query, want := range map[string]string{
		`ti=battery and region=320583`:             "latin",
		`ti=电池 and kind=invention`:                 "han",
		`kind=invention and pd within "2019 2020"`: "",
		`battery near/5 "solid state"`:             "latin",
		`ti any "电池 电容器"`:                          "han",
	} {
		got := ""
		han, latin := script(notWords.ReplaceAllString(query, " "))
		if han {
			got += "han"
		}
		if latin {
			got += "latin"
		}
		if got != want {
			t.Errorf("%s is of %q, want %q", query, got, want)
		}
	}
}
