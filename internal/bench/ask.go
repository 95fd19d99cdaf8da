package bench

import (
	"context"
	"time"

	"onewindow/internal/find"
	"onewindow/internal/ierr"
	"onewindow/internal/register"
)

const (
	hits   = 20   // returned for every question
	reader = "en" // the language of labels and explanations
)

// request is a question in one of its wordings.
func (q *Question) request(draw int) find.Request {
	return find.Request{
		Query: q.Queries[draw], Lang: reader, Sort: q.Sort, Limit: hits, Facets: find.DefaultFacets, BareHits: true,
	}
}

// ask puts the mixes, the parties and the tables of counts to a house.
func (r *run) ask(ctx context.Context, h *house, f *Figures) error {
	all, err := h.finder.Count(ctx, find.Public(), find.CountRequest{By: []string{"kind"}, Lang: reader})
	if err != nil {
		return err
	}
	f.Build.Rights = all.Total
	cities, counties := r.names()
	if err := r.askMix(ctx, h, r.corpus.Mix(f.Records, cities, counties), &f.Mix, "bench.stage.ask"); err != nil {
		return err
	}
	if r.Kinds == KindsAll {
		f.Wider = &Mix{}
		if err := r.askMix(ctx, h, r.corpus.WiderMix(cities), f.Wider, "bench.stage.ask-wider"); err != nil {
			return err
		}
		if f.Holders, err = r.askHolders(ctx, h); err != nil {
			return err
		}
	}
	if err := r.askCounts(ctx, h, &f.Counts); err != nil {
		return err
	}
	f.AskPeakBytes = peakMemory()
	return nil
}

// askMix asks every question in every wording, one kind after the other, so that
// no question follows its like. Other wordings warm up first.
func (r *run) askMix(ctx context.Context, h *house, mix []Question, m *Mix, stage string) error {
	for draw := Draws; draw < Draws+warmDraws; draw++ {
		for i := range mix {
			if _, err := h.finder.Search(ctx, find.Public(), mix[i].request(draw)); err != nil {
				return err
			}
		}
	}
	took := make([]durations, len(mix))
	totals := make([]int64, len(mix))
	var all, views durations
	rounds := max(1, r.Rounds)
	for n := range rounds * Draws {
		r.tell(Progress{stage, int64(n), int64(rounds * Draws)})
		for i := range mix {
			start := time.Now()
			res, err := h.finder.Search(ctx, find.Public(), mix[i].request(n%Draws))
			passed := time.Since(start)
			if err != nil {
				return err
			}
			took[i], all = append(took[i], passed), append(all, passed)
			totals[i] += res.Total
			if n < Draws && len(res.Hits) > 0 {
				if passed, err = fetch(ctx, h, res.Hits); err != nil {
					return err
				}
				views = append(views, passed)
			}
		}
	}
	for i := range mix {
		m.Questions = append(m.Questions, Asked{
			Number: mix[i].Number, Name: mix[i].Name, Example: mix[i].Queries[0],
			Hits: totals[i] / int64(rounds*Draws), Times: took[i].times(),
		})
	}
	m.All, m.Views = all.times(), views.times()
	return nil
}

// fetch measures how long the views of some hits take.
func fetch(ctx context.Context, h *house, found []find.Hit) (time.Duration, error) {
	ids := make([]int64, len(found))
	for i := range found {
		ids[i] = found[i].Right
	}
	start := time.Now()
	_, err := h.register.ByIDs(ctx, ids, register.AsOf{})
	return time.Since(start), err
}

// narrowed is what is counted where all records make too many rows.
const narrowed = `pd within "2015 2016"`

// askCounts counts by every choice of three dimensions of rights.
func (r *run) askCounts(ctx context.Context, h *house, f *Counts) error {
	var names []string
	for _, name := range find.DimensionNames() {
		if _, err := h.finder.Count(ctx, find.Public(), find.CountRequest{By: []string{name}, Lang: reader}); err == nil {
			names = append(names, name)
		}
	}
	var all durations
	for a := range names {
		for b := a + 1; b < len(names); b++ {
			for c := b + 1; c < len(names); c++ {
				asked, took, err := r.askCount(ctx, h, []string{names[a], names[b], names[c]})
				if err != nil {
					return err
				}
				f.Tables = append(f.Tables, asked)
				all = append(all, took...)
				r.tell(Progress{"bench.stage.count", int64(len(f.Tables)), int64(len(names) * (len(names) - 1) * (len(names) - 2) / 6)})
			}
		}
	}
	f.All = all.times()
	return nil
}

// askCount counts one table several times.
func (r *run) askCount(ctx context.Context, h *house, by []string) (Counted, durations, error) {
	out := Counted{By: by}
	var took durations
	for range 5 {
		start := time.Now()
		t, err := h.finder.Count(ctx, find.Public(), find.CountRequest{Query: out.Query, By: by, Lang: reader})
		if ierr.KindOf(err) == ierr.TooLarge && out.Query == "" {
			out.Query = narrowed
			continue
		}
		if err != nil {
			return out, nil, err
		}
		took = append(took, time.Since(start))
		out.Rows, out.Total = len(t.Rows), t.Total
	}
	out.Times = took.times()
	return out, took, nil
}
