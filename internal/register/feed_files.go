package register

import (
	"context"

	"onewindow/internal/ierr"
	"onewindow/internal/source"
	"onewindow/internal/source/entry"
)

// Files is a feed of official files, as source.Find lists them with their
// hashes.
type Files struct {
	Found   []source.File
	Options source.Options // From is not looked at
}

// Inputs lists the files.
func (f Files) Inputs() []Input {
	out := make([]Input, 0, len(f.Found))
	for _, file := range f.Found {
		out = append(out, Input{Path: file.Path, Size: file.Size, SHA256: file.SHA256})
	}
	return out
}

// Read reads one of the files. What was read before an interruption is read
// again and left out, because only a whole reading tells what no code reads.
func (f Files) Read(ctx context.Context, in Input, from int64, fn func(entry.Entry) error) (FeedSummary, error) {
	o := f.Options
	o.From = 0
	for _, file := range f.Found {
		if file.Path != in.Path {
			continue
		}
		sum, err := source.Read(ctx, file, o, func(e entry.Entry) error {
			if e.Ordinal <= from {
				return nil
			}
			return fn(e)
		})
		return FeedSummary{Unread: sum.Unread, Broken: sum.Broken}, err
	}
	return FeedSummary{}, ierr.New(ierr.Conflict, "register.file_changed", ierr.Args{"path": in.Path})
}
