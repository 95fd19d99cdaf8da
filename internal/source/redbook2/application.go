package redbook2

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// applicationReader reads one published application.
type applicationReader struct {
	usfield.Notes
	root, bib *xmlrec.Node
	doc       *record.Document
}

func readApplication(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	r := applicationReader{root: root, bib: root.Child("subdoc-bibliographic-information"), doc: &record.Document{}}
	d := r.doc
	id := r.bib.Child("document-id")
	if reject := usfield.Identify(d, r.text(id, "country-code"), r.text(id, "doc-number"), r.text(id, "kind-code"), "document-id/doc-number"); reject != nil {
		return nil, reject
	}
	if d.Code == "" {
		r.Add("kind_code.missing", "document-id", "")
	}
	d.Published = r.Day(id.Child("document-date"))
	d.Issued = d.Published // the layout does not say when a file was made
	filed := r.bib.Child("domestic-filing-data")
	raw := r.text(filed, "application-number", "doc-number")
	d.Application = record.Application{Raw: raw, Filed: r.Day(filed.Child("filing-date")),
		Number: r.Application(raw, r.text(filed, "application-number-series-code"), "domestic-filing-data")}
	d.Kind = usfield.KindOf("", d.Number)
	d.Titles = usfield.English(r.text(r.bib, "technical-information", "title-of-invention"))
	r.abstract()
	r.classes()
	r.filings()
	r.parties()
	plant := r.bib.At("technical-information", "botanic")
	usfield.FactNamed(d, record.FactSpecies, "la", r.text(plant, "latin-name"))
	usfield.FactNamed(d, record.FactDenomination, "en", r.text(plant, "variety"))
	for _, n := range root.All("subdoc-claims") {
		d.Claims = max(d.Claims, n.Count)
	}
	r.CheckPatent(d)
	d.Flags = r.List
	return d, nil
}

// text returns the text at a path.
func (r *applicationReader) text(n *xmlrec.Node, path ...string) string {
	return r.Value(n.At(path...))
}

func (r *applicationReader) abstract() {
	list := r.root.Child("subdoc-abstract").All("paragraph")
	for _, p := range list {
		p.Attr("id")
		p.Attr("lvl")
	}
	r.doc.Abstracts = usfield.English(r.Paragraphs(list, notWords))
}

func (r *applicationReader) classes() {
	about := r.bib.Child("technical-information")
	n := about.Child("classification-ipc")
	edition := r.text(n, "classification-ipc-edition")
	for _, c := range n.All("classification-ipc-primary", "classification-ipc-secondary") {
		raw := r.text(c, "ipc")
		class, ok := usfield.IPC(raw, edition)
		r.Class(r.doc, class, ok, raw, c.Name)
	}
	for _, c := range about.Child("classification-us").All("classification-us-primary", "classification-us-secondary") {
		raw := columns(c.Child("uspc-freeform"))
		if code := c.Child("uspc"); code != nil {
			raw = padded(columns(code.Child("class"))) + columns(code.Child("subclass"))
		}
		class, ok := usfield.USPC(raw)
		r.Class(r.doc, class, ok, raw, c.Name)
	}
}

// padded sets a class in the three columns that are its.
func padded(class string) string { return strings.Repeat(" ", max(3-len(class), 0)) + class }

// parties reads inventors and prospective holders. An inventor whose authority is
// that of one is applicant too, as all were in these years.
func (r *applicationReader) parties() {
	d := r.doc
	var inventors []record.Party
	for _, n := range r.bib.Child("inventors").All("first-named-inventor", "inventor") {
		p := r.party(n)
		if inventors = append(inventors, p); r.text(n, "authority-applicant") == "INV" {
			p.Role = record.Applicant
			usfield.Add(d, p)
		}
	}
	usfield.Add(d, usfield.As(record.Inventor, inventors)...)
	for _, n := range r.bib.All("assignee") {
		p := r.party(n)
		p.Role = record.Holder
		usfield.Add(d, p)
	}
}

func (r *applicationReader) party(n *xmlrec.Node) record.Party {
	name := n.Child("name")
	person := usfield.Join(" ", r.text(name, "name-prefix"), r.text(name, "given-name"), r.text(name, "middle-name"), r.text(name, "family-name"))
	person = usfield.Join(", ", person, r.text(name, "name-suffix"))
	p := record.Party{Names: usfield.English(usfield.Join(", ", person, r.text(n, "organization-name")))}
	if at := n.Child("address"); at != nil {
		p.Region, p.Postcode, p.Country = r.text(at, "state"), r.text(at, "postalcode"), r.text(at, "country", "country-code")
		p.Address = usfield.Join(", ", r.text(at, "military-address"), r.text(at, "address-1"), r.text(at, "address-2"), r.text(at, "city"), p.Region)
		return p
	}
	home := n.Child("residence").Child("residence-us", "residence-non-us")
	p.Region, p.Country = r.text(home, "state"), r.text(home, "country-code")
	p.Address = usfield.Join(", ", r.text(home, "city"), p.Region, r.text(n, "residence", "military-service"))
	return p
}
