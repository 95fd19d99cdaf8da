package bench

import (
	"context"
	"errors"
	"os"
	"runtime/debug"
	"time"

	"onewindow/internal/find"
	"onewindow/internal/register"
)

// load loads the first n invented documents into h.
func (r *run) load(ctx context.Context, h *house, n int, stage string) error {
	return r.loadFeed(ctx, h, feed{r.stock, n, false}, stage)
}

func (r *run) loadFeed(ctx context.Context, h *house, f feed, stage string) error {
	_, err := h.register.Load(ctx, register.LoadSpec{Feed: f, Label: "bench"}, func(p register.Progress) {
		r.tell(Progress{stage, p.Counts.Entries, int64(f.n)})
	})
	return err
}

// grow builds a house and asks it, first at the records of Before, where they are
// measured too, then at all.
func (r *run) grow(ctx context.Context) (err error) {
	h, err := r.open(ctx, r.folder("all"))
	if err != nil {
		return err
	}
	defer func() {
		if h != nil {
			err = errors.Join(err, h.close())
		}
		err = errors.Join(err, os.RemoveAll(r.folder("all")))
	}()
	if r.Before > 0 {
		r.report.Before = &Figures{Records: r.Before}
		if h, err = r.measure(ctx, h, r.report.Before, feed{r.stock, r.Before, false}); err != nil {
			return err
		}
		r.report.Build = r.report.Before.Build
	}
	r.report.Records = r.Records
	h, err = r.measure(ctx, h, &r.report.Figures, feed{r.stock, r.Records - r.Before, r.Before > 0})
	return err
}

// measure builds on, closes and opens the house, and asks it. The house that it
// returns is the one to be closed, nil where there is none.
func (r *run) measure(ctx context.Context, h *house, f *Figures, more feed) (*house, error) {
	if err := r.build(ctx, h, f, more); err != nil {
		return h, err
	}
	h, err := r.reopen(ctx, h, f)
	if err != nil {
		return h, err
	}
	return h, r.ask(ctx, h, f)
}

// build measures how long it takes until all records are stored, classified,
// counted and searchable. What f has of those before is added up.
func (r *run) build(ctx context.Context, h *house, f *Figures, more feed) error {
	b := &f.Build
	resetPeak()
	used, start := processorTime(), time.Now()
	if err := r.loadFeed(ctx, h, more, "bench.stage.build"); err != nil {
		return err
	}
	if err := h.finder.Sync(ctx, h.register.State()); err != nil {
		return err
	}
	passed := time.Since(start).Seconds()
	b.Seconds += passed
	b.LastRate = float64(more.n) / passed
	b.Rate = float64(f.Records) / b.Seconds
	if used > 0 {
		b.ProcessorSeconds += (processorTime() - used).Seconds()
	}
	if h.parties != nil {
		start = time.Now()
		if err := h.parties.Sync(ctx, h.register.State()); err != nil {
			return err
		}
		b.Resolving = time.Since(start).Seconds()
	}
	b.PeakBytes = max(b.PeakBytes, peakMemory())
	return nil
}

// reopen closes a house, measures it and measures how soon after opening it
// answers a first question, views included.
func (r *run) reopen(ctx context.Context, h *house, f *Figures) (*house, error) {
	r.tell(Progress{Stage: "bench.stage.open"})
	err := h.close()
	if err != nil {
		return nil, err
	}
	if f.Build.Size, err = h.sizes(); err != nil {
		return nil, err
	}
	debug.FreeOSMemory() // of what is closed
	start := time.Now()
	if h, err = r.open(ctx, h.dir); err != nil {
		return nil, err
	}
	_, err = h.finder.Search(ctx, find.Public(), find.Request{
		Query: r.corpus.LatinWord(0.07, 0), Lang: reader, Limit: hits, Facets: find.DefaultFacets,
	})
	if err != nil {
		return h, err
	}
	f.OpenSeconds = time.Since(start).Seconds()
	resetPeak()
	return h, nil
}

// stages measures the parts of a build by themselves, over fewer records.
func (r *run) stages(ctx context.Context) error {
	n := min(r.Records, 100_000)
	h, err := r.openRegister(ctx, r.folder("parts"))
	if err != nil {
		return err
	}
	defer h.close()
	start := time.Now()
	if err := r.load(ctx, h, n, "bench.stage.parts"); err != nil {
		return err
	}
	r.report.Build.Storing = float64(n) / time.Since(start).Seconds()
	start = time.Now()
	if err := r.openIndex(h); err != nil {
		return err
	}
	if err := h.finder.Sync(ctx, h.register.State()); err != nil {
		return err
	}
	r.report.Build.Deriving = float64(n) / time.Since(start).Seconds()
	return nil
}
