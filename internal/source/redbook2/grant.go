package redbook2

import (
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// grantReader reads one grant. Its elements bear the names of ST.32, B110 for what
// INID (11) is on paper.
type grantReader struct {
	usfield.Notes
	root, bib *xmlrec.Node
	doc       *record.Document
}

func readGrant(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	r := grantReader{root: root, bib: root.Child("SDOBI"), doc: &record.Document{}}
	d := r.doc
	pub := r.bib.Child("B100")
	if reject := usfield.Identify(d, r.text(pub, "B190"), r.text(pub, "B110", "DNUM"), r.text(pub, "B130"), "B110"); reject != nil {
		return nil, reject
	}
	d.Published = r.day(pub.Child("B140"))
	d.Issued = d.Published
	if _, built, ok := strings.Cut(root.Attr("STATUS"), "Build "); ok {
		if on := r.DayOf(built, "STATUS"); on != 0 {
			d.Issued = on
		}
	}
	root.Attr("DTD")
	r.application()
	var title []string
	for _, n := range r.bib.At("B500", "B540").All("STEXT") {
		title = append(title, r.Value(n))
	}
	d.Titles = usfield.English(strings.Join(title, " "))
	d.Abstracts = usfield.English(r.Paragraphs(r.paragraphs(root.At("SDOAB", "BTEXT")), notWords))
	r.classes()
	r.filings()
	r.citations()
	r.parties()
	r.term()
	r.claims()
	r.pictures()
	r.CheckPatent(d)
	d.Flags = r.List
	return d, nil
}

// text returns the text at a path.
func (r *grantReader) text(n *xmlrec.Node, path ...string) string { return r.Value(n.At(path...)) }

// day returns the date that stands in n.
func (r *grantReader) day(n *xmlrec.Node) date.Date {
	return r.Day(n.At("DATE", "PDAT"))
}

// paragraphs are the paragraphs and headings in n.
func (r *grantReader) paragraphs(n *xmlrec.Node) []*xmlrec.Node {
	list := n.All("PARA", "H")
	for _, p := range list {
		p.Attr("ID")
		p.Attr("LVL")
	}
	return list
}

func (r *grantReader) application() {
	d, n := r.doc, r.bib.Child("B200")
	raw := r.text(n, "B210", "DNUM")
	d.Application = record.Application{Raw: raw, Number: r.Application(raw, r.text(n, "B211US"), "B210"), Filed: r.day(n.Child("B220"))}
	d.Kind = usfield.KindOf("", d.Number)
}

// classes reads the international classes, which are Locarno's for designs, and
// the national ones.
func (r *grantReader) classes() {
	n := r.bib.At("B500", "B510")
	edition := r.text(n, "B516")
	for _, c := range n.All("B511", "B512") {
		raw := columns(c.Child("PDAT"))
		read := usfield.IPC
		if r.doc.Kind == record.Design {
			read = usfield.Locarno
		}
		class, ok := read(raw, edition)
		r.Class(r.doc, class, ok, raw, c.Name)
	}
	for _, c := range r.bib.At("B500", "B520").All("B521", "B522", "B522US") {
		raw := columns(c.Child("PDAT"))
		class, ok := usfield.USPC(raw)
		r.Class(r.doc, class, ok, raw, c.Name)
	}
}

// columns returns text in fixed columns, where leading blanks count.
func columns(n *xmlrec.Node) string { return strings.Trim(n.Raw(), "\r\n\t") }

// citations reads what was cited, a line each, with a star where the examiner did.
func (r *grantReader) citations() {
	for _, n := range r.bib.At("B500", "B560").All("B561", "B562") {
		line := ""
		if patent := n.Child("PCIT"); patent != nil {
			doc := patent.Child("DOC")
			office := r.text(doc, "CTRY")
			if office == "" {
				office = usfield.Office // the office names the others alone
			}
			line = usfield.Join(",", office+r.text(doc, "DNUM")+r.text(doc, "KIND"), usfield.CitedDay(r.text(doc, "DATE")),
				r.name(patent.At("PARTY-US", "NAM")))
		}
		var words []string
		for _, text := range n.Child("NCIT").All("STEXT") {
			words = append(words, r.Value(text))
		}
		if line = usfield.Join(",", line, strings.Join(words, " ")); line == "" {
			continue
		}
		if n.Child("CITED-BY-EXAMINER") != nil {
			line += " *"
		}
		r.doc.Cited = append(r.doc.Cited, line)
	}
}

// term reads the term that was granted and what plant patents name.
func (r *grantReader) term() {
	n := r.bib.At("B400", "B472")
	usfield.FactNamed(r.doc, record.FactTermYears, "", r.text(n, "B474"))
	usfield.FactNamed(r.doc, record.FactTermDays, "", r.text(n, "B474US"))
	if on := r.day(n.Child("B473")); on != 0 {
		usfield.FactNamed(r.doc, record.FactTermNote, "en", "The term after "+on.String()+" is disclaimed.")
	} else if n.Child("B473US") != nil {
		usfield.FactNamed(r.doc, record.FactTermNote, "en", "Part of the term is disclaimed.")
	}
	plant := r.bib.At("B500", "BOTANIC")
	usfield.FactNamed(r.doc, record.FactSpecies, "la", r.text(plant, "LATIN-NAME"))
	usfield.FactNamed(r.doc, record.FactDenomination, "en", r.text(plant, "VARIETY"))
}

func (r *grantReader) claims() {
	for _, n := range r.root.All("SDOCL") {
		r.doc.Claims = max(r.doc.Claims, n.Count)
	}
	if n, err := strconv.Atoi(r.text(r.bib, "B500", "B570", "B577")); err == nil && n > 0 {
		if r.doc.Claims != 0 && r.doc.Claims != n {
			r.Add("claims.disagree", "B577", "")
		}
		r.doc.Claims = n
	}
}

// pictures names the drawings of a design, which are the right itself.
func (r *grantReader) pictures() {
	if r.doc.Kind != record.Design {
		return
	}
	for _, n := range r.root.Child("SDODR").All("EMI") {
		n.Attr("ID")
		n.Attr("ALT")
		name := n.Attr("FILE")
		_, form, _ := strings.Cut(name, ".")
		r.doc.Images = append(r.doc.Images, record.Image{Use: "drawing", Name: name, Format: strings.ToUpper(form)})
	}
}
