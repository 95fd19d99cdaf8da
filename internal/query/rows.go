package query

import "strings"

// Row is a line of a form that asks for one thing.
type Row struct {
	Join  string // JoinAnd, JoinOr or JoinNot; of the first row only JoinNot counts
	Field string // canonical name, "" for any field of text
	Match string // see the Match constants; "" is MatchAll
	Value string // of a date the first day; with an open end ""
	To    string // of a date the last day
}

// How a row stands to those before it. An or joins the row before it, whatever
// that one is joined by; and and not begin something new.
const (
	JoinAnd = "and"
	JoinOr  = "or"
	JoinNot = "not"
)

// How a row's value is asked for.
const (
	MatchAll    = "all"    // text: all words; else the value and what lies below it
	MatchAny    = "any"    // text: any of the words
	MatchPhrase = "phrase" // text: the words in this order
	MatchExact  = "exact"  // a whole name, a class or region without what lies below it
)

// empty tells whether nothing was typed into the row.
func (r *Row) empty() bool {
	return strings.TrimSpace(r.Value) == "" && (strings.TrimSpace(r.To) == "")
}

// Compose writes the query that rows ask for, "" where all are empty. It is text
// that a person could have typed: parsing it tells what is wrong with a value.
func (s *Schema) Compose(rows []Row) string {
	var groups []string
	var leaves []string
	not := false
	end := func() {
		if len(leaves) == 0 {
			return
		}
		text := strings.Join(leaves, " or ")
		if len(leaves) > 1 {
			text = "(" + text + ")"
		}
		if not {
			text = "not " + text
		}
		groups, leaves = append(groups, text), nil
	}
	for i := range rows {
		r := &rows[i]
		if r.empty() {
			continue
		}
		if r.Join != JoinOr || len(leaves) == 0 {
			end()
			not = r.Join == JoinNot
		}
		leaves = append(leaves, s.leaf(r))
	}
	end()
	if len(groups) == 1 && len(groups[0]) > 2 && groups[0][0] == '(' {
		return groups[0][1 : len(groups[0])-1]
	}
	return strings.Join(groups, " and ")
}

// leaf writes what one row asks for.
func (s *Schema) leaf(r *Row) string {
	value := strings.TrimSpace(r.Value)
	f := s.Field(r.Field)
	if f == nil {
		return words("", value, r.Match)
	}
	switch f.Type {
	case Date:
		return dayRange(f.Name, value, strings.TrimSpace(r.To))
	case Text, Name:
		if r.Match == MatchExact && f.Type == Name {
			return f.Name + "==" + quoteAlways(value)
		}
		return words(f.Name+"=", value, r.Match)
	}
	op := "="
	if r.Match == MatchExact {
		op = "=="
	}
	if stem, ok := strings.CutSuffix(value, "*"); ok && plain(stem) && op == "=" && f.Type != Listed {
		return f.Name + op + stem + "*"
	}
	return f.Name + op + quote(value)
}

// words asks for words behind lead, which is a field and its operator.
func words(lead, value, match string) string {
	if match == MatchPhrase {
		return lead + quoteAlways(value)
	}
	var all []string
	for _, w := range strings.Fields(value) {
		if !plain(w) {
			w = quoteAlways(w)
		}
		all = append(all, w)
	}
	if len(all) == 1 {
		return lead + all[0]
	}
	between := " and "
	if match == MatchAny {
		between = " or "
	}
	return lead + "(" + strings.Join(all, between) + ")"
}

// dayRange asks for days between two, either of which may be open.
func dayRange(field, from, to string) string {
	switch {
	case to == "":
		return field + ">=" + quote(from)
	case from == "":
		return field + "<=" + quote(to)
	}
	return field + " within " + quoteAlways(from+" "+to)
}

// Rows takes the query apart into rows that Compose makes the same query of. It
// returns false for one that is no list of alternatives, each asked for or
// excluded.
func (q *Query) Rows() ([]Row, bool) {
	var parts []Node
	switch n := q.Root.(type) {
	case All:
		return nil, true
	case And:
		parts = n.Nodes
	default:
		parts = []Node{n}
	}
	var rows []Row
	for _, part := range parts {
		join := JoinAnd
		if n, ok := part.(Not); ok {
			join, part = JoinNot, n.Node
		}
		leaves := []Node{part}
		if n, ok := part.(Or); ok {
			leaves = n.Nodes
		}
		for _, leaf := range leaves {
			r, ok := q.schema.rowOf(leaf)
			if !ok {
				return nil, false
			}
			r.Join, join = join, JoinOr
			rows = append(rows, r)
		}
	}
	return rows, true
}

// rowOf writes a leaf as a row.
func (s *Schema) rowOf(n Node) (Row, bool) {
	switch n := n.(type) {
	case Term:
		if n.Form == Phrase {
			return Row{Field: n.Field, Match: MatchPhrase, Value: n.Text}, true
		}
		return Row{Field: n.Field, Match: MatchAll, Value: writeText(n)}, true
	case Is:
		r := Row{Field: n.Field, Match: MatchAll, Value: n.Value}
		if n.Match == Begins {
			r.Value += "*"
		}
		if (printer{s}).operator(n) == "==" {
			r.Match = MatchExact
		}
		return r, true
	case Between:
		return Row{Field: n.Field, Match: MatchAll, Value: n.From.String(), To: n.To.String()}, true
	}
	return Row{}, false
}
