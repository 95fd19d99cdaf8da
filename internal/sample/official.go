package sample

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/region"
)

// kindHeads are the heads of the columns of an official table.
var kindHeads = map[record.Kind]string{record.Invention: "发明", record.UtilityModel: "实用新型", record.Design: "外观设计"}

// Official writes an invented official table of n invented rights: grants of one year by
// city and kind of patent, as an office would publish them that counts a right for every holder's
// city, and that has a few more and a few less for reasons of its own. It returns the
// table as CSV and what it says of itself.
func Official(pack *region.Pack, kinds []record.Kind, n int, seed uint64, year int) (table, about []byte, err error) {
	rights, err := Rights(Places(pack), n, seed)
	if err != nil {
		return nil, nil, err
	}
	var cities []*region.Unit
	for _, u := range pack.Units() {
		if u.Kind == region.City && u.Valid(0) {
			cities = append(cities, u)
		}
	}
	counts := map[string]map[record.Kind]int{}
	for r := range rights {
		d := r.Documents[len(r.Documents)-1]
		if d.Code == "A" || d.Published.Year() != year || !slices.Contains(kinds, d.Kind) {
			continue
		}
		seen := map[string]bool{}
		for _, p := range d.Parties {
			for _, city := range cities {
				if p.Role == record.Holder && strings.HasPrefix(p.Address, pack.Title("zh")+city.Names["zh"]) && !seen[city.Code] {
					seen[city.Code] = true
					if counts[city.Code] == nil {
						counts[city.Code] = map[record.Kind]int{}
					}
					counts[city.Code][d.Kind]++
				}
			}
		}
	}
	rng := rand.New(rand.NewPCG(seed, 17))
	for range 5 {
		if c := counts[pick(rng, cities).Code]; c != nil {
			k := pick(rng, kinds)
			c[k] = max(0, c[k]+rng.IntN(5)-2)
		}
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%d年%s授权情况（%s，虚构）\n地区", pack.Title("zh"), year, "专利", Mark)
	for _, k := range kinds {
		fmt.Fprint(&b, ",", kindHeads[k])
	}
	every := len(kinds) == len(kindHeads) // else a sum would not be that of all patents
	if every {
		fmt.Fprint(&b, ",合计")
	}
	fmt.Fprintln(&b)
	total := map[record.Kind]int{}
	row := func(name string, c map[record.Kind]int) {
		fmt.Fprint(&b, name)
		sum := 0
		for _, k := range kinds {
			fmt.Fprintf(&b, ",%d", c[k])
			sum += c[k]
		}
		if every {
			fmt.Fprintf(&b, ",%d", sum)
		}
		fmt.Fprintln(&b)
	}
	for _, city := range cities {
		for _, k := range kinds {
			total[k] += counts[city.Code][k]
		}
		row(city.Names["zh"], counts[city.Code])
	}
	row("合计", total)
	about = fmt.Appendf(nil, `id: sample-grants-%[1]d
names: {en: "Patents granted in %[1]d by city and kind (invented)", zh: "%[1]d年各市专利授权量（%[2]s，虚构）"}
publisher: "%[2]s专利局 Sample Patent Office (invented)"
measure: granted
from: %[1]d-01-01
to: %[1]d-12-31
as_of: %[3]d-02-15
source: "%[2]s年报 Sample yearbook %[3]d (invented)"
unit: 件
notes: "Invented, to show how a table is laid beside the own count. 虚构数据，仅供演示。"
sample: true
`, year, Mark, year+1)
	return b.Bytes(), about, nil
}
