package tabular

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"onewindow/defs"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
)

var update = flag.Bool("update", false, "write goldens anew")

func ready(t testing.TB) *Set {
	t.Helper()
	s, err := Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// read reads a table with the mapping that it is of.
func read(t *testing.T, s *Set, name string, data []byte) ([]entry.Entry, map[string]int64, string) {
	t.Helper()
	for _, f := range s.Formats() {
		if f.Detect(name, data) {
			var entries []entry.Entry
			unread := map[string]int64{}
			in := &entry.Input{Context: t.Context(), Name: name, R: bytes.NewReader(data), Limits: entry.DefaultLimits()}
			err := f.Split(in, func(b entry.Batch) error {
				var u entry.Unread
				got := b.Decode(&u)
				if len(got) != b.N {
					t.Fatalf("a batch of %d entries gives %d", b.N, len(got))
				}
				entries = append(entries, got...)
				u.AddTo(unread, f.ID)
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			return entries, unread, f.ID
		}
	}
	t.Fatalf("%s is of no mapping:\n%.300s", name, data)
	return nil, nil, ""
}

// TestEveryMappingReadsItsFixture writes the examples of every ready mapping as a
// table, with heads in both languages, and reads it back: nothing may be rejected,
// flagged or left over, and the documents are those of the golden.
func TestEveryMappingReadsItsFixture(t *testing.T) {
	s := ready(t)
	if len(s.Mappings) == 0 {
		t.Fatal("there are no mappings")
	}
	for _, m := range s.Mappings {
		t.Run(m.ID, func(t *testing.T) {
			var documents [][]byte
			for _, o := range []WriteOptions{
				{Lang: "zh"}, {Lang: "zh", Encoding: charset.GB18030, Separator: ';'}, {Lang: "zh", BOM: true, Separator: '\t', Title: "样例清单"},
			} {
				var b bytes.Buffer
				if err := m.WriteExamples(&b, o); err != nil {
					t.Fatal(err)
				}
				entries, unread, id := read(t, s, "样例_20260131.csv", b.Bytes())
				if id != m.ID {
					t.Fatalf("it is taken for %s", id)
				}
				delete(unread, m.ID+": above the header")
				if len(unread) > 0 {
					t.Errorf("unread: %v", unread)
				}
				var out []byte
				for _, e := range entries {
					if e.Reject != nil {
						t.Fatalf("row %d: %v %s", e.Row, e.Reject, e.Reject.Raw)
					}
					if len(e.Doc.Flags) > 0 {
						t.Errorf("row %d: %v", e.Row, e.Doc.Flags)
					}
					line, err := json.MarshalIndent(e.Doc, "", " ")
					if err != nil {
						t.Fatal(err)
					}
					out = append(append(out, line...), '\n')
				}
				documents = append(documents, out)
			}
			for _, d := range documents[1:] {
				if !bytes.Equal(d, documents[0]) {
					t.Errorf("encoding and separators change what is read:\n%s\n%s", documents[0], d)
				}
			}
			golden(t, m.ID+".json", documents[0])
		})
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; if it should, renew it with -update:\n%s", name, got)
	}
}
