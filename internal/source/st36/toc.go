package st36

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// readToc reads a table of contents: the publication that the files beside it
// belong to, its classes without their version, and the pictures. The language
// is that of the table, not of the document.
func readToc(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	d := &record.Document{Office: root.Attr("country"), Number: digits(root.Attr("id")), Code: root.Attr("kind")}
	if reject := identify(d); reject != nil {
		return nil, reject
	}
	r := &reader{doc: d}
	d.Published = cnfield.Day(root.Attr("pubdate"), "pubdate", &r.Flags)
	d.Issued = d.Published
	raw := root.Attr("appnum")
	d.Application = record.Application{Raw: raw, Number: applicationNumber(raw)}
	for _, symbol := range strings.Fields(root.Attr("ipc")) {
		r.padded(symbol)
	}
	root.Attr("lang")
	root.Attr("dtd")
	for _, doc := range root.All("Document") {
		for _, ref := range doc.All("ExtRef") {
			name := ref.Attr("FileName")
			if stem, format, ok := strings.Cut(name, "."); ok && stem != "" && strings.EqualFold(format, "tif") {
				d.Images = append(d.Images, record.Image{Use: "drawing", Name: name, Format: strings.ToUpper(format)})
			}
		}
	}
	d.Flags = r.List
	return d, nil
}

// padded reads a symbol whose main group is four digits: "H04N000140".
func (r *reader) padded(s string) {
	if len(s) < 10 || len(s) > 14 {
		r.Add("class.unreadable", "ipc", s)
		return
	}
	c, err := record.ParseIPC(s[:4] + strings.TrimLeft(s[4:8], "0") + "/" + s[8:])
	if err != nil {
		r.Add("class.unreadable", "ipc", s)
		return
	}
	r.doc.Classes = append(r.doc.Classes, c)
}
