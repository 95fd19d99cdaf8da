package faulty

import (
	"reflect"
	"testing"

	"onewindow/defs"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

// Faults in figures that others fix are found, and the clean edition has none. Rows
// that are exchanged whole, with all that their own cells are tied to, are found
// only where a source of record holds them.
func TestFaultsAreFound(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	set, err := indicator.Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	e, err := indicator.LoadEdition(defs.FS, "jiangsu-2020")
	if err != nil {
		t.Fatal(err)
	}
	sources := set.Residents(pack, e.Book)
	r := Measure(set, e, sources, 200, 1)
	if r.Open != 0 {
		t.Errorf("%d checks of the clean edition are open", r.Open)
	}
	if r.Tied < 320 {
		t.Errorf("only %d of %d figures are fixed by others", r.Tied, r.Figures)
	}
	for _, k := range r.Kinds {
		if k.Faults == 0 || k.Inside == 0 {
			t.Errorf("%s: %d faults, %d inside; want some", k.Kind, k.Faults, k.Inside)
		}
		if k.Kind != Swap && 100*k.Found < 98*(k.Inside-k.Hidden) {
			t.Errorf("%s: %d of %d inside are found; missed %v", k.Kind, k.Found, k.Inside-k.Hidden, k.Missed)
		}
	}
	if again := Measure(set, e, sources, 200, 1); !reflect.DeepEqual(r, again) {
		t.Error("the same seed gives another measurement")
	}
}
