package query

import (
	"strconv"
	"strings"
)

// String writes the query in canonical form: canonical field names, codes of
// choices, full days, lists written out. Parsing it by the same schema gives the
// same tree.
func (q *Query) String() string { return printer{q.schema}.write(q.Root) }

type printer struct{ schema *Schema }

func (p printer) write(n Node) string {
	switch n := n.(type) {
	case All:
		return "*"
	case Not:
		return "not " + p.besideOperator(n.Node)
	case Between:
		return writeBetween(n)
	}
	field, op, shared := p.lead(n)
	switch n := n.(type) {
	case And, Or, Near:
		if shared && field != "" {
			return field + op + "(" + writeValues(n) + ")"
		}
		if near, ok := n.(Near); ok {
			return writeNear(near)
		}
		return joinParts(n, p.write, p.besideOperator)
	}
	return field + op + writeValues(n)
}

// besideOperator writes n so that not or and can stand beside it.
func (p printer) besideOperator(n Node) string {
	switch n.(type) {
	case And, Or:
		if field, _, shared := p.lead(n); !shared || field == "" {
			return "(" + p.write(n) + ")"
		}
	}
	return p.write(n)
}

// joinParts writes the parts of an And or an Or with write, an Or inside an And
// with bracketed.
func joinParts(n Node, write, bracketed func(Node) string) string {
	var parts []string
	switch n := n.(type) {
	case And:
		for _, c := range n.Nodes {
			if _, or := c.(Or); or {
				parts = append(parts, bracketed(c))
			} else {
				parts = append(parts, write(c))
			}
		}
		return strings.Join(parts, " and ")
	case Or:
		for _, c := range n.Nodes {
			parts = append(parts, write(c))
		}
	}
	return strings.Join(parts, " or ")
}

// lead returns the field and the operator that every leaf of n has, and whether
// they have the same, so that n can be written as one field before its values.
func (p printer) lead(n Node) (field, op string, shared bool) {
	shared = true
	first := true
	Walk(n, func(n Node) bool {
		var f, o string
		switch n := n.(type) {
		case Term:
			f = n.Field
			if f != "" {
				o = "="
			}
		case Is:
			f, o = n.Field, p.operator(n)
		case All, Between:
			shared = false
		default:
			return shared
		}
		shared = shared && (first || f == field && o == op)
		field, op, first = f, o, false
		return shared
	})
	return field, op, shared
}

// operator returns == where = would take in what lies below n's value or, of a
// name, find its words; else =.
func (p printer) operator(n Is) string {
	if n.Match != Whole {
		return "="
	}
	switch p.schema.Field(n.Field).Type {
	case Name:
		return "=="
	case Class:
		if p.schema.Field(n.Field).holdsMore(n.Value) {
			return "=="
		}
	case Listed:
		if n.Choice.Narrower {
			return "=="
		}
	}
	return "="
}

// writeValues writes n without its field.
func writeValues(n Node) string {
	bracketed := func(n Node) string {
		switch n.(type) {
		case And, Or:
			return "(" + writeValues(n) + ")"
		}
		return writeValues(n)
	}
	switch n := n.(type) {
	case Not:
		return "not " + bracketed(n.Node)
	case Near:
		return writeNear(n)
	case Term:
		return writeText(n)
	case Is:
		if n.Match == Begins {
			return n.Value + "*"
		}
		return quote(n.Value)
	}
	return joinParts(n, writeValues, bracketed)
}

func writeNear(n Near) string {
	op := " near/" + strconv.Itoa(n.Distance)
	if n.Ordered {
		op += "/ordered"
	}
	return writeText(n.A) + op + " " + writeText(n.B)
}

func writeText(t Term) string {
	switch t.Form {
	case Phrase:
		return quoteAlways(t.Text)
	case Prefix:
		return t.Text + "*"
	}
	return t.Text
}

func writeBetween(n Between) string {
	switch {
	case n.From == n.To:
		return n.Field + "=" + n.From.String()
	case n.From == 0:
		return n.Field + "<=" + n.To.String()
	case n.To == 0:
		return n.Field + ">=" + n.From.String()
	}
	return n.Field + ` within "` + n.From.String() + " " + n.To.String() + `"`
}

// quote writes a value so that it is read as it stands, with quotes if need be.
func quote(value string) string {
	if plain(value) && !hasPattern(value) {
		return value
	}
	return quoteAlways(value)
}

func quoteAlways(value string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range value {
		if r == '\\' || fold(r) == '"' && !isCorner(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
