package search

import (
	"runtime"
	"sync/atomic"
)

// hired counts the goroutines that questions run besides their own, over all
// questions: together they are fewer than the processors.
var hired atomic.Int32

// hire takes up to n goroutines from those that are free; dismiss gives them back.
func hire(n int) int {
	free := runtime.GOMAXPROCS(0) - 1
	for {
		old := hired.Load()
		take := min(n, free-int(old))
		if take <= 0 {
			return 0
		}
		if hired.CompareAndSwap(old, old+int32(take)) {
			return take
		}
	}
}

func dismiss(n int) { hired.Add(-int32(n)) }

// caught is how a goroutine's work ended.
type caught struct {
	err      error
	panicked any
}

// from does the work and keeps its error or panic.
func (c *caught) from(work func() error) {
	defer func() { c.panicked = recover() }()
	c.err = guard(work)
}

func (c *caught) failed() bool { return c.err != nil || c.panicked != nil }

// rethrow panics, in the goroutine that calls it, as the work did.
func (c *caught) rethrow() {
	if c.panicked != nil {
		panic(c.panicked)
	}
}
