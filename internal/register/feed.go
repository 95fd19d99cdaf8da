package register

import (
	"context"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// Feed gives a load its entries: from files, or from whatever makes documents
// in canonical form.
type Feed interface {
	// Inputs lists the files in the order in which they are read.
	Inputs() []Input
	// Read calls fn with the entries of an input in the order of their
	// ordinals, leaving out those up to from. A document belongs to fn. What
	// cannot be read is an entry with a reject; an error means that the
	// reading was stopped.
	Read(ctx context.Context, in Input, from int64, fn func(entry.Entry) error) (FeedSummary, error)
}

// Input is one file of a feed.
type Input struct {
	Path   string // absolute; any name that is unique where there is no file
	Size   int64  // bytes, 0 if unknown
	SHA256 string // hexadecimal; of any description that decides the content where there is no file
}

// FeedSummary is what a feed tells at the end of an input, of the whole of it,
// whatever entry it began with.
type FeedSummary struct {
	Unread map[string]int64 // columns and elements that no code reads, with how often they held something
	Broken bool             // the input could not be read as it was listed, which its bytes are not to blame for
}

// Canonical is a feed of documents that are there already: Document(i) for i
// from 0 up to N-1, all under one name.
type Canonical struct {
	Name     string // stands for the path
	Identity string // stands for the SHA-256
	Format   string
	Rank     int
	N        int64
	Document func(i int64) *record.Document
}

// Inputs returns the one input.
func (c Canonical) Inputs() []Input { return []Input{{Path: c.Name, SHA256: c.Identity}} }

// Read gives the documents from number from on.
func (c Canonical) Read(ctx context.Context, _ Input, from int64, fn func(entry.Entry) error) (FeedSummary, error) {
	for i := from; i < c.N; i++ {
		if ctx.Err() != nil {
			return FeedSummary{}, cancelled(ctx)
		}
		e := entry.Entry{Format: c.Format, Rank: c.Rank, Ordinal: i + 1, Row: i + 1, Doc: c.Document(i)}
		if err := fn(e); err != nil {
			return FeedSummary{}, err
		}
	}
	return FeedSummary{}, nil
}
