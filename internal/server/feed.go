package server

import (
	"context"

	"onewindow/internal/ierr"
	"onewindow/internal/register"
	"onewindow/internal/source"
	"onewindow/internal/source/entry"
)

// feed gives the register the entries of files.
type feed struct {
	files   []source.File
	options source.Options
}

// Inputs lists the files.
func (f feed) Inputs() []register.Input {
	out := make([]register.Input, len(f.files))
	for i, x := range f.files {
		out[i] = register.Input{Path: x.Path, Size: x.Size, SHA256: x.SHA256}
	}
	return out
}

// Read gives the entries of one file.
func (f feed) Read(ctx context.Context, in register.Input, from int64, fn func(entry.Entry) error) (register.FeedSummary, error) {
	for _, x := range f.files {
		if x.Path == in.Path {
			o := f.options
			o.From = from
			s, err := source.Read(ctx, x, o, fn)
			return register.FeedSummary{Unread: s.Unread}, err
		}
	}
	return register.FeedSummary{}, ierr.New(ierr.NotFound, "api.path-absent", ierr.Args{"path": in.Path})
}
