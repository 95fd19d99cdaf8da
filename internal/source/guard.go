package source

import (
	"archive/zip"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"sync/atomic"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// guard returns r, the unpacked bytes of a member of which packed tells the
// packed ones, bounded by the limits of the member and of the whole file.
func (w *walk) guard(r io.Reader, packed func() int64) io.Reader {
	return &guardedReader{w: w, r: r, packed: packed}
}

type guardedReader struct {
	w      *walk
	r      io.Reader
	packed func() int64
	n      int64
}

func (g *guardedReader) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	g.n += int64(n)
	g.w.unpacked += int64(n)
	l := g.w.options.Limits
	if g.n-l.Grace > l.Ratio*g.packed() {
		return 0, entry.Refuse("archive.bomb", ierr.Args{"ratio": l.Ratio}, "")
	}
	if g.w.unpacked > l.Unpacked || g.w.unpacked-l.Grace > l.Ratio*g.w.size {
		g.w.spent = true
		return 0, entry.Refuse("archive.total", ierr.Args{"limit": min(l.Unpacked, l.Grace+l.Ratio*g.w.size)}, "")
	}
	return n, err
}

// liveReader ends when the context does.
type liveReader struct {
	ctx context.Context
	r   io.Reader
}

func (l *liveReader) Read(p []byte) (int, error) {
	if err := l.ctx.Err(); err != nil {
		return 0, err
	}
	return l.r.Read(p)
}

// countedReader counts the bytes read from r.
type countedReader struct {
	r io.Reader
	n int64
}

func (c *countedReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

// countedFile counts the bytes read of a file, in order or not; never more than
// there are.
type countedFile struct {
	f      *os.File
	n      *atomic.Int64
	size   int64
	failed atomic.Bool // the system could not read
}

func (c *countedFile) Read(p []byte) (int, error) {
	n, err := c.f.Read(p)
	c.count(n, err)
	return n, err
}

func (c *countedFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.f.ReadAt(p, off)
	c.count(n, err)
	return n, err
}

func (c *countedFile) count(n int, err error) {
	c.n.Store(min(c.n.Load()+int64(n), c.size))
	if err != nil && !errors.Is(err, io.EOF) {
		c.failed.Store(true)
	}
}

// problem turns what ended a member into a reject.
func problem(err error) *Reject {
	var r *Reject
	var corrupt flate.CorruptInputError
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, io.ErrUnexpectedEOF):
		return entry.Refuse("archive.truncated", nil, "")
	case errors.Is(err, zip.ErrAlgorithm):
		return entry.Refuse("archive.method", nil, "")
	case errors.Is(err, errDirectory):
		return entry.Refuse("archive.directory", ierr.Args{"limit": directoryBytes}, "")
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, gzip.ErrHeader),
		errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return entry.Refuse("archive.damaged", ierr.Args{"error": err.Error()}, "")
	}
	return entry.Refuse("file.unreadable", ierr.Args{"error": err.Error()}, "")
}
