// Package redbook reads the United States office's Red Book, version 4.0 to 4.7:
// grants and published applications since 2005, one a file or concatenated.
package redbook

import (
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "uspto-redbook"

// The elements that a file holds. Sequence listings stand between the documents
// that they belong to.
const (
	grant       = "us-patent-grant"
	application = "us-patent-application"
	sequences   = "sequence-cwu"
)

var roots = []string{grant, application, sequences}

var layout = usfield.Layout{
	Bulk: xmlrec.Bulk{"description": "", "claims": "claim", "sequence-list": "", "us-sequence-list-doc": ""},
	Read: read,
}

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

func detect(_ string, head []byte) bool {
	for _, root := range roots {
		if xmlrec.Detect(head, root) {
			return true
		}
	}
	return false
}

// split cuts documents apart. A sequence listing says nothing for a register: it
// is counted as unread with the next document, or the last one. A file of nothing
// else is told by its one reject.
func split(in *entry.Input, emit func(entry.Batch) error) error {
	limits := in.Limits
	var held *xmlrec.Found // the last document, until it is known what follows
	listings := int64(0)
	flush := func() error {
		if held == nil {
			return nil
		}
		f, n := *held, listings
		held, listings = nil, 0
		return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
			if n > 0 {
				u.Add(sequences, n)
			}
			e := entry.Entry{Row: f.Number, Line: f.Line, Offset: f.Offset}
			e.Doc, e.Reject = layout.Decode(f, limits, u)
			return []entry.Entry{e}
		}})
	}
	err := xmlrec.SplitAny(in, roots, func(f xmlrec.Found) error {
		if f.Root == sequences {
			listings++
			return nil
		}
		if err := flush(); err != nil {
			return err
		}
		held = &f
		return nil
	})
	if ended := flush(); ended != nil {
		return ended
	}
	if err == nil && listings > 0 {
		return entry.Refuse("uspto.sequences", nil, "")
	}
	return err
}
