package tabular

import (
	"io/fs"
	"strings"
	"testing"

	"onewindow/defs"
)

// FuzzParse wants mappings that can be used as soon as they are taken, and faults
// that name the file.
func FuzzParse(f *testing.F) {
	forms := ready(f).Forms()
	files, err := fs.Glob(defs.FS, "mappings/*.yaml")
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
	f.Add([]byte("id: a\nkind: trademark\ncolumns:\n  - {id: x, field: number, heads: {en: [N]}}\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Parse("own.yaml", b, forms)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "own.yaml:") {
				t.Errorf("a fault without its place: %v", err)
			}
			return
		}
		if m.ID == "" {
			t.Error("a mapping without an id")
		}
		format := m.Format()
		format.Detect("x", []byte("a,b\n1,2\n"))
	})
}

// FuzzSample wants that a column of a sample is of its table.
func FuzzSample(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "Title\n\na;b;c\n1;2;3\n", `[{"a": 1, "b": [2]}]`, "注册号\t商标\n1\t甲\n", "\xff\xfea\x00,\x00b\x00", "\"a\nb\",c\n", "[{", ""} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		s, ok := ReadSample(b)
		if ok != (len(s.Heads) > 1) {
			t.Fatalf("%+v, %v", s, ok)
		}
		for i := range s.Heads {
			if list := s.Column(i); len(list) > len(s.Rows) {
				t.Errorf("%d cells in %d rows", len(list), len(s.Rows))
			}
		}
	})
}
