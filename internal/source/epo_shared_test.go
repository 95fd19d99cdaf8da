package source_test

import (
	"path/filepath"
	"testing"

	"onewindow/internal/source"
)

// answered is what a real file was read as when it was checked by eye: counts,
// and digests that tell nothing about anybody.
type answered struct {
	Format           string
	Documents        int64 `json:",omitempty"`
	Notices          int64 `json:",omitempty"`
	Rejects, Flagged map[string]int64
	Digest           string
}

func TestTheRealFilesOfTheEPOAreRead(t *testing.T) {
	for _, folder := range []string{"epo-docdb", "epo-ops"} {
		t.Run(folder, func(t *testing.T) {
			files, err := source.Find(t.Context(), []string{sharedData(t, folder)}, nil)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]answered{}
			unread := map[string]int64{}
			for _, f := range files {
				a := answered{}
				var all []any
				s, err := source.Read(t.Context(), f, source.Options{}, func(e source.Entry) error {
					a.Format = e.Format
					switch {
					case e.Reject != nil:
						all = append(all, e.Reject.Error())
					case e.Doc.Notice:
						a.Notices++
						all = append(all, e.Doc)
					default:
						a.Documents++
						all = append(all, e.Doc)
					}
					return nil
				})
				if err != nil {
					t.Fatal(err)
				}
				a.Rejects, a.Flagged, a.Digest = s.Rejects, s.Flags, digest(t, all)
				got[filepath.Base(f.Path)] = a
				if a.Format != folder {
					t.Errorf("%s is read as %q", f.Path, a.Format)
				}
				for path, n := range s.Unread {
					unread[path] += n
				}
			}
			golden(t, "testdata/"+folder+".json", map[string]any{"files": got, "unread": unread})
		})
	}
}
