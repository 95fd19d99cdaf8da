//go:build unix

package search

import (
	"os"

	"golang.org/x/sys/unix"
)

const syncsFolders = true

// mapFile maps size bytes of f for reading.
func mapFile(f *os.File, size int64) (data []byte, mapped bool, err error) {
	data, err = unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_SHARED)
	return data, err == nil, err
}

func unmapFile(data []byte) error { return unix.Munmap(data) }

// letGo lets the pages of a mapped file leave this process: what is read again comes
// back from the system's cache.
func letGo(data []byte) { _ = unix.Madvise(data, unix.MADV_DONTNEED) }
