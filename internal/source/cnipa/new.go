package cnipa

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// newReader reads one record of the present layout.
type newReader struct {
	notes
	root, bib *xmlrec.Node
	doc       *record.Document
}

func readNew(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	r := newReader{root: root, bib: root.Child("business:BibliographicData", "business:DesignBibliographicData"), doc: &record.Document{}}
	if reject := r.publication(); reject != nil {
		return nil, reject
	}
	r.application()
	r.titles()
	r.abstracts()
	r.classes()
	r.filings()
	r.citations()
	r.allParties()
	for _, c := range root.All("business:Claims") {
		c.Attr("lang")
		r.doc.Claims = max(r.doc.Claims, c.Count)
	}
	r.check(r.doc)
	r.doc.Flags = r.List
	return r.doc, nil
}

// original returns, of elements that say the same in several data formats, the
// one as the office wrote it, and marks all as read.
func original(list []*xmlrec.Node) *xmlrec.Node {
	var first *xmlrec.Node
	for _, n := range list {
		format := n.Attr("dataFormat")
		n.Attr("sequence")
		if first == nil || format == "original" && first.Attr("dataFormat") != "original" {
			first = n
		}
	}
	for _, n := range list {
		if n != first {
			n.Use()
		}
	}
	return first
}

// documentID reads the number that an element holds.
func (r *newReader) documentID(n *xmlrec.Node) (office, number, code string, day *xmlrec.Node) {
	if id := n.Child("base:DocumentID"); id != nil {
		id.Attr("sequence")
		n = id
	}
	return r.value(n.Child("base:WIPOST3Code")), r.value(n.Child("base:DocNumber")), r.value(n.Child("base:Kind")), n.Child("base:Date")
}

func (r *newReader) publication() *entry.Reject {
	d := r.doc
	refs := r.bib.All("business:PublicationReference")
	office, number, code, day := r.documentID(original(refs))
	rootNumber, rootCode, rootOffice := r.root.Attr("docNumber"), r.root.Attr("kind"), r.root.Attr("country")
	if number == "" {
		office, number, code = rootOffice, rootNumber, rootCode
	}
	if reject := identify(d, office, number, code); reject != nil {
		return reject
	}
	if rootNumber != "" && rootNumber+rootCode != d.Number+d.Code {
		r.Add("number.disagrees", "docNumber", rootOffice+rootNumber+rootCode)
	}
	d.Published = r.day(day)
	stated := cnfield.Day(r.root.Attr("datePublication"), "datePublication", &r.Flags)
	gazette := r.bib.At("business:PublicAvailabilityDate", "business:GazetteReference")
	d.Gazette = r.value(gazette.Child("business:GazetteNumber"))
	issue := r.day(gazette.Child("base:Date"))
	for _, other := range [...]struct {
		field string
		day   int32
	}{{"datePublication", int32(stated)}, {"business:GazetteReference", int32(issue)}} {
		if d.Published == 0 {
			d.Published = max(stated, issue)
		}
		if other.day != 0 && other.day != int32(d.Published) {
			r.Add("date.disagrees", other.field, "")
		}
	}
	if d.Issued = cnfield.Day(r.root.Attr("dateProduced"), "dateProduced", &r.Flags); d.Issued == 0 {
		d.Issued = d.Published
	}
	return nil
}

func (r *newReader) application() {
	d := r.doc
	_, number, _, day := r.documentID(original(r.bib.All("business:ApplicationReference")))
	patent := r.value(r.bib.Child("business:PatentNumber"))
	if number == "" {
		number = patent
	}
	d.Application.Raw = number
	d.Application.Number = cnfield.Application(number, "business:ApplicationReference", &r.Flags)
	d.Application.Filed = r.day(day)
}

func (r *newReader) titles() {
	for _, n := range r.bib.All("business:InventionTitle", "business:DesignTitle") {
		n.Attr("dataFormat")
		r.doc.Titles = addText(r.doc.Titles, lang(n.Attr("lang")), r.value(n))
	}
}

// abstracts reads the abstract, of a design its brief explanation.
func (r *newReader) abstracts() {
	for _, n := range r.root.All("business:Abstract", "business:DesignBriefExplanation") {
		n.Attr("dataFormat")
		r.doc.Abstracts = addText(r.doc.Abstracts, lang(n.Attr("lang")), r.paragraphs(n.All("base:Paragraphs")))
	}
}

// classes reads IPC from its eighth edition, before it, and Locarno.
func (r *newReader) classes() {
	d := r.doc
	for _, n := range r.bib.Child("business:ClassificationIPCRDetails").All("business:ClassificationIPCR") {
		n.Attr("sequence")
		text, parts := r.value(n.Child("base:Text")), r.ipcParts(n)
		if text == "" {
			text = parts
		}
		before := len(d.Classes)
		r.class(d, record.ParseIPC, text, "", n.Name)
		if len(d.Classes) == before {
			continue
		}
		c := &d.Classes[before]
		if p, err := record.ParseIPC(parts); err == nil && p.Symbol != c.Symbol {
			r.Add("class.disagrees", n.Name, parts)
		}
		if v := r.value(n.Child("business:ClassificationValue")); c.Value == "" && (v == "I" || v == "N") {
			c.Value = v
		}
	}
	r.edition(r.bib.Child("business:ClassificationIPC"), record.ParseIPC)
	r.edition(r.bib.Child("business:ClassificationLocarno"), record.ParseLocarno)
}

// ipcParts puts a symbol together from its parts: "G06F13/12(2006.01)".
func (r *newReader) ipcParts(n *xmlrec.Node) string {
	var b strings.Builder
	for _, part := range [...]string{"business:Section", "business:MainClass", "business:Subclass", "business:MainGroup"} {
		b.WriteString(n.Child(part).Value())
	}
	if sub := n.Child("business:Subgroup").Value(); sub != "" {
		b.WriteString("/" + sub)
	}
	if v := r.value(n.Child("business:IPCVersionDate")); len(v) == 8 {
		b.WriteString("(" + v[:4] + "." + v[4:6] + ")")
	}
	return b.String()
}

// edition reads a classification that names its edition once.
func (r *newReader) edition(n *xmlrec.Node, parse func(string) (record.Class, error)) {
	version := r.value(n.Child("base:EditionStatement"))
	for _, name := range [...]string{"business:MainClassification", "business:FurtherClassification"} {
		symbols := n.All(name)
		asWritten := 0
		for _, s := range symbols {
			if s.Attr("dataFormat") != "standard" {
				asWritten++
			}
		}
		for _, s := range symbols {
			s.Attr("sequence")
			if v := r.value(s); s.Attr("dataFormat") != "standard" || asWritten == 0 {
				r.class(r.doc, parse, v, version, name)
			}
		}
	}
}

func (r *newReader) citations() {
	for _, n := range r.bib.Child("business:ReferencesCited").All("business:Citation") {
		n.Attr("sequence")
		for _, c := range n.Children {
			refs := c.All("business:PublicationReference")
			if len(refs) == 0 {
				continue
			}
			n.Child(c.Name)
			office, number, code, day := r.documentID(original(refs))
			if s := cited(office, number, code, r.day(day)); s != "" {
				r.doc.Cited = append(r.doc.Cited, s)
			}
		}
		for _, c := range n.All("business:NPLCitation", "business:NonPatentCitation", "business:OtherCitation") {
			if s := c.Text(leave); s != "" {
				r.doc.Cited = append(r.doc.Cited, s)
			}
		}
	}
}
