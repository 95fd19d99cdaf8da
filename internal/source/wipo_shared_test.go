package source_test

import (
	"path/filepath"
	"testing"

	"onewindow/internal/source"
)

// TestWIPOsInstancesAreReadFieldByField reads the example instances of ST.96 and
// the documents of ST.36.
func TestWIPOsInstancesAreReadFieldByField(t *testing.T) {
	got := map[string]any{}
	unread := map[string]int64{}
	for _, folder := range []string{"wipo-st96", "wipo-st36"} {
		files, err := source.Find(t.Context(), []string{sharedData(t, folder)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			s, err := source.Read(t.Context(), f, source.Options{}, func(e source.Entry) error {
				if e.Doc == nil {
					t.Errorf("%s: %v", f.Path, e.Reject)
					return nil
				}
				got[e.Format+" "+filepath.Base(f.Path)] = fields(t, e.Doc)
				return nil
			})
			if err != nil || s.Documents != 1 || s.Rejected != 0 || s.Flagged != 0 {
				t.Errorf("%s: %+v, %v", f.Path, s, err)
			}
			for path, n := range s.Unread {
				unread[path] += n
			}
		}
	}
	golden(t, filepath.Join("testdata", "wipo_real.json"), map[string]any{"documents": got, "unread": unread})
}
