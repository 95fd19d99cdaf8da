package redbook2

import (
	"os"
	"testing"

	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
)

func TestInventedGrants(t *testing.T) {
	sourcetest.ReadsAs(t, GrantFormat(1), "testdata/grants.xml", "testdata/grants.json")
}

func TestInventedApplications(t *testing.T) {
	sourcetest.ReadsAs(t, ApplicationFormat(1), "testdata/applications.xml", "testdata/applications.json")
}

func TestTheLayoutsAreToldApart(t *testing.T) {
	for _, head := range []string{"", "<us-patent-grant>", "<PATDOCS>", "<patent-application-publications/>"} {
		if GrantFormat(1).Detect("x", []byte(head)) || ApplicationFormat(1).Detect("x", []byte(head)) {
			t.Errorf("%q is taken for a document", head)
		}
	}
	if GrantFormat(1).Detect("x", []byte("<patent-application-publication/>")) || ApplicationFormat(1).Detect("x", []byte("<PATDOC/>")) {
		t.Error("the layouts are taken for each other")
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/grants.xml", "testdata/applications.xml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []entry.Format{GrantFormat(1), ApplicationFormat(1)} {
			got, _, _ := sourcetest.Entries(format, data, entry.Limits{Record: 64 << 10, XMLDepth: 20, Attributes: 30})
			for i, e := range got {
				if (e.Doc == nil) == (e.Reject == nil) || e.Doc != nil && (e.Doc.Kind == "" || e.Doc.Number == "") {
					t.Fatalf("entry %d is %+v", i, e)
				}
			}
		}
	})
}
