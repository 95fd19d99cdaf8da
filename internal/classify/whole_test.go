package classify

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/region"
)

// TestGazette classifies all rows of a real issue and prints, with -v, how many
// lie where. Every row of it names a place, and nearly every name is told.
func TestGazette(t *testing.T) {
	docs := gazette(t)
	for _, id := range []string{"jiangsu", "zhejiang"} {
		c := load(t, id)
		pack := c.places.pack
		where, who, rules := map[string]int{}, map[string]int{}, map[string]int{}
		doubtful, noField := 0, 0
		for _, d := range docs {
			res := c.Document(d)
			code := c.cityOr(res.Region.Code)
			where[code]++
			who[res.HolderType.Code]++
			rules[res.Region.Rule]++
			rules[res.HolderType.Rule]++
			if res.Region.Confidence < 0.8 {
				doubtful++
			}
			if (res.Field.Code == "") != (d.Code == "S") {
				noField++
			}
			if _, ok := pack.Index(res.Region.Code); !ok {
				t.Fatalf("%s: %q is no code of the pack", d.DocID(), res.Region.Code)
			}
		}
		if where[region.Unknown] > 0 || noField > 0 {
			t.Errorf("%s: %d rows without a place, %d with a field missing or too many; want none", id, where[region.Unknown], noField)
		}
		if n := who[Unclassified]; n > len(docs)/1000 {
			t.Errorf("%s: %d of %d holders unclassified, want at most 1 in 1000", id, n, len(docs))
		}
		if len(pack.Children(pack.Code())) > 0 && where[region.Elsewhere] == len(docs) {
			t.Errorf("%s: no row lies in the province", id)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s: %d rows, %d of them doubtful (confidence below 0.8)\n", id, len(docs), doubtful)
		for _, table := range []map[string]int{where, who, rules} {
			for _, k := range slices.Sorted(maps.Keys(table)) {
				fmt.Fprintf(&b, "  %-32s %6d  %s\n", k, table[k], strings.TrimPrefix(pack.Name(k, "en"), k))
			}
		}
		t.Log("\n" + b.String())
	}
}
