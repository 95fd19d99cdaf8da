package search

import (
	"math"
	"math/bits"
	"slices"
	"sync/atomic"
)

// top keeps the best hits so far in a heap whose root is the worst of them.
type top struct {
	n      int
	sort   SortKeys
	scored bool
	choice bool // see plan
	hits   []Hit
	bar    *bar // of all workers
}

func newTop(n int, sort SortKeys, p *plan, bar *bar) *top {
	return &top{n: n, sort: sort, scored: len(p.leaves) > 0 && sort == nil, choice: p.choice, bar: bar}
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

// sortHits puts hits in order, the best first.
func sortHits(hits []Hit) {
	slices.SortFunc(hits, func(a, b Hit) int {
		if worse(b, a) {
			return -1
		}
		return 1
	})
}

// window takes the best hits of a window.
func (t *top) window(e *env, base uint32, words []uint64, pieces []evaluated) {
	switch {
	case t.n == 0:
	case t.sort != nil:
		t.byKey(e, base, words)
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

func (t *top) byKey(e *env, base uint32, words []uint64) {
	if e.keys == nil {
		e.keys = make([]int32, WindowSlots)
	}
	t.sort.Keys(base, e.keys)
	for i, w := range words {
		for ; w != 0; w &= w - 1 {
			bit := i*64 + bits.TrailingZeros64(w)
			if k := e.keys[bit]; !t.full() || k > t.hits[0].Key {
				t.push(Hit{Slot: base + uint32(bit), Key: k})
			}
		}
	}
}

// bar is the score that a hit must reach to be among the best, as far as all
// workers together know.
type bar struct{ bits atomic.Uint32 }

func (b *bar) score() float32 { return math.Float32frombits(b.bits.Load()) }

// raise tells that enough hits have at least this score, which is not negative.
func (b *bar) raise(score float32) {
	for x := math.Float32bits(score); ; {
		old := b.bits.Load() // bits of floats that are not negative are in their order
		if old >= x || b.bits.CompareAndSwap(old, x) {
			return
		}
	}
}
