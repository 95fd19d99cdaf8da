package number

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"onewindow/defs"
)

// FuzzLoad wants that forms that are taken can read any number.
func FuzzLoad(f *testing.F) {
	files, err := fs.Glob(defs.FS, "numbers/*.yaml")
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
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Load(fstest.MapFS{files[0]: {Data: b}})
		if err != nil {
			return
		}
		for _, form := range s.Forms() {
			for _, v := range form.Valid {
				if _, err := s.Validate(form.ID, v); err != nil {
					t.Errorf("%s is taken, and its example %q is none: %v", form.ID, v, err)
				}
			}
		}
		s.Identify("201710601862.3")
	})
}
