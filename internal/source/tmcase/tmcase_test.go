package tmcase

import (
	"os"
	"testing"

	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func TestInventedEntries(t *testing.T) {
	sourcetest.ReadsAs(t, Format(1), "testdata/invented.xml", "testdata/invented.json")
}

// A slice of a file without its head is dated by the last change of the entry.
func TestASliceWithoutItsHead(t *testing.T) {
	data := `<case-file><serial-number>79999901</serial-number><transaction-date>20200106</transaction-date></case-file>`
	if !Format(1).Detect("x", []byte(data)) {
		t.Error("a slice is not known")
	}
	got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
	if err != nil || len(got) != 1 || got[0].Doc == nil || got[0].Doc.Issued != 20200106 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestFilesWithoutEntries(t *testing.T) {
	for _, data := range []string{
		`<trademark-applications-daily><application-information><data-available-code>N</data-available-code></application-information></trademark-applications-daily>`,
		`<trademark-applications-daily><creation-datetime><x></creation-datetime></trademark-applications-daily>`,
	} {
		got, _, err := sourcetest.Entries(Format(1), []byte(data), entry.Limits{})
		reject, ok := err.(*entry.Reject)
		if len(got) != 0 || !ok || reject.Code != "xml.no_record" {
			t.Errorf("%+v, %v", got, err)
		}
	}
	if Format(1).Detect("x", []byte("<case-files/>")) {
		t.Error("another file is taken for trademarks")
	}
}

func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/invented.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 64 << 10, XMLDepth: 20, Attributes: 30})
		for i, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) || e.Row != int64(i+1) || e.Doc != nil && e.Doc.Application.Number == "" {
				t.Fatalf("entry %d is %+v", i, e)
			}
		}
	})
}
