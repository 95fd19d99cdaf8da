package source

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"onewindow/internal/ierr"
)

// File is one top-level file to be read.
type File struct {
	Path    string // absolute, without symbolic links
	Size    int64  // bytes
	ModTime time.Time
	SHA256  string // of its bytes, in hexadecimal; empty until hashed
}

// Listing is what paths stand for.
type Listing struct {
	Files  []File // sorted by path, each once, not yet hashed
	Hidden int    // files and folders left out since their name begins with a dot
	Links  int    // symbolic links inside folders, which are not followed
	Other  int    // devices, sockets and pipes
}

// Find lists the files that paths stand for (see Expand) and hashes them.
// hashed, if not nil, is called while it does with the bytes done of a file, and
// once more with its hash filled in. Errors are of kind NotFound or Invalid for a
// path that cannot be used, Cancelled, or Internal when reading fails.
func Find(ctx context.Context, paths []string, hashed func(f File, done int64)) ([]File, error) {
	listing, err := Expand(ctx, paths)
	if err != nil {
		return nil, err
	}
	for i := range listing.Files {
		f := &listing.Files[i]
		if err := f.hash(ctx, hashed); err != nil {
			return nil, err
		}
	}
	return listing.Files, nil
}

// Expand lists files and, for folders, all files below them. Hidden files,
// symbolic links and what is no file are left out and counted; a path that is
// itself a link is resolved. It fails where a path is missing or nothing is found.
func Expand(ctx context.Context, paths []string) (Listing, error) {
	var l Listing
	for _, p := range paths {
		if err := l.add(ctx, p); err != nil {
			return Listing{}, err
		}
	}
	slices.SortFunc(l.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	l.Files = slices.CompactFunc(l.Files, func(a, b File) bool { return a.Path == b.Path })
	if len(l.Files) == 0 {
		return l, ierr.New(ierr.NotFound, "source.nothing_found", ierr.Args{"paths": strings.Join(paths, ", ")})
	}
	return l, nil
}

func (l *Listing) add(ctx context.Context, path string) error {
	abs, err := filepath.Abs(path)
	if err == nil {
		abs, err = filepath.EvalSymlinks(abs)
	}
	if err != nil {
		return pathError(err, path)
	}
	info, err := os.Stat(abs)
	if err != nil {
		return pathError(err, path)
	}
	if !info.IsDir() {
		if !info.Mode().IsRegular() {
			return ierr.New(ierr.Invalid, "source.not_a_file", ierr.Args{"path": path})
		}
		l.Files = append(l.Files, File{Path: abs, Size: info.Size(), ModTime: info.ModTime()})
		return nil
	}
	return filepath.WalkDir(abs, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return pathError(err, p)
		}
		if err := ctx.Err(); err != nil {
			return cancelled(err)
		}
		return l.visit(abs, p, d)
	})
}

func (l *Listing) visit(root, p string, d fs.DirEntry) error {
	switch {
	case p != root && strings.HasPrefix(d.Name(), "."):
		l.Hidden++
		if d.IsDir() {
			return fs.SkipDir
		}
	case d.IsDir():
	case d.Type()&fs.ModeSymlink != 0:
		l.Links++
	case !d.Type().IsRegular():
		l.Other++
	default:
		info, err := d.Info()
		if err != nil {
			return pathError(err, p)
		}
		l.Files = append(l.Files, File{Path: p, Size: info.Size(), ModTime: info.ModTime()})
	}
	return nil
}

func pathError(err error, path string) error {
	args := ierr.Args{"path": path}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ierr.Wrap(err, ierr.NotFound, "source.path_missing", args)
	case errors.Is(err, fs.ErrPermission):
		return ierr.Wrap(err, ierr.Forbidden, "source.path_forbidden", args)
	}
	return ierr.Wrap(err, ierr.Internal, "source.path_unreadable", args)
}

func cancelled(err error) error { return ierr.Wrap(err, ierr.Cancelled, "source.cancelled", nil) }

// hash fills in f's hash, and its size as it was read.
func (f *File) hash(ctx context.Context, hashed func(File, int64)) error {
	in, err := os.Open(f.Path)
	if err != nil {
		return pathError(err, f.Path)
	}
	defer in.Close()
	sum := sha256.New()
	var done int64
	for {
		if err := ctx.Err(); err != nil {
			return cancelled(err)
		}
		n, err := io.CopyN(sum, in, 1<<20)
		done += n
		if hashed != nil && n > 0 {
			hashed(*f, done)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return pathError(err, f.Path)
		}
	}
	f.Size = done
	f.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if hashed != nil {
		hashed(*f, done)
	}
	return nil
}
