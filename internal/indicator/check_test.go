package indicator

import (
	"testing"

	"onewindow/defs"
	"onewindow/internal/region"
)

func jiangsu(t testing.TB) (*Set, *Edition) {
	t.Helper()
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	set, err := Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	e, err := LoadEdition(defs.FS, "jiangsu-2020")
	if err != nil {
		t.Fatal(err)
	}
	return set, e
}

func TestPrintedEdition(t *testing.T) {
	set, e := jiangsu(t)
	counts := map[Rule]map[Status]int{}
	for _, r := range set.Check(e.Book, nil, e.Notes) {
		if counts[r.Rule] == nil {
			counts[r.Rule] = map[Status]int{}
		}
		counts[r.Rule][r.Status]++
		if r.Status == Open {
			t.Errorf("%s of %s: stated %v, follows %v (%s %s), at %s", r.Rule, r.Of, r.Stated, r.Follow, r.Says, r.Text, r.Where)
		}
	}
	t.Log(counts)
}
