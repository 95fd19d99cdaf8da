package workday

import (
	"strings"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/date"
)

func china(t *testing.T) *Calendar {
	t.Helper()
	c, err := Load(defs.FS, "cn")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHolidaysAndWorkedWeekends(t *testing.T) {
	c := china(t)
	for _, x := range []struct {
		day  date.Date
		want bool
	}{
		{20200101, false}, {20200119, true} /* a Sunday worked for the Spring Festival */, {20200124, false}, {20200601, true},
		{20200606, false}, {20201001, false}, {20201010, true}, {20211008, true}, {19990502, false},
	} {
		if got := c.Works(x.day); got != x.want {
			t.Errorf("%s: %v", x.day, got)
		}
	}
	if c.Knows(19990101) || !c.Knows(20201001) || c.Knows(20400101) {
		t.Error("the years that it knows")
	}
}

func TestLimitsRollToTheNextWorkingDay(t *testing.T) {
	c := china(t)
	for day, want := range map[date.Date]date.Date{20201001: 20201009, 20200606: 20200608, 20200608: 20200608, 0: 0} {
		if got := c.Roll(day); got != want {
			t.Errorf("%s rolls to %s, want %s", day, got, want)
		}
	}
	if got := c.Add(20200930, 5); got != 20201014 {
		t.Errorf("five working days after the day before the holidays: %s", got)
	}
}

func TestFaultsNameTheirLine(t *testing.T) {
	fs := fstest.MapFS{"workdays/x.csv": {Data: []byte("date,what,en,zh\n2020-01-01,holiday,a,b\n2020-01-01,holiday,a,b\n2020-13-01,holiday,a,b\n2020-01-02,rest,a,b\n1,2\n")}}
	_, err := Load(fs, "x")
	for _, want := range []string{"x.csv:3:", "x.csv:4:", "x.csv:5:", "x.csv:6:"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %s", err, want)
		}
	}
	if _, err := Load(fs, "none"); err == nil {
		t.Error("a calendar that is not there")
	}
}
