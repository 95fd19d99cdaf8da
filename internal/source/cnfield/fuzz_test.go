package cnfield

import (
	"strings"
	"testing"
	"unicode/utf8"

	"onewindow/internal/record"
)

// FuzzFields wants that nothing of a field gets lost: what is split is whole
// together, what cannot be read is flagged with what stood there.
func FuzzFields(f *testing.F) {
	for _, s := range []string{
		"215000江苏省苏州市", "２１００００ 南京", "2100001x", "210000", "201710601862.3", "ZL201710601862.X", "2.02E+12", "2019.07.09", "20190709",
		"00000000", "2019-13-40", "\ufeff\u3000x\u200b", "\xff1", "CN2019",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		trimmed := Trim(s)
		if Trim(trimmed) != trimmed || !strings.Contains(s, trimmed) {
			t.Errorf("Trim(%q) = %q", s, trimmed)
		}
		code, address, unclear := Postcode(trimmed)
		if code == "" && address != trimmed || code != "" && (unclear || len(code) != 6 || strings.Trim(code, "0123456789") != "" || !strings.HasSuffix(trimmed, address) || address == "") {
			t.Errorf("Postcode(%q) = %q, %q, %v", trimmed, code, address, unclear)
		}
		var days, numbers Flags
		if d := Day(s, "day", &days); d == 0 && s != "" && !Zero(s) && len(days.List) == 0 {
			t.Errorf("the day %q is lost", s)
		}
		n := Application(s, "number", &numbers)
		if n == "" && len(numbers.List) == 0 {
			t.Errorf("the number %q is lost", s)
		}
		if n != "" {
			if again, _ := record.ParseApplicationCN(n); again != n {
				t.Errorf("%q reads as %q, which reads as %q", s, n, again)
			}
		}
		for _, flag := range append(days.List, numbers.List...) {
			if utf8.ValidString(s) && !utf8.ValidString(flag.Raw) {
				t.Errorf("%q is cut to %q", s, flag.Raw)
			}
		}
	})
}
