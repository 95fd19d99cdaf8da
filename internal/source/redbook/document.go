package redbook

import (
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// reader reads one grant or published application.
type reader struct {
	usfield.Notes
	root, bib *xmlrec.Node
	doc       *record.Document
}

func read(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	r := reader{root: root, bib: root.Child("us-bibliographic-data-grant", "us-bibliographic-data-application"), doc: &record.Document{}}
	if reject := r.publication(); reject != nil {
		return nil, reject
	}
	r.application()
	r.doc.Titles = usfield.English(r.Value(r.bib.Child("invention-title")))
	r.bib.Child("invention-title").Attr("id")
	r.abstract()
	r.classes()
	r.filings()
	r.citations()
	r.parties()
	r.claims()
	r.facts()
	r.pictures()
	r.CheckPatent(r.doc)
	r.doc.Flags = r.List
	return r.doc, nil
}

// documentID is what a document-id element says.
type documentID struct {
	office, number, code, name string
	date                       *xmlrec.Node
}

// id reads the document-id in n, or n itself where it holds the same elements.
func (r *reader) id(n *xmlrec.Node) documentID {
	if inner := n.Child("document-id"); inner != nil {
		n = inner
	}
	return documentID{
		office: r.Value(n.Child("country")), number: r.Value(n.Child("doc-number")),
		code: r.Value(n.Child("kind")), name: r.Value(n.Child("name")), date: n.Child("date"),
	}
}

func (r *reader) publication() *entry.Reject {
	d := r.doc
	id := r.id(r.bib.Child("publication-reference"))
	if reject := usfield.Identify(d, id.office, id.number, id.code, "publication-reference/document-id/doc-number"); reject != nil {
		return reject
	}
	if d.Code == "" {
		r.Add("kind_code.missing", "publication-reference", "")
	}
	d.Published = r.Day(id.date)
	stated := r.DayOf(r.root.Attr("date-publ"), "date-publ")
	if d.Published == 0 {
		d.Published = stated
	} else if stated != 0 && stated != d.Published {
		r.Add("date.disagrees", "date-publ", "")
	}
	if d.Issued = r.DayOf(r.root.Attr("date-produced"), "date-produced"); d.Issued == 0 {
		d.Issued = d.Published
	}
	for _, same := range [...]string{"country", "id", "lang"} {
		r.root.Attr(same)
		r.bib.Attr(same)
	}
	return nil
}

func (r *reader) application() {
	d := r.doc
	ref := r.bib.Child("application-reference")
	id := r.id(ref)
	series := r.Value(r.bib.Child("us-application-series-code"))
	d.Application = record.Application{Raw: id.number, Number: r.Application(id.number, series, "application-reference"), Filed: r.Day(id.date)}
	d.Kind = usfield.KindOf(ref.Attr("appl-type"), d.Number)
}

func (r *reader) abstract() {
	n := r.root.Child("abstract")
	n.Attr("id")
	paragraphs := n.All("p")
	for _, p := range paragraphs {
		p.Attr("id")
		p.Attr("num")
	}
	r.doc.Abstracts = usfield.English(r.Paragraphs(paragraphs, notWords))
}

// notWords names the elements of running text that hold none of its words.
func notWords(name string) bool {
	switch name {
	case "img", "figure", "figref-image", "tables", "table", "chemistry", "bio-deposit":
		return true
	}
	return false
}

// claims takes the number that the document states, else how many there are.
func (r *reader) claims() {
	for _, n := range r.root.All("claims") {
		n.Attr("id")
		r.doc.Claims = max(r.doc.Claims, n.Count)
	}
	stated := r.Value(r.bib.Child("number-of-claims"))
	if n, err := strconv.Atoi(stated); err == nil && n > 0 {
		if r.doc.Claims != 0 && r.doc.Claims != n {
			r.Add("claims.disagree", "number-of-claims", "")
		}
		r.doc.Claims = n
	}
}

// facts reads the term that was granted and what plant patents name.
func (r *reader) facts() {
	add := func(name, lang, text string) {
		if text != "" {
			r.doc.Facts = append(r.doc.Facts, record.Fact{Name: name, Lang: lang, Text: text})
		}
	}
	term := r.bib.Child("us-term-of-grant")
	add(record.FactTermYears, "", r.Value(term.Child("length-of-grant")))
	add(record.FactTermDays, "", r.Value(term.Child("us-term-extension")))
	var words []string
	for _, n := range term.All("text", "disclaimer", "lapse-of-patent") {
		words = append(words, r.Value(n))
	}
	add(record.FactTermNote, "en", strings.Join(words, " "))
	plant := r.bib.Child("us-botanic")
	add(record.FactSpecies, "la", r.Value(plant.Child("latin-name")))
	add(record.FactDenomination, "en", r.Value(plant.Child("variety")))
}

// pictures names the drawings of a design, which are the right itself.
func (r *reader) pictures() {
	if r.doc.Kind != record.Design {
		return
	}
	for _, figure := range r.root.Child("drawings").All("figure") {
		for _, img := range figure.All("img") {
			if name := img.Attr("file"); name != "" {
				r.doc.Images = append(r.doc.Images, record.Image{Use: "drawing", Name: name, Format: strings.ToUpper(img.Attr("img-format"))})
			}
		}
	}
}
