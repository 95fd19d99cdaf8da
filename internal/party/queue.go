package party

import (
	"cmp"
	"slices"
	"strings"

	"onewindow/internal/ierr"
)

// Pair is two parties that may be one, with what speaks for it.
type Pair struct {
	A, B         Reference
	NameA, NameB string // the names that are alike, with the place where they count only with it
	Rule         string
	Near         string // names, elsewhere, city or address
	Confidence   float64
	Weight       int // rights that hang on it: those of the smaller party
}

// doubt is a pair of parties and the surest edge between them.
type doubt struct {
	x, y   uint32 // roots, of a and of b of the edge
	edge   int
	weight int
}

// findDoubts lists the pairs that nobody has decided, those on which most hangs
// first.
func (r *resolution) findDoubts() []doubt {
	seen := map[[2]uint32]bool{}
	var out []doubt
	for i, e := range r.edges {
		x, y := r.parent[e.a], r.parent[e.b]
		key := [2]uint32{min(x, y), max(x, y)}
		if x == y || seen[key] || r.decidedApart(x, y) {
			continue
		}
		seen[key] = true
		out = append(out, doubt{x, y, i, int(min(r.total[x], r.total[y]))})
	}
	slices.SortStableFunc(out, func(a, b doubt) int { return cmp.Compare(b.weight, a.weight) })
	return out
}

// Queue returns pairs of parties that may be one, those on which most hangs first,
// and how many there are. rule and near, where given, choose among them; with
// party, an id or a name, only pairs of that party are returned. Errors: Invalid for a
// rule that there is not, and those of Show.
func (p *Parties) Queue(rule, near, party string, limit, offset int) (pairs []Pair, total int, err error) {
	if limit < 0 || limit > MaxPairs || offset < 0 {
		return nil, 0, ierr.New(ierr.Invalid, "party.page", ierr.Args{"limit": MaxPairs})
	}
	if rule != "" && !slices.Contains(ruleIDs, rule) {
		return nil, 0, ierr.New(ierr.Invalid, "party.rule", ierr.Args{"rule": rule, "known": strings.Join(ruleIDs, ", ")})
	}
	r, leave := p.look()
	defer leave()
	of := none
	if party != "" {
		if of, err = r.one(party); err != nil {
			return nil, 0, err
		}
	}
	for _, d := range r.doubts() {
		e := &r.edges[d.edge]
		if rule != "" && e.by() != rule || near != "" && nearnessNames[e.near] != near || of != none && d.x != of && d.y != of {
			continue
		}
		if total >= offset && len(pairs) < limit {
			pairs = append(pairs, viewer{r}.pair(d))
		}
		total++
	}
	return pairs, total, nil
}

func (v viewer) pair(d doubt) Pair {
	e := &v.r.edges[d.edge]
	return Pair{
		A: v.reference(d.x), B: v.reference(d.y), NameA: v.label(e.a), NameB: v.label(e.b),
		Rule: e.by(), Near: nearnessNames[e.near], Confidence: v.r.t.sureness(e), Weight: d.weight,
	}
}

// label is the name of a node, with its place where it counts only with that.
func (v viewer) label(n uint32) string {
	text, _ := v.text(n)
	if key := v.r.t.key(n); strings.HasPrefix(key, nodeLocated) {
		_, place, _ := strings.Cut(key, "@")
		text += " @ " + place
	} else if text == "" {
		return strings.TrimPrefix(key, nodeIdent)
	}
	return text
}
