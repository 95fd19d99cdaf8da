package query

import "onewindow/internal/date"

// Node is a part of a query: All, And, Or, Not, Near, Term, Is or Between.
type Node interface{ node() }

// All is everything there is.
type All struct{}

// And asks for what all of its two or more nodes ask for; none of them is an And.
type And struct{ Nodes []Node }

// Or asks for what any of its two or more nodes asks for; none of them is an Or.
type Or struct{ Nodes []Node }

// Not asks for everything that its node does not.
type Not struct{ Node Node }

// Form says how the text of a Term is to be found.
type Form uint8

// The forms of a Term.
const (
	Word     Form = iota // one word as typed; a run of Han characters is one word
	Phrase               // words or characters in this order, side by side
	Prefix               // every word that begins with the text
	Wildcard             // every word that fits: * is any run of characters, ? exactly one
)

// Term asks for text in a field of type Text or Name.
type Term struct {
	Field string // the field's name; "" means any field of text
	Form  Form
	Text  string // as typed, case kept; of a Prefix without its *
}

// Near asks for two terms at most Distance apart in one field: counted in words
// from the last word of the one to the first word of the other, so that words side
// by side are one apart. A Han character counts as a word.
type Near struct {
	Field    string // as in Term, and in both terms
	A, B     Term
	Distance int  // 1 to MaxDistance
	Ordered  bool // A stands before B
}

// Match says how the value of an Is is compared.
type Match uint8

// The ways to match.
const (
	Whole  Match = iota // this value alone
	Below               // this value and all that lie below it
	Begins              // every value that begins with it
)

// Is asks for a value in a field of type Number, Class or Listed, or for a whole
// name in a field of type Name.
type Is struct {
	Field  string
	Match  Match
	Value  string // normalised; of a choice its code; of Begins without its *
	Choice Choice // for fields of type Listed alone
}

// Between asks for a day in a field of type Date, both ends included. A zero end
// is open; never are both.
type Between struct {
	Field    string
	From, To date.Date
}

func (All) node()     {}
func (And) node()     {}
func (Or) node()      {}
func (Not) node()     {}
func (Near) node()    {}
func (Term) node()    {}
func (Is) node()      {}
func (Between) node() {}

// Walk calls visit for n and then for every node below it, from left to right,
// skipping what lies below a node for which visit returns false. The terms of a
// Near are visited after it.
func Walk(n Node, visit func(Node) bool) {
	if !visit(n) {
		return
	}
	switch n := n.(type) {
	case And:
		for _, c := range n.Nodes {
			Walk(c, visit)
		}
	case Or:
		for _, c := range n.Nodes {
			Walk(c, visit)
		}
	case Not:
		Walk(n.Node, visit)
	case Near:
		Walk(n.A, visit)
		Walk(n.B, visit)
	}
}

// NeedsWords tells whether answering the query takes an index of words. A query
// without is one by field only: it can be decided by looking at a record.
func (q *Query) NeedsWords() bool {
	found := false
	Walk(q.Root, func(n Node) bool {
		if _, ok := n.(Term); ok {
			found = true
		}
		return !found
	})
	return found
}

// Fields returns the names of the fields that the query asks about, each once, in
// order of appearance; "" stands for any field of text.
func (q *Query) Fields() []string {
	var names []string
	seen := map[string]bool{}
	Walk(q.Root, func(n Node) bool {
		var name string
		switch n := n.(type) {
		case Term:
			name = n.Field
		case Is:
			name = n.Field
		case Between:
			name = n.Field
		default:
			return true
		}
		if !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
		return true
	})
	return names
}

// depth is the number of composed nodes inside one another.
func depth(n Node) int {
	switch n := n.(type) {
	case And:
		return 1 + deepest(n.Nodes)
	case Or:
		return 1 + deepest(n.Nodes)
	case Not:
		return 1 + depth(n.Node)
	case Near:
		return 1
	}
	return 0
}

func deepest(nodes []Node) int {
	d := 0
	for _, n := range nodes {
		d = max(d, depth(n))
	}
	return d
}

// join makes an And or, with or set, an Or of nodes, without nesting like in like.
func join(nodes []Node, or bool) Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	flat := make([]Node, 0, len(nodes))
	for _, n := range nodes {
		switch inner := n.(type) {
		case And:
			if !or {
				flat = append(flat, inner.Nodes...)
				continue
			}
		case Or:
			if or {
				flat = append(flat, inner.Nodes...)
				continue
			}
		}
		flat = append(flat, n)
	}
	if or {
		return Or{flat}
	}
	return And{flat}
}
