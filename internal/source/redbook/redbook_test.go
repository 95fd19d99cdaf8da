package redbook

import (
	"os"
	"testing"

	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func TestInventedDocuments(t *testing.T) {
	sourcetest.ReadsAs(t, Format(1), "testdata/invented.xml", "testdata/invented.json")
}

func TestAFileOfSequencesAlone(t *testing.T) {
	got, _, err := sourcetest.Entries(Format(1), []byte(`<sequence-cwu><number>1</number></sequence-cwu>`), entry.Limits{})
	reject, ok := err.(*entry.Reject)
	if len(got) != 0 || !ok || reject.Code != "uspto.sequences" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAnotherFileIsNotKnown(t *testing.T) {
	for _, head := range []string{"", "<us-patent-grants>", "a,b", "<PATDOC></PATDOC>"} {
		if Format(1).Detect("US1.xml", []byte(head)) {
			t.Errorf("%q is taken for a Red Book", head)
		}
	}
}

func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/invented.xml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`<us-patent-grant><us-bibliographic-data-grant><publication-reference><doc-number>D1</doc-number></publication-reference></us-bibliographic-data-grant></us-patent-grant>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, _, _ := sourcetest.Entries(Format(1), data, entry.Limits{Record: 64 << 10, XMLDepth: 20, Attributes: 30})
		for i, e := range got {
			if (e.Doc == nil) == (e.Reject == nil) || e.Doc != nil && (e.Doc.Kind == "" || e.Doc.Number == "") {
				t.Fatalf("entry %d is %+v", i, e)
			}
		}
	})
}
