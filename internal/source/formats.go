// Package source finds official files, opens what they are packed in, knows
// their formats and reads them as a stream of entries.
package source

import (
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/source/cnipa"
	"onewindow/internal/source/docdb"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/gazettecsv"
	"onewindow/internal/source/ops"
	"onewindow/internal/source/redbook"
	"onewindow/internal/source/redbook2"
	"onewindow/internal/source/st36"
	"onewindow/internal/source/st96"
	"onewindow/internal/source/tmcase"
	"onewindow/internal/source/tsdr"
)

// What readers and their callers agree on, by its names here.
type (
	Entry  = entry.Entry
	Reject = entry.Reject
	Format = entry.Format
	Limits = entry.Limits
)

// Formats is the table of formats, in the order in which they are tried. The
// rank decides between two sources issued on one day: the office's full records
// are believed before lists of results.
func Formats() []Format {
	return []Format{
		cnipa.Format(30),
		cnipa.OldFormat(20),
		redbook.Format(30),
		redbook2.GrantFormat(30),
		redbook2.ApplicationFormat(30),
		tmcase.Format(30),
		tsdr.Format(30),
		st96.Format(30),
		st36.Format(30),
		gazettecsv.Format(10),
		st36.TocFormat(5),
		docdb.Format(8),
		ops.Format(6),
	}
}

// named returns the format with the given ID, or an error of kind Invalid that
// lists those there are.
func named(formats []Format, id string) (Format, error) {
	var known []string
	for _, f := range formats {
		if f.ID == id {
			return f, nil
		}
		known = append(known, f.ID)
	}
	return Format{}, ierr.New(ierr.Invalid, "source.format_unknown",
		ierr.Args{"format": id, "known": strings.Join(known, ", ")})
}
