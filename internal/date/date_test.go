package date

import (
	"encoding/json"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]Date{
		"20190709":   20190709,
		"2019-07-09": 20190709,
		"2019.07.09": 20190709,
		"2019/7/9":   20190709,
		"2019年7月9日":  20190709,
		"2020-02-29": 20200229,
	} {
		if got, err := Parse(in); err != nil || got != want {
			t.Errorf("Parse(%q) = %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "2019", "2019-07", "2019-02-29", "2019-13-01", "00000000", "0", "2.02E+12",
		"201907091", "2019-07-09-01", "-2019-07-09", "2019--07-09", "19-7-9", "2019 07 09",
	} {
		if got, err := Parse(in); err == nil {
			t.Errorf("Parse(%q) = %d; want an error", in, got)
		}
	}
}

func TestOrderAndText(t *testing.T) {
	if d := Of(2019, 12, 31).AddDays(1); d != 20200101 {
		t.Errorf("the day after 2019-12-31 is %v", d)
	}
	if s := Date(0).String(); s != "" {
		t.Errorf("no date prints %q", s)
	}
	if Of(2019, 2, 29) != 0 || Of(2019, 2, 28) == 0 {
		t.Error("Of does not hold to the calendar")
	}
	b, err := json.Marshal(map[string]Date{"a": 20190709, "b": 0})
	if err != nil || string(b) != `{"a":"2019-07-09","b":""}` {
		t.Errorf("JSON is %s, %v", b, err)
	}
	var back map[string]Date
	if err := json.Unmarshal(b, &back); err != nil || back["a"] != 20190709 || back["b"] != 0 {
		t.Errorf("read back %v, %v", back, err)
	}
}

func TestEndOfDayIsTheRegions(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	end := Of(2019, 7, 9).EndOf(shanghai)
	if want := time.Date(2019, 7, 9, 16, 0, 0, 0, time.UTC); !end.Equal(want) {
		t.Errorf("the day ends at %v, want %v", end.UTC(), want)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("2019-07-09")
	f.Add("2019年7月9日")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := Parse(s)
		if err != nil {
			return
		}
		if back, err := Parse(d.String()); err != nil || back != d {
			t.Errorf("%q reads as %v, which reads as %v, %v", s, d, back, err)
		}
	})
}
