package quality

import (
	"context"
	"strings"

	"onewindow/internal/party"
)

// countParties counts the pairs of the queue, and the decisions that settled one.
func (d *Desk) countParties() (Count, error) {
	_, total, err := d.config.Parties.Queue("", "", "", 0, 0)
	if err != nil {
		return Count{}, err
	}
	all, err := d.config.Parties.Decisions("")
	if err != nil {
		return Count{}, err
	}
	n := Count{Kind: Party, Open: total, Groups: total}
	for i := range all {
		if all[i].Rule != "" && all[i].Stands() {
			n.Decided++
		}
	}
	return n, nil
}

// Pairs returns pairs of parties that may be one, those on which most hangs first,
// each with the name of its case, and how many there are.
func (d *Desk) Pairs(limit, offset int) (pairs []party.Pair, cases []string, total int, err error) {
	pairs, total, err = d.config.Parties.Queue("", "", "", limit, offset)
	for i := range pairs {
		cases = append(cases, pairName(&pairs[i]))
	}
	return pairs, cases, total, err
}

func pairName(p *party.Pair) string { return name{kind: Party, detail: p.A.ID + ":" + p.B.ID}.String() }

// pair returns the case of two parties.
func (d *Desk) pair(n name) (*Case, error) {
	a, b, _ := strings.Cut(n.detail, ":")
	pairs, _, err := d.config.Parties.Queue("", "", a, party.MaxPairs, 0)
	if err != nil {
		return nil, err
	}
	for i := range pairs {
		if p := &pairs[i]; p.A.ID == b || p.B.ID == b {
			c := &Case{ID: pairName(p), Kind: Party, Pair: p, Alike: 1, AlikeOpen: 1}
			if _, alike, err := d.config.Parties.Queue(p.Rule, p.Near, "", 0, 0); err == nil {
				c.Alike, c.AlikeOpen = alike, alike
			}
			c.Choices = []Choice{{Act: ActMerge, Like: true}, {Act: ActDiffer, Like: true}}
			return c, nil
		}
	}
	return nil, unknown(n.String())
}

// decidePair decides a case of two parties.
func (d *Desk) decidePair(ctx context.Context, n name, x Decision) (*Made, error) {
	a, b, _ := strings.Cut(n.detail, ":")
	signed := party.Signed{Reason: x.Reason, By: x.By, Like: x.Like}
	var made []party.Decision
	var err error
	switch x.Act {
	case ActMerge:
		made, err = d.config.Parties.Merge(ctx, a, b, signed)
	case ActDiffer:
		made, err = d.config.Parties.Differ(ctx, a, b, signed)
	default:
		return nil, impossible(x.Act, Party)
	}
	if err != nil {
		return nil, err
	}
	return ofParty(&made[0], len(made)), nil
}
