package coverage_test

import (
	"testing"

	"onewindow/defs"
	"onewindow/internal/coverage"
	"onewindow/internal/region"
)

// FuzzParse wants that a declaration that is taken says the same when it is read
// again from what the register keeps.
func FuzzParse(f *testing.F) {
	pack, err := region.Load(defs.FS, "jiangsu")
	if err != nil {
		f.Fatal(err)
	}
	list := sources(f)
	for _, s := range []string{
		`{"happenings": ["grants"], "complete": true}`, `{"kinds": ["patent"], "offices": ["CN"], "happenings": ["filings", "grants"], "regions": ["320500"], "from": "2019-01-01", "to": "2019-12-31", "complete": true, "unread": 3}`,
		`{"happenings": ["sold"]}`, `{"from": "2020-01-01", "to": "2019-01-01", "happenings": ["grants"]}`, `{"kinds": ["trademark"]}`, `{"unread": -1, "happenings": ["grants"]}`,
		`{"surprise": 1}`, `{`, `[]`, `null`, `{"happenings": ["grants"]} {"more": 1}`,
	} {
		f.Add(s, "gazette")
		f.Add(s, "world")
	}
	f.Fuzz(func(t *testing.T, text, source string) {
		s := list.Get(source)
		if s == nil {
			return
		}
		c, err := coverage.Parse([]byte(text), s, pack)
		if err != nil {
			return
		}
		if len(c.Kinds) == 0 || len(c.Offices) == 0 || len(c.Happenings) == 0 {
			t.Errorf("%s covers nothing: %+v", text, c)
		}
		again, err := coverage.Parse([]byte(c.Text()), s, pack)
		if err != nil || again.Text() != c.Text() {
			t.Errorf("%s reads as %s, which reads as %s, %v", text, c.Text(), again.Text(), err)
		}
	})
}
