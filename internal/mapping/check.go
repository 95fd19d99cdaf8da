package mapping

import (
	"context"
	"slices"
	"strconv"

	"onewindow/internal/source"
	"onewindow/internal/source/tabular"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Report says what would come of loading a file.
type Report struct {
	Read, Rejected, Flagged int64
	Formats                 []Count // entries by the format or mapping that reads them
	Kinds                   []Count // documents by kind of right; notices by their event
	Unread                  []Count // what holds something and nothing reads
	Troubles                []Trouble
	More                    int64 // troubles that are not listed
}

// Count is how many there are of something.
type Count struct {
	Name string
	N    int64
}

// Trouble is one entry that is rejected or one flag of an entry.
type Trouble struct {
	Place  string // sheet or path inside an archive
	Row    int64
	Reject bool
	Code   string
	Args   map[string]any
	Field  string
	Raw    string
}

// maxTroubles is how many troubles a report lists.
const maxTroubles = 100

// Check reads a file without loading it: by the mapping given, else by the format
// named as, else by the one that it is of.
func (l *Library) Check(ctx context.Context, path, as string, given *tabular.Mapping) (*Report, error) {
	listing, err := source.Expand(ctx, []string{path})
	if err != nil {
		return nil, err
	}
	o := source.Options{As: as, More: l.set.Formats()}
	if given != nil {
		o.As, o.More = given.ID, []source.Format{given.Format()}
	}
	r := &report{formats: map[string]int64{}, kinds: map[string]int64{}, unread: map[string]int64{}}
	for _, f := range listing.Files {
		s, err := source.Read(ctx, f, o, func(e source.Entry) error { r.entry(&e); return nil })
		if err != nil {
			return nil, err
		}
		r.Read += s.Documents
		r.Rejected += s.Rejected
		r.Flagged += s.Flagged
		for name, n := range s.Unread {
			r.unread[name] += n
		}
	}
	r.Formats, r.Kinds, r.Unread = counts(r.formats), counts(r.kinds), counts(r.unread)
	return &r.Report, nil
}

// report is a report in the making.
type report struct {
	Report
	formats, kinds, unread map[string]int64
}

func (r *report) entry(e *source.Entry) {
	if e.Format != "" {
		r.formats[e.Format]++
	}
	if e.Reject != nil {
		r.trouble(Trouble{Place: e.Member, Row: e.Row, Reject: true, Code: e.Reject.Code, Args: e.Reject.Args, Raw: e.Reject.Raw})
		return
	}
	kind := "kind." + string(e.Doc.Kind)
	if e.Doc.Notice && len(e.Doc.Events) > 0 {
		kind = "event." + e.Doc.Events[0].Code
	}
	r.kinds[kind]++
	for _, f := range e.Doc.Flags {
		r.trouble(Trouble{Place: e.Member, Row: e.Row, Code: f.Code, Field: f.Field, Raw: f.Raw})
	}
}

func (r *report) trouble(t Trouble) {
	if len(r.Troubles) == maxTroubles {
		r.More++
		return
	}
	r.Troubles = append(r.Troubles, t)
}

// counts sorts counts, the largest first.
func counts(of map[string]int64) []Count {
	out := make([]Count, 0, len(of))
	for name, n := range of {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		if a.N != b.N {
			return int(min(max(b.N-a.N, -1), 1))
		}
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return out
}
