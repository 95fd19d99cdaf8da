package party

import (
	"cmp"
	"slices"
	"strings"

	"onewindow/internal/record"
)

// Party is one enterprise, university, government body or person as all that
// stands describes it.
type Party struct {
	ID        string
	Idents    []string // unified social credit codes
	Names     []Name   // the most used first
	Addresses []Address
	Uses      []Use
	Type      string // as classify.HolderTypes, of its most used name
	Rights    int    // that name it; a right that words it in several ways counts for each
	Parent    *Reference
	Branches  []Reference
}

// Name is one name of a party and why it is one of its names.
type Name struct {
	ID           string // leads to the party, and names the name in decisions
	Text         string // as most sources write it
	Lang         string
	Place        string // region or country of a name that counts only with its place
	Rights       int
	Since, Until int     // first and last month, as 201907; 0 where no day is known
	Rule         string  // the rule that joined it, "" for a party of one name
	Confidence   float64 // 0 for a party of one name, 1 for what a person decided
	Near         string  // names, elsewhere, city or address
	With         string  // the name that the rule joined it with
}

// Address is where a party was, by the sources of some months.
type Address struct {
	Text, Postcode, Country string
	Region                  string // code of the region pack, or what the source gives
	Rights                  int
	Since, Until            int
}

// Use counts the rights of a kind in which a party has a role.
type Use struct {
	Kind   record.Kind
	Role   record.Role
	Rights int
}

// Reference names another party.
type Reference struct {
	ID, Name string
	Place    string // region or country of a name that counts only with its place
	Rights   int
}

// viewer writes parties out of a resolution. The lock of the parties is held.
type viewer struct{ r *resolution }

// total returns about how many rights name a party.
func (v viewer) total(root uint32) int { return int(v.r.total[root]) }

// head returns the node by whose name a party is called: the most used Chinese
// one, else the most used one; an identifier where there is no name.
func (v viewer) head(root uint32) uint32 {
	members := v.r.members(root)
	best := members[0]
	for _, n := range members[1:] {
		if v.before(n, best) {
			best = n
		}
	}
	return best
}

// name returns the name by which a party is called.
func (v viewer) name(root uint32) string {
	n := v.head(root)
	if code, ok := strings.CutPrefix(v.r.t.key(n), nodeIdent); ok {
		return code
	}
	text, _ := v.text(n)
	return text
}

// called is name with the place of a name that counts only with it.
func (v viewer) called(root uint32) string { return v.label(v.head(root)) }

// before orders the nodes of a party by how it is called.
func (v viewer) before(a, b uint32) bool {
	x, y := v.r.t.key(a), v.r.t.key(b)
	for _, last := range [...]string{nodeIdent, nodeLatin} {
		if l := strings.HasPrefix(x, last); l != strings.HasPrefix(y, last) {
			return !l
		}
	}
	return cmp.Or(cmp.Compare(v.r.rights[b], v.r.rights[a]), cmp.Compare(x, y)) < 0
}

// text returns how most sources write the name of a node.
func (v viewer) text(n uint32) (text, lang string) {
	type spelling struct{ text, lang string }
	count := map[spelling]int32{}
	for w := range v.r.t.wordingsOf(n) {
		rights := v.r.t.wordings[w].rights
		if rights == 0 {
			continue
		}
		for _, t := range v.r.t.named(w, n) {
			count[spelling{t.Text, t.Lang}] += rights
		}
	}
	var best spelling
	for s, c := range count {
		if b := count[best]; c > b || c == b && (s.text < best.text || s.text == best.text && s.lang < best.lang) {
			best = s
		}
	}
	return best.text, best.lang
}

func (v viewer) reference(root uint32) Reference {
	_, place, _ := strings.Cut(v.label(v.head(root)), " @ ")
	return Reference{v.r.id(root), v.name(root), place, v.total(root)}
}

// named returns the names of a wording that stand for a node.
func (t *table) named(w, n uint32) []record.Text {
	var out []record.Text
	p, own := t.party(w), t.entriesOf(w)
	for k := range p.Names {
		if own[k].node == n {
			out = append(out, p.Names[k])
		}
	}
	return out
}

// told is what rights tell of one wording: their first and last month, as 201907,
// and how many of them are of a kind and give it a role.
type told struct {
	since, until int
	uses         map[Use]int // by kind and role
}

// told goes through all rights for what they tell of some wordings.
func (t *table) told(wordings []uint32) map[uint32]*told {
	asked := newSet(len(t.wordings))
	out := map[uint32]*told{}
	for _, w := range wordings {
		asked.add(w)
		out[w] = &told{uses: map[Use]int{}}
	}
	t.links.each(func(links []link) {
		for _, l := range links {
			if asked.has(l.wording()) {
				out[l.wording()].add(l)
			}
		}
	})
	return out
}

func (s *told) add(l link) {
	if m := int(l.month()); m != 0 {
		m = m/12*100 + m%12 + 1
		wider(&s.since, &s.until, m, m)
	}
	for i, role := range record.Roles {
		if l.roles()>>i&1 == 1 && l.kind() > 0 {
			s.uses[Use{Kind: record.Kinds[l.kind()-1], Role: role}]++
		}
	}
}

// wider widens a span by another one.
func wider(since, until *int, s, u int) {
	if *since == 0 || s != 0 && s < *since {
		*since = s
	}
	*until = max(*until, u)
}

// party writes everything about a party.
func (v viewer) party(root uint32) *Party {
	p := &Party{ID: v.r.id(root), Rights: v.total(root)}
	members := slices.Clone(v.r.members(root))
	slices.SortFunc(members, func(a, b uint32) int {
		if v.before(a, b) {
			return -1
		}
		return 1
	})
	var wordings []uint32
	for _, n := range members {
		for w := range v.r.t.wordingsOf(n) {
			if v.r.t.wordings[w].rights > 0 {
				wordings = append(wordings, w)
			}
		}
	}
	slices.Sort(wordings)
	wordings = slices.Compact(wordings)
	rights := v.r.t.told(wordings)
	for _, n := range members {
		if code, ok := strings.CutPrefix(v.r.t.key(n), nodeIdent); ok {
			p.Idents = append(p.Idents, code)
			continue
		}
		p.Names = append(p.Names, v.nameOf(n, rights))
	}
	slices.Sort(p.Idents)
	v.places(p, wordings, rights)
	v.relatives(p, members, root)
	if len(p.Names) > 0 {
		p.Type = v.r.t.namer.classifier.HolderType([]record.Text{{Lang: p.Names[0].Lang, Text: p.Names[0].Text}}, first(p.Idents)).Code
	}
	return p
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// nameOf writes a name of a party and the edge that joined it.
func (v viewer) nameOf(n uint32, rights map[uint32]*told) Name {
	out := Name{ID: idOf(idNumber(v.r.t.key(n))), Rights: int(v.r.rights[n])}
	out.Text, out.Lang = v.text(n)
	if key := v.r.t.key(n); strings.HasPrefix(key, nodeLocated) {
		_, out.Place, _ = strings.Cut(key, "@")
	}
	for w := range v.r.t.wordingsOf(n) {
		if s := rights[w]; s != nil {
			wider(&out.Since, &out.Until, s.since, s.until)
		}
	}
	switch why := v.r.why[n]; why {
	case whyAlone:
	case whyDecided:
		out.Rule, out.Confidence = ruleDecision, 1
	default:
		e := v.r.edges[why]
		other := e.a
		if other == n {
			other = e.b
		}
		out.Rule, out.Confidence, out.Near = e.by(), v.r.t.sureness(&e), nearnessNames[e.near]
		if out.With, _ = v.text(other); out.With == "" {
			out.With = strings.TrimPrefix(v.r.t.key(other), nodeIdent)
		}
	}
	return out
}

// places adds addresses and uses.
func (v viewer) places(p *Party, wordings []uint32, rights map[uint32]*told) {
	t := v.r.t
	at := map[uint32]int{} // by site
	uses := map[Use]int{}
	t.byUse(wordings)
	for _, n := range wordings {
		w, s := &t.wordings[n], rights[n]
		for u, n := range s.uses {
			uses[u] += n
		}
		party := t.party(n)
		if party.Address == "" {
			continue
		}
		k, ok := at[w.site]
		if !ok {
			k = len(p.Addresses)
			at[w.site] = k
			p.Addresses = append(p.Addresses, Address{Text: party.Address, Postcode: party.Postcode, Country: party.Country,
				Region: t.namer.classifier.Region(party.Address, party.Postcode, party.Country, party.Region, 0).Code})
		}
		wider(&p.Addresses[k].Since, &p.Addresses[k].Until, s.since, s.until)
		p.Addresses[k].Rights += int(w.rights)
	}
	slices.SortFunc(p.Addresses, func(a, b Address) int {
		return cmp.Or(cmp.Compare(b.Until, a.Until), cmp.Compare(b.Rights, a.Rights), cmp.Compare(a.Text, b.Text))
	})
	for u, n := range uses {
		p.Uses = append(p.Uses, Use{u.Kind, u.Role, n})
	}
	slices.SortFunc(p.Uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(slices.Index(record.Kinds, a.Kind), slices.Index(record.Kinds, b.Kind)),
			cmp.Compare(slices.Index(record.Roles, a.Role), slices.Index(record.Roles, b.Role)))
	})
}

// relatives adds the parent and the branches.
func (v viewer) relatives(p *Party, members []uint32, root uint32) {
	seen := map[uint32]bool{root: true}
	for _, n := range members {
		key := v.r.t.key(n)
		if up, ok := v.parent(key); ok && !seen[v.r.parent[up]] && p.Parent == nil {
			ref := v.reference(v.r.parent[up])
			p.Parent = &ref
		}
		for m := range v.r.beginning(key) {
			if up, ok := v.parent(v.r.t.key(m)); ok && up == n && !seen[v.r.parent[m]] {
				seen[v.r.parent[m]] = true
				p.Branches = append(p.Branches, v.reference(v.r.parent[m]))
			}
		}
	}
}

// parent returns the node whose name a branch's name begins with.
func (v viewer) parent(key string) (uint32, bool) {
	if !v.r.t.namer.rules.isBranch(key) {
		return 0, false
	}
	best, found := uint32(0), false
	for i := range key {
		if i <= len(nodeName) {
			continue
		}
		if n, ok := v.r.t.keys.find(strings.TrimRight(key[:i], " ")); ok && v.r.stands(n) && v.r.t.key(n) != key {
			best, found = n, true
		}
	}
	return best, found
}
