package bench

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"onewindow/internal/register"
	"onewindow/internal/source"
	"onewindow/internal/source/cnipa"
	"onewindow/internal/source/entry"
)

// files reads official files, first through the reader alone and then into a
// register with its index.
func (r *run) files(ctx context.Context) error {
	if len(r.Files) == 0 {
		return nil
	}
	found, err := source.Find(ctx, r.Files, nil)
	if err != nil {
		return err
	}
	f := &FileFigures{Files: len(found)}
	start := time.Now()
	for _, file := range found {
		s, err := source.Read(ctx, file, source.Options{}, func(entry.Entry) error { return nil })
		if err != nil {
			return err
		}
		f.Rows += s.Entries
	}
	f.ReadRate = float64(f.Rows) / time.Since(start).Seconds()
	h, err := r.open(ctx, r.folder("files"))
	if err != nil {
		return err
	}
	defer h.close()
	start = time.Now()
	_, err = h.register.Load(ctx, register.LoadSpec{Feed: register.Files{Found: found}, Label: "bench"}, func(p register.Progress) {
		r.tell(Progress{"bench.stage.files", p.Counts.Entries, f.Rows})
	})
	if err != nil {
		return err
	}
	if err := h.finder.Sync(ctx, h.register.State()); err != nil {
		return err
	}
	f.LoadRate = float64(f.Rows) / time.Since(start).Seconds()
	r.report.Files = f
	return nil
}

// xml measures the reader of the office's XML over invented documents in an
// archive that is not compressed.
func (r *run) xml(ctx context.Context) error {
	r.tell(Progress{Stage: "bench.stage.xml"})
	path := r.folder("invented.zip")
	bytes, err := r.writeXML(path, min(r.Records, 20_000))
	if err != nil {
		return err
	}
	start := time.Now()
	s, err := source.Read(ctx, source.File{Path: path}, source.Options{}, func(entry.Entry) error { return nil })
	if err != nil {
		return err
	}
	passed := time.Since(start).Seconds()
	r.report.XML = XMLFigures{Documents: s.Documents, Rate: float64(s.Documents) / passed, MegabytesPerSecond: float64(bytes) / 1e6 / passed}
	return os.Remove(path)
}

// counting counts the bytes that pass through it.
type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return c.w.Write(p)
}

// writeXML writes the first n documents that XML can hold and returns their bytes.
func (r *run) writeXML(path string, n int) (bytes int64, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	z := zip.NewWriter(f)
	patents := *r.corpus
	patents.kinds = nil
	for i := range n {
		d := patents.Document(i)
		w, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%s.xml", d.DocID()), Method: zip.Store})
		if err != nil {
			return 0, err
		}
		c := counting{w: w}
		if err := cnipa.Write(&c, d); err != nil {
			return 0, err
		}
		bytes += c.n
	}
	return bytes, z.Close()
}
