package usfield

import (
	"encoding/xml"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// Layout is what a format knows of its records.
type Layout struct {
	Bulk xmlrec.Bulk                                          // elements that are passed over
	ISO  bool                                                 // characters are written as ISO's entities
	Read func(*xmlrec.Node) (*record.Document, *entry.Reject) // turns a record into a document
}

// Decode turns one record that was found into a document, or says why it cannot.
// It counts what was not read.
func (l *Layout) Decode(f xmlrec.Found, limits entry.Limits, u *entry.Unread) (*record.Document, *entry.Reject) {
	if f.Reject != nil {
		return nil, f.Reject
	}
	entities := xml.HTMLEntity
	if l.ISO {
		entities = Entities(f.Data)
	}
	tree, reject := xmlrec.ParseEntities(f.Data, l.Bulk, limits, entities)
	if reject == nil {
		var d *record.Document
		if d, reject = l.Read(tree); reject == nil {
			if f.Recoded {
				d.Flags = append(d.Flags, record.Flag{Code: "encoding.undeclared"})
			}
			tree.Unread(u)
			return d, nil
		}
	}
	if reject.Raw == "" {
		reject.Raw = entry.Clip(string(f.Data[:min(len(f.Data), entry.RawLimit)]))
	}
	return nil, reject
}
