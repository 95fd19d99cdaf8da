package sqlite

import (
	"context"
	"errors"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"onewindow/internal/ierr"
)

// wrap gives an error of the library the kind that its users go by.
func wrap(err error) error {
	if err == nil {
		return nil
	}
	var known *ierr.Error
	if errors.As(err, &known) {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return ierr.Wrap(err, ierr.Cancelled, "store.cancelled", nil)
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB:
		return ierr.Wrap(err, ierr.Corrupt, "store.damaged", nil)
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return ierr.Wrap(err, ierr.Busy, "store.busy", nil)
	case lib.SQLITE_FULL:
		return ierr.Wrap(err, ierr.TooLarge, "store.disk_full", nil)
	case lib.SQLITE_IOERR: // a failing disk, or a limit on the size of files
		return ierr.Wrap(err, ierr.Internal, "store.disk_failed", nil)
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		return ierr.Wrap(err, ierr.Forbidden, "store.not_writable", nil)
	case lib.SQLITE_INTERRUPT:
		return ierr.Wrap(err, ierr.Cancelled, "store.cancelled", nil)
	}
	return err
}
