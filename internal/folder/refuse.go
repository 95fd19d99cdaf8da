package folder

import (
	"errors"
	"io/fs"
	"path/filepath"
	"syscall"

	"onewindow/internal/ierr"
)

// cannotWrite tells why a file of a data folder cannot be written.
func cannotWrite(path string, err error) error {
	if e := barred(filepath.Dir(path), err); e != nil {
		return e
	}
	return ierr.Wrap(err, ierr.Internal, "folder.write", ierr.Args{"file": path, "reason": err.Error()})
}

// cannotMake tells why a data folder, or a folder in it, cannot be made.
func cannotMake(dir string, err error) error {
	if e := barred(dir, err); e != nil {
		return e
	}
	return ierr.Wrap(err, ierr.Invalid, "folder.make", ierr.Args{"dir": dir, "reason": err.Error()})
}

// barred returns the refusal for a place that can never be written, nil for any
// other error. Even questions need a folder that can be written: its lock and
// its log lie there.
func barred(dir string, err error) error {
	switch {
	case errors.Is(err, syscall.EROFS):
		return ierr.Wrap(err, ierr.Forbidden, "folder.read_only", ierr.Args{"dir": dir})
	case errors.Is(err, fs.ErrPermission):
		return ierr.Wrap(err, ierr.Forbidden, "folder.not_allowed", ierr.Args{"dir": dir})
	}
	return nil
}
