package source

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// headBytes is how much of a member its format is judged by.
const headBytes = 64 << 10

// walk goes through one top-level file and everything packed in it, in the order
// in which it stands there, and puts what it finds on the line.
type walk struct {
	ctx     context.Context
	formats []Format
	forced  bool
	options Options
	line    *line
	unread  map[string]int64

	path     string       // of the top-level file
	packed   atomic.Int64 // bytes of the top-level file read
	size     int64        // of the top-level file
	unpacked int64        // bytes that have come out of archives
	entries  int          // files seen in archives
	spent    bool         // a limit of the whole file is exceeded: nothing more is read
	broken   bool         // see Summary.Broken
}

// member is a stretch of bytes under a name.
type member struct {
	place string // as in Entry.Member
	name  string // last part, for detection and messages
	r     io.Reader
	whole io.ReaderAt // the same bytes at random, where that is possible
	size  int64       // of whole
	depth int         // how many archives it lies in
}

// file reads a top-level file.
func (w *walk) file(f File) {
	w.path = f.Path
	name := filepath.Base(f.Path)
	breaks := func(r *Reject) {
		w.broken = true
		w.reject(member{name: name}, Format{}, r)
	}
	in, err := os.Open(f.Path)
	if err != nil {
		breaks(entry.Refuse("file.unreadable", ierr.Args{"error": err.Error()}, ""))
		return
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil || !f.is(info) {
		breaks(entry.Refuse("file.changed", nil, ""))
		return
	}
	w.size = info.Size()
	counted := &countedFile{f: in, n: &w.packed, size: w.size}
	w.member(member{name: name, r: counted, whole: counted, size: w.size})
	if counted.failed.Load() {
		w.broken = true // its reject is there: reading ended with it
	} else if info, err := in.Stat(); err != nil || !f.is(info) {
		breaks(entry.Refuse("file.changed", nil, ""))
	}
}

// is tells whether a file is still as it was listed; one that was not hashed
// may be any.
func (f *File) is(info fs.FileInfo) bool {
	return f.SHA256 == "" || info.Size() == f.Size && info.ModTime().Equal(f.ModTime)
}

// heads are readers for members, which are many and mostly small.
var heads = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, headBytes) }}

// member reads one member: an archive, a file of a known format, or neither.
func (w *walk) member(m member) {
	br := heads.Get().(*bufio.Reader)
	br.Reset(&liveReader{ctx: w.ctx, r: m.r})
	defer func() {
		br.Reset(nil)
		heads.Put(br)
	}()
	head, err := br.Peek(headBytes)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		w.reject(m, Format{}, problem(err))
		return
	}
	switch kind := packing(head); {
	case len(head) == 0:
		w.reject(m, Format{}, entry.Refuse("file.empty", nil, ""))
	case (kind == "zip" || kind == "gzip") && m.depth >= w.options.Limits.Depth:
		w.reject(m, Format{}, entry.Refuse("archive.depth", ierr.Args{"limit": w.options.Limits.Depth}, ""))
	case kind == "zip":
		w.zip(m, br)
	case kind == "gzip":
		w.gzip(m, br)
	case kind != "":
		w.reject(m, Format{}, entry.Refuse("archive.unsupported", ierr.Args{"kind": kind}, ""))
	case picture(head) != "":
		if keep := w.options.Picture; keep == nil || !keep(w.path, m.place, br) {
			w.leave("picture: " + picture(head))
		}
	default:
		w.content(m, br, head)
	}
}

// content reads a member by its format.
func (w *walk) content(m member, r io.Reader, head []byte) {
	for _, f := range w.formats {
		if !w.forced && !f.Detect(m.name, head) {
			continue
		}
		w.split(m, r, f)
		return
	}
	w.reject(m, Format{}, entry.Refuse("format.unknown", ierr.Args{"name": m.name}, string(head[:min(len(head), entry.RawLimit)])))
}

// split lets a format cut the member up. What ends it early becomes its last
// entry, with the row after which it ended and the byte where.
func (w *walk) split(m member, r io.Reader, f Format) {
	counted := &countedReader{r: r}
	rows := int64(0)
	err := f.Split(&entry.Input{Context: w.ctx, Name: m.name, R: counted, Limits: w.options.Limits}, func(b entry.Batch) error {
		rows += int64(b.N)
		return w.line.put(load{batch: b, member: m.place, format: f, read: w.packed.Load()})
	})
	if err == nil || w.ctx.Err() != nil {
		return
	}
	if rows > 0 {
		rows++
	}
	w.put(m, f, Entry{Row: rows, Offset: counted.n, Reject: problem(err)})
}

func (w *walk) reject(m member, f Format, r *Reject) { w.put(m, f, Entry{Reject: r}) }

// put sends a single entry. It fails only when the context has ended, which
// everything on the way up finds for itself.
func (w *walk) put(m member, f Format, e Entry) {
	_ = w.line.put(load{batch: entry.One(e), member: m.place, format: f, read: w.packed.Load()})
}

// leave counts something that is passed over on purpose.
func (w *walk) leave(what string) {
	if w.unread == nil {
		w.unread = map[string]int64{}
	}
	w.unread[what]++
}

// gzip reads a compressed stream, members one after another included. It keeps
// its place: what is in it is not a path of its own.
func (w *walk) gzip(m member, r io.Reader) {
	packed := &countedReader{r: r}
	z, err := gzip.NewReader(bufio.NewReader(packed))
	if err != nil {
		w.reject(m, Format{}, problem(err))
		return
	}
	inner := m
	inner.name = strings.TrimSuffix(m.name, path.Ext(m.name))
	inner.r = w.guard(z, func() int64 { return packed.n })
	inner.whole = nil
	inner.depth++
	w.member(inner)
}

// packing names the archive or compression that a beginning belongs to, empty
// for none.
func packing(head []byte) string {
	for _, magic := range [...]struct{ bytes, kind string }{
		{"PK\x03\x04", "zip"}, {"PK\x05\x06", "zip"}, {"PK\x07\x08", "zip"},
		{"\x1f\x8b", "gzip"},
		{"Rar!\x1a\x07", "rar"}, {"7z\xbc\xaf\x27\x1c", "7z"}, {"BZh", "bzip2"},
		{"\xfd7zXZ\x00", "xz"}, {"\x28\xb5\x2f\xfd", "zstd"},
	} {
		if strings.HasPrefix(string(head[:min(len(head), 8)]), magic.bytes) {
			return magic.kind
		}
	}
	if len(head) > 262 && string(head[257:262]) == "ustar" {
		return "tar"
	}
	return ""
}

// picture names the kind of picture or page image that accompanies documents
// and is not read, empty for anything else.
func picture(head []byte) string {
	for _, magic := range [...]struct{ bytes, kind string }{
		{"II*\x00", "tif"}, {"MM\x00*", "tif"}, {"\xff\xd8\xff", "jpg"},
		{"\x89PNG\r\n", "png"}, {"GIF8", "gif"}, {"%PDF-", "pdf"},
	} {
		if strings.HasPrefix(string(head[:min(len(head), 8)]), magic.bytes) {
			return magic.kind
		}
	}
	return ""
}

// IsPicture tells whether a file is a picture or page image, which is left at its
// beginning.
func IsPicture(f io.ReadSeeker) bool {
	head := make([]byte, 8)
	n, _ := io.ReadFull(f, head)
	_, err := f.Seek(0, io.SeekStart)
	return err == nil && picture(head[:n]) != ""
}
