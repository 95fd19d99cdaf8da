package sourcetest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// Told is an entry as golden files keep it.
type Told struct {
	Row    int64            `json:"row"`
	Line   int64            `json:"line"`
	Doc    *record.Document `json:"doc,omitempty"`
	Reject string           `json:"reject,omitempty"`
	Args   ierr.Args        `json:"args,omitempty"`
}

// ReadsAs reads a file of invented data with a format and compares its entries and
// what nothing read with a golden file, which is written anew where the
// environment has UPDATE_GOLDEN.
func ReadsAs(t testing.TB, f entry.Format, file, golden string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Detect(file, data[:min(len(data), 64<<10)]) {
		t.Errorf("%s is not known as %s", file, f.ID)
	}
	entries, unread, err := Entries(f, data, entry.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var told struct {
		Entries []Told           `json:"entries"`
		Unread  map[string]int64 `json:"unread"`
	}
	told.Unread = unread
	for _, e := range entries {
		one := Told{Row: e.Row, Line: e.Line, Doc: e.Doc}
		if e.Reject != nil {
			one.Reject, one.Args = e.Reject.Code, e.Reject.Args
		}
		told.Entries = append(told.Entries, one)
	}
	got, err := json.MarshalIndent(told, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got)\n%s", golden, diff)
	}
}
