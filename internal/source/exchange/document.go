package exchange

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// reader reads one exchange-document.
type reader struct {
	Notes
	root, bib *xmlrec.Node
	doc       *record.Document
}

// Document reads an exchange-document whose elements bear their local names, see
// xmlrec.Node.Local. exchanged is the day on which the file says it was made, 0 where it
// does not.
//
// A document of the EPO is issued on that day. One of another office is a copy:
// it counts as issued on the day of its publication, so that what the office
// itself delivers is believed before it.
func Document(root *xmlrec.Node, exchanged date.Date) (*record.Document, *entry.Reject) {
	r := reader{root: root, bib: root.Child("bibliographic-data"), doc: &record.Document{}}
	switch status := root.Attr("status"); status {
	case "D", "DELETED":
		return nil, entry.Refuse("exchange.deleted", ierr.Args{"number": entry.Clip(r.rootNumber())}, "")
	case "not found":
		return nil, entry.Refuse("exchange.not_found", ierr.Args{"number": entry.Clip(r.rootNumber())}, "")
	}
	if reject := r.publication(); reject != nil {
		return nil, reject
	}
	r.issued(exchanged)
	r.application()
	r.titles()
	r.classes()
	r.parties()
	r.claims()
	r.languages()
	r.designations()
	r.citations()
	r.family()
	r.doc.Flags = r.List
	return r.doc, nil
}

func (r *reader) rootNumber() string {
	return r.root.Attr("country") + r.root.Attr("doc-number") + r.root.Attr("kind")
}

// Numbered returns a document of which nothing but the publication number in id
// is known, or why that is none.
func Numbered(id ID) (*record.Document, *entry.Reject) {
	if id.Number == "" {
		return nil, entry.Refuse("exchange.number_missing", nil, "")
	}
	p, err := Publication(id.Country, id.Number, id.Kind)
	if err != nil {
		return nil, entry.Refuse("exchange.number_unreadable", ierr.Args{"number": entry.Clip(id.Country + " " + id.Number + " " + id.Kind)}, "")
	}
	return &record.Document{
		Office: p.Office, Number: p.Digits, Code: p.Code, Kind: Kind(p),
		Published: id.Date, Issued: id.Date,
	}, nil
}

// publication reads the number of the document, which DOCDB states in attributes
// and again in several forms.
func (r *reader) publication() *entry.Reject {
	forms := r.Forms(r.bib.All("publication-reference")...)
	id := forms.Docdb
	stated := ID{Country: r.root.Attr("country"), Number: r.root.Attr("doc-number"), Kind: r.root.Attr("kind")}
	if id.Number == "" {
		id.Country, id.Number, id.Kind = stated.Country, stated.Number, stated.Kind
	}
	if id.Number == "" {
		id = forms.Best()
	}
	if id.Date == 0 {
		id.Date = forms.Best().Date
	}
	d, reject := Numbered(id)
	if reject != nil {
		return reject
	}
	if stated.Number != "" && stated.Country+stated.Number+stated.Kind != id.Country+id.Number+id.Kind {
		r.Add("number.disagrees", "doc-number", r.rootNumber())
	}
	if d.Code == "" {
		r.Add("kind_code.missing", "kind", "")
	}
	if day := r.attrDay("date-publ"); d.Published == 0 {
		d.Published, d.Issued = day, day
	} else if day != 0 && day != d.Published {
		r.Add("date.disagrees", "date-publ", "")
	}
	r.doc = d
	return nil
}

func (r *reader) attrDay(name string) date.Date {
	v := r.root.Attr(name)
	if v == "" {
		return 0
	}
	day, err := date.Parse(v)
	if err != nil {
		r.Add("date.unreadable", name, v)
	}
	return day
}

func (r *reader) issued(exchanged date.Date) {
	last := r.attrDay("date-of-last-exchange")
	if exchanged == 0 {
		exchanged = last
	}
	if r.doc.Office == "EP" && exchanged != 0 {
		r.doc.Issued = exchanged
	}
}

func (r *reader) application() {
	refs := r.bib.All("application-reference")
	if len(refs) == 0 {
		return
	}
	forms := r.Forms(refs...)
	r.doc.Application = applied(r.doc.Office, forms)
	if r.doc.Application.Number == "" && forms.Raw() != "" {
		r.Add("application_number.unreadable", "application-reference", "")
	}
}

// Apply fills in the application that a document of an office rests on.
func Apply(d *record.Document, forms Forms) { d.Application = applied(d.Office, forms) }

// applied normalises an application number where the office that publishes is
// the one that counts by it.
func applied(office string, forms Forms) record.Application {
	a := record.Application{Raw: forms.Raw(), Filed: forms.Best().Date}
	country := forms.Best().Country
	abroad := strings.HasPrefix(forms.Docdb.Kind, "W") || country == "WO"
	if abroad == (office == "WO") && (abroad || country == office) {
		a.Number = Application(forms)
	}
	return a
}

func (r *reader) titles() {
	for _, n := range r.bib.All("invention-title") {
		n.Attr("data-format")
		r.doc.Titles = AddText(r.doc.Titles, Lang(n.Attr("lang")), n.Value())
	}
	for _, n := range r.root.All("abstract") {
		n.Attr("data-format")
		var lines []string
		for _, p := range n.All("p") {
			if text := p.Text(pictured); text != "" {
				lines = append(lines, text)
			}
		}
		r.doc.Abstracts = AddText(r.doc.Abstracts, Lang(n.Attr("lang")), strings.Join(lines, "\n"))
	}
}

// pictured names the elements of running text that hold no words of it.
func pictured(name string) bool {
	return name == "img" || name == "table" || name == "tables" || name == "figure"
}

func (r *reader) languages() {
	for _, l := range [...]struct{ element, fact string }{
		{"language-of-filing", record.FactFilingLanguage}, {"language-of-publication", record.FactPublicationLanguage},
	} {
		if v := r.bib.Child(l.element).Value(); v != "" {
			r.fact(l.fact, Lang(v))
		}
	}
}

func (r *reader) fact(name, text string) {
	r.doc.Facts = append(r.doc.Facts, record.Fact{Name: name, Text: text})
}

// designations reads designated states: an organisation's as its own office's
// documents name them, else the organisation itself.
func (r *reader) designations() {
	for _, office := range Designated(r.bib.Child("designation-of-states"), r.doc.Office) {
		r.fact(record.FactDesignated, office)
	}
}

// Designated lists the offices and states that n designates for a document of
// an office, each once.
func Designated(n *xmlrec.Node, office string) []string {
	var out []string
	seen := map[string]bool{}
	add := func(list []*xmlrec.Node) {
		for _, c := range list {
			if v := c.Value(); len(v) == 2 && !seen[v] {
				seen[v] = true
				out = append(out, v)
			}
		}
	}
	pct := n.Child("designation-pct")
	for _, region := range pct.All("regional") {
		organisation := region.At("region", "country")
		if organisation.Value() == office {
			add(region.All("country"))
		} else {
			add([]*xmlrec.Node{organisation})
		}
	}
	add(pct.Child("national").All("country"))
	add(n.At("designation-epc", "contracting-states").All("country"))
	return out
}
