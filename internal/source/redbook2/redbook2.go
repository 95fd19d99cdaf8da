// Package redbook2 reads what the United States office published from 2001 to
// 2004: grants of the Red Book, version 2.5, whose elements are those of ST.32, and
// applications, PAP version 1.5 and 1.6. Characters beyond ASCII are entities of
// ISO's sets.
package redbook2

import (
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// The formats and their root elements.
const (
	GrantID         = "uspto-grant-v2"
	ApplicationID   = "uspto-application-v1"
	grantRoot       = "PATDOC"
	applicationRoot = "patent-application-publication"
)

// GrantFormat returns the format of grants for the table of formats.
func GrantFormat(rank int) entry.Format {
	return format(GrantID, rank, grantRoot, usfield.Layout{
		Bulk: xmlrec.Bulk{"SDODE": "", "SDOCL": "CLM", "SDOCR": ""}, ISO: true, Read: readGrant,
	})
}

// ApplicationFormat returns the format of applications for the table of formats.
func ApplicationFormat(rank int) entry.Format {
	return format(ApplicationID, rank, applicationRoot, usfield.Layout{
		Bulk: xmlrec.Bulk{"subdoc-description": "", "subdoc-claims": "claim"}, ISO: true, Read: readApplication,
	})
}

func format(id string, rank int, root string, layout usfield.Layout) entry.Format {
	return entry.Format{
		ID:     id,
		Rank:   rank,
		Detect: func(_ string, head []byte) bool { return xmlrec.Detect(head, root) },
		Split: func(in *entry.Input, emit func(entry.Batch) error) error {
			limits := in.Limits
			return xmlrec.Split(in, root, func(f xmlrec.Found) error {
				return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
					e := entry.Entry{Row: f.Number, Line: f.Line, Offset: f.Offset}
					e.Doc, e.Reject = layout.Decode(f, limits, u)
					return []entry.Entry{e}
				}})
			})
		},
	}
}

// notWords names the elements of running text that hold none of its words.
func notWords(name string) bool {
	switch name {
	case "EMI", "TABLE-US", "CHEM-US", "MATH-US", "table-cwu", "chemistry-cwu", "math-cwu", "image", "number":
		return true
	}
	return false
}
