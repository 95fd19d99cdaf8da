package party

import (
	"slices"
	"strings"

	"onewindow/internal/record"
)

// Meant is the party that a query names, with the names under which its rights
// are found.
type Meant struct {
	ID    string
	Name  string
	Names []string // as most sources write them, the most used first
}

// Resolve finds the party that a query names by id, identifier or name. Where
// there is none, or several, ok is false and candidates names those that may be
// meant, each in a form that means it alone.
func (p *Parties) Resolve(name string) (m Meant, candidates []string, ok bool) {
	if len(name) > maxAsked {
		return Meant{}, nil, false
	}
	r, leave := p.look()
	defer leave()
	roots := r.meant(name)
	if len(roots) != 1 {
		if len(roots) == 0 {
			roots = r.containing(name, nil)
		}
		return Meant{}, r.candidates(roots), false
	}
	v := viewer{r}
	root := roots[0]
	m = Meant{ID: r.id(root), Name: v.name(root)}
	members := slices.Clone(r.members(root))
	slices.SortFunc(members, func(a, b uint32) int {
		if v.before(a, b) {
			return -1
		}
		return 1
	})
	for _, n := range members {
		if !strings.HasPrefix(r.t.key(n), nodeIdent) {
			m.Names = append(m.Names, v.label(n))
		}
	}
	return m, nil, true
}

// Key is a name under which rights of a party are kept: folded, and where Located
// with its place, as LocatedKey joins them.
type Key struct {
	Text    string
	Located bool
}

// Keys returns the keys of the party with an id, in order; none where there is no
// such party.
func (p *Parties) Keys(id string) []Key {
	r, leave := p.look()
	defer leave()
	number, ok := parseID(id)
	if !ok {
		return nil
	}
	n, ok := r.byID(number)
	if !ok {
		return nil
	}
	var out []Key
	for _, n := range r.members(r.parent[n]) {
		key := r.t.key(n)
		switch key[:2] {
		case nodeLocated:
			out = append(out, Key{key[2:], true})
		case nodeName:
			out = append(out, Key{key[2:], false})
		case nodeLatin:
			out = append(out, r.spellings(n)...)
		}
	}
	slices.SortFunc(out, func(a, b Key) int { return strings.Compare(a.Text, b.Text) })
	return slices.Compact(out)
}

// spellings returns the keys under which a name in Latin letters is kept: its
// spellings differ by more than what a key folds.
func (r *resolution) spellings(n uint32) []Key {
	var out []Key
	for w := range r.t.wordingsOf(n) {
		if r.t.wordings[w].rights == 0 {
			continue
		}
		for _, name := range r.t.named(w, n) {
			out = append(out, Key{record.FoldName(name.Text), false})
		}
	}
	return out
}
