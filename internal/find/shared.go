package find

import "onewindow/internal/search"

// shared lets several goroutines count into a collector of the cube, each into a
// clone of its own.
type shared[C cloner[C]] struct{ all C }

type cloner[C any] interface {
	search.Collector
	Clone() C
	Merge(C)
}

func (s shared[C]) Collect(base uint32, words []uint64) { s.all.Collect(base, words) }

func (s shared[C]) Fork() search.Collector { return shared[C]{s.all.Clone()} }

func (s shared[C]) Join(fork search.Collector) { s.all.Merge(fork.(shared[C]).all) }
