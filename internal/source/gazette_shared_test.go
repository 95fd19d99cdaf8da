package source_test

import (
	"maps"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onewindow/internal/record"
	"onewindow/internal/source"
)

// What the four real tables of 2019-07-09 hold, row by row.
var gazette = map[string]struct {
	rows  int64
	kinds map[string]int64
	flags map[string]int64
}{
	"2019-07-09_design_granted.csv": {5237, map[string]int64{"design S": 5237}, map[string]int64{
		"application_number.damaged": 4755, "postcode.glued": 5036, "separator.damaged": 969, "separator.trailing": 394}},
	"2019-07-09_invention_granted.csv": {4761, map[string]int64{"invention B": 4761}, map[string]int64{
		"application_number.damaged": 4334, "columns.swapped": 4761, "name.incomplete": 2,
		"postcode.glued": 3576, "separator.damaged": 2468, "separator.trailing": 3118}},
	"2019-07-09_invention_published.csv": {13537, map[string]int64{"invention A": 13527, "utility_model U": 10}, map[string]int64{
		"application_number.damaged": 11470, "kind.not_of_file": 10, "name.incomplete": 1,
		"postcode.glued": 11724, "separator.damaged": 6204, "separator.trailing": 9187}},
	"2019-07-09_utility_model_granted.csv": {16471, map[string]int64{"utility_model U": 16471}, map[string]int64{
		"application_number.damaged": 14911, "name.incomplete": 1,
		"postcode.glued": 16259, "separator.damaged": 8485, "separator.trailing": 8028}},
}

func TestTheWholeRealGazetteIsRead(t *testing.T) {
	files, err := source.Find(t.Context(), []string{sharedData(t, "cnipa-gazette-csv")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != len(gazette) {
		t.Fatalf("%d files, want %d", len(files), len(gazette))
	}
	numbers := map[string]int{}
	rows := 0
	for _, f := range files {
		want := gazette[filepath.Base(f.Path)]
		kinds := map[string]int64{}
		s, err := source.Read(t.Context(), f, source.Options{}, func(e source.Entry) error {
			if e.Reject != nil {
				t.Errorf("%s row %d: %v", f.Path, e.Row, e.Reject)
				return nil
			}
			rows++
			if e.Row != e.Ordinal || e.Line != e.Row+1 {
				t.Errorf("row %d has ordinal %d and line %d", e.Row, e.Ordinal, e.Line)
			}
			numbers[e.Doc.DocID()]++
			kinds[string(e.Doc.Kind)+" "+e.Doc.Code]++
			checkGazetteDocument(t, e)
			return nil
		})
		if err != nil || s.Documents != want.rows || s.Rejected != 0 {
			t.Errorf("%s: %+v, %v", f.Path, s, err)
		}
		if diff := cmp.Diff(want.kinds, kinds); diff != "" {
			t.Errorf("%s: kinds (-want +got)\n%s", f.Path, diff)
		}
		if diff := cmp.Diff(want.flags, s.Flags); diff != "" {
			t.Errorf("%s: flags (-want +got)\n%s", f.Path, diff)
		}
		if diff := cmp.Diff(map[string]int64{"cnipa-gazette-csv: item": want.rows}, s.Unread); diff != "" {
			t.Errorf("%s: unread (-want +got)\n%s", f.Path, diff)
		}
	}
	repeating, repeated := 0, 0
	for n := range maps.Values(numbers) {
		if n > 1 {
			repeating++
			repeated += n
		}
	}
	if rows != 40006 || len(numbers) != 36735 || repeating != 692 || repeated != 3963 {
		t.Errorf("%d rows, %d numbers, %d of them repeating in %d rows", rows, len(numbers), repeating, repeated)
	}
}

// checkGazetteDocument holds every real row to what any row must give.
func checkGazetteDocument(t *testing.T, e source.Entry) {
	t.Helper()
	d := e.Doc
	owner, inventor := d.Principal(), d.First(record.Inventor)
	switch {
	case len(d.Titles) != 1 || d.Published == 0 || d.Application.Filed == 0 || d.Application.Raw == "":
		t.Errorf("row %d lacks a title, a date or its application number as written", e.Row)
	case owner == nil || owner.Address == "" || inventor == nil:
		t.Errorf("row %d lacks an owner, an address or an inventor", e.Row)
	case (owner.Role == record.Applicant) != (d.Code == "A"):
		t.Errorf("row %d: the owner of a document of code %s is called %s", e.Row, d.Code, owner.Role)
	case len(d.Classes) == 0 || (d.Classes[0].Scheme == record.Locarno) != (d.Kind == record.Design) || d.Classes[0].Version == "":
		t.Errorf("row %d: classes %+v", e.Row, d.Classes)
	}
}
