package search

import "context"

// Options say what to do with the hits.
type Options struct {
	// Top is how many hits to return, after passing over Offset.
	Top, Offset int
	// Sort orders hits by these keys, highest first, instead of by score. Hits
	// with equal keys or scores come in order of slots.
	Sort SortKeys
	// Collectors see all hits, window by window. Where a search ends with an
	// error they have seen some.
	Collectors []Collector
}

// Result is the answer to a question.
type Result struct {
	Total int // documents found, exactly
	Hits  []Hit
}

// Hit is a document found.
type Hit struct {
	Slot  uint32
	Score float32 // 0 when hits are sorted by keys
	Key   int32   // 0 unless hits are sorted by keys
}

// Search finds the documents that n stands for. Errors are of kind Invalid for a
// question that the schema cannot answer, TooLarge beyond the limits, Cancelled
// with ctx, and Corrupt where what is stored is damaged.
func (s *Snapshot) Search(ctx context.Context, n Node, o Options) (Result, error) {
	want := o.Top + o.Offset
	if o.Top < 0 || o.Offset < 0 || want > MaxTop {
		return Result{}, tooLarge("top", MaxTop)
	}
	var res Result
	err := guard(func() (err error) {
		q, err := s.prepare(ctx, n)
		if err != nil {
			return err
		}
		most := q.most()
		if !parallel(o.Collectors) {
			most = 1
		}
		helpers := hire(most - 1)
		defer dismiss(helpers)
		res, err = q.collect(1+helpers, want, o)
		return err
	})
	if err != nil {
		return Result{}, err
	}
	res.Hits = res.Hits[min(o.Offset, len(res.Hits)):]
	return res, nil
}

// share is what one worker makes of the hits it finds.
type share struct {
	total      int
	top        *top
	collectors []Collector
}

func parallel(collectors []Collector) bool {
	for _, c := range collectors {
		if _, ok := c.(Parallel); !ok {
			return false
		}
	}
	return true
}

// collect runs the question with n workers and puts their shares together.
func (q *query) collect(n, want int, o Options) (Result, error) {
	shares := make([]share, n)
	err := q.run(n, func(i int, w *worker) func(uint32, []uint64, []evaluated) {
		sh := &shares[i]
		sh.top = newTop(want, o.Sort, q.plan, &q.bar)
		sh.collectors = o.Collectors
		if i > 0 {
			sh.collectors = make([]Collector, len(o.Collectors))
			for k, c := range o.Collectors {
				sh.collectors[k] = c.(Parallel).Fork()
			}
		}
		return func(base uint32, words []uint64, pieces []evaluated) {
			sh.total += countBits(words)
			for _, c := range sh.collectors {
				c.Collect(base, words)
			}
			sh.top.window(w.e, base, words, pieces)
		}
	})
	if err != nil {
		return Result{}, err
	}
	res := Result{Total: shares[0].total, Hits: shares[0].top.hits}
	for _, sh := range shares[1:] {
		res.Total += sh.total
		res.Hits = append(res.Hits, sh.top.hits...)
		for k, c := range o.Collectors {
			c.(Parallel).Join(sh.collectors[k])
		}
	}
	sortHits(res.Hits)
	res.Hits = res.Hits[:min(want, len(res.Hits))]
	return res, nil
}

// Bits returns the slots of the documents that n stands for, as a set: bit i%64 of
// word i/64 is slot i. Its length is a multiple of a window's. Errors are those of
// Search.
func (s *Snapshot) Bits(ctx context.Context, n Node) ([]uint64, error) {
	var out []uint64
	err := guard(func() error {
		q, err := s.prepare(ctx, n)
		if err != nil {
			return err
		}
		out = make([]uint64, int(q.windows())*windowWords)
		helpers := hire(q.most() - 1)
		defer dismiss(helpers)
		return q.run(1+helpers, func(int, *worker) func(uint32, []uint64, []evaluated) {
			return func(base uint32, words []uint64, _ []evaluated) { copy(out[base/64:], words) }
		})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
