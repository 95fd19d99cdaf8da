package api

import (
	"testing"

	"onewindow/internal/ierr"
)

func TestIdsAndNumbersAreToldApart(t *testing.T) {
	for name, want := range map[string]int64{
		"1": 1, " 4711 ": 4711, "999999": 999999, "id:1030001": 1030001, "ID: 7": 7, "id：8": 8, "id:9223372036854775807": 9223372036854775807,
		"1030001": 0, "0000001": 0, "CN1030001": 0, "201710601862.3": 0, "0": 0, "-1": 0, "": 0,
	} {
		id, named, err := idOf(name)
		if err != nil || named != (want != 0) || id != want {
			t.Errorf("%q is id %d (%v, %v), want %d", name, id, named, err, want)
		}
	}
	for _, name := range []string{"id:", "id:0", "id:-3", "id:CN1030001A", "id:9223372036854775808", "id:1 2"} {
		if _, named, err := idOf(name); !named || ierr.KindOf(err) != ierr.Invalid {
			t.Errorf("%q: %v, %v", name, named, err)
		}
	}
}
