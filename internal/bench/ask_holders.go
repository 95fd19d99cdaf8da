package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/find"
	"onewindow/internal/register"
)

const (
	askedParties   = 500 // of all sizes
	largestParties = 20
)

// askHolders asks for all rights of parties by their ids: of the largest ones, and
// of owners drawn evenly from all, most of which have few.
func (r *run) askHolders(ctx context.Context, h *house) (*Holders, error) {
	r.tell(Progress{Stage: "bench.stage.holders"})
	out := &Holders{}
	var all, largest durations
	for i, p := range h.parties.Largest(largestParties) {
		for range 5 {
			passed, total, err := r.askHolder(ctx, h, p.ID)
			if err != nil {
				return nil, err
			}
			largest = append(largest, passed)
			if i == 0 {
				out.Rights = total
			}
		}
	}
	rng := rand.New(rand.NewPCG(r.Seed, 23))
	for tries := 0; out.Asked < askedParties && tries < 4*askedParties; tries++ {
		m, _, ok := h.parties.Resolve(r.corpus.owner(rng.IntN(owners)).name)
		if !ok {
			continue // a person's name that several bear, or an owner that no record names
		}
		passed, _, err := r.askHolder(ctx, h, m.ID)
		if err != nil {
			return nil, err
		}
		out.Asked++
		all = append(all, passed)
	}
	out.All, out.Largest = append(all, largest...).times(), largest.times()
	return out, nil
}

func (r *run) askHolder(ctx context.Context, h *house, id string) (time.Duration, int64, error) {
	start := time.Now()
	res, err := h.finder.Search(ctx, find.Public(), find.Request{
		Query: fmt.Sprintf("holder=%q", id), Lang: reader, Limit: hits, Facets: find.DefaultFacets, BareHits: true,
	})
	passed := time.Since(start)
	if err != nil {
		return 0, 0, err
	}
	return passed, res.Total, nil
}

// match measures how long it takes to match names of holders: each stands in a
// right of its own, in a register that nobody has looked at for parties.
func (r *run) match(ctx context.Context) error {
	if r.Kinds != KindsAll || r.Names == 0 {
		return nil
	}
	h, err := r.openRegister(ctx, r.folder("names"))
	if err != nil {
		return err
	}
	defer func() { h.close() }()
	docs := r.corpus.named(r.Names)
	_, err = h.register.Load(ctx, register.LoadSpec{Label: "bench", Feed: register.Canonical{
		Name: "names", Identity: fmt.Sprintf("%d names, seed %d", r.Names, r.Seed), Format: "invented", N: int64(len(docs.list)), Document: docs.document,
	}}, func(p register.Progress) {
		r.tell(Progress{"bench.stage.match", p.Counts.Entries, int64(len(docs.list))})
	})
	if err != nil {
		return err
	}
	classifier, err := classify.New(r.pack, r.Defs)
	if err != nil {
		return err
	}
	start := time.Now()
	if err := r.openParties(h, r.pack, classifier); err != nil {
		return err
	}
	if err := h.parties.Sync(ctx, h.register.State()); err != nil {
		return err
	}
	r.report.Matching = &Matching{Names: r.Names, Seconds: time.Since(start).Seconds(), Parties: h.parties.Count()}
	return nil
}
