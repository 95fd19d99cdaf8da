package indicator

import "testing"

// FuzzParsePeriod wants that a period is read as it is written, and lies in the year
// that it names.
func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2020", "2020-S1", "2020-Q3", "2020-M07", "2020-07", "2020-13", "2020-Q5", "2020-S11", "0999", "9999", "32768", "2020-+7", "2020-M+7", "2020-Q+"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParsePeriod(s)
		if err != nil {
			return
		}
		again, err := ParsePeriod(p.String())
		if err != nil || again != p {
			t.Errorf("%q reads as %q, which reads as %q, %v", s, p, again, err)
		}
		if first, last := p.First(), p.Last(); first > last || first.Year() != int(p.Year) || last.Year() != int(p.Year) {
			t.Errorf("%q runs from %s to %s", s, first, last)
		}
	})
}

// FuzzParseParts wants one spelling of the same parts.
func FuzzParseParts(f *testing.F) {
	for _, s := range []string{"", "type=invention", "y=2;x=1", "x=1; y=2", "x=1;x=2", "x", "=", "x=", "a=b=c", ";", "x=1;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseParts(s)
		if err != nil {
			return
		}
		if again, err := ParseParts(string(p)); err != nil || again != p {
			t.Errorf("%q reads as %q, which reads as %q, %v", s, p, again, err)
		}
		for d, code := range p.All {
			if d == "" || code == "" || p.Get(d) != code {
				t.Errorf("%q has %q = %q", s, d, code)
			}
		}
	})
}
