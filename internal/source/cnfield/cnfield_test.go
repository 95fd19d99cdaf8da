package cnfield

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

func TestApplicationNumbersAreKeptOrFlaggedNeverGuessed(t *testing.T) {
	for _, c := range []struct{ raw, number, code string }{
		{"201710601862.3", "201710601862.3", ""},
		{"201710601862.4", "201710601862.4", "application_number.check_digit"},
		{"2.02E+12", "", "application_number.damaged"},
		{"2.0193e12", "", "application_number.damaged"},
		{"2E+12", "", "application_number.damaged"},
		{".5E+12", "", "application_number.unreadable"},
		{"E+12", "", "application_number.unreadable"},
		{"2.0E", "", "application_number.unreadable"},
		{"见说明书", "", "application_number.unreadable"},
		{"", "", "application_number.missing"},
	} {
		var f Flags
		got := Application(c.raw, "filing_id", &f)
		code := ""
		if len(f.List) > 0 {
			code = f.List[0].Code
		}
		if got != c.number || code != c.code {
			t.Errorf("%q gives %q, %q; want %q, %q", c.raw, got, code, c.number, c.code)
		}
	}
}

func TestPostcodesAreSplitOnlyWhereTheyAreSix(t *testing.T) {
	for _, c := range []struct {
		in, code, address string
		unclear           bool
	}{
		{"215300江苏省苏州市昆山高新区", "215300", "江苏省苏州市昆山高新区", false},
		{"510000 广东省广州市", "510000", "广东省广州市", false},
		{"５１８０００　广东省深圳市", "518000", "广东省深圳市", false},
		{"美国新泽西州", "", "美国新泽西州", false},
		{"21530昆山", "", "21530昆山", false},
		{"2153001号", "", "2153001号", true},
		{"215300", "", "215300", false},
		{"", "", "", false},
	} {
		code, address, unclear := Postcode(c.in)
		if code != c.code || address != c.address || unclear != c.unclear {
			t.Errorf("%q splits into %q, %q, %v", c.in, code, address, unclear)
		}
	}
}

func TestDaysAndZeros(t *testing.T) {
	var f Flags
	for raw, want := range map[string]date.Date{"2019.07.09": 20190709, "20190709": 20190709, "": 0, "0": 0, "00000000": 0} {
		if got := Day(raw, "date", &f); got != want || len(f.List) > 0 {
			t.Errorf("%q gives %v, %v", raw, got, f.List)
		}
	}
	Day("2019.13.41", "date", &f)
	Day("someday", "date", &f)
	Day("never", "filed", &f)
	want := []record.Flag{{Code: "date.unreadable", Field: "date filed", Raw: "2019.13.41"}}
	if diff := cmp.Diff(want, f.List); diff != "" {
		t.Error(diff)
	}
	if Zero("") || !Zero("0") || !Zero("00000000") || Zero("010") {
		t.Error("zeros are not told from values")
	}
	if got := Trim("\uFEFF\u3000 \u2002甲\u200b "); got != "甲" {
		t.Errorf("trimmed to %q", got)
	}
}
