package find

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/sample"
)

// invented are the documents of n sample rights in Jiangsu.
func (h *house) invented(n int) []*record.Document {
	h.t.Helper()
	rights, err := sample.Rights(sample.Places(h.config.Pack), n, 9)
	if err != nil {
		h.t.Fatal(err)
	}
	var docs []*record.Document
	for r := range rights {
		docs = append(docs, r.Documents...)
	}
	return docs
}

var leaves = []string{
	"电池", "battery", "系统", "ti=模块化", "ab=传感器", "pa=大学", "in=甲", "region=苏州", "region=南京", "region=苏南",
	"kind=invention", "kind=design", "holder-type=university", "holder-type=enterprise", "field=6", "ipc=H01M", "ipc=G",
	"pd=2018", "pd within \"2017 2019\"", "fd=2017", "latest>=2019-06", "\"method for\"", "sensor*", "method near/4 controlling",
}

func randomQuery(rng *rand.Rand, depth int) string {
	if depth == 0 || rng.IntN(3) == 0 {
		return leaves[rng.IntN(len(leaves))]
	}
	a, b := randomQuery(rng, depth-1), randomQuery(rng, depth-1)
	switch rng.IntN(4) {
	case 0:
		return "(" + a + " or " + b + ")"
	case 1:
		return "not (" + a + ")"
	}
	return "(" + a + " and " + b + ")"
}

// TestTotalsFacetsCountsAndExportsAgree asks random questions in every way there
// is and expects the same rights each time.
func TestTotalsFacetsCountsAndExportsAgree(t *testing.T) {
	h := open(t)
	docs := h.invented(400)
	h.load(docs[:300]...)
	h.load(docs[300:]...)
	rng := rand.New(rand.NewPCG(5, 6))
	for range 150 {
		q := randomQuery(rng, 3)
		for _, unit := range []Unit{Right, Publication} {
			res, err := h.Search(t.Context(), Public(), Request{Query: q, Unit: unit, Limit: MaxHits, Facets: DefaultFacets, BareHits: true})
			if err != nil {
				t.Fatalf("%s: %v", q, err)
			}
			if int64(len(res.Hits)) != res.Total {
				t.Fatalf("%s: %d hits of %d", q, len(res.Hits), res.Total)
			}
			for _, f := range res.Facets {
				sum := int64(0)
				for _, v := range f.Values {
					sum += v.Count
				}
				if sum != res.Total {
					t.Errorf("%s: %s adds up to %d of %d %s", q, f.Dimension, sum, res.Total, unit)
				}
			}
			table, err := h.Count(t.Context(), Public(), CountRequest{Query: q, Unit: unit, By: []string{"region", "year", "field"}})
			if err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for _, row := range table.Rows {
				sum += row.Count
			}
			if sum != res.Total || table.Total != res.Total {
				t.Errorf("%s: the table adds up to %d, says %d, search %d %s", q, sum, table.Total, res.Total, unit)
			}
			if unit == Publication {
				continue
			}
			var hits, each []int64
			for _, hit := range res.Hits {
				hits = append(hits, hit.Right)
			}
			if err := h.Each(t.Context(), Public(), Request{Query: q}, nil, func(v *register.View) error {
				each = append(each, v.ID)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(hits, each) {
				t.Errorf("%s: an export gives %v, search %v", q, each, hits)
			}
			neither, err := h.Count(t.Context(), Public(), CountRequest{Query: "not (" + q + ")"})
			if err != nil {
				t.Fatal(err)
			}
			if all, _ := h.Count(t.Context(), Public(), CountRequest{}); neither.Total+res.Total != all.Total {
				t.Errorf("%s: %d and %d without it are not %d", q, res.Total, neither.Total, all.Total)
			}
		}
	}
}

// TestThePastIsWhatWasSeenThen compares what every state says today with what
// was counted when it was the last one.
func TestThePastIsWhatWasSeenThen(t *testing.T) {
	h := open(t)
	docs := h.invented(120)
	type seen struct {
		state int64
		table string
	}
	var then []seen
	look := func(at register.AsOf) string {
		t.Helper()
		table, err := h.Count(t.Context(), Public(), CountRequest{By: []string{"year", "kind", "region"}, AsOf: at})
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, row := range table.Rows {
			fmt.Fprintln(&b, row.Codes, row.Count)
		}
		return b.String()
	}
	note := func() { then = append(then, seen{h.register.State(), look(register.AsOf{})}) }
	var loads []int64
	for i := 0; i < len(docs); i += 40 {
		loads = append(loads, h.load(docs[i:min(i+40, len(docs))]...).ID)
		note()
	}
	if _, err := h.register.Undo(t.Context(), loads[1], "test"); err != nil {
		t.Fatal(err)
	}
	h.sync()
	note()
	for _, s := range then {
		if got := look(register.AsOf{Known: s.state}); got != s.table {
			t.Errorf("state %d now says\n%s\nand said then\n%s", s.state, got, s.table)
		}
	}
}
