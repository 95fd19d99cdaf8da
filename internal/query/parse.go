package query

import (
	"slices"
	"strings"
)

// parser reads tokens by the grammar of doc/query.md: near binds closest, then
// not, then and (also unwritten), then or.
type parser struct {
	schema *Schema
	tokens []token
	at     int
	depth  int
	terms  int
	notes  []Note

	field *Field // the field whose brackets are open, nil outside
	op    string // the operator before those brackets
}

func (p *parser) peek() token { return p.tokens[p.at] }

// ahead returns the token n places on, the end beyond the last.
func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

func (p *parser) query() (Node, *Error) {
	if p.peek().kind == end {
		return All{}, nil
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != end {
		return nil, fail("query.bracket_close", t.pos, t.end, nil)
	}
	return n, nil
}

func (p *parser) or() (Node, *Error) {
	var nodes []Node
	for {
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		if p.peek().keyword() != "or" {
			return join(nodes, true), nil
		}
		p.next()
	}
}

func (p *parser) and() (Node, *Error) {
	var nodes []Node
	for {
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		switch t := p.peek(); {
		case t.keyword() == "and":
			p.next()
		case t.kind == end || t.kind == closing || t.keyword() == "or":
			return join(nodes, false), nil
		}
	}
}

// enter goes one level deeper; the caller leaves by lessening p.depth.
func (p *parser) enter(t token) *Error {
	if p.depth++; p.depth > MaxDepth {
		return fail("query.deep", t.pos, t.end, args{"limit": MaxDepth})
	}
	return nil
}

func (p *parser) not() (Node, *Error) {
	t := p.peek()
	if t.keyword() != "not" {
		return p.near()
	}
	p.next()
	if err := p.enter(t); err != nil {
		return nil, err
	}
	n, err := p.not()
	p.depth--
	if err != nil {
		return nil, err
	}
	return Not{n}, nil
}

// near reads one operand, or two that near joins.
func (p *parser) near() (Node, *Error) {
	// A word beside near is no number or date, whatever it looks like.
	left, err := p.primary(p.ahead(1).kind == nearness)
	if err != nil {
		return nil, err
	}
	t := p.peek()
	if t.kind != nearness {
		return left, nil
	}
	p.next()
	right, err := p.primary(true)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind == nearness {
		return nil, fail("query.near_chain", t.pos, t.end, nil)
	}
	return p.nearEach(t, left, right)
}

// nearEach joins every alternative on the left with every one on the right.
func (p *parser) nearEach(t token, left, right Node) (Node, *Error) {
	as, bs := alternatives(left), alternatives(right)
	if as == nil || bs == nil || as[0].Field != bs[0].Field {
		return nil, fail("query.near_operand", t.pos, t.end, args{"value": t.text})
	}
	if err := p.count(t, 2*len(as)*len(bs)-len(as)-len(bs)); err != nil {
		return nil, err
	}
	var nodes []Node
	for _, a := range as {
		for _, b := range bs {
			nodes = append(nodes, Near{a.Field, a, b, t.distance, t.ordered})
		}
	}
	return join(nodes, true), nil
}

// alternatives returns the terms of one field, one or several joined by or, that
// n consists of; nil if it is something else.
func alternatives(n Node) []Term {
	switch n := n.(type) {
	case Term:
		return []Term{n}
	case Or:
		var terms []Term
		for _, c := range n.Nodes {
			t, ok := c.(Term)
			if !ok || len(terms) > 0 && terms[0].Field != t.Field {
				return nil
			}
			terms = append(terms, t)
		}
		return terms
	}
	return nil
}

// primary reads brackets, a comparison or a bare value; asWords keeps a bare word
// from being taken for a number or a date.
func (p *parser) primary(asWords bool) (Node, *Error) {
	t := p.peek()
	switch {
	case t.kind == opening:
		return p.brackets()
	case t.kind == word && t.keyword() == "":
		if n, ok, err := p.comparison(); ok || err != nil {
			return n, err
		}
		p.next()
		if p.field != nil {
			return p.value(t, p.field, p.op)
		}
		return p.bare(t, asWords)
	case t.kind == quoted:
		p.next()
		if p.field != nil {
			return p.value(t, p.field, p.op)
		}
		return p.term(t, "")
	case t.kind == relation:
		return nil, fail("query.field_missing", t.pos, t.end, args{"op": t.text})
	}
	return nil, p.missing(t)
}

// missing says what lacks where t stands and a value should.
func (p *parser) missing(t token) *Error {
	if p.at > 0 {
		before := p.tokens[p.at-1]
		if before.keyword() != "" || before.kind == nearness {
			return fail("query.operand_after", before.pos, before.end, args{"op": before.text})
		}
	}
	if t.keyword() != "" || t.kind == nearness {
		return fail("query.operand_before", t.pos, t.end, args{"op": t.text})
	}
	switch {
	case t.kind == end:
		return fail("query.bracket_open", p.lastOpening(), t.end, nil)
	case p.at == 0:
		return fail("query.bracket_close", t.pos, t.end, nil)
	}
	return fail("query.brackets_empty", p.tokens[p.at-1].pos, t.end, nil)
}

// lastOpening returns the place of the innermost bracket that is still open.
func (p *parser) lastOpening() int {
	closed := 0
	for i := p.at - 1; i >= 0; i-- {
		switch p.tokens[i].kind {
		case closing:
			closed++
		case opening:
			if closed == 0 {
				return p.tokens[i].pos
			}
			closed--
		}
	}
	return 0
}

func (p *parser) brackets() (Node, *Error) {
	open := p.next()
	if err := p.enter(open); err != nil {
		return nil, err
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if t := p.next(); t.kind != closing {
		return nil, fail("query.bracket_open", open.pos, open.end, nil)
	}
	p.depth--
	return n, nil
}

// comparison reads a field, an operator and a value, if that is what stands here.
func (p *parser) comparison() (n Node, ok bool, err *Error) {
	name, op := p.peek(), p.ahead(1)
	field := p.schema.Field(name.text)
	switch {
	case op.kind == relation:
	case isListOperator(op) && field != nil && slices.Contains([]kind{word, quoted, opening}, p.ahead(2).kind):
	case isListOperator(op) && field == nil && p.field == nil && p.ahead(2).kind == quoted:
	default:
		return nil, false, nil
	}
	if p.field != nil {
		return nil, false, fail("query.field_inside", name.pos, op.end, args{"field": name.text, "outer": p.field.Name})
	}
	if field == nil {
		return nil, false, p.unknown(name)
	}
	p.next()
	p.next()
	return p.compare(field, name, op)
}

// compare reads what stands behind field and op.
func (p *parser) compare(field *Field, name, op token) (Node, bool, *Error) {
	opText := operatorText(op)
	if !field.takes(opText) {
		return nil, false, fail("query.operator", op.pos, op.end,
			args{"op": op.text, "field": name.text, "known": strings.Join(operators[field.Type], " ")})
	}
	t := p.peek()
	if t.kind == opening && (opText == "=" || opText == "==") {
		p.field, p.op = field, opText
		n, err := p.brackets()
		p.field, p.op = nil, ""
		return n, err == nil, err
	}
	if t.kind != quoted && (t.kind != word || t.keyword() != "") {
		return nil, false, fail("query.value_missing", name.pos, op.end, args{"field": name.text, "op": op.text})
	}
	p.next()
	var n Node
	var err *Error
	switch opText {
	case "any", "all":
		n, err = p.list(t, field, opText)
	case "within":
		if after := p.peek(); t.kind == word && after.kind == word && isDay(after.text) {
			return nil, false, fail("query.within", t.pos, after.end, args{"value": t.text + " " + after.text})
		}
		n, err = p.within(t, field)
	default:
		n, err = p.value(t, field, opText)
	}
	return n, err == nil, err
}

func (p *parser) unknown(name token) *Error {
	if near := p.schema.nearest(name.text); near != "" {
		e := fail("query.field_near", name.pos, name.end, args{"field": name.text})
		e.suggest(near)
		return e
	}
	names := make([]string, len(p.schema.Fields))
	for i, f := range p.schema.Fields {
		names[i] = f.Name
	}
	return fail("query.field", name.pos, name.end, args{"field": name.text, "known": strings.Join(names, ", ")})
}

// count adds n values to those of the query.
func (p *parser) count(t token, n int) *Error {
	if p.terms += n; p.terms > MaxTerms {
		return fail("query.terms", t.pos, t.end, args{"limit": MaxTerms})
	}
	return nil
}
