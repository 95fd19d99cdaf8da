package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"onewindow/internal/decimal"
)

// Value is a number, or that there is none. The zero Value is absent: what was never
// set is not drawn as zero.
type Value struct {
	number decimal.Number
	is     bool
	why    string
}

// Number returns a value that is there.
func Number(n decimal.Number) Value { return Value{number: n, is: true} }

// Absent returns the lack of a value. why is what stands in its place, such as "not
// reported"; empty, the words of the locale do.
func Absent(why string) Value { return Value{why: why} }

// Get returns the number, and whether there is one.
func (v Value) Get() (decimal.Number, bool) { return v.number, v.is }

// Locale is how numbers and the few words of charts themselves are written.
type Locale struct {
	Lang    string                                        // BCP 47
	Number  func(n decimal.Number, places int) string     // a number with a number of decimal places
	Percent func(share decimal.Number, places int) string // a share of 1 as per cent
	Sample  string                                        // marks what rests on sample data
	Absent  string                                        // stands for a value that there is not
	Areas   func(n int) string                            // "3 areas"
	Borders string                                        // says that boundaries are for illustration
	NoMap   string                                        // says that there are no outlines for a region
	Apart   string                                        // parts statements, "; "
	List    func(items []string) string                   // "2019, 2020"
	Joined  func(label, value string) string              // "label: value"
}

// write returns what a value is printed as.
func (l Locale) write(v Value, places int) string {
	if v.is {
		return l.Number(v.number, places)
	}
	if v.why != "" {
		return v.why
	}
	return l.Absent
}

// descending returns the places of values from the greatest to the least, what is
// equal in the order given, and what is absent last.
func descending(n int, at func(int) Value) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		va, vb := at(a), at(b)
		switch {
		case va.is && vb.is:
			return vb.number.Cmp(va.number)
		case va.is == vb.is:
			return 0
		case va.is:
			return -1
		}
		return 1
	})
	return order
}

// scale maps numbers to a stretch of a scene.
type scale struct {
	low, high decimal.Number // low < high
	from, to  float64        // where they lie
}

// at returns where a number lies; numbers beyond the ends lie at the ends.
func (s scale) at(n decimal.Number) float64 {
	return s.from + (s.to-s.from)*ratio(n.Sub(s.low), s.high.Sub(s.low))
}

// ratio returns n/m between 0 and 1. m is positive.
func ratio(n, m decimal.Number) float64 {
	q, ok := n.Quo(m)
	if !ok || q.Sign() <= 0 {
		return 0
	}
	if q.Cmp(decimal.Of(1)) >= 0 {
		return 1
	}
	f, err := strconv.ParseFloat(q.Text(12), 64)
	if err != nil {
		return 0
	}
	return f
}

// span returns the least and the greatest of values and of zero.
func span(values []Value) (low, high decimal.Number) {
	for _, v := range values {
		if v.is && v.number.Cmp(low) < 0 {
			low = v.number
		}
		if v.is && v.number.Cmp(high) > 0 {
			high = v.number
		}
	}
	return low, high
}

// tick is a mark of a scale and what is written at it.
type tick struct {
	at   decimal.Number
	text string
}

// ticks returns about n round numbers that cover low to high, the first not above
// low, the last not below high. Where both are the same it returns those around it.
// They have so many decimal places at most: counts are not marked in halves.
func (l Locale) ticks(low, high decimal.Number, n, most int) []tick {
	if low.Cmp(high) >= 0 {
		high = low.Add(decimal.Of(1))
	}
	step, places := roundStep(high.Sub(low), n)
	if places > most {
		step, places = decimal.Half(most).Add(decimal.Half(most)), most
	}
	q, _ := low.Quo(step)
	at := q.Floor().Mul(step)
	var out []tick
	for {
		out = append(out, tick{at, l.Number(at, places)})
		if at.Cmp(high) >= 0 {
			return out
		}
		at = at.Add(step)
	}
}

// roundStep returns the least of 1, 2 and 5 times a power of ten of which n cover a
// positive width, and with how many decimal places it is written.
func roundStep(width decimal.Number, n int) (step decimal.Number, places int) {
	each, _ := width.Quo(decimal.Of(int64(max(n, 1))))
	ten, tenth := decimal.Of(10), decimal.Must("0.1")
	unit := decimal.Of(1)
	for unit.Cmp(each) > 0 {
		unit, places = unit.Mul(tenth), places+1
	}
	for unit.Mul(ten).Cmp(each) <= 0 {
		unit, places = unit.Mul(ten), max(places-1, 0)
	}
	for _, m := range []int64{1, 2, 5} {
		if step = unit.Mul(decimal.Of(m)); step.Cmp(each) >= 0 {
			return step, places
		}
	}
	return unit.Mul(ten), max(places-1, 0)
}

// limit returns n between low and high.
func limit(n, low, high float64) float64 { return math.Max(low, math.Min(n, high)) }

// widest returns the greatest of what f says of the items.
func widest[T any, N cmp.Ordered](items []T, f func(T) N) (most N) {
	for _, i := range items {
		most = max(most, f(i))
	}
	return most
}
