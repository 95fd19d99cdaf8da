package find

import (
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/register"
)

// undated are four and a right without a day of publication.
func undated(t *testing.T) []*record.Document {
	d := document(t, spec{pub: "CN199000005A", day: "2019-11-05", title: "无日期", holder: "样例甲公司", address: "江苏省无锡市样例路5号"})
	d.Published, d.Issued = 0, 0
	return append(four(t), d)
}

// TestEveryFacetLeadsToWhatItCounts follows the clause of every group of every
// dimension, in both units.
func TestEveryFacetLeadsToWhatItCounts(t *testing.T) {
	h := open(t)
	h.load(undated(t)...)
	for _, unit := range []Unit{Right, Publication} {
		var names []string
		for i := range dimensions {
			if dimensions[i].counts(unit) {
				names = append(names, dimensions[i].name)
			}
		}
		res, err := h.Search(t.Context(), Public(), Request{Unit: unit, Facets: names, Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		followed := map[string]int{}
		for _, f := range res.Facets {
			for _, v := range f.Values {
				if v.Clause == "" {
					continue
				}
				followed[f.Dimension]++
				found, err := h.Search(t.Context(), Public(), Request{Query: v.Clause, Unit: unit})
				if err != nil {
					t.Errorf("%s by %s: %q: %v", unit, f.Dimension, v.Clause, err)
				} else if found.Total != v.Count {
					t.Errorf("%s by %s: %q finds %d, the facet says %d", unit, f.Dimension, v.Clause, found.Total, v.Count)
				}
			}
		}
		if n := followed[byYear]; n < 2 {
			t.Errorf("%s: %d years lead anywhere", unit, n)
		}
	}
}

// TestEveryOrderIsThatOfAnExport holds lists of both units and exports to one order:
// what has no day stands last in each.
func TestEveryOrderIsThatOfAnExport(t *testing.T) {
	h := open(t)
	h.load(undated(t)...)
	for _, sort := range []string{ByDate, ByOldest} {
		listed, _ := h.titles(Request{Sort: sort})
		var all []string
		if err := h.Each(t.Context(), Public(), Request{Sort: sort}, nil, func(v *register.View) error {
			all = append(all, v.Title())
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(all, " | "); got != listed || !strings.HasSuffix(listed, "无日期") {
			t.Errorf("by %s a list gives\n%s\nan export\n%s", sort, listed, got)
		}
		if papers, _ := h.titles(Request{Sort: sort, Unit: Publication}); !strings.HasSuffix(papers, "CN199000005A") {
			t.Errorf("by %s publications come as %s", sort, papers)
		}
	}
}

// TestWhatIsDisputedIsFoundUnderEveryWording, of registers of every kind.
func TestWhatIsDisputedIsFoundUnderEveryWording(t *testing.T) {
	h := open(t)
	one := func(word, goods, class, author, area string) *record.Document {
		d := &record.Document{
			Office: "CN", Number: "9900001", Kind: record.Trademark,
			Mark: &record.Mark{Words: []record.Text{{Text: word}}}, Goods: []record.Goods{{Class: class, Texts: []record.Text{{Lang: "zh", Text: goods}}}},
			Parties: []record.Party{{Role: record.Author, Names: []record.Text{{Lang: "zh", Text: author}}}},
			Classes: []record.Class{{Scheme: record.CPC, Symbol: "H01M" + class}}, Facts: []record.Fact{{Name: record.FactArea, Text: area}},
		}
		return d
	}
	h.load(one("样例云", "茶叶", "30", "李样甲", "示范岭"), one("样例风", "服装", "25", "李样乙", "示范川"))
	for _, query := range []string{
		"样例云", "样例风", "gs=茶叶", "gs=服装", "nice=30", "nice=25", "in==李样甲", "in==李样乙", "cpc=H01M30", "cpc=H01M25", "示范岭", "示范川",
	} {
		if _, n := h.titles(Request{Query: query}); n != 1 {
			t.Errorf("%s finds %d", query, n)
		}
	}
}
