package sample

import (
	"fmt"
	"math/rand/v2"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// firms is how many firms a city has at most.
const firms = 800

// holder invents a holder of a type in a city, in one of some of its places by their
// index. The same body has the same name and place wherever it is drawn, and some are
// drawn far more often than others.
func (w *world) holder(rng *rand.Rand, t *town, within []int, sort string) record.Party {
	at := pick(rng, within)
	p := t.places[at]
	several := func(names []string) string { // each body has one seat
		return names[(at+len(t.places)*rng.IntN(len(names)))%len(names)]
	}
	var name string
	number := 0
	switch sort {
	case enterprise:
		u := rng.Float64()
		k := at + len(t.places)*int(u*u*float64(firms/len(t.places)))
		name, number = t.name+Mark+w.firm(k), k
	case university:
		name = t.name + Mark + several(w.Universities)
	case research:
		name = t.name + Mark + several(w.Academies)
	case government:
		name = p.City + p.County + Mark + pick(rng, w.Offices)
	default:
		name = w.person(rng)
	}
	return record.Party{
		Role: record.Holder, Names: zh(name), Country: "CN", Postcode: p.Postcode,
		Address: p.Province + p.City + p.County + w.street(name, number),
	}
}

// firm returns the distinctive part of a firm's name.
func (w *world) firm(k int) string {
	return w.Makers[k%len(w.Makers)] + w.Ventures[k/len(w.Makers)%len(w.Ventures)] + "有限公司"
}

func (w *world) person(rng *rand.Rand) string {
	return pick(rng, w.Surnames) + "样" + pick(rng, w.Given)
}

// street returns the street and number of a body, always the same.
func (w *world) street(name string, n int) string {
	for _, r := range name {
		n = (n*31 + int(r)) % 100_003
	}
	return w.Streets[n%len(w.Streets)] + fmt.Sprint(1+n%299) + "号"
}

// all returns the indexes of a city's places that lie in none of some counties.
func (t *town) all(but []string) []int {
	var out []int
next:
	for i, p := range t.places {
		for _, code := range but {
			if p.Code == code {
				continue next
			}
		}
		out = append(out, i)
	}
	return out
}

// weigh draws an index below n by weights.
func weigh(rng *rand.Rand, n int, weight func(int) int) int {
	total := 0
	for i := range n {
		total += weight(i)
	}
	k := rng.IntN(total)
	for i := range n {
		if k -= weight(i); k < 0 {
			return i
		}
	}
	return 0
}

// weekday returns the day of the week, 0 for Sunday.
func weekday(d date.Date) int { return int(d.Time(time.UTC).Weekday()) }
