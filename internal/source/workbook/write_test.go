package workbook

import "testing"

func TestNoTextBecomesAFormula(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"} {
		if got := Harmless(text); got != "'"+text {
			t.Errorf("%q is written as %q", text, got)
		}
	}
	for _, text := range []string{"", "1-2", "电池=", "a@b", "\xff=1", "'=1"} {
		if got := Harmless(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}
