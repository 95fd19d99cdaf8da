package exchange

import (
	"strings"
	"testing"

	"onewindow/internal/record"
)

// FuzzNumbers wants numbers that are normal: letters and digits of one spelling,
// the same again when read again.
func FuzzNumbers(f *testing.F) {
	for _, s := range [][3]string{
		{"CN", "109996757", "A"}, {"WO", "9812345", "A1"}, {"WO", "2022259205", "A1"}, {"US", "2006142694", "A1"}, {"US", "D586076", "S"},
		{"EP", "1000000", "B1"}, {"WO", "2022IL50854", "W"}, {"CN", "200410045678", "A"}, {"US", "2367904", "A"}, {"EP", "00102678", "A"},
		{"IL", "2022050854", "W"}, {"DE", "102005012345", "A1"}, {"", "CN1719946", ""}, {"AP", "0000", "A"}, {"US", "ABC", ""},
	} {
		f.Add(s[0], s[1], s[2])
	}
	f.Fuzz(func(t *testing.T, office, number, code string) {
		if p, err := Publication(office, number, code); err == nil {
			if p.Digits == "" || len(p.Office) != 2 || strings.ContainsAny(p.Digits+p.Code, " ?/.-,") {
				t.Errorf("%q %q %q reads as %+v", office, number, code, p)
			}
			if again, err := Publication(p.Office, p.Digits, p.Code); err != nil || again.Digits == "" || Kind(again) == "" {
				t.Errorf("%+v reads as %+v, %v", p, again, err)
			}
		}
		for _, forms := range []Forms{{Docdb: ID{office, number, code, 0}}, {Epodoc: ID{"", office + number, code, 0}}, {Docdb: ID{office, number, code, 0}, Original: ID{office, code, "", 0}}} {
			if n := Application(forms); strings.ContainsAny(n, " ?-,") || n != strings.TrimSpace(n) {
				t.Errorf("%+v is applied for as %q", forms, n)
			}
			if filing, ok := forms.Filing("priority", code == "A"); ok && filing.Number == "" {
				t.Errorf("%+v is filed as %+v", forms, filing)
			}
		}
	})
}

// FuzzIPC wants symbols that the register knows.
func FuzzIPC(f *testing.F) {
	for _, s := range []string{"C07K  16/28        20060101AFI20230209BHEP", "B28B   1/    29            A I", "7A 61K   9/16   A", "G06F 17/00", "A61B", "H04N  7/00 20060101A I"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := IPC(s)
		if !ok {
			return
		}
		if again, err := record.ParseIPC(c.Symbol); err != nil || again.Symbol != c.Symbol {
			t.Errorf("%q reads as %+v, which reads as %+v, %v", s, c, again, err)
		}
	})
}
