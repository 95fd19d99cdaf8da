package party

import (
	"cmp"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// Limits of what may be asked for at once.
const (
	MaxFound  = 200 // parties found by a name
	MaxPairs  = 500 // pairs of the queue
	maxAsked  = 400 // bytes of a name asked for
	maxListed = 8   // candidates named in an error
)

// Find returns the parties that a name, an identifier or an id may mean, the
// likeliest first: those that bear it exactly, then those whose name is the same
// but for place and legal form, then those whose name contains it.
func (p *Parties) Find(name string, limit int) ([]Reference, error) {
	if len(name) > maxAsked || strings.TrimSpace(name) == "" || limit < 1 || limit > MaxFound {
		return nil, ierr.New(ierr.Invalid, "party.name", ierr.Args{"length": maxAsked, "limit": MaxFound})
	}
	r, leave := p.look()
	defer leave()
	v := viewer{r}
	roots := r.meant(name)
	if len(roots) < limit {
		roots = append(roots, r.containing(name, roots)...)
	}
	var out []Reference
	for _, root := range roots[:min(limit, len(roots))] {
		out = append(out, v.reference(root))
	}
	return out, nil
}

// Largest returns the parties that most rights name.
func (p *Parties) Largest(limit int) []Reference {
	r, leave := p.look()
	defer leave()
	roots := slices.Clone(r.all)
	r.sort(roots)
	var out []Reference
	for _, root := range roots[:min(limit, len(roots))] {
		out = append(out, viewer{r}.reference(root))
	}
	return out
}

// meant returns the parties that a name means, by id, identifier, whole name, or
// name without place and legal form; the most used first.
func (r *resolution) meant(name string) []uint32 {
	if number, ok := leadingID(name); ok {
		if n, ok := r.byID(number); ok {
			return []uint32{r.parent[n]}
		}
	}
	if code := r.t.namer.creditCode(strings.TrimSpace(name)); code != "" {
		return r.roots(r.nodes([]string{nodeIdent + code}))
	}
	folded, rules := record.FoldName(name), r.t.namer.rules
	if folded == "" {
		return nil
	}
	latin := rules.latinName(name)
	found := r.nodes([]string{nodeName + folded, nodeLatin + latin})
	found = slices.AppendSeq(found, r.beginning(nodeLocated+folded+"@"))
	if len(found) > 0 {
		return r.roots(found)
	}
	core := rules.withoutForm(rules.shortPlace(folded))
	for n := range r.beginning(nodeName + core) {
		if rules.withoutForm(rules.shortPlace(r.t.key(n)[len(nodeName):])) == core {
			found = append(found, n)
		}
	}
	if core = rules.latinCore(latin); core != "" {
		for n := range r.beginning(nodeLatin + core) {
			if rules.latinCore(r.t.key(n)[len(nodeLatin):]) == core {
				found = append(found, n)
			}
		}
	}
	return r.roots(found)
}

// leadingID reads an id that a name may follow, as candidates are written.
func leadingID(s string) (uint64, bool) {
	id, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	return parseID(id)
}

// roots returns the parties of nodes, each once, the most used first.
func (r *resolution) roots(nodes []uint32) []uint32 {
	var out []uint32
	for _, n := range nodes {
		if root := r.parent[n]; !slices.Contains(out, root) {
			out = append(out, root)
		}
	}
	r.sort(out)
	return out
}

func (r *resolution) sort(roots []uint32) {
	slices.SortFunc(roots, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(r.total[b], r.total[a]), cmp.Compare(r.t.key(r.members(a)[0]), r.t.key(r.members(b)[0])))
	})
}

// containing returns the parties with a name that contains a text, without those
// that are known already.
func (r *resolution) containing(name string, known []uint32) []uint32 {
	folded, latin := record.FoldName(name), foldLatin(name)
	seen := map[uint32]bool{}
	for _, root := range known {
		seen[root] = true
	}
	var out []uint32
	for _, n := range r.order {
		if !r.stands(n) {
			continue
		}
		key := r.t.key(n)
		asked := folded
		switch key[:2] {
		case nodeIdent:
			continue
		case nodeLatin:
			asked = latin
		}
		if root := r.parent[n]; asked != "" && !seen[root] && strings.Contains(key[2:], asked) {
			seen[root] = true
			out = append(out, root)
		}
	}
	r.sort(out)
	return out
}

// one returns the party that is meant by an id, an identifier or a name. Errors:
// NotFound, and Conflict with the candidates where several are meant.
func (r *resolution) one(name string) (uint32, error) {
	roots := r.meant(name)
	switch len(roots) {
	case 1:
		return roots[0], nil
	case 0:
		return 0, ierr.New(ierr.NotFound, "party.unknown", ierr.Args{"name": name})
	}
	return 0, ierr.New(ierr.Conflict, "party.ambiguous", ierr.Args{"name": name, "candidates": strings.Join(r.candidates(roots), "; ")})
}

// candidates names parties for a choice among them: their ids and names, with the
// places of persons.
func (r *resolution) candidates(roots []uint32) []string {
	v := viewer{r}
	var out []string
	for _, root := range roots[:min(maxListed, len(roots))] {
		out = append(out, r.id(root)+" "+v.called(root))
	}
	return out
}

// Show returns everything about the party that an id, an identifier or a name
// means. Errors are those of a name that nobody or several bear.
func (p *Parties) Show(name string) (*Party, error) {
	r, leave := p.look()
	defer leave()
	root, err := r.one(name)
	if err != nil {
		return nil, err
	}
	return viewer{r}.party(root), nil
}
