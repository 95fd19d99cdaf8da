package faulty

import (
	"testing"

	"onewindow/defs"
	"onewindow/internal/indicator"
	"onewindow/internal/region"
)

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
	r := Measure(set, e, set.Population(pack, "population.resident", indicator.Year(2020)), 1800, 1)
	t.Logf("%d figures, %d tied, %d open", r.Figures, r.Tied, r.Open)
	for _, k := range r.Kinds {
		t.Logf("%-8s of %4d, tied %4d; %3d made, %3d caught; inside %3d, caught %3d, hidden %d; missed %v", k.Kind, k.Of, k.Tied, k.Faults, k.Caught, k.Inside, k.Found, k.Hidden, k.Missed)
	}
}
