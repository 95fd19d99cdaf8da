// Package entry holds what the readers of official files and those who use
// them agree on: entries, rejects, limits, and what a format has to offer.
package entry

import (
	"context"
	"fmt"
	"io"
	"sort"
	"strings"
	"unicode/utf8"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// Entry is one row or one document of an official file: either read, or
// rejected with a reason. Nothing that stands in a file is left without one.
type Entry struct {
	Member string // path inside archives, "a.zip!b/c.xml"; empty for a plain file and for a .gz
	Format string // Format.ID of the reader; empty when no format was recognised
	Rank   int    // Format.Rank: of two sources issued on one day, the higher one is believed

	Ordinal int64 // from 1 over the whole top-level file, the same in every run
	Row     int64 // from 1 inside the member, a header not counted; 0 when the member itself is meant
	Line    int64 // line that the row begins on, from 1; 0 where lines mean nothing
	Offset  int64 // byte of the unpacked member that the row begins at

	Doc    *record.Document // nil when rejected
	Reject *Reject          // nil when read

	Read int64 // bytes of the top-level file consumed by now, for progress
}

// Reject says why an entry, or a whole member, could not be read. Code names
// its text in the catalogues as "reject.<Code>", Args fill that text.
type Reject struct {
	Code string
	Args ierr.Args
	Raw  string // what stood there, cut to RawLimit bytes
}

// RawLimit is how many bytes of damaged text are kept with a reject or a flag.
const RawLimit = 200

// Refuse returns a reject with its place's text, cut to RawLimit bytes.
func Refuse(code string, args ierr.Args, raw string) *Reject {
	return &Reject{Code: code, Args: args, Raw: Clip(raw)}
}

// Error writes the reject for logs: a reader may return it as the reason why a
// member ends early.
func (r *Reject) Error() string {
	names := make([]string, 0, len(r.Args))
	for n := range r.Args {
		names = append(names, n)
	}
	sort.Strings(names)
	var b strings.Builder
	b.WriteString(r.Code)
	for _, n := range names {
		fmt.Fprintf(&b, " %s=%v", n, r.Args[n])
	}
	return b.String()
}

// Clip cuts s to RawLimit bytes at the border of a character and replaces what
// is not UTF-8, so that it can be stored and shown.
func Clip(s string) string {
	if len(s) > RawLimit {
		end := RawLimit
		for end > RawLimit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
			end--
		}
		s = s[:end]
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}

// Format is one wire format: how to know it and how to read it.
type Format struct {
	ID   string // "cnipa-xml", what --as takes
	Rank int    // see Entry.Rank

	// Detect tells from the name and the first bytes of a member whether it is
	// of this format. The content decides; the name is a hint at most.
	Detect func(name string, head []byte) bool

	// Split cuts a member into batches in the order of the member and hands
	// them on; decoding is left to Batch.Decode. It returns the error of emit
	// as it is. Any other error ends the member: it becomes its last reject.
	Split func(in *Input, emit func(Batch) error) error
}

// Input is one member to be read.
type Input struct {
	Context context.Context
	Name    string    // of the member, or of the file where it is a plain one
	R       io.Reader // the unpacked bytes
	Limits  Limits
}

// Batch is a run of entries not yet decoded.
type Batch struct {
	N    int // how many entries Decode gives, at least 1
	Size int // bytes that the batch holds in memory

	// Decode gives exactly N entries, with Row, Line, Offset and Doc or Reject
	// filled in. It is called at most once, on any goroutine.
	Decode func(*Unread) []Entry
}

// One returns the batch of a single entry that is already decoded.
func One(e Entry) Batch {
	return Batch{N: 1, Decode: func(*Unread) []Entry { return []Entry{e} }}
}

// Unread counts the columns and elements that hold something and that no code
// reads, by their path.
type Unread struct{ counts map[string]*int64 }

// Add counts n more at path.
func (u *Unread) Add(path string, n int64) {
	if c := u.counts[path]; c != nil {
		*c += n
		return
	}
	if u.counts == nil {
		u.counts = map[string]*int64{}
	}
	u.counts[path] = &n
}

// Count counts one more at path, which is copied only when it is new.
func (u *Unread) Count(path []byte) {
	if c := u.counts[string(path)]; c != nil {
		*c++
		return
	}
	u.Add(string(path), 1)
}

// AddTo adds the counts to sum under "prefix: path".
func (u *Unread) AddTo(sum map[string]int64, prefix string) {
	for path, n := range u.counts {
		sum[prefix+": "+path] += *n
	}
}
