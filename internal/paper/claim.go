package paper

import (
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/decimal"
	"onewindow/internal/indicator"
)

// claim is a comparison that must hold for a title to be true.
type claim struct {
	text string
	a, b term
	op   string
}

// term is a figure or a number.
type term struct {
	ref    indicator.Ref
	number *decimal.Number
}

// claimOps are the comparisons, longer ones first.
var claimOps = []string{">=", "<=", "=", ">", "<"}

// readClaim reads a comparison: two figures or numbers with a sign between them.
func readClaim(s string) (claim, error) {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth > 0 {
			continue
		}
		j := slices.IndexFunc(claimOps, func(op string) bool { return strings.HasPrefix(s[i:], op) })
		if j < 0 {
			continue
		}
		c := claim{text: s, op: claimOps[j]}
		var err error
		if c.a, err = readTerm(s[:i]); err != nil {
			return c, err
		}
		c.b, err = readTerm(s[i+len(c.op):])
		return c, err
	}
	return claim{}, fmt.Errorf("%q compares nothing; write two figures or numbers with =, >, <, >= or <= between them", s)
}

func readTerm(s string) (term, error) {
	s = strings.TrimSpace(s)
	if n, _, err := decimal.Parse(s); err == nil {
		return term{number: &n}, nil
	}
	r, err := indicator.ParseRef(s)
	return term{ref: r}, err
}

// holds compares two numbers.
func (c *claim) holds(a, b decimal.Number) bool {
	sign := a.Cmp(b)
	switch c.op {
	case ">=":
		return sign >= 0
	case "<=":
		return sign <= 0
	case ">":
		return sign > 0
	case "<":
		return sign < 0
	}
	return sign == 0
}
