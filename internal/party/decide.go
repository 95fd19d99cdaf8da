package party

import (
	"context"
	"slices"
	"strings"

	"onewindow/internal/audit"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// Limits of decisions.
const (
	maxReason = 2000 // bytes of a reason
	maxAuthor = 200  // bytes of the name of who decides
	maxKeys   = 500  // names that one decision speaks of
	maxLike   = 1000 // like cases decided at once
)

// Signed is who decides, and why.
type Signed struct {
	Reason, By string
	Like       bool // decide all pairs of the queue alike that the same rule, as near, put there
}

func (s Signed) check() error {
	if strings.TrimSpace(s.Reason) == "" || len(s.Reason) > maxReason || strings.TrimSpace(s.By) == "" || len(s.By) > maxAuthor {
		return ierr.New(ierr.Invalid, "party.incomplete", ierr.Args{"limit": maxReason})
	}
	return nil
}

// Merge decides that two parties are one. Each is named by an id, an identifier or
// a name. Returned are the decisions, several where like cases were decided too.
func (p *Parties) Merge(ctx context.Context, a, b string, s Signed) ([]Decision, error) {
	return p.pair(ctx, ActMerge, a, b, s)
}

// Differ decides that two parties are different ones.
func (p *Parties) Differ(ctx context.Context, a, b string, s Signed) ([]Decision, error) {
	return p.pair(ctx, ActDiffer, a, b, s)
}

// pair decides on two parties.
func (p *Parties) pair(ctx context.Context, act Act, a, b string, s Signed) ([]Decision, error) {
	return p.decide(ctx, s, func(r *resolution) ([]Decision, error) {
		x, err := r.one(a)
		if err != nil {
			return nil, err
		}
		y, err := r.one(b)
		if err != nil {
			return nil, err
		}
		if x == y {
			return nil, ierr.New(ierr.Invalid, "party.same", ierr.Args{"party": r.id(x)})
		}
		out := []Decision{{Act: act, A: r.keys(x), B: r.keys(y)}}
		doubts := r.doubts()
		at := slices.IndexFunc(doubts, func(d doubt) bool { return d.x == x && d.y == y || d.x == y && d.y == x })
		if at >= 0 {
			out[0].Rule = r.edges[doubts[at].edge].by()
		}
		if !s.Like {
			return out, nil
		}
		if at < 0 {
			return nil, ierr.New(ierr.Invalid, "party.no_like", nil)
		}
		first := &r.edges[doubts[at].edge]
		for i, d := range doubts {
			if e := &r.edges[d.edge]; i != at && e.rule == first.rule && e.near == first.near {
				out = append(out, Decision{Act: act, A: r.keys(d.x), B: r.keys(d.y), Rule: e.by(), Like: LikeFirst})
			}
		}
		if len(out) > maxLike {
			return nil, ierr.New(ierr.TooLarge, "party.like", ierr.Args{"n": len(out), "limit": maxLike})
		}
		return out, nil
	})
}

// Split decides that some names or identifiers of a party are another party.
func (p *Parties) Split(ctx context.Context, party string, names []string, s Signed) ([]Decision, error) {
	return p.decide(ctx, s, func(r *resolution) ([]Decision, error) {
		root, err := r.one(party)
		if err != nil {
			return nil, err
		}
		var part []uint32
		for _, name := range names {
			found := r.among(root, name)
			if len(found) == 0 {
				return nil, ierr.New(ierr.NotFound, "party.no_name", ierr.Args{"party": r.id(root), "name": name})
			}
			part = append(part, found...)
		}
		d := Decision{Act: ActSplit}
		for _, n := range r.members(root) {
			if slices.Contains(part, n) {
				d.A = append(d.A, r.t.key(n))
			} else {
				d.B = append(d.B, r.t.key(n))
			}
		}
		if len(d.A) == 0 || len(d.B) == 0 {
			return nil, ierr.New(ierr.Invalid, "party.nothing_left", ierr.Args{"party": r.id(root)})
		}
		slices.Sort(d.A)
		slices.Sort(d.B)
		return []Decision{d}, nil
	})
}

// among returns the nodes of a party that a name, an identifier or the id of a
// name means.
func (r *resolution) among(root uint32, name string) []uint32 {
	number, isID := parseID(name)
	folded, latin := record.FoldName(name), r.t.namer.rules.latinName(name)
	code := r.t.namer.creditCode(strings.TrimSpace(name))
	var out []uint32
	for _, n := range r.members(root) {
		key := r.t.key(n)
		switch {
		case isID && idNumber(key) == number,
			folded != "" && (key == nodeName+folded || strings.HasPrefix(key, nodeLocated+folded+"@")),
			latin != "" && key == nodeLatin+latin, code != "" && key == nodeIdent+code:
			out = append(out, n)
		}
	}
	return out
}

// keys returns the keys of a party in order.
func (r *resolution) keys(root uint32) []string {
	var out []string
	for _, n := range r.members(root) {
		out = append(out, r.t.key(n))
	}
	slices.Sort(out)
	return out
}

// decide makes decisions of what stands and keeps them.
func (p *Parties) decide(ctx context.Context, s Signed, make func(*resolution) ([]Decision, error)) ([]Decision, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	p.deciding.Lock()
	defer p.deciding.Unlock()
	r, leave := p.look()
	made, err := make(r)
	leave()
	if err != nil {
		return nil, err
	}
	now := p.config.Now()
	for i := range made {
		d := &made[i]
		if n := len(d.A) + len(d.B); n > maxKeys {
			return nil, ierr.New(ierr.TooLarge, "party.names", ierr.Args{"n": n, "limit": maxKeys})
		}
		d.Reason, d.By, d.Made = s.Reason, s.By, now
	}
	return p.put(ctx, string(made[0].Act), made)
}

// put stores decisions, new or changed, and resolves again.
func (p *Parties) put(ctx context.Context, act string, made []Decision) ([]Decision, error) {
	payload := []map[string]any{}
	for _, d := range made {
		payload = append(payload, map[string]any{
			"act": string(d.Act), "a": d.A, "b": d.B, "rule": d.Rule, "reason": d.Reason, "by": d.By,
			"undone_by": d.UndoneBy, "undone_reason": d.UndoneReason,
		})
	}
	leaf, err := audit.New("party."+act, p.register.State(), map[string]any{"decisions": payload})
	if err != nil {
		return nil, err
	}
	ids, err := p.store.PutDecisions(ctx, made, leaf)
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range made {
		made[i].ID = ids[i]
		if made[i].Like == LikeFirst {
			made[i].Like = ids[0]
		}
		k, found := slices.BinarySearchFunc(p.decisions, ids[i], func(d Decision, id int64) int { return int(d.ID - id) })
		if found {
			p.decisions[k] = made[i]
		} else {
			p.decisions = slices.Insert(p.decisions, k, made[i])
		}
	}
	p.resolved = resolve(p.table, &p.woven, p.decisions)
	return made, nil
}

// Undo takes a decision back, and those that were made along with it. Errors:
// NotFound, and Conflict when it is undone already.
func (p *Parties) Undo(ctx context.Context, id int64, s Signed) ([]Decision, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	p.deciding.Lock()
	defer p.deciding.Unlock()
	_, leave := p.look()
	var undone []Decision
	known := false
	for _, d := range p.decisions {
		if d.ID != id && d.Like != id {
			continue
		}
		known = true
		if d.Stands() {
			d.Undone, d.UndoneBy, d.UndoneReason = p.config.Now(), s.By, s.Reason
			undone = append(undone, d)
		}
	}
	leave()
	switch {
	case !known:
		return nil, ierr.New(ierr.NotFound, "party.no_decision", ierr.Args{"id": id})
	case len(undone) == 0:
		return nil, ierr.New(ierr.Conflict, "party.undone", ierr.Args{"id": id})
	}
	return p.put(ctx, "undo", undone)
}

// Decisions returns all decisions, the newest first; of a party those alone that
// speak of one of its names.
func (p *Parties) Decisions(party string) ([]Decision, error) {
	r, leave := p.look()
	defer leave()
	var keys []string
	if party != "" {
		root, err := r.one(party)
		if err != nil {
			return nil, err
		}
		keys = r.keys(root)
	}
	var out []Decision
	for i := len(p.decisions) - 1; i >= 0; i-- {
		d := p.decisions[i]
		if party == "" || slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(d.A, k) || slices.Contains(d.B, k) }) {
			out = append(out, d)
		}
	}
	return out, nil
}
