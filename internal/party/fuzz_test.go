package party

import (
	"testing"

	"onewindow/defs"
)

// FuzzNames holds the folding of names to what it promises: a core never grows,
// folding again changes nothing, and an id reads as the number that it was
// written from.
func FuzzNames(f *testing.F) {
	for _, s := range []string{
		"江苏省苏州市样例有限责任公司", "样例（苏州）有限公司", "Sample & Sons Co., Ltd.", "SAMPLE COMPANY LIMITED", "李·样甲", "有限公司", "Ltd", "", "P0WPTVJ8PYTME", "\xff(",
	} {
		f.Add(s, "样例第二研究所")
	}
	r, err := loadRules(defs.FS)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s, other string) {
		latin := r.latinName(s)
		if again := foldLatin(latin); again != latin {
			t.Errorf("%q folds to %q, and that to %q", s, latin, again)
		}
		if core := r.latinCore(latin); len(core) > len(latin) {
			t.Errorf("%q has the core %q", latin, core)
		}
		if core := r.withoutForm(s); len(core) > len(s) || s != "" && core == "" {
			t.Errorf("%q has the core %q", s, core)
		}
		r.shortPlace(s)
		if r.alike(s, other) != r.alike(other, s) {
			t.Errorf("%q and %q are alike one way only", s, other)
		}
		number := idNumber(s)
		if got, ok := parseID(idOf(number)); !ok || got != number {
			t.Errorf("the id of %q reads as %d, %v", s, got, ok)
		}
		parseID(s)
	})
}
