package source

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"unicode/utf8"

	"onewindow/internal/ierr"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/workbook"
)

// directoryBytes bounds what is read of an archive to list its files.
const directoryBytes = 256 << 20

// zip reads an archive: in place when it is a file, else from a copy on disk,
// which is gone afterwards. Nothing in it is ever written under its own name.
func (w *walk) zip(m member, r io.Reader) {
	at, size := m.whole, m.size
	if at == nil {
		spool, err := w.spool(r)
		if spool != nil {
			defer os.Remove(spool.Name())
			defer spool.Close()
		}
		if err != nil {
			w.reject(m, Format{}, problem(err))
			return
		}
		info, err := spool.Stat()
		if err != nil {
			w.reject(m, Format{}, problem(err))
			return
		}
		at, size = spool, info.Size()
	}
	opening := &openingReader{at: at, left: directoryBytes}
	archive, err := zip.NewReader(opening, size)
	if err != nil {
		w.reject(m, Format{}, problem(err))
		return
	}
	opening.opened = true
	if workbook.Is(archive) {
		w.workbook(m, at, size)
		return
	}
	for _, f := range archive.File {
		if w.ctx.Err() != nil || w.spent {
			return
		}
		if w.entries++; w.entries > w.options.Limits.Entries {
			w.spent = true
			w.reject(m, Format{}, entry.Refuse("archive.entries", ierr.Args{"limit": w.options.Limits.Entries}, ""))
			return
		}
		w.zipped(m, f)
	}
}

// zipped reads one file of an archive.
func (w *walk) zipped(m member, f *zip.File) {
	name := f.Name
	if !utf8.ValidString(name) {
		name, _ = charset.GB18030.NewDecoder().String([]byte(name))
	}
	inner := member{place: name, name: path.Base(name), depth: m.depth + 1}
	if m.place != "" {
		inner.place = m.place + "!" + name
	}
	switch {
	case climbs(name):
		inner.place = entry.Clip(inner.place)
		w.reject(inner, Format{}, entry.Refuse("archive.path", nil, name))
	case strings.HasSuffix(name, "/"):
	case hidden(name):
		w.leave("hidden file")
	case f.Mode()&fs.ModeType != 0:
		w.reject(inner, Format{}, entry.Refuse("archive.link", nil, name))
	case f.Flags&1 != 0:
		w.reject(inner, Format{}, entry.Refuse("archive.encrypted", nil, name))
	default:
		r, err := f.Open()
		if err != nil {
			w.reject(inner, Format{}, problem(err))
			return
		}
		defer r.Close()
		inner.r = w.guard(r, func() int64 { return int64(f.CompressedSize64) })
		w.member(inner)
	}
}

// climbs tells whether a name in an archive would leave the folder that it is
// unpacked in, on any system.
func climbs(name string) bool {
	slashed := strings.ReplaceAll(name, `\`, "/")
	if strings.HasPrefix(slashed, "/") || strings.ContainsRune(name, 0) || slashed == "" {
		return true
	}
	if len(slashed) > 1 && slashed[1] == ':' {
		return true
	}
	for part := range strings.SplitSeq(slashed, "/") {
		if part == ".." {
			return true
		}
	}
	return false
}

// hidden tells whether a name is one that systems keep out of sight.
func hidden(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && part != "." || part == "__MACOSX" {
			return true
		}
	}
	return false
}

// spool copies r to a temporary file.
func (w *walk) spool(r io.Reader) (*os.File, error) {
	f, err := os.CreateTemp(w.options.TempDir, "onewindow-archive-")
	if err != nil {
		return nil, err
	}
	n, err := io.Copy(f, io.LimitReader(r, w.options.Limits.Spool+1))
	if err == nil && n > w.options.Limits.Spool {
		err = entry.Refuse("archive.spool", ierr.Args{"limit": w.options.Limits.Spool}, "")
	}
	return f, err
}

// openingReader bounds the bytes read until the archive is open, so that a
// directory of countless files cannot fill the memory.
type openingReader struct {
	at     io.ReaderAt
	left   int64
	opened bool
}

var errDirectory = errors.New("directory too large")

func (o *openingReader) ReadAt(p []byte, off int64) (int, error) {
	if !o.opened {
		if o.left -= int64(len(p)); o.left < 0 {
			return 0, errDirectory
		}
	}
	return o.at.ReadAt(p, off)
}
