// Package tmcase reads the trademark files of the United States office, daily and
// annual: case-file elements, the whole register entry of a mark each.
package tmcase

import (
	"bytes"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "uspto-trademark"

// The elements that are read: the day that the file was made stands before the
// entries.
const (
	root    = "case-file"
	created = "creation-datetime"
)

// cut are all elements of a file that hold text; those other than the two say how
// the office sorts its files, and are counted as unread.
var cut = []string{root, created, "version", "data-available-code", "file-segment", "action-key"}

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

func detect(_ string, head []byte) bool {
	return xmlrec.Detect(head, root) || xmlrec.Detect(head, "trademark-applications-daily")
}

func split(in *entry.Input, emit func(entry.Batch) error) error {
	limits := in.Limits
	var made date.Date
	var around []string // elements since the last entry
	row := int64(0)
	err := xmlrec.SplitAny(in, cut, func(f xmlrec.Found) error {
		switch {
		case f.Root == created:
			made = madeOn(f.Data, limits)
			return nil
		case f.Root != root && f.Reject == nil:
			around = append(around[:min(len(around), 100)], f.Root)
			return nil
		}
		row++
		at, day, unread := row, made, around
		around = nil
		return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
			for _, name := range unread {
				u.Add(name, 1)
			}
			e := entry.Entry{Row: at, Line: f.Line, Offset: f.Offset}
			layout := usfield.Layout{Read: func(n *xmlrec.Node) (*record.Document, *entry.Reject) { return read(n, day) }}
			e.Doc, e.Reject = layout.Decode(f, limits, u)
			return []entry.Entry{e}
		}})
	})
	if err == nil && row == 0 {
		return entry.Refuse("xml.no_record", ierr.Args{"element": root}, "")
	}
	return err
}

// madeOn reads the day out of a file's time of creation, "202604200424".
func madeOn(data []byte, limits entry.Limits) date.Date {
	n, reject := xmlrec.Parse(bytes.TrimSpace(data), nil, limits)
	if reject != nil {
		return 0
	}
	var r usfield.Notes
	v := n.Value()
	return r.DayOf(v[:min(8, len(v))], created)
}
