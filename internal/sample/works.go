package sample

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"onewindow/internal/date"
)

// outside is how many works of another year are made beside those of one.
const outside = 300

// works returns the part of the works that were registered in a year, as a table of the
// registry, with a few of the year beside it.
func (w *world) works(year int) (Part, error) {
	y := &registry{world: w, year: year}
	for code, n := range w.Works[year] {
		city := w.cityOf(code)
		u := unit{code: code, n: n, town: w.cities[city]}
		switch {
		case u.town == nil:
			return Part{}, fmt.Errorf("sample: nobody lives in %s", code)
		case code == city:
			u.within = u.town.all(w.Beside)
		default:
			u.within = []int{slices.IndexFunc(u.town.places, func(p Place) bool { return p.Code == code })}
		}
		y.units = append(y.units, u)
		y.total += n
	}
	slices.SortFunc(y.units, func(a, b unit) int { return strings.Compare(a.code, b.code) })
	return Part{Name: fmt.Sprintf("works-%d", year), Records: y.total + outside, Write: func(dir string) ([]string, error) {
		path := filepath.Join(dir, fmt.Sprintf("edition-%s-works-%d.csv", w.region, year))
		return []string{path}, writeFile(path, y.write)
	}}, nil
}

// unit is a reporting unit: n works of some places of a town.
type unit struct {
	code   string
	n      int
	town   *town
	within []int
}

// registry writes the works of a year.
type registry struct {
	*world
	year, total int
	units       []unit
}

func (y *registry) write(out io.Writer) error {
	rng := y.draws(uint64(y.year))
	all := make([]uint16, 0, y.total+outside)
	for i, u := range y.units {
		for range u.n {
			all = append(all, uint16(i))
		}
	}
	shuffle(rng, all)
	other := y.Year + 1
	if y.year < y.Year {
		other = y.year - 1
	}
	t := newTable(out, "登记号", "作品名称", "作品类别", "作者", "著作权人", "地址", "创作完成日期", "登记日期")
	days := daysOf(y.year, workdays...)
	for i, u := range all {
		y.work(t, rng, &y.units[u], days[i*len(days)/len(all)], i+1)
	}
	days = daysOf(other, workdays...)
	for i := range outside {
		y.work(t, rng, &y.units[rng.IntN(len(y.units))], days[i*len(days)/outside], 900_001+i)
	}
	return t.flush()
}

// workdays are Monday to Friday.
var workdays = []int{1, 2, 3, 4, 5}

// work writes a work of a unit that was registered on a day.
func (y *registry) work(t *table, rng *rand.Rand, u *unit, on date.Date, serial int) {
	g := y.Genres[weigh(rng, len(y.Genres), func(i int) int { return y.Genres[i].Weight })]
	sort := enterprise
	if rng.IntN(5) < 2 {
		sort = individual
	}
	holder := y.holder(rng, u.town, u.within, sort)
	author := holder.Name()
	if sort == enterprise && rng.IntN(3) > 0 {
		author = y.person(rng)
	}
	t.row(
		fmt.Sprintf("国作登字-%04d-%s-%08d", on.Year(), g.Letter, 90_000_000+serial),
		fmt.Sprintf("%s（%s%d）", pick(rng, g.Titles), Mark, 1+rng.IntN(999)), g.Type, author, holder.Name(),
		holder.Postcode+holder.Address, on.AddDays(-20-rng.IntN(400)).String(), on.String(),
	)
}

// cityOf returns the code of the city that a unit is or lies in, "" for none.
func (w *world) cityOf(code string) string {
	for _, city := range w.codes {
		if city == code || slices.ContainsFunc(w.cities[city].places, func(p Place) bool { return p.Code == code }) {
			return city
		}
	}
	return ""
}
