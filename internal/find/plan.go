package find

import (
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/search"
)

// planner turns what was asked into what the index can answer. Fields that are
// columns become filters, the rest words and keys.
type planner struct {
	rows *rows
}

func (p planner) node(n query.Node) (search.Node, error) {
	switch n := n.(type) {
	case query.All:
		return search.All{}, nil
	case query.And:
		nodes, err := p.nodes(n.Nodes)
		return search.And{Nodes: nodes}, err
	case query.Or:
		nodes, err := p.nodes(n.Nodes)
		return search.Or{Nodes: nodes}, err
	case query.Not:
		inner, err := p.node(n.Node)
		return search.Not{Node: inner}, err
	case query.Term:
		return p.inFields(n.Field, func(at place) (search.Node, error) { return term(n, at) })
	case query.Near:
		return p.inFields(n.Field, func(at place) (search.Node, error) { return near(n, at) })
	case query.Is:
		return p.is(n)
	case query.Between:
		return search.Filter{Matcher: p.rows.between(n)}, nil
	}
	return nil, unsupported("find.node", nil)
}

func (p planner) nodes(nodes []query.Node) ([]search.Node, error) {
	out := make([]search.Node, len(nodes))
	for i, n := range nodes {
		var err error
		if out[i], err = p.node(n); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// place is where words of a field stand.
type place struct {
	space byte
	part  search.Part
}

// places lists where the words of each field stand; "" is any field of text, to
// which names belong, since people type them without saying so.
var places = map[string][]place{
	"ti": {{spaceText, search.Part0}},
	"ab": {{spaceText, search.Part1}},
	"ta": {{spaceText, search.AnyPart}},
	"pa": {{spaceHolder, search.AnyPart}},
	"in": {{spaceInventor, search.AnyPart}},
	"gs": {{spaceGoods, search.AnyPart}},
	"": {
		{spaceText, search.AnyPart}, {spaceHolder, search.AnyPart}, {spaceInventor, search.AnyPart}, {spaceGoods, search.AnyPart},
	},
}

// inFields asks the same of every place that the field stands for.
func (p planner) inFields(field string, ask func(place) (search.Node, error)) (search.Node, error) {
	var nodes []search.Node
	for _, at := range places[field] {
		n, err := ask(at)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	switch len(nodes) {
	case 0:
		return nil, unsupported("find.field", ierr.Args{"field": field})
	case 1:
		return nodes[0], nil
	}
	return search.Or{Nodes: nodes}, nil
}

func term(t query.Term, at place) (search.Node, error) {
	switch t.Form {
	case query.Prefix:
		return search.Prefix{Space: at.space, Part: at.part, Text: t.Text}, nil
	case query.Wildcard:
		return search.Wildcard{Space: at.space, Part: at.part, Pattern: t.Text}, nil
	}
	return search.Text{Space: at.space, Part: at.part, Text: t.Text}, nil
}

func near(n query.Near, at place) (search.Node, error) {
	a, err := term(n.A, at)
	if err != nil {
		return nil, err
	}
	b, err := term(n.B, at)
	return search.Near{A: a, B: b, Distance: n.Distance, Ordered: n.Ordered}, err
}

// is compares a value: a listed one by its column, all others by their keys.
func (p planner) is(n query.Is) (search.Node, error) {
	switch n.Field {
	case "ipc":
		return classKey("", n), nil
	case "cpc":
		return classKey(prefixCPC, n), nil
	case "nice":
		return search.Key{Space: spaceClass, Key: prefixNice + n.Value}, nil
	case "loc":
		return search.Key{Space: spaceClass, Key: prefixLocarno + n.Value}, nil
	case "rn":
		return key(spaceNumber, keyRegistered, n), nil
	case "fam":
		return key(spaceNumber, keyFamily, n), nil
	case "ct":
		return key(spaceNumber, keyCited, n), nil
	case "pn":
		return key(spaceNumber, keyPublication, n), nil
	case "ap":
		return key(spaceNumber, keyApplication, n), nil
	case "pa":
		return search.Key{Space: spaceWhole, Key: keyHolder + record.FoldName(n.Value)}, nil
	case "holder":
		return p.rows.lists.holderKeys(n.Value), nil
	case "in":
		return search.Key{Space: spaceWhole, Key: keyInventor + record.FoldName(n.Value)}, nil
	}
	m, err := p.rows.is(n)
	if err != nil {
		return nil, err
	}
	return search.Filter{Matcher: m}, nil
}

func classKey(scheme string, n query.Is) search.Node {
	if n.Match == query.Whole {
		return search.Key{Space: spaceClass, Key: scheme + n.Value + "="}
	}
	return key(spaceClass, scheme, n)
}

// key asks for a whole key or, with Begins, for all that begin with it.
func key(space byte, prefix string, n query.Is) search.Node {
	if n.Match == query.Begins {
		return search.KeyPrefix{Space: space, Prefix: prefix + n.Value}
	}
	return search.Key{Space: space, Key: prefix + n.Value}
}

func unsupported(code string, args ierr.Args) error { return ierr.New(ierr.Unsupported, code, args) }
