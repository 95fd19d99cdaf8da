package official

import (
	"slices"
	"testing"
)

// FuzzParseHead wants that a head that is taken says what a table is.
func FuzzParseHead(f *testing.F) {
	for _, s := range []string{
		"id: a\nnames: {en: T, zh: 表}\npublisher: P\nmeasure: granted\nfrom: 2019-01-01\nto: 2019-12-31\n",
		"id: b\nnames: {en: T}\npublisher: P\nmeasure: in_force\nas_of: 2019-12-31\nkind: invention\nnotes: n\n",
		"id: ../a\n", "id: [", "", "&a [*a]", "id: !!binary x\n", "from: 0000-00-00\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := ParseHead(b)
		if err != nil {
			return
		}
		if h.ID == "" || h.Publisher == "" || h.Name("en") == "" || h.Measure == "" || h.From > h.To && h.To != 0 {
			t.Errorf("%+v is taken", h)
		}
		if !slices.Contains(Measures, h.Measure) {
			t.Errorf("%q is measured", h.Measure)
		}
	})
}
