// Package st36 reads patent documents of the European Patent Office in the
// layout of WIPO Standard ST.36 whose bibliographic data keep the tags of
// ST.32 (SDOBI, B110 and so on), and the tables of contents that go with them.
package st36

import (
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// The formats and their root elements.
const (
	ID      = "st36"
	TocID   = "st36-toc"
	root    = "ep-patent-document"
	tocRoot = "Application-body"
)

// Format returns the documents for the table of formats.
func Format(rank int) entry.Format {
	return format(ID, rank, root, readDocument, xmlrec.Bulk{"description": "", "claims": "claim", "search-report-data": ""})
}

// TocFormat returns the tables of contents for the table of formats.
func TocFormat(rank int) entry.Format { return format(TocID, rank, tocRoot, readToc, nil) }

func format(id string, rank int, root string, read func(*xmlrec.Node) (*record.Document, *entry.Reject), bulk xmlrec.Bulk) entry.Format {
	return entry.Format{
		ID:     id,
		Rank:   rank,
		Detect: func(_ string, head []byte) bool { return xmlrec.Detect(head, root) },
		Split: func(in *entry.Input, emit func(entry.Batch) error) error {
			limits := in.Limits
			return xmlrec.Split(in, root, func(f xmlrec.Found) error {
				return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
					e := entry.Entry{Row: f.Number, Line: f.Line, Offset: f.Offset}
					e.Doc, e.Reject = decode(f, read, bulk, limits, u)
					return []entry.Entry{e}
				}})
			})
		},
	}
}

// decode reads one record.
func decode(f xmlrec.Found, read func(*xmlrec.Node) (*record.Document, *entry.Reject), bulk xmlrec.Bulk, limits entry.Limits, u *entry.Unread) (*record.Document, *entry.Reject) {
	if f.Reject != nil {
		return nil, f.Reject
	}
	tree, reject := xmlrec.Parse(f.Data, bulk, limits)
	if reject != nil {
		reject.Raw = entry.Clip(string(f.Data[:min(len(f.Data), entry.RawLimit)]))
		return nil, reject
	}
	doc, reject := read(tree)
	if reject != nil {
		return nil, reject
	}
	if f.Recoded {
		doc.Flags = append(doc.Flags, record.Flag{Code: "encoding.undeclared"})
	}
	tree.Unread(u)
	return doc, nil
}
