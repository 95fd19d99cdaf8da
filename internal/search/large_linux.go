package search

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

const largePage = 2 << 20 // of the usual processors

// mapLarge returns zeroed memory in which size bytes lie on large pages if the
// system has any to give, nil if it gives no memory this way.
func mapLarge(size int) []byte {
	if size < largePage {
		return nil
	}
	b, err := unix.Mmap(-1, 0, size+largePage, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	_ = unix.Madvise(onPage(b), unix.MADV_HUGEPAGE) // without them it is only slower
	return b
}

// onPage returns b from its first large page on.
func onPage(b []byte) []byte {
	at := uintptr(unsafe.Pointer(&b[0]))
	return b[int(-at&(largePage-1)):]
}

func unmapLarge(b []byte) { _ = unix.Munmap(b) }
