package bench

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"runtime"
	"sync"
	"time"

	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
)

// stock is a file of invented documents in canonical form, each with its length
// before it. They are invented before anything is measured, so that what is
// measured is not the inventing.
type stock struct {
	path string
	name string // says which documents they are
	mark int    // a document, from 0, to which reading can jump
	at   int64  // where it stands in the file
}

// pieceOf is how many documents one processor invents at a time.
const pieceOf = 500

// invent writes the stock of a run and measures how fast documents are invented.
func (r *run) invent(ctx context.Context) error {
	f, err := os.Create(r.stock.path)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriterSize(f, 1<<20)
	pieces := make([][]byte, runtime.GOMAXPROCS(0))
	start, written := time.Now(), int64(0)
	for from := 0; from < r.Records && ctx.Err() == nil; from += len(pieces) * pieceOf {
		r.tell(Progress{"bench.stage.invent", int64(from), int64(r.Records)})
		var all sync.WaitGroup
		for k := range pieces {
			all.Go(func() { pieces[k] = r.piece(pieces[k][:0], from+k*pieceOf) })
		}
		all.Wait()
		for k, p := range pieces {
			if from+k*pieceOf == r.stock.mark {
				r.stock.at = written
			}
			written += int64(len(p))
			if _, err := out.Write(p); err != nil {
				return err
			}
		}
	}
	r.report.Build.Invention = float64(r.Records) / time.Since(start).Seconds()
	if err := out.Flush(); err != nil {
		return err
	}
	return ctx.Err()
}

// piece appends the documents from one on to b.
func (r *run) piece(b []byte, from int) []byte {
	for i := from; i < min(from+pieceOf, r.Records); i++ {
		at := len(b)
		b = append(b, 0, 0, 0, 0)
		b = register.Encode(b, r.corpus.Document(i))
		binary.LittleEndian.PutUint32(b[at:], uint32(len(b)-at-4))
	}
	return b
}

// feed gives n documents of a stock to a register, the first ones or, with
// marked, those from the mark on.
type feed struct {
	stock
	n      int
	marked bool
}

func (f feed) canonical() register.Canonical {
	return register.Canonical{Name: "invented", Identity: fmt.Sprintf("%d of %s, from the mark: %t", f.n, f.name, f.marked), Format: "invented", N: int64(f.n)}
}

// Inputs returns the one input.
func (f feed) Inputs() []register.Input { return f.canonical().Inputs() }

// Read gives the documents from number from on.
func (f feed) Read(ctx context.Context, in register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return register.FeedSummary{}, err
	}
	defer file.Close()
	if f.marked {
		if _, err := file.Seek(f.at, io.SeekStart); err != nil {
			return register.FeedSummary{}, err
		}
	}
	s := documents{in: bufio.NewReaderSize(file, 1<<20)}
	for range from {
		s.next()
	}
	c := f.canonical()
	c.Document = func(int64) *record.Document { return s.document() }
	sum, err := c.Read(ctx, in, from, func(e entry.Entry) error {
		if s.err != nil {
			return s.err
		}
		return fn(e)
	})
	return sum, err
}

// documents takes documents out of a stock, one after the other.
type documents struct {
	in   *bufio.Reader
	body []byte
	err  error
}

// next reads the next body.
func (s *documents) next() {
	var size [4]byte
	if _, s.err = io.ReadFull(s.in, size[:]); s.err != nil {
		return
	}
	s.body = append(s.body[:0], make([]byte, binary.LittleEndian.Uint32(size[:]))...)
	_, s.err = io.ReadFull(s.in, s.body)
}

// document returns the next document; the day of issue, which the canonical form
// leaves out, is that of publication.
func (s *documents) document() *record.Document {
	if s.next(); s.err != nil {
		return &record.Document{}
	}
	d, err := register.Decode(s.body)
	if err != nil {
		s.err = err
		return &record.Document{}
	}
	d.Issued = d.Published
	return d
}
