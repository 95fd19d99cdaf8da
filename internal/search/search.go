package search

import (
	"context"
	"math/bits"
	"slices"

	"onewindow/internal/ierr"
)

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
	err := guard(func() error {
		q, err := s.prepare(ctx, n)
		if err != nil {
			return err
		}
		t := newTop(want, o.Sort, len(q.plan.leaves) > 0)
		err = q.run(func(base uint32, words []uint64, pieces []evaluated) {
			res.Total += countBits(words)
			for _, c := range o.Collectors {
				c.Collect(base, words)
			}
			t.window(q.e, base, words, pieces)
		})
		res.Hits = t.sorted()
		return err
	})
	if err != nil {
		return Result{}, err
	}
	res.Hits = res.Hits[min(o.Offset, len(res.Hits)):]
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
		windows := (int(s.man.Slots) + WindowSlots - 1) / WindowSlots
		out = make([]uint64, windows*windowWords)
		return q.run(func(base uint32, words []uint64, _ []evaluated) { copy(out[base/64:], words) })
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// query is a question in the course of being answered.
type query struct {
	s     *Snapshot
	e     *env
	plan  *plan
	roots []exec // by view
}

// evaluated is a piece whose hits are known.
type evaluated struct {
	piece
	root exec
	tick int
}

func (s *Snapshot) prepare(ctx context.Context, n Node) (*query, error) {
	p, err := newPlan(s.lay, n)
	if err != nil {
		return nil, err
	}
	q := &query{s: s, plan: p, e: &env{ctx: ctx}}
	for _, v := range s.views {
		b := &builder{e: q.e, v: v}
		q.roots = append(q.roots, b.build(p.root, true))
		if err := ctx.Err(); err != nil {
			return nil, ierr.Wrap(err, ierr.Cancelled, "search.cancelled", nil)
		}
	}
	p.weigh(s.views, s.lay.n)
	return q, nil
}

// run evaluates window after window and hands over those with hits.
func (q *query) run(found func(base uint32, words []uint64, pieces []evaluated)) error {
	words := make([]uint64, windowWords)
	own := make([]uint64, windowWords)
	var pieces []evaluated
	from := 0
	for base := uint64(0); base < uint64(q.s.man.Slots); base += WindowSlots {
		if err := q.e.ctx.Err(); err != nil {
			return ierr.Wrap(err, ierr.Cancelled, "search.cancelled", nil)
		}
		clear(words)
		pieces = pieces[:0]
		for i := from; i < len(q.s.views); i++ {
			p, ok := pieceOf(q.s.views[i], uint32(base))
			if !ok {
				if uint64(q.s.views[i].base) > base {
					break
				}
				from = i + 1
				continue
			}
			clear(own)
			q.e.tick++
			q.roots[i].eval(q.e, &p, nil, own)
			if m := p.v.mask; m != nil {
				for k, w := range p.aligned(m) {
					own[p.w0+k] &^= w
				}
			}
			if anyBit(own[p.w0:p.w1]) {
				p.or(words, own, nil)
				pieces = append(pieces, evaluated{p, q.roots[i], q.e.tick})
			}
		}
		if len(pieces) > 0 {
			found(uint32(base), words, pieces)
		}
	}
	return nil
}

func countBits(words []uint64) int {
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}

// top keeps the best hits so far in a heap whose root is the worst of them.
type top struct {
	n      int
	sort   SortKeys
	scored bool
	keys   []int32
	acc    []float32 // scores of the window, zero between pieces
	hits   []Hit
}

func newTop(n int, sort SortKeys, scored bool) *top {
	return &top{n: n, sort: sort, scored: scored && sort == nil}
}

// worse orders hits, the worst first.
func worse(a, b Hit) bool {
	if a.Key != b.Key {
		return a.Key < b.Key
	}
	if a.Score != b.Score {
		return a.Score < b.Score
	}
	return a.Slot > b.Slot
}

func (t *top) full() bool { return len(t.hits) == t.n }

func (t *top) push(h Hit) {
	if !t.full() {
		t.hits = append(t.hits, h)
		for i := len(t.hits) - 1; i > 0; {
			up := (i - 1) / 2
			if !worse(t.hits[i], t.hits[up]) {
				break
			}
			t.hits[i], t.hits[up] = t.hits[up], t.hits[i]
			i = up
		}
		return
	}
	if !worse(t.hits[0], h) {
		return
	}
	t.hits[0] = h
	for i := 0; ; {
		k := 2*i + 1
		if k >= t.n {
			return
		}
		if k+1 < t.n && worse(t.hits[k+1], t.hits[k]) {
			k++
		}
		if !worse(t.hits[k], t.hits[i]) {
			return
		}
		t.hits[i], t.hits[k] = t.hits[k], t.hits[i]
		i = k
	}
}

func (t *top) sorted() []Hit {
	slices.SortFunc(t.hits, func(a, b Hit) int {
		if worse(b, a) {
			return -1
		}
		return 1
	})
	return t.hits
}

// window takes the best hits of a window.
func (t *top) window(e *env, base uint32, words []uint64, pieces []evaluated) {
	switch {
	case t.n == 0:
	case t.sort != nil:
		t.byKey(base, words)
	case !t.scored:
		t.bySlot(base, words)
	default:
		for i := range pieces {
			t.byScore(e, &pieces[i], words)
		}
	}
}

func (t *top) bySlot(base uint32, words []uint64) {
	for i := 0; i < len(words) && !t.full(); i++ {
		for w := words[i]; w != 0; w &= w - 1 {
			t.push(Hit{Slot: base + uint32(i*64+bits.TrailingZeros64(w))})
		}
	}
}

func (t *top) byKey(base uint32, words []uint64) {
	if t.keys == nil {
		t.keys = make([]int32, WindowSlots)
	}
	t.sort.Keys(base, t.keys)
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			if k := t.keys[bit]; !t.full() || k > t.hits[0].Key {
				t.push(Hit{Slot: base + uint32(bit), Key: k})
			}
		}
	}
}
