package sample

import (
	"reflect"
	"strings"
	"testing"

	"onewindow/internal/record"
)

var places = []Place{
	{Province: "江苏省", City: "南京市", County: "玄武区", Postcode: "210000", Weight: 3},
	{Province: "江苏省", City: "苏州市", County: "昆山市", Postcode: "215300", Weight: 1},
}

func collect(t *testing.T, n int, seed uint64) []Right {
	t.Helper()
	seq, err := Rights(places, n, seed)
	if err != nil {
		t.Fatal(err)
	}
	var out []Right
	for r := range seq {
		out = append(out, r)
	}
	return out
}

func TestTheSameSeedInventsTheSameRights(t *testing.T) {
	if !reflect.DeepEqual(collect(t, 300, 7), collect(t, 300, 7)) {
		t.Error("two runs with one seed differ")
	}
	if reflect.DeepEqual(collect(t, 300, 7), collect(t, 300, 8)) {
		t.Error("two seeds give the same rights")
	}
}

func TestInventedRightsAreSoundAndMarked(t *testing.T) {
	seen, kinds := map[string]bool{}, map[record.Kind]int{}
	for _, r := range collect(t, 2000, 1) {
		var last *record.Document
		for _, d := range r.Documents {
			p, err := record.ParsePublicationCN(d.DocID())
			if err != nil || p.Kind() != d.Kind {
				t.Fatalf("%s: %v, kind %s", d.DocID(), err, d.Kind)
			}
			if n, err := record.ParseApplicationCN(d.Application.Number); err != nil || record.KindOfApplicationCN(n) != d.Kind {
				t.Fatalf("%s: application %s: %v", d.DocID(), d.Application.Number, err)
			}
			if seen[d.DocID()] {
				t.Fatalf("%s is given twice", d.DocID())
			}
			seen[d.DocID()] = true
			if d.Published <= d.Application.Filed || last != nil && d.Published <= last.Published {
				t.Errorf("%s is published too early, %v", d.DocID(), d.Published)
			}
			if name := d.Principal().Name(); !strings.Contains(name, Mark) && !strings.Contains(name, "样") {
				t.Errorf("%s: %q is not marked as sample", d.DocID(), name)
			}
			if len(d.Classes) == 0 || len(d.Titles) == 0 {
				t.Errorf("%s has no class or no title", d.DocID())
			}
			last = d
		}
		kinds[last.Kind]++
	}
	for _, k := range []record.Kind{record.Invention, record.UtilityModel, record.Design} {
		if kinds[k] < 100 {
			t.Errorf("only %d of kind %s", kinds[k], k)
		}
	}
}

func TestNoPlaceNoSample(t *testing.T) {
	if _, err := Rights(nil, 1, 1); err == nil {
		t.Error("rights of nowhere were invented")
	}
}
