package search

import "unsafe"

// large is an array in memory of its own that holds no pointers. Where the system
// has large pages it lies on them: work that goes to and fro in it then needs far
// fewer looks into page tables.
type large[T any] struct {
	data   []T
	mapped []byte // what the system gave, nil where the memory is ordinary
}

// room makes the array n elements long. What it held is lost; memory that is new
// is zeroed.
func (l *large[T]) room(n int) []T {
	if cap(l.data) < n {
		l.free()
		var none T
		size := n + n/4
		if b := mapLarge(size * int(unsafe.Sizeof(none))); b != nil {
			l.mapped = b
			l.data = unsafe.Slice((*T)(unsafe.Pointer(&onPage(b)[0])), size)
		} else {
			l.data = make([]T, size)
		}
	}
	l.data = l.data[:n]
	return l.data
}

// free gives the memory back.
func (l *large[T]) free() {
	if l.mapped != nil {
		unmapLarge(l.mapped)
	}
	*l = large[T]{}
}
