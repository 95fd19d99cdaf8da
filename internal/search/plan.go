package search

import (
	"bytes"
	"math"
	"slices"
	"unicode/utf8"

	"onewindow/internal/ierr"
)

// A plan is a question made ready, apart from any segment: texts analysed, limits
// kept, what is to be scored known.
type plan struct {
	root   *step
	leaves []*leaf
	choice bool // a hit may be without some of the leaves
}

type stepKind uint8

const (
	stepAll stepKind = iota
	stepNone
	stepAnd
	stepOr
	stepNot
	stepTerms   // one elem, of words or keys
	stepPattern // one elem, of a pattern
	stepPhrase  // one or two operands
	stepFilter
)

// step is a node of a plan.
type step struct {
	kind     stepKind
	kids     []*step
	part     Part
	operands []operand
	distance int  // between two operands
	ordered  bool // of two operands
	filter   *filterWindow
	leaf     *leaf // nil: adds nothing to scores
}

// operand is a phrase: elements at fixed distances. Of a single word or key it has
// one element.
type operand struct {
	elems  []elem
	length int // places taken
}

// elem is a word of a phrase: any of some terms, or of those that a pattern takes.
type elem struct {
	off   int
	terms [][]byte // with the space byte
	pat   *pattern
	stat  *stat
}

// pattern takes the terms that begin with lead; where there is a match, those that
// satisfy it and do not begin with a Chinese character.
type pattern struct {
	lead  []byte // with the space byte
	match func(word []byte) bool
}

// stat counts the documents of an element over all segments.
type stat struct{ df uint64 }

// leaf is a part of a question that adds to scores.
type leaf struct {
	ord    int8 // positional space
	stats  []*stat
	weight float32       // the most that it can add
	norm   *[256]float32 // by length code: what dampens the frequency
}

// Scores are BM25 with the usual constants; a word in part 0 counts as titleBonus
// more occurrences.
const (
	bm25K1     = 1.2
	bm25B      = 0.75
	titleBonus = 2
)

// weigh computes the leaves' weights from the counts of all segments.
func (p *plan) weigh(views []*segmentView, spaces int) {
	var docs uint64
	words := make([]uint64, spaces)
	for _, v := range views {
		docs += uint64(v.docs)
		for k, n := range v.words {
			words[k] += n
		}
	}
	norms := make([]*[256]float32, spaces)
	for k := range norms {
		avg := 1.0
		if docs > 0 && words[k] > 0 {
			avg = float64(words[k]) / float64(docs)
		}
		norms[k] = new([256]float32)
		for c := range norms[k] {
			norms[k][c] = float32(bm25K1 * (1 - bm25B + bm25B*float64(lengthOf(byte(c)))/avg))
		}
	}
	for _, l := range p.leaves {
		idf := 0.0
		for _, s := range l.stats {
			df := float64(min(s.df, docs))
			idf += math.Log(1 + (float64(docs)-df+0.5)/(df+0.5))
		}
		l.weight = float32(idf * (bm25K1 + 1))
		l.norm = norms[l.ord]
	}
}

// value is what f occurrences add in a document with length code c.
func (l *leaf) value(f float32, c byte) float32 { return l.weight * f / (f + l.norm[c]) }

// planner makes a plan.
type planner struct {
	lay      *layout
	plan     *plan
	nodes    int
	patterns int
}

func newPlan(lay *layout, n Node) (*plan, error) {
	p := &planner{lay: lay, plan: &plan{}}
	var err error
	p.plan.root, err = p.node(n, 0, true)
	return p.plan, err
}

func (p *planner) count(n int) error {
	if p.nodes += n; p.nodes > MaxNodes {
		return tooLarge("nodes", MaxNodes)
	}
	return nil
}

func (p *planner) node(n Node, depth int, scored bool) (*step, error) {
	if depth > MaxDepth {
		return nil, tooLarge("depth", MaxDepth)
	}
	if err := p.count(1); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case All:
		return &step{kind: stepAll}, nil
	case None:
		return &step{kind: stepNone}, nil
	case And:
		return p.list(stepAnd, n.Nodes, depth, scored)
	case Or:
		return p.list(stepOr, n.Nodes, depth, scored)
	case Not:
		kid, err := p.node(n.Node, depth+1, false)
		return &step{kind: stepNot, kids: []*step{kid}}, err
	case Near:
		return p.near(n, scored)
	case Text, Prefix, Wildcard:
		return p.text(n, scored)
	case Key:
		if err := p.space(n.Space, false); err != nil {
			return nil, err
		}
		return &step{kind: stepTerms, operands: []operand{{elems: []elem{{terms: [][]byte{keyTerm(n.Space, n.Key)}}}}}}, nil
	case KeyPrefix:
		if err := p.space(n.Space, false); err != nil {
			return nil, err
		}
		e, err := p.pattern(keyTerm(n.Space, n.Prefix), nil)
		return &step{kind: stepPattern, operands: []operand{{elems: []elem{e}}}}, err
	case Filter:
		if n.Matcher != nil {
			return &step{kind: stepFilter, filter: &filterWindow{m: n.Matcher, base: noWindow}}, nil
		}
	}
	return nil, ierr.New(ierr.Invalid, "search.node", nil)
}

func keyTerm(space byte, key string) []byte {
	return append([]byte{space}, key[:min(len(key), MaxWord)]...)
}

// list plans And and Or; lists directly within a list of their kind join it.
func (p *planner) list(kind stepKind, nodes []Node, depth int, scored bool) (*step, error) {
	s := &step{kind: kind}
	p.plan.choice = p.plan.choice || kind == stepOr && scored && len(nodes) > 1
	for _, n := range nodes {
		kid, err := p.node(n, depth+1, scored)
		if err != nil {
			return nil, err
		}
		if kid.kind == kind {
			s.kids = append(s.kids, kid.kids...)
		} else {
			s.kids = append(s.kids, kid)
		}
	}
	switch {
	case len(s.kids) == 1:
		return s.kids[0], nil
	case len(s.kids) == 0 && kind == stepAnd:
		return &step{kind: stepAll}, nil
	case len(s.kids) == 0:
		return &step{kind: stepNone}, nil
	}
	return s, nil
}

// space checks that a node asks a space for what it can answer.
func (p *planner) space(id byte, positional bool) error {
	if !p.lay.known[id] || (p.lay.ord[id] >= 0) != positional {
		return ierr.New(ierr.Invalid, "search.no-space", ierr.Args{"space": string(rune(id)), "part": 0})
	}
	return nil
}

// text plans a node that is an operand by itself.
func (p *planner) text(n Node, scored bool) (*step, error) {
	op, space, part, err := p.operand(n)
	if err != nil {
		return nil, err
	}
	s := &step{kind: stepPhrase, part: part, operands: []operand{op}}
	switch {
	case len(op.elems) == 0:
		return &step{kind: stepNone}, nil
	case len(op.elems) == 1 && op.elems[0].pat != nil:
		s.kind = stepPattern
	case len(op.elems) == 1:
		s.kind = stepTerms
	}
	p.score(s, space, scored)
	return s, nil
}

// near plans a neighbourhood.
func (p *planner) near(n Near, scored bool) (*step, error) {
	if n.Distance < 1 || n.Distance > MaxNear {
		return nil, ierr.New(ierr.Invalid, "search.near-distance", ierr.Args{"distance": n.Distance, "max": MaxNear})
	}
	a, spaceA, partA, err := p.operand(n.A)
	if err != nil {
		return nil, err
	}
	b, spaceB, partB, err := p.operand(n.B)
	if err != nil {
		return nil, err
	}
	if spaceA != spaceB || partA != partB {
		return nil, ierr.New(ierr.Invalid, "search.near-space", nil)
	}
	if len(a.elems) == 0 || len(b.elems) == 0 {
		return &step{kind: stepNone}, nil
	}
	s := &step{kind: stepPhrase, part: partA, operands: []operand{a, b}, distance: n.Distance, ordered: n.Ordered}
	p.score(s, spaceA, scored)
	return s, nil
}

// score makes s a leaf if it is to be scored.
func (p *planner) score(s *step, space byte, scored bool) {
	if !scored {
		return
	}
	s.leaf = &leaf{ord: p.lay.ord[space]}
	for i := range s.operands {
		for k := range s.operands[i].elems {
			st := &stat{}
			s.operands[i].elems[k].stat = st
			s.leaf.stats = append(s.leaf.stats, st)
		}
	}
	p.plan.leaves = append(p.plan.leaves, s.leaf)
}

// operand analyses Text, Prefix or Wildcard.
func (p *planner) operand(n Node) (op operand, space byte, part Part, err error) {
	switch n := n.(type) {
	case Text:
		space, part = n.Space, n.Part
		if err = p.space(space, true); err == nil {
			op, err = p.words(space, n.Text, false)
		}
	case Prefix:
		space, part = n.Space, n.Part
		if err = p.space(space, true); err == nil {
			op, err = p.words(space, n.Text, true)
		}
	case Wildcard:
		space, part = n.Space, n.Part
		if err = p.space(space, true); err == nil {
			op, err = p.wildcard(space, n.Pattern)
		}
	default:
		err = ierr.New(ierr.Invalid, "search.node", nil)
	}
	if err == nil && part > Part1 {
		err = ierr.New(ierr.Invalid, "search.no-space", ierr.Args{"space": string(rune(space)), "part": int(part)})
	}
	return op, space, part, err
}

// words makes a phrase of a text; with prefix, its last word is one.
func (p *planner) words(space byte, text string, prefix bool) (operand, error) {
	var a analyser
	a.text(text)
	if err := p.count(len(a.toks)); err != nil {
		return operand{}, err
	}
	op := operand{length: int(a.next)}
	for i, t := range a.toks {
		if t.kind == tokLast {
			continue
		}
		word := a.buf[t.off:t.end]
		var e elem
		var err error
		switch {
		case t.kind == tokChar || prefix && t.kind == tokWord && i == len(a.toks)-1:
			e, err = p.pattern(append([]byte{space}, word...), nil)
		case t.kind == tokPair:
			e = elem{terms: [][]byte{append([]byte{space}, word...)}}
		default:
			for _, f := range forms(string(word)) {
				e.terms = append(e.terms, append([]byte{space}, f...))
			}
			slices.SortFunc(e.terms, bytes.Compare)
		}
		if err != nil {
			return operand{}, err
		}
		e.off = int(t.pos)
		op.elems = append(op.elems, e)
	}
	return op, nil
}

func (p *planner) pattern(lead []byte, match func([]byte) bool) (elem, error) {
	if p.patterns++; p.patterns > MaxPatterns {
		return elem{}, tooLarge("patterns", MaxPatterns)
	}
	return elem{pat: &pattern{lead, match}}, nil
}

// wildcard makes an element of a pattern.
func (p *planner) wildcard(space byte, s string) (operand, error) {
	lead, glob, ok := readPattern(s)
	if !ok {
		return operand{}, ierr.New(ierr.Invalid, "search.wildcard", ierr.Args{"pattern": s})
	}
	tail := glob[bytes.LastIndexAny(glob, "*?")+1:]
	e, err := p.pattern(append([]byte{space}, lead...), func(word []byte) bool { return bytes.HasSuffix(word, tail) && globMatch(glob, word) })
	return operand{elems: []elem{e}, length: 1}, err
}

// IsPattern tells whether a [Wildcard] can have this pattern: a single word, at
// most [MaxWord] bytes long, without characters that are written without spaces.
func IsPattern(s string) bool {
	_, _, ok := readPattern(s)
	return ok
}

// readPattern folds a pattern as the words of a text are folded; lead is what
// stands before its first sign.
func readPattern(s string) (lead, glob []byte, ok bool) {
	if len(s) > MaxWord {
		return nil, nil, false
	}
	plain := true
	for _, r := range s {
		if r == '*' || r == '?' {
			plain = false
			glob = append(glob, byte(r))
			continue
		}
		f := fold(r)
		if f.class == classBreak || f.class == classHan {
			return nil, nil, false
		}
		glob = append(glob, f.text...)
		if plain {
			lead = append(lead, f.text...)
		}
	}
	return lead, glob, len(glob) > 0
}

// globMatch tells whether the pattern matches the whole word.
func globMatch(glob, word []byte) bool {
	star, from := -1, 0 // the last star and where its share of the word ends
	g, w := 0, 0
	for w < len(word) {
		switch {
		case g < len(glob) && glob[g] == '*':
			star, from = g, w
			g++
			continue
		case g < len(glob) && glob[g] == '?':
			_, n := utf8.DecodeRune(word[w:])
			g++
			w += n
			continue
		case g < len(glob) && glob[g] == word[w]:
			g++
			w++
			continue
		}
		if star < 0 {
			return false
		}
		_, n := utf8.DecodeRune(word[from:])
		from += n
		g, w = star+1, from
	}
	for g < len(glob) && glob[g] == '*' {
		g++
	}
	return g == len(glob)
}
