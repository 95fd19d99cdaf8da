package cli

import (
	"encoding/csv"
	"strings"
	"testing"
)

func TestTableAlignsWideCharacters(t *testing.T) {
	s := sheet{
		columns: []column{{name: "region", title: "地区"}, {name: "e\u0301tat", title: "E\u0301tat"}, {name: "code", title: "码", plain: true}, {name: "count", title: "件数", number: true}},
		total:   []string{"合计", "", "", "1234567"},
		notes:   []string{"一行说明"},
		sample:  "样本",
	}
	s.add("苏州市", "live", "320500", 12345)
	s.add("Elsewhere", "ＬＩＶＥ\n", "0", 9999)
	var b strings.Builder
	if err := s.table(&b); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"样本",
		"地区       E\u0301tat            件数",
		"---------  ---------  ---------",
		"苏州市     live          12,345",
		"Elsewhere  ＬＩＶＥ       9,999",
		"---------  ---------  ---------",
		"合计                  1,234,567",
		"一行说明",
	}, "\n") + "\n"
	if got := b.String(); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
}

func TestLongCellsAreCutAndSaySo(t *testing.T) {
	got := cut(strings.Repeat("长", 100), 10)
	if got != "长长长长…" || places(got) != 9 {
		t.Errorf("%q of %d places", got, places(got))
	}
	if got := cut("short", 5); got != "short" {
		t.Errorf("%q", got)
	}
}

func TestCSVIsHarmlessAndMarked(t *testing.T) {
	s := sheet{columns: []column{{name: "title"}, {name: "n", number: true}}, sample: "SAMPLE"}
	dangerous := []string{"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1"}
	for _, d := range dangerous {
		s.add(d, -5)
	}
	s.add("a \"quoted\", long\ntitle", 10000)
	var b strings.Builder
	if err := s.csv(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(rows[0], "|"); got != "title|n|sample" {
		t.Errorf("head %q", got)
	}
	for i, d := range dangerous {
		if got := rows[i+1]; got[0] != "'"+d || got[1] != "-5" || got[2] != "SAMPLE" {
			t.Errorf("%q is written as %q", d, got)
		}
	}
	last := rows[len(rows)-1]
	if last[0] != "a \"quoted\", long\ntitle" || last[1] != "10000" {
		t.Errorf("last row %q", last)
	}
	if !strings.Contains(b.String(), "\r\n") {
		t.Error("lines do not end as RFC 4180 wants")
	}
}
