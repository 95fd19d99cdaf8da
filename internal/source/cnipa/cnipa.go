// Package cnipa reads and writes the bulk XML of China's patent office in its
// two layouts: business:PatentDocumentAndRelated, and cn-patent-document before it.
package cnipa

import (
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// The formats and their root elements.
const (
	ID      = "cnipa-xml"
	OldID   = "cnipa-xml-old"
	root    = "business:PatentDocumentAndRelated"
	oldRoot = "cn-patent-document"
)

// Format returns the present layout for the table of formats.
func Format(rank int) entry.Format {
	return format(ID, rank, root, readNew, xmlrec.Bulk{
		"business:Description": "", "business:Claims": "business:Claim", "business:Drawings": "",
	})
}

// OldFormat returns the former layout for the table of formats.
func OldFormat(rank int) entry.Format {
	return format(OldID, rank, oldRoot, readOld, xmlrec.Bulk{
		"description": "", "claims": "claim", "drawings": "",
	})
}

// adapter turns a parsed record into a document, or says why it cannot.
type adapter func(*xmlrec.Node) (*record.Document, *entry.Reject)

func format(id string, rank int, root string, adapt adapter, bulk xmlrec.Bulk) entry.Format {
	return entry.Format{
		ID:     id,
		Rank:   rank,
		Detect: func(_ string, head []byte) bool { return xmlrec.Detect(head, root) },
		Split: func(in *entry.Input, emit func(entry.Batch) error) error {
			limits := in.Limits
			return xmlrec.Split(in, root, func(f xmlrec.Found) error {
				return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
					e := entry.Entry{Row: f.Number, Line: f.Line, Offset: f.Offset}
					e.Doc, e.Reject = decode(f, adapt, bulk, limits, u)
					return []entry.Entry{e}
				}})
			})
		},
	}
}

// decode reads one record.
func decode(f xmlrec.Found, adapt adapter, bulk xmlrec.Bulk, limits entry.Limits, u *entry.Unread) (*record.Document, *entry.Reject) {
	if f.Reject != nil {
		return nil, f.Reject
	}
	tree, reject := xmlrec.Parse(f.Data, bulk, limits)
	if reject != nil {
		reject.Raw = entry.Clip(string(f.Data[:min(len(f.Data), entry.RawLimit)]))
		return nil, reject
	}
	doc, reject := adapt(tree)
	if reject != nil {
		return nil, reject
	}
	if f.Recoded {
		doc.Flags = append(doc.Flags, record.Flag{Code: "encoding.undeclared"})
	}
	tree.Unread(u)
	return doc, nil
}

// identify fills in the number of a document and the kind of right that follows
// from it.
func identify(d *record.Document, office, number, code string) *entry.Reject {
	if number == "" {
		return entry.Refuse("number.missing", ierr.Args{"column": "DocNumber"}, "")
	}
	p, err := record.ParsePublicationCN(number + code)
	if err != nil || office != "CN" {
		return entry.Refuse("number.unreadable", ierr.Args{"number": entry.Clip(office + number + code)}, "")
	}
	d.Office, d.Number, d.Code, d.Kind = p.Office, p.Digits, p.Code, p.Kind()
	return nil
}
