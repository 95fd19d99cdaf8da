// Package date holds calendar days as official files write them.
//
// A day has no zone and no time of day: the zone of the region decides which
// instant ends it (see EndOf).
package date

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Date is a day as the decimal number yyyymmdd (WIPO ST.2), so that dates
// compare as numbers. The zero Date means that no date is known.
type Date int32

// Of returns the day of year y, month m and day d, or zero when the calendar
// has no such day.
func Of(y, m, d int) Date {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if t.Day() != d {
		return 0
	}
	return Date(y*10000 + m*100 + d)
}

// OfTime returns the day that t falls on in its own location.
func OfTime(t time.Time) Date {
	y, m, d := t.Date()
	return Of(y, int(m), d)
}

// Parse reads a full day in one of the spellings that official files use:
// 20190709, 2019-07-09, 2019.07.09, 2019/7/9 and 2019年7月9日. It fails on
// anything else, on parts of a date and on days that the calendar has not.
func Parse(s string) (Date, error) {
	var part [3]int
	n, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if n > 2 || digits == 8 {
				return 0, fmt.Errorf("date: %q is not a day", clip(s))
			}
			part[n] = part[n]*10 + int(c-'0')
			digits++
		case digits > 0 && n < 3:
			switch sep := separator(s[i:]); {
			case sep == 0:
				return 0, fmt.Errorf("date: %q is not a day", clip(s))
			default:
				i += sep - 1
				n++
				digits = 0
			}
		default:
			return 0, fmt.Errorf("date: %q is not a day", clip(s))
		}
	}
	var d Date
	switch {
	case n == 0 && len(s) == 8:
		d = Of(part[0]/10000, part[0]/100%100, part[0]%100)
	case (n == 2 && digits > 0 || n == 3 && digits == 0) && part[0] > 999:
		d = Of(part[0], part[1], part[2])
	}
	if d == 0 {
		return 0, fmt.Errorf("date: %q is not a day", clip(s))
	}
	return d, nil
}

// separator returns the length of the date separator that s begins with.
func separator(s string) int {
	switch s[0] {
	case '-', '.', '/':
		return 1
	}
	for _, han := range [...]string{"年", "月", "日"} {
		if len(s) >= len(han) && s[:len(han)] == han {
			return len(han)
		}
	}
	return 0
}

func clip(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// Year returns the year, zero for no date.
func (d Date) Year() int { return int(d) / 10000 }

// Month returns the month from 1 to 12, zero for no date.
func (d Date) Month() int { return int(d) / 100 % 100 }

// Day returns the day of the month, zero for no date.
func (d Date) Day() int { return int(d) % 100 }

// Time returns the first instant of the day in loc.
func (d Date) Time(loc *time.Location) time.Time {
	return time.Date(d.Year(), time.Month(d.Month()), d.Day(), 0, 0, 0, 0, loc)
}

// EndOf returns the first instant after the day in loc: what happened before
// it had happened by the end of that day.
func (d Date) EndOf(loc *time.Location) time.Time {
	return d.Time(loc).AddDate(0, 0, 1)
}

// AddDays returns the day n days later, earlier when n is negative.
func (d Date) AddDays(n int) Date {
	if d == 0 {
		return 0
	}
	return OfTime(d.Time(time.UTC).AddDate(0, 0, n))
}

// String writes ISO 8601, 2019-07-09, and nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	b := strconv.AppendInt(make([]byte, 0, 12), int64(d)+100000000, 10)
	return string(b[1:5]) + "-" + string(b[5:7]) + "-" + string(b[7:9])
}

// MarshalText writes ISO 8601.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads any spelling of Parse, and nothing as no date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = 0
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// MarshalJSON writes the day as an ISO 8601 string, no date as "".
func (d Date) MarshalJSON() ([]byte, error) {
	return append(append([]byte{'"'}, d.String()...), '"'), nil
}

// UnmarshalJSON reads a JSON string with any spelling of Parse.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	return d.UnmarshalText([]byte(s))
}

// AddMonths returns the corresponding day n months later, or the last day of that
// month where it has none (Rules for the Implementation of the Patent Law, Art. 5).
func (d Date) AddMonths(n int) Date {
	if d == 0 {
		return 0
	}
	m := d.Year()*12 + d.Month() - 1 + n
	y, month := m/12, m%12+1
	last := time.Date(y, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return Of(y, month, min(d.Day(), last))
}
