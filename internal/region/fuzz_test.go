package region

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzReadTable wants rows as wide as the head, and faults that name the file.
func FuzzReadTable(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "# of\na,b\n\"1\n1\",2\n", "a,b\n1\n", "a\n", "", "a,b\n\"1", "\xef\xbb\xbfa,b\n1,2\n", "a,b\nx,x\n"} {
		f.Add([]byte(s))
	}
	heads := []string{"a", "b"}
	f.Fuzz(func(t *testing.T, b []byte) {
		refused := errors.New("refused")
		err := ReadTable(fstest.MapFS{"t.csv": {Data: b}}, "t.csv", heads, func(row []string) error {
			if len(row) != len(heads) || slices.Equal(row, []string{"x", "x"}) {
				return refused
			}
			return nil
		})
		if err != nil && !strings.HasPrefix(err.Error(), "t.csv:") {
			t.Errorf("a fault without its place: %v", err)
		}
	})
}
