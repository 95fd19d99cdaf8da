package bench

import (
	"context"
	"time"

	"onewindow/internal/find"
	"onewindow/internal/register"
)

// load loads n invented documents into h.
func (r *run) load(ctx context.Context, h *house, n int, stage string) error {
	_, err := h.register.Load(ctx, register.LoadSpec{Feed: feed{r.stock, n}, Label: "bench"}, func(p register.Progress) {
		r.tell(Progress{stage, p.Counts.Entries, int64(n)})
	})
	return err
}

// fill makes a house with n invented records that can be found.
func (r *run) fill(ctx context.Context, dir string, n int, stage string) (*house, error) {
	h, err := r.open(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err = r.load(ctx, h, n, stage); err == nil {
		err = h.finder.Sync(ctx, h.register.State())
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

// build measures how long it takes until all records are stored, classified,
// counted and searchable.
func (r *run) build(ctx context.Context) (*house, error) {
	b := &r.report.Build
	if err := r.invent(ctx); err != nil {
		return nil, err
	}
	resetPeak()
	used, start := processorTime(), time.Now()
	h, err := r.fill(ctx, r.folder("all"), r.Records, "bench.stage.build")
	if err != nil {
		return nil, err
	}
	b.Seconds = time.Since(start).Seconds()
	b.Rate = float64(r.Records) / b.Seconds
	if used > 0 {
		b.ProcessorSeconds = (processorTime() - used).Seconds()
	}
	b.PeakBytes = peakMemory()
	return h, nil
}

// reopen closes a house, measures it and measures how soon after opening it
// answers a first question, views included.
func (r *run) reopen(ctx context.Context, h *house) (*house, error) {
	r.tell(Progress{Stage: "bench.stage.open"})
	if err := h.close(); err != nil {
		return nil, err
	}
	var err error
	if r.report.Build.Size, err = h.sizes(); err != nil {
		return nil, err
	}
	start := time.Now()
	if h, err = r.open(ctx, h.dir); err != nil {
		return nil, err
	}
	_, err = h.finder.Search(ctx, find.Public(), find.Request{
		Query: r.corpus.LatinWord(0.07, 0), Lang: reader, Limit: hits, Facets: find.DefaultFacets,
	})
	if err != nil {
		h.close()
		return nil, err
	}
	r.report.OpenSeconds = time.Since(start).Seconds()
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
