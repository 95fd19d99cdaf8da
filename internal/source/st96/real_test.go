package st96

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"onewindow/internal/record"
	"onewindow/internal/source/cnipa"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/redbook"
	"onewindow/internal/source/sourcetest"
)

// TestRealDocumentsAreWrittenAndReadBack writes what real files of several
// offices say and reads it again.
func TestRealDocumentsAreWrittenAndReadBack(t *testing.T) {
	folder := filepath.Dir(filepath.Dir(examples(t)[0]))
	for name, format := range map[string]entry.Format{"wipo-st96": Format(1), "cnipa-xml": cnipa.Format(1), "uspto-redbook": redbook.Format(1)} {
		n := 0
		err := filepath.WalkDir(filepath.Join(folder, name), func(path string, f fs.DirEntry, err error) error {
			if err != nil || f.IsDir() || n > 60 {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil || !format.Detect(path, data[:min(len(data), 16<<10)]) {
				return err
			}
			got, _, _ := sourcetest.Entries(format, data, entry.Limits{})
			for _, e := range got {
				if e.Doc == nil {
					continue
				}
				if _, has := Instance(e.Doc.Kind); has {
					n++
					same(t, e.Doc)
				}
			}
			return nil
		})
		if err != nil || n == 0 {
			t.Errorf("%s: %d documents, %v", name, n, err)
		}
	}
}

func same(t *testing.T, d *record.Document) {
	t.Helper()
	got, _, err := sourcetest.Entries(Format(1), written(t, d), entry.Limits{})
	if err != nil || len(got) != 1 || got[0].Doc == nil {
		t.Fatalf("%s: %+v, %v", d.DocID(), got, err)
	}
	if diff := cmp.Diff(normal(*d), normal(*got[0].Doc), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%s (-written +read)\n%s", d.DocID(), strings.Join(strings.SplitAfterN(diff, "\n", 40), ""))
	}
}
