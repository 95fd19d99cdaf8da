package supply_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/supply"
)

// FuzzLoad wants that a source that is taken can be asked everything.
func FuzzLoad(f *testing.F) {
	files, err := fs.Glob(defs.FS, "sources/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal(files, err)
	}
	for _, name := range files {
		b, err := fs.ReadFile(defs.FS, name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	known := formats(f)
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := supply.Load(fstest.MapFS{"sources/x.yaml": {Data: b}}, known)
		if err != nil {
			return
		}
		for _, s := range list.All() {
			if s.ID == "" || len(s.Formats) == 0 || len(s.Kinds) == 0 || list.Get(s.ID) != s {
				t.Errorf("%+v is taken", s)
			}
			list.Of("2019-07-09_x.csv", s.Formats[0])
			s.Issues.Missing([]date.Date{20190101, 20190301}, 20190401)
			s.File.Check(supply.Met{Documents: 1, Rejected: 1}, nil)
			s.Total.Check(supply.Met{}, &supply.Met{Documents: 5})
		}
	})
}
