package source_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/source"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a value with the JSON in a file of this package.
func golden(t *testing.T, path string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", path, diff)
	}
}

// digest is the beginning of the hash of a value's JSON: it tells that a value
// is read as it was when it was checked by eye, and nothing about anybody.
func digest(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

// fields gives the digest of every field of a document that is not empty.
func fields(t *testing.T, doc any) map[string]string {
	t.Helper()
	out := map[string]string{}
	v := reflect.ValueOf(doc).Elem()
	for i := range v.NumField() {
		if !v.Field(i).IsZero() {
			out[v.Type().Field(i).Name] = digest(t, v.Field(i).Interface())
		}
	}
	return out
}

func TestTheRealXMLFilesAreReadFieldByField(t *testing.T) {
	files, err := source.Find(t.Context(), []string{sharedData(t, "cnipa-xml")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]map[string]string{}
	unread := map[string]int64{}
	for _, f := range files {
		s, err := source.Read(t.Context(), f, source.Options{}, func(e source.Entry) error {
			if e.Doc == nil {
				t.Errorf("%s: %v", f.Path, e.Reject)
				return nil
			}
			got[filepath.Base(f.Path)] = fields(t, e.Doc)
			return nil
		})
		if err != nil || s.Documents != 1 || s.Rejected != 0 {
			t.Errorf("%s: %+v, %v", f.Path, s, err)
		}
		for flag := range s.Flags {
			if flag != "placeholder.zero" {
				t.Errorf("%s is flagged %s", f.Path, flag)
			}
		}
		for path, n := range s.Unread {
			unread[path] += n
		}
	}
	golden(t, "testdata/cnipa_real.json", map[string]any{"fields": got, "unread": unread})
}
