package register

import (
	"slices"
	"testing"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// TestACorrectedDayOfFilingStandsInItsPlaceOfTheTimeline, whether the sources had an
// unlikely one or none at all.
func TestACorrectedDayOfFilingStandsInItsPlaceOfTheTimeline(t *testing.T) {
	for _, printed := range []date.Date{0, date.Of(2091, 5, 4)} {
		v := Merge(1, []Statement{{ID: 1, File: &File{}, Doc: &record.Document{
			Office: "CN", Number: "199000001", Code: "A", Kind: record.Invention, Published: date.Of(2020, 3, 10),
			Application: record.Application{Number: "201910000001.X", Filed: printed},
		}}}, 0)
		v.correct("filed", "2019-05-04")
		var got []string
		for _, e := range v.Events {
			got = append(got, e.Code+" "+e.Date.String())
		}
		if want := []string{"filed 2019-05-04", "published 2020-03-10"}; !slices.Equal(got, want) {
			t.Errorf("printed %s: the timeline is %q", printed, got)
		}
	}
}
