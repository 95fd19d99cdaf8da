package classify

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"onewindow/internal/record"
	"onewindow/internal/region"
)

// label is what a reader gave one publication.
type label struct{ id, region, holder, split, stratum string }

func labels(t *testing.T) []label {
	t.Helper()
	f, err := os.Open("testdata/labels.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []label
	for _, r := range rows[1:] {
		all = append(all, label{r[0], r[1], r[2], r[3], r[4]})
	}
	return all
}

// wilson returns the 95 % interval of a share of k in n.
func wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z * math.Sqrt(p*(1-p)/m+z*z/(4*m*m)) / (1 + z*z/m)
	return math.Max(0, mid-half), math.Min(1, mid+half)
}

func share(k, n int) string {
	if n == 0 {
		return "   –   of   0"
	}
	low, high := wilson(k, n)
	return fmt.Sprintf("%6.2f %% of %3d [%5.1f–%5.1f]", 100*float64(k)/float64(n), n, 100*low, 100*high)
}

// counts are the hits and misses of one class.
type counts struct{ right, answered, labelled int }

// add enters one answer for one label into the table of classes.
func add(table map[string]*counts, want, got string) {
	at := func(class string) *counts {
		if table[class] == nil {
			table[class] = &counts{}
		}
		return table[class]
	}
	at(want).labelled++
	at(got).answered++
	if want == got {
		at(want).right++
	}
}

// TestLabels measures the classifier on rows read by hand and holds it to
// floors. With -v it prints precision and recall with 95 % Wilson intervals.
func TestLabels(t *testing.T) {
	docs := map[string]*record.Document{}
	for _, d := range gazette(t) {
		if docs[d.DocID()] == nil {
			docs[d.DocID()] = d
		}
	}
	c := load(t, "jiangsu")
	all := labels(t)
	for _, split := range []string{"dev", "test"} {
		m := measure(t, c, docs, all, split)
		m.print(t, split)
		if m.cityWrong > 0 {
			t.Errorf("%s: %d rows in the wrong city, want none", split, m.cityWrong)
		}
		if 100*m.holderWrong > m.rows {
			t.Errorf("%s: holder type wrong in %d of %d rows, want at most 1 in 100", split, m.holderWrong, m.rows)
		}
		if 100*m.countyWrong > m.rows {
			t.Errorf("%s: county wrong in %d of %d rows, want at most 1 in 100", split, m.countyWrong, m.rows)
		}
		if 20*m.countyCoarse > m.inside {
			t.Errorf("%s: county missed in %d of %d rows of the province, want at most 1 in 20", split, m.countyCoarse, m.inside)
		}
	}
}

// measured is the result on one split.
type measured struct {
	rows, inside                                       int
	cityWrong, holderWrong                             int
	countyRight, countyWrong, countyFine, countyCoarse int    // among rows of the province whose city is right
	below                                              counts // answers and labels finer than the city
	city, holder                                       map[string]*counts
	faults                                             []string
}

func measure(t *testing.T, c *Classifier, docs map[string]*record.Document, all []label, split string) *measured {
	m := &measured{city: map[string]*counts{}, holder: map[string]*counts{}}
	for _, l := range all {
		if l.split != split {
			continue
		}
		d := docs[l.id]
		if d == nil {
			t.Fatalf("%s is not in the gazette", l.id)
		}
		m.rows++
		res := c.Document(d)
		want, got := c.comparable(l.region), c.comparable(res.Region.Code)
		add(m.city, c.cityOr(want), c.cityOr(got))
		add(m.holder, l.holder, res.HolderType.Code)
		if l.holder != res.HolderType.Code {
			m.holderWrong++
			m.fault(split, l, res.HolderType)
		}
		if c.cityOr(want) != c.cityOr(got) {
			m.cityWrong++
			m.fault(split, l, res.Region)
			continue
		}
		if want != region.Elsewhere {
			m.inside++
			m.county(c, split, l, want, got, res.Region)
		}
	}
	return m
}

// county compares below the city. A zone that is run as one with a district
// makes an answer finer than the label without contradicting it.
func (m *measured) county(c *Classifier, split string, l label, want, got string, e Evidence) {
	pack := c.places.pack
	wantCity, gotCity := pack.City(want) == want, pack.City(got) == got
	if !wantCity {
		m.below.labelled++
	}
	if !gotCity {
		m.below.answered++
		if want == got {
			m.below.right++
		}
	}
	switch {
	case want == got:
		m.countyRight++
		return
	case wantCity:
		m.countyFine++
	case gotCity:
		m.countyCoarse++
	default:
		m.countyWrong++
	}
	m.fault(split, l, e)
}

// fault notes a difference, without the name or the address.
func (m *measured) fault(split string, l label, e Evidence) {
	if split == "dev" {
		m.faults = append(m.faults, fmt.Sprintf("%s: label %s %s, answer %s by %s", l.id, l.region, l.holder, e.Code, e.Rule))
	}
}

// comparable brings a code to what labels hold: units of the day of the issue,
// and no zones, which GB/T 2260 has not.
func (c *Classifier) comparable(code string) string {
	code = c.places.pack.Current(code, issueDay)
	if u := c.places.pack.Unit(code); u != nil && u.Kind == region.Zone {
		return u.Parent
	}
	return code
}

// cityOr returns the city of a code, or the code where it lies in none.
func (c *Classifier) cityOr(code string) string {
	if city := c.places.pack.City(code); city != "" {
		return city
	}
	return code
}

func (m *measured) print(t *testing.T, split string) {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d rows\n", split, m.rows)
	fmt.Fprintf(&b, "  city or elsewhere right   %s\n", share(m.rows-m.cityWrong, m.rows))
	fmt.Fprintf(&b, "  county right              %s\n", share(m.countyRight, m.inside))
	fmt.Fprintf(&b, "    finer than the label %d, coarser %d, another %d\n", m.countyFine, m.countyCoarse, m.countyWrong)
	fmt.Fprintf(&b, "  %-24s precision %s   recall %s\n", "county", share(m.below.right, m.below.answered), share(m.below.right, m.below.labelled))
	fmt.Fprintf(&b, "  holder type right         %s\n", share(m.rows-m.holderWrong, m.rows))
	print := func(class string, n *counts) {
		if n != nil {
			fmt.Fprintf(&b, "  %-24s precision %s   recall %s\n", class, share(n.right, n.answered), share(n.right, n.labelled))
		}
	}
	for _, class := range HolderTypes {
		print(class, m.holder[class])
	}
	for _, u := range load(t, "jiangsu").places.pack.Children("320000") {
		print(u, m.city[u])
	}
	print(region.Elsewhere, m.city[region.Elsewhere])
	for _, f := range m.faults {
		fmt.Fprintf(&b, "  %s\n", f)
	}
	t.Log("\n" + b.String())
}
