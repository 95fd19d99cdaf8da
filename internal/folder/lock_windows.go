package folder

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock on file without waiting. It locks one byte far behind
// the text, because a locked byte cannot be read by others here.
func tryLock(file *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(file.Fd()), flags, 0, 1, 0, &windows.Overlapped{OffsetHigh: 1 << 20})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errHeld
	}
	return err
}
