// Package decimal holds exact numbers, as statistics need them: a figure is never
// a float. Sums, shares and growth are computed without loss; rounding happens
// once, at the end, and half away from zero (GB/T 8170, 3.2).
package decimal

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
)

// MaxDigits is how many characters the text of a number may have.
const MaxDigits = 40

// Number is an exact rational number. It is immutable; the zero Number is 0.
type Number struct{ r *big.Rat }

var zero = new(big.Rat)

func (n Number) rat() *big.Rat {
	if n.r == nil {
		return zero
	}
	return n.r
}

// Of returns a whole number.
func Of(n int64) Number { return Number{new(big.Rat).SetInt64(n)} }

// Parse reads a decimal number as people print it, 291,648 or -7.10, and tells
// how many decimal places it was written with. Commas group three digits.
func Parse(s string) (n Number, places int, err error) {
	bad := func() (Number, int, error) { return Number{}, 0, fmt.Errorf("%q is no decimal number", clip(s)) }
	if s == "" || len(s) > MaxDigits {
		return bad()
	}
	body := strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	if len(s)-len(body) > 1 {
		return bad()
	}
	whole, part, point := strings.Cut(body, ".")
	if point && !digits(part) {
		return bad()
	}
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if i == 0 && (len(g) == 0 || len(g) > 3) || i > 0 && len(g) != 3 {
				return bad()
			}
		}
		whole = strings.Join(groups, "")
	}
	if !digits(whole) {
		return bad()
	}
	text := whole
	if point {
		text += "." + part
	}
	if s[0] == '-' {
		text = "-" + text
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return bad()
	}
	return Number{r}, len(part), nil
}

func clip(s string) string { return s[:min(len(s), MaxDigits)] }

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// Must is Parse for texts that are known to be numbers. It panics on others.
func Must(s string) Number {
	n, _, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return n
}

// Add returns n + m.
func (n Number) Add(m Number) Number { return Number{new(big.Rat).Add(n.rat(), m.rat())} }

// Sub returns n - m.
func (n Number) Sub(m Number) Number { return Number{new(big.Rat).Sub(n.rat(), m.rat())} }

// Mul returns n × m.
func (n Number) Mul(m Number) Number { return Number{new(big.Rat).Mul(n.rat(), m.rat())} }

// Quo returns n / m; ok is false when m is zero.
func (n Number) Quo(m Number) (q Number, ok bool) {
	if m.Sign() == 0 {
		return Number{}, false
	}
	return Number{new(big.Rat).Quo(n.rat(), m.rat())}, true
}

// rootPlaces is to how many decimal places a root is computed.
const rootPlaces = 12

// Root returns the k-th root of n, ok false where n is below zero or k below 1. Where it
// has no more than twelve decimal places it is exact; else it lies within the twelfth
// place of the root and on the same side of every number of so many places, so that it
// rounds as the root does.
func (n Number) Root(k int) (root Number, ok bool) {
	if n.Sign() < 0 || k < 1 {
		return Number{}, false
	}
	exp := big.NewInt(int64(k))
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(rootPlaces), nil)
	// The greatest x with x^k ≤ n·scale^k, by halving the stretch that it lies in.
	top, below := new(big.Int).Mul(n.rat().Num(), new(big.Int).Exp(scale, exp, nil)), n.rat().Denom()
	fits := func(x *big.Int) int { return new(big.Int).Mul(new(big.Int).Exp(x, exp, nil), below).Cmp(top) }
	low, high := new(big.Int), new(big.Int).Set(scale)
	for fits(high) <= 0 {
		low.Set(high)
		high.Lsh(high, 1)
	}
	for one := big.NewInt(1); new(big.Int).Sub(high, low).Cmp(one) > 0; {
		mid := new(big.Int).Rsh(new(big.Int).Add(low, high), 1)
		if fits(mid) <= 0 {
			low = mid
		} else {
			high = mid
		}
	}
	x := Number{new(big.Rat).SetFrac(low, scale)}
	if fits(low) != 0 {
		x = x.Add(Half(rootPlaces))
	}
	return x, true
}

// Neg returns -n.
func (n Number) Neg() Number { return Number{new(big.Rat).Neg(n.rat())} }

// Sign returns -1, 0 or 1.
func (n Number) Sign() int { return n.rat().Sign() }

// Cmp returns -1, 0 or 1: how n compares to m.
func (n Number) Cmp(m Number) int { return n.rat().Cmp(m.rat()) }

// Equal tells whether n and m are the same number.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Whole tells whether n is a whole number.
func (n Number) Whole() bool { return n.rat().IsInt() }

// Floor returns the greatest whole number that is not above n.
func (n Number) Floor() Number {
	q, _ := new(big.Int).DivMod(n.rat().Num(), n.rat().Denom(), new(big.Int))
	return Number{new(big.Rat).SetInt(q)}
}

// Round returns n rounded to a number of decimal places, half away from zero.
func (n Number) Round(places int) Number {
	r, _ := new(big.Rat).SetString(n.Text(places))
	return Number{r}
}

// Text writes n with a number of decimal places, rounded half away from zero,
// without grouping.
func (n Number) Text(places int) string { return n.rat().FloatString(places) }

// Float returns the nearest floating-point number: for places in pictures, never for
// what is printed.
func (n Number) Float() float64 {
	f, _ := n.rat().Float64()
	return f
}

// String writes n exactly where it is a decimal number of at most twelve places,
// else rounded to these.
func (n Number) String() string {
	const most = 12
	s := n.Text(most)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Half returns half of one unit of the last of a number of decimal places: how
// far a number may lie from what it is rounded to.
func Half(places int) Number {
	d := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	return Number{new(big.Rat).SetFrac(big.NewInt(1), d.Mul(d, big.NewInt(2)))}
}

// MarshalJSON writes a number as a JSON number, exactly or to twelve places.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalJSON reads a JSON number or a text.
func (n *Number) UnmarshalJSON(b []byte) error {
	s := string(b)
	if len(b) > 0 && b[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	v, _, err := Parse(s)
	*n = v
	return err
}

// UnmarshalText reads the text of a number.
func (n *Number) UnmarshalText(b []byte) (err error) {
	*n, _, err = Parse(string(b))
	return err
}
