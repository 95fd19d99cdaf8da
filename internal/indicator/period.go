package indicator

import (
	"fmt"
	"strconv"

	"onewindow/internal/date"
)

// Period is a span of time that figures are about, written as in SDMX (Section 6,
// observational time period): 2020, 2020-S1, 2020-Q3, 2020-M07. Figures of stocks
// are those of its end. The zero Period is none. Periods can be compared with ==.
type Period struct {
	Year int16
	Part byte // 0 for the whole year, else 'S' half-years, 'Q' quarters, 'M' months
	N    uint8
}

// parts is how many parts of a sort a year has.
var parts = map[byte]int{'S': 2, 'Q': 4, 'M': 12}

// PartsOf returns how many periods of a sort a year has: 1 of whole years.
func PartsOf(part byte) int { return max(parts[part], 1) }

// Year returns the period of a whole year.
func Year(y int) Period { return Period{Year: int16(y)} }

// ParsePeriod reads a period. Months may be written 2020-07 too.
func ParsePeriod(s string) (Period, error) {
	bad := fmt.Errorf("%q is no period; write 2020, 2020-S1, 2020-Q3 or 2020-M07", s[:min(len(s), 20)])
	if len(s) < 4 {
		return Period{}, bad
	}
	y, err := strconv.ParseUint(s[:4], 10, 16)
	if err != nil || y < 1000 {
		return Period{}, bad
	}
	p := Period{Year: int16(y)}
	if len(s) == 4 {
		return p, nil
	}
	if s[4] != '-' || len(s) < 7 || len(s) > 8 {
		return Period{}, bad
	}
	rest := s[5:]
	p.Part = 'M'
	if parts[rest[0]] > 0 {
		p.Part, rest = rest[0], rest[1:]
	} else if len(rest) != 2 {
		return Period{}, bad
	}
	n, err := strconv.ParseUint(rest, 10, 8)
	if err != nil || n < 1 || int(n) > parts[p.Part] || p.Part != 'M' && len(rest) != 1 || p.Part == 'M' && len(rest) != 2 {
		return Period{}, bad
	}
	p.N = uint8(n)
	return p, nil
}

// String writes the period as ParsePeriod reads it.
func (p Period) String() string {
	switch p.Part {
	case 0:
		return fmt.Sprintf("%04d", p.Year)
	case 'M':
		return fmt.Sprintf("%04d-M%02d", p.Year, p.N)
	default:
		return fmt.Sprintf("%04d-%c%d", p.Year, p.Part, p.N)
	}
}

// UnmarshalText reads a period.
func (p *Period) UnmarshalText(b []byte) (err error) {
	*p, err = ParsePeriod(string(b))
	return err
}

// MarshalText writes a period.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// Prior returns the same period of the year before.
func (p Period) Prior() Period { p.Year--; return p }

// InYear returns the same period of another year.
func (p Period) InYear(year int) Period { p.Year = int16(year); return p }

// First returns the first day of the period.
func (p Period) First() date.Date {
	if p.Part == 0 {
		return date.Of(int(p.Year), 1, 1)
	}
	length := 12 / parts[p.Part]
	return date.Of(int(p.Year), (int(p.N)-1)*length+1, 1)
}

// Last returns the last day of the period.
func (p Period) Last() date.Date {
	end := date.Of(int(p.Year), 12, 31)
	if p.Part == 0 {
		return end
	}
	return end.AddMonths(int(p.N)*12/parts[p.Part] - 12)
}
