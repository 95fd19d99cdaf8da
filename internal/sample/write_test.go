package sample

import (
	"os"
	"path/filepath"
	"testing"

	"onewindow/defs"
	"onewindow/internal/region"
	"onewindow/internal/source"
)

func TestEveryPackGetsASampleThatItsReadersRead(t *testing.T) {
	packs, err := region.List(defs.FS)
	if err != nil || len(packs) < 2 {
		t.Fatalf("%d packs, %v", len(packs), err)
	}
	for _, info := range packs {
		pack, err := region.Load(defs.FS, info.ID)
		if err != nil {
			t.Fatal(err)
		}
		cities := map[string]bool{}
		for _, p := range Places(pack) {
			cities[p.City] = true
		}
		for _, code := range pack.Children(pack.Code()) {
			if u := pack.Unit(code); u != nil && u.Valid(0) && u.Level() == region.CityLevel && !cities[u.Names["zh"]] {
				t.Errorf("%s: nobody lives in %s", info.ID, u.Names["zh"])
			}
		}
		paths, err := Write(t.TempDir(), pack, 400, 1)
		if err != nil {
			t.Fatal(err)
		}
		files, err := source.Find(t.Context(), paths, nil)
		if err != nil {
			t.Fatal(err)
		}
		var documents, rejected int64
		for _, f := range files {
			sum, err := source.Read(t.Context(), f, source.Options{}, func(source.Entry) error { return nil })
			if err != nil {
				t.Fatal(err)
			}
			documents += sum.Documents
			rejected += sum.Rejected
		}
		if documents < 450 || rejected != 0 {
			t.Errorf("%s: %d documents and %d rejects", info.ID, documents, rejected)
		}
	}
}

func TestTheSampleIsTheSameEveryTime(t *testing.T) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		t.Fatal(err)
	}
	a, b := t.TempDir(), t.TempDir()
	paths, err := Write(a, pack, 50, 3)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(b, pack, 50, 3); err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		one, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		two, err := os.ReadFile(filepath.Join(b, filepath.Base(p)))
		if err != nil {
			t.Fatal(err)
		}
		if string(one) != string(two) {
			t.Errorf("%s differs", filepath.Base(p))
		}
	}
}
