package sample

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/gazettecsv"
)

// fate is what became of an invention.
type fate uint8

const (
	kept        fate = iota // in force, nothing more is known of it
	part                    // in force: invalidated in part
	restored                // in force: lapsed and restored
	ended                   // in force at the end of the year, lapsed in the next
	lapsed                  // its annuity was not paid
	abandoned               // given up
	invalidated             // as a whole
	expired                 // its term has ended, as was announced
	silent                  // its term has ended, which nobody announced
	early                   // granted after the year
	away                    // held elsewhere
)

// beyond are inventions that do not count, beside those that do.
var beyond = []struct {
	fate
	n int
}{{lapsed, 2400}, {abandoned, 150}, {invalidated, 120}, {expired, 200}, {silent, 100}, {early, 2600}, {away, 200}}

// What of a thousand inventions in force became of them.
var within = []struct {
	fate
	thousandths int
}{{part, 1}, {restored, 1}, {ended, 4}}

// grantYears is over how many years before the edition's the grants of inventions in
// force are spread, and yearly how many of one year there are to one of the next.
const (
	grantYears = 16
	yearly     = 0.84
	older      = 5 // years before these, of which there are a few
)

// gazetteDays are the days of the week on which the gazette appears: Tuesday and Friday.
var gazetteDays = []int{2, 5}

// grant is an invention to be made.
type grant struct {
	cell uint16
	fate
}

// inventions returns the part of inventions: the gazette's tables of grants, one a year,
// and notices of what became of them; and the part of the annuities that were paid for
// those in force.
func (w *world) inventions(left map[Cell]int, granted int, varied func(func(*record.Document))) (inventions, annuities Part) {
	n := 0
	for _, k := range left {
		n += k
	}
	total := n
	for _, b := range beyond {
		total += b.n
	}
	f := &grants{world: w, cells: sorted(left), left: left, granted: granted, varied: varied}
	inventions = Part{Name: "inventions", Records: total + n*6/1000 + 3000, Write: func(dir string) ([]string, error) {
		years := f.begin()
		var paths []string
		for y := w.Year - grantYears - older; y <= w.Year+1; y++ {
			if len(years[y]) == 0 {
				continue
			}
			path := filepath.Join(dir, fmt.Sprintf("edition-%s-inventions-granted-%d.csv", w.region, y))
			if err := writeFile(path, func(out io.Writer) error { return f.write(out, y, years[y]) }); err != nil {
				return nil, err
			}
			paths = append(paths, path)
		}
		path := filepath.Join(dir, "edition-"+w.region+"-legal-status.csv")
		return append(paths, path), writeFile(path, f.writeNotices)
	}}
	annuities = Part{Name: "annuities", Records: n * 92 / 100, Write: func(dir string) ([]string, error) {
		path := filepath.Join(dir, "edition-"+w.region+"-annuities.csv")
		return []string{path}, writeFile(path, f.writeAnnuities)
	}}
	return inventions, annuities
}

// byYear deals all inventions out to the years of their grants.
func (g *grants) byYear() map[int][]grant {
	w, rng, cells, left, granted := g.world, g.rng, g.cells, g.left, g.granted
	var all []grant
	for i, c := range cells {
		for range left[c] {
			g := grant{cell: uint16(i)}
			k := rng.IntN(1000)
			for _, x := range within {
				if k -= x.thousandths; k < 0 {
					g.fate = x.fate
					break
				}
			}
			all = append(all, g)
		}
	}
	shuffle(rng, all)
	whole := all
	years := map[int][]grant{}
	granted = min(granted, len(all))
	years[w.Year], all = all[:granted:granted], all[granted:]
	share, sum := 1.0, 0.0
	for range grantYears {
		sum += share
		share *= yearly
	}
	share = 1.0
	rest := float64(len(all))
	for k := 1; k < grantYears; k++ {
		n := min(len(all), int(rest*share/sum))
		years[w.Year-k], all = slices.Clone(all[:n]), all[n:]
		share *= yearly
	}
	years[w.Year-grantYears] = slices.Clone(all)
	for _, b := range beyond {
		for range b.n {
			y := w.Year - 3 - rng.IntN(grantYears-3)
			switch b.fate {
			case expired, silent:
				y = w.Year - grantYears - 1 - rng.IntN(4)
			case early:
				y = w.Year + 1
			}
			years[y] = append(years[y], grant{whole[rng.IntN(len(whole))].cell, b.fate})
		}
	}
	for y := w.Year - grantYears - older; y <= w.Year+1; y++ { // in order, for the sake of chance
		shuffle(rng, years[y])
	}
	return years
}

// grants writes inventions and gathers the notices about them.
type grants struct {
	*world
	cells   []Cell
	left    map[Cell]int
	granted int
	varied  func(func(*record.Document)) // inventions in force that are made elsewhere
	rng     *rand.Rand
	after   *rand.Rand // decides what became of inventions
	serial  int
	notices [][]string
}

// begin starts again and deals all inventions out.
func (g *grants) begin() map[int][]grant {
	g.rng, g.after, g.serial, g.notices = g.draws(1), g.draws(3), 0, nil
	return g.byYear()
}

// write writes the gazette's table of the grants of a year.
func (g *grants) write(out io.Writer, year int, all []grant) error {
	t := gazettecsv.NewWriter(out, gazettecsv.Options{Encoding: charset.UTF8, BOM: true, Chinese: true})
	err := g.each(year, all, func(d *record.Document, f fate) error {
		g.became(d, f)
		return t.Write(d)
	})
	if err != nil {
		return err
	}
	return t.Flush()
}

// each makes the inventions that were granted in a year, by their days.
func (g *grants) each(year int, all []grant, fn func(*record.Document, fate) error) error {
	days := daysOf(year, gazetteDays...)
	if year > g.Year {
		days = days[:len(days)/2]
	}
	for i := range all {
		if err := fn(g.invention(days[i*len(days)/len(all)], all[i]), all[i].fate); err != nil {
			return err
		}
	}
	return nil
}

// invention makes an invention granted on a day.
func (g *grants) invention(on date.Date, x grant) *record.Document {
	g.serial++
	filed := on.AddDays(-400 - g.rng.IntN(650))
	if x.fate == expired || x.fate == silent { // a term of twenty years is over
		filed = min(filed, date.Of(g.Year-20, 6, 30).AddDays(-g.rng.IntN(150)))
	}
	body := fmt.Sprintf("%04d1%07d", filed.Year(), 9100000+g.serial)
	d := &record.Document{
		Office: "CN", Kind: record.Invention, Code: "B", Number: fmt.Sprintf("1%08d", 99100000+g.serial), Published: on, Issued: on,
		Application: record.Application{Number: body + "." + string(rune(record.CheckDigit(body))), Filed: filed},
	}
	d.Application.Raw = d.Application.Number
	line := g.Lines[weigh(g.rng, len(g.Lines), func(i int) int { return g.Lines[i].Weight })]
	d.Titles = zh("一种" + pick(g.rng, g.Features)[0] + line.Zh + pick(g.rng, g.Forms)[0])
	for i, symbol := range line.IPC[:1+g.rng.IntN(len(line.IPC))] {
		value := "I"
		if i > 1 {
			value = "N"
		}
		d.Classes = append(d.Classes, record.Class{Scheme: record.IPC, Symbol: symbol, Version: "2006.01", Value: value})
	}
	d.Parties = append(d.Parties, g.first(x))
	if g.rng.IntN(16) == 0 { // a second holder, of any city, does not count
		t := g.cities[pick(g.rng, g.codes)]
		d.Parties = append(d.Parties, g.holder(g.rng, t, t.all(nil), pick(g.rng, []string{enterprise, university, research})))
	}
	for range 1 + g.rng.IntN(3) {
		d.Parties = append(d.Parties, record.Party{Role: record.Inventor, Names: zh(g.person(g.rng))})
	}
	return d
}

// first makes the first-named holder.
func (g *grants) first(x grant) record.Party {
	c := g.cells[x.cell]
	switch {
	case x.fate == away:
		place := pick(g.rng, g.Elsewhere)
		name := Mark + g.firm(firms+g.rng.IntN(firms))
		return record.Party{Role: record.Holder, Names: zh(name), Country: "CN", Address: place + g.street(name, 0)}
	case c.Unit == g.Other: // of the region, and of no city that anything names
		name := Mark + g.firm(g.rng.IntN(firms))
		if c.Holder == individual {
			name = g.person(g.rng)
		}
		return record.Party{Role: record.Holder, Names: zh(name), Country: "CN", Address: g.cities[g.codes[0]].places[0].Province + g.street(name, 0)}
	}
	t := g.cities[c.Unit]
	return g.holder(g.rng, t, t.all(nil), c.Holder)
}

// became gathers the notices about an invention.
func (g *grants) became(d *record.Document, f fate) {
	end := date.Of(g.Year, 12, 31)
	notice := func(on date.Date, what, detail string) {
		g.notices = append(g.notices, []string{d.Application.Number, on.String(), what, detail})
	}
	before := func() date.Date { return g.issue(d.Published.AddDays(300), end) }
	switch f {
	case part:
		notice(before(), "专利权部分无效", "宣告专利权部分无效")
	case restored:
		if d.Published.AddDays(120) > end {
			return // no time is left for both
		}
		day := g.issue(d.Published.AddDays(30), end.AddDays(-60))
		notice(day, "未缴年费专利权终止", "")
		notice(g.issue(day.AddDays(10), end), "专利权的恢复", "")
	case ended:
		notice(g.issue(end.AddDays(10), end.AddDays(170)), "未缴年费专利权终止", "")
	case lapsed:
		notice(before(), "未缴年费专利权终止", "")
	case abandoned:
		notice(before(), "专利权的主动放弃", "")
	case invalidated:
		notice(before(), "专利权全部无效", "宣告专利权全部无效")
	case expired:
		notice(g.issue(d.Application.Filed.AddMonths(240).AddDays(20), d.Application.Filed.AddMonths(240).AddDays(90)), "专利权有效期届满", "")
	}
}

// Known is the day up to which the register of an edition tells what ended inventions.
func Known(year int) date.Date { return date.Of(year+1, 6, 30) }

// issue draws a day of the gazette between two days; the first of them where there is
// none.
func (g *grants) issue(from, to date.Date) date.Date {
	span := 0
	for d := from; d < to; d = d.AddMonths(1) {
		span += 30
	}
	day := from.AddDays(g.after.IntN(span + 1))
	for ; day <= to; day = day.AddDays(1) {
		if slices.Contains(gazetteDays, weekday(day)) {
			return day
		}
	}
	return from
}

func (g *grants) writeNotices(out io.Writer) error {
	slices.SortStableFunc(g.notices, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	t := newTable(out, "申请号", "法律状态公告日", "法律状态", "法律状态详情")
	for _, n := range g.notices {
		t.row(n...)
	}
	return t.flush()
}
