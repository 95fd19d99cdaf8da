package source

import (
	"context"
	"io"
	"runtime"
	"slices"
	"sync"

	"onewindow/internal/source/entry"
)

// Options say how a file is read. The zero Options detect the format, read from
// the beginning and keep to entry.DefaultLimits.
type Options struct {
	As      string   // ID of the format, instead of detecting it
	More    []Format // formats that are definitions, tried before those of the table
	From    int64    // entries with Ordinal <= From are left out, and cost no decoding
	Limits  Limits   // zero fields take their defaults
	Workers int      // goroutines that decode; 0 means one for each processor
	Picture Keeper   // takes pictures that lie beside entries; nil leaves them
	TempDir string   // where archives within archives are kept while read; empty means the system's folder
}

// Keeper takes a picture that lies in a top-level file, or is one (member is empty
// then). It tells whether it keeps it. It is called in the order of the file.
type Keeper func(file, member string, r io.Reader) bool

// Summary counts what Read delivered.
type Summary struct {
	Entries   int64 // Documents + Rejected
	Documents int64
	Rejected  int64
	Flagged   int64 // documents with at least one flag

	Broken bool // the file could not be read as it was listed: it is another one now, or its disk fails

	Flags   map[string]int64 // documents by the code of each flag
	Rejects map[string]int64 // rejects by code
	Unread  map[string]int64 // what holds something and no code reads: "cnipa-xml: business:Description"
}

// Read reads one file and hands its entries to each, in order, on the calling
// goroutine. Troubles of a member become entries with a Reject, and reading goes
// on with the next member. Read fails only when ctx ends, when each fails (with
// that error), or when Options.As names no format.
func Read(ctx context.Context, f File, o Options, each func(Entry) error) (Summary, error) {
	formats := append(slices.Clone(o.More), Formats()...)
	if o.As != "" {
		as, err := named(formats, o.As)
		if err != nil {
			return Summary{}, err
		}
		formats = []Format{as}
	}
	o.Limits = o.Limits.Or(entry.DefaultLimits())
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	inner, stop := context.WithCancel(ctx)
	defer stop()
	line := newLine(inner, o)
	w := &walk{ctx: inner, formats: formats, forced: o.As != "", options: o, line: line}

	var running sync.WaitGroup
	for range o.Workers {
		running.Go(line.work)
	}
	running.Go(func() {
		defer line.close()
		w.file(f)
	})
	s := Summary{Flags: map[string]int64{}, Rejects: map[string]int64{}, Unread: map[string]int64{}}
	err := line.deliver(&s, each)
	stop()
	running.Wait()
	if err == nil && ctx.Err() != nil {
		err = cancelled(ctx.Err())
	}
	s.Broken = w.broken
	for what, n := range w.unread {
		s.Unread[what] += n
	}
	return s, err
}

// count adds one delivered entry.
func (s *Summary) count(e *Entry) {
	s.Entries++
	if e.Reject != nil {
		s.Rejected++
		s.Rejects[e.Reject.Code]++
		return
	}
	s.Documents++
	if len(e.Doc.Flags) > 0 {
		s.Flagged++
	}
	for i, f := range e.Doc.Flags {
		again := false
		for _, earlier := range e.Doc.Flags[:i] {
			again = again || earlier.Code == f.Code
		}
		if !again {
			s.Flags[f.Code]++
		}
	}
}
