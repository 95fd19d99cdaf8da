package source_test

import (
	"path/filepath"
	"testing"

	"onewindow/internal/source"
)

// Every real file of the American office reads, each document of it as it did when
// it was checked by eye.
func TestTheRealAmericanFilesAreReadAsBefore(t *testing.T) {
	type told struct {
		Documents int64             `json:"documents"`
		Rejects   map[string]int64  `json:"rejects,omitempty"`
		Flags     map[string]int64  `json:"flags,omitempty"`
		Content   string            `json:"content,omitempty"` // of all documents together
		Fields    map[string]string `json:"fields,omitempty"`  // of a file's only document
	}
	got := map[string]map[string]told{}
	unread := map[string]int64{}
	for _, folder := range []string{"uspto-redbook", "uspto-redbook-v2", "uspto-trademark", "uspto-tsdr"} {
		files, err := source.Find(t.Context(), []string{sharedData(t, folder)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		got[folder] = map[string]told{}
		for _, f := range files {
			var docs []any
			only := map[string]string{}
			s, err := source.Read(t.Context(), f, source.Options{}, func(e source.Entry) error {
				if e.Doc != nil {
					docs = append(docs, e.Doc)
					only = fields(t, e.Doc)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			one := told{Documents: s.Documents, Rejects: s.Rejects, Flags: s.Flags}
			switch len(docs) {
			case 0:
			case 1:
				one.Fields = only
			default:
				one.Content = digest(t, docs)
			}
			got[folder][filepath.Base(f.Path)] = one
			for path, n := range s.Unread {
				unread[path] += n
			}
		}
	}
	golden(t, "testdata/uspto_real.json", map[string]any{"files": got, "unread": unread})
}
