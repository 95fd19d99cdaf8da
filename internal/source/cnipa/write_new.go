package cnipa

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// Write writes a document as one file of the present layout: numbers in two
// data formats, zeros where there is nothing, IPC as text and in its parts. Parties
// are grouped by role. Events, for which the layout has no element, are left out.
func Write(out io.Writer, d *record.Document) error {
	w := newWriter{doc: d}
	w.b.WriteString(`<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE business:PatentDocumentAndRelated SYSTEM "/DTDS/ExternalStandards/ipphdb-entities.dtd"[]>`)
	w.open(root,
		"xmlns:base", "http://www.sipo.gov.cn/XMLSchema/base", "xmlns:business", "http://www.sipo.gov.cn/XMLSchema/business",
		"xsdVersion", "V2.2.1", "dateProduced", compactDate(d.Issued), "status", "C", "lang", "zh",
		"country", d.Office, "docNumber", d.Number, "kind", d.Code, "datePublication", compactDate(d.Published))
	bib, title, person := "business:BibliographicData", "business:InventionTitle", "business:Inventor"
	if d.Kind == record.Design {
		bib, title, person = "business:DesignBibliographicData", "business:DesignTitle", "business:Designer"
	}
	w.open(bib)
	w.numbers()
	w.classes()
	for _, t := range d.Titles {
		w.leaf(title, t.Text, "lang", t.Lang, "dataFormat", "original")
	}
	w.priorities()
	w.pct()
	w.citations()
	w.related()
	w.people(person)
	w.end(bib)
	w.abstract()
	if d.Claims > 0 {
		w.open("business:Claims", "lang", "zh", "dataFormat", "original")
		for i := range d.Claims {
			w.open("business:Claim", "num", fmt.Sprintf("%04d", i+1))
			w.leaf("business:ClaimText", strconv.Itoa(i+1)+". …")
			w.end("business:Claim")
		}
		w.end("business:Claims")
	}
	w.end(root)
	return w.flush(out)
}

type newWriter struct {
	writer
	doc *record.Document
}

// documentID writes a number; number and date are zeros where they are missing.
func (w *newWriter) documentID(office, number, code, day string) {
	w.open("base:DocumentID")
	w.some("base:WIPOST3Code", office)
	if number == "" {
		number = "0"
	}
	w.leaf("base:DocNumber", number)
	w.some("base:Kind", code)
	w.leaf("base:Date", day)
	w.end("base:DocumentID")
}

func (w *newWriter) numbers() {
	d := w.doc
	for _, format := range [...]string{"original", "standard"} {
		w.open("business:PublicationReference", "dataFormat", format, "sequence", "1")
		w.documentID(d.Office, d.Number, d.Code, compactDate(d.Published))
		w.end("business:PublicationReference")
	}
	if d.Gazette != "" {
		w.open("business:PublicAvailabilityDate")
		w.open("business:GazetteReference")
		w.leaf("business:GazetteNumber", d.Gazette)
		w.leaf("base:Date", compactDate(d.Published))
		w.end("business:GazetteReference")
		w.end("business:PublicAvailabilityDate")
	}
	for _, format := range [...]string{"original", "standard"} {
		number := d.Application.Raw
		if format == "standard" {
			number = strings.ReplaceAll(number, ".", "")
		}
		w.open("business:ApplicationReference", "dataFormat", format, "sequence", "1")
		w.documentID("CN", number, "", compactDate(d.Application.Filed))
		w.end("business:ApplicationReference")
	}
}

// classes writes IPC with its version as the eighth edition does, otherwise by
// edition, as Locarno.
func (w *newWriter) classes() {
	var now, byEdition []record.Class
	for _, c := range w.doc.Classes {
		if c.Scheme == record.IPC && len(c.Version) == 7 && strings.Contains(c.Symbol, "/") {
			now = append(now, c)
		} else {
			byEdition = append(byEdition, c)
		}
	}
	if len(now) > 0 {
		w.open("business:ClassificationIPCRDetails")
		for i, c := range now {
			w.ipc(i+1, c)
		}
		w.end("business:ClassificationIPCRDetails")
	}
	if len(byEdition) == 0 {
		return
	}
	element := "business:ClassificationIPC"
	if byEdition[0].Scheme == record.Locarno {
		element = "business:ClassificationLocarno"
	}
	w.open(element)
	w.some("base:EditionStatement", byEdition[0].Version)
	for i, c := range byEdition {
		name, sequence := "business:FurtherClassification", strconv.Itoa(i)
		if i == 0 {
			name, sequence = "business:MainClassification", ""
		}
		w.leaf(name, c.Symbol, "dataFormat", "original", "sequence", sequence)
		if c.Scheme == record.IPC && strings.Contains(c.Symbol, "/") {
			w.leaf(name, paddedSymbol(c), "dataFormat", "standard", "sequence", sequence)
		}
	}
	w.end(element)
}

func (w *newWriter) ipc(sequence int, c record.Class) {
	group, sub, _ := strings.Cut(c.Symbol[4:], "/")
	w.open("business:ClassificationIPCR", "sequence", strconv.Itoa(sequence))
	w.leaf("business:IPCVersionDate", strings.ReplaceAll(c.Version, ".", "")+"01")
	w.leaf("business:Section", c.Symbol[:1])
	w.leaf("business:MainClass", c.Symbol[1:3])
	w.leaf("business:Subclass", c.Symbol[3:4])
	w.leaf("business:MainGroup", group)
	w.leaf("business:Subgroup", sub)
	w.leaf("base:Text", symbolText(c))
	w.end("business:ClassificationIPCR")
}

func (w *newWriter) priorities() {
	var list []record.Filing
	for _, f := range w.doc.Filings {
		if f.Relation == "priority" || f.Relation == "domestic_priority" {
			list = append(list, f)
		}
	}
	if len(list) == 0 {
		return
	}
	w.open("business:PriorityDetails")
	for i, f := range list {
		kind := "international"
		if f.Relation == "domestic_priority" {
			kind = "national"
		}
		for _, format := range [...]string{"original", "standard"} {
			w.open("business:Priority", "kind", kind, "dataFormat", format, "sequence", strconv.Itoa(i+1))
			w.some("base:WIPOST3Code", f.Office)
			w.some("base:DocNumber", f.Number)
			w.leaf("base:Date", compactDate(f.Date))
			w.end("business:Priority")
		}
	}
	w.end("business:PriorityDetails")
}

func (w *newWriter) pct() {
	for _, p := range [...]struct{ relation, element string }{
		{"pct_application", pctFiling[0]}, {"pct_publication", pctPublishing[0]}, {"national_entry", pctEntry[0]},
	} {
		for _, f := range byRelation(w.doc, p.relation) {
			w.open(p.element)
			w.documentID(f.Office, f.Number, "", compactDate(f.Date))
			w.end(p.element)
		}
	}
}

// citations writes cited publications of the form that is read, "CN1719946A,2006.01.11",
// and everything else as other literature.
func (w *newWriter) citations() {
	if len(w.doc.Cited) == 0 {
		return
	}
	w.open("business:ReferencesCited")
	for i, c := range w.doc.Cited {
		w.open("business:Citation", "sequence", strconv.Itoa(i+1))
		pub, day, _ := strings.Cut(c, ",")
		if p, err := record.ParsePublicationCN(pub); err == nil && p.String() == pub {
			w.open("business:ApplicationCitation")
			w.open("business:PublicationReference", "dataFormat", "original", "sequence", "1")
			w.documentID(p.Office, p.Digits, p.Code, strings.ReplaceAll(day, ".", ""))
			w.end("business:PublicationReference")
			w.end("business:ApplicationCitation")
		} else {
			w.leaf("business:NPLCitation", c)
		}
		w.end("business:Citation")
	}
	w.end("business:ReferencesCited")
}

func (w *newWriter) related() {
	divisions, earlier := byRelation(w.doc, "divisional"), byRelation(w.doc, "earlier_publication")
	if len(divisions)+len(earlier) == 0 {
		return
	}
	w.open("business:RelatedDocuments")
	for _, f := range divisions {
		w.open("business:Division")
		w.open("business:DocumentsRelation")
		w.open("business:ParentDocument")
		w.documentID(f.Office, f.Number, "", compactDate(f.Date))
		w.end("business:ParentDocument")
		w.open("business:ChildDocument")
		w.documentID("", "", "", compactDate(0))
		w.end("business:ChildDocument")
		w.end("business:DocumentsRelation")
		w.end("business:Division")
	}
	for _, f := range earlier {
		number, code := splitNumber(f.Number)
		w.open("business:RelatedPublicationDoc")
		w.documentID(f.Office, number, code, compactDate(f.Date))
		w.end("business:RelatedPublicationDoc")
	}
	w.end("business:RelatedDocuments")
}

func (w *newWriter) abstract() {
	element := "business:Abstract"
	if w.doc.Kind == record.Design {
		element = "business:DesignBriefExplanation"
	}
	for _, a := range w.doc.Abstracts {
		w.open(element, "dataFormat", "original", "lang", a.Lang)
		for p := range strings.SplitSeq(a.Text, "\n") {
			w.leaf("base:Paragraphs", p)
		}
		w.end(element)
	}
}

func (w *newWriter) people(person string) {
	w.open("business:Parties")
	w.details("business:ApplicantDetails", "business:Applicant", "business:OrganizationCode", byRole(w.doc, record.Applicant))
	w.details(person+"Details", person, "", byRole(w.doc, record.Inventor))
	w.agents()
	w.end("business:Parties")
	w.details("business:AssigneeDetails", "business:Assignee", "business:AssigneeCode", byRole(w.doc, record.Holder))
}

func (w *newWriter) details(around, element, ident string, list []*record.Party) {
	if len(list) == 0 {
		return
	}
	w.open(around)
	for i, p := range list {
		for _, name := range p.Names {
			w.open(element, "sequence", strconv.Itoa(i+1), "dataFormat", "original", "lang", name.Lang)
			w.open("base:AddressBook", "lang", name.Lang)
			w.leaf("base:Name", name.Text)
			if ident != "" {
				w.address(p)
			}
			w.end("base:AddressBook")
			if ident != "" {
				code := p.Ident
				if code == "" {
					code = "0000000000"
				}
				w.leaf(ident, code)
			}
			w.end(element)
		}
	}
	w.end(around)
}

// address writes an address with all its elements, zeros in the empty ones. The
// region goes into the province whole: it is put together again when read.
func (w *newWriter) address(p *record.Party) {
	zero := func(s string) string {
		if s == "" {
			return "0"
		}
		return s
	}
	w.open("base:Address")
	for _, empty := range [...]string{"AddressLine", "PostBox", "AddressRoom", "Street", "County", "City"} {
		w.leaf("base:"+empty, "0")
	}
	w.leaf("base:Province", zero(p.Region))
	w.leaf("base:PostCode", zero(p.Postcode))
	w.some("base:WIPOST3Code", p.Country)
	w.leaf("base:Text", printedAddress(p))
	w.end("base:Address")
}

func (w *newWriter) agents() {
	agencies, agents := byRole(w.doc, record.Agency), byRole(w.doc, record.Agent)
	n := max(len(agencies), len(agents))
	if n == 0 {
		return
	}
	w.open("business:AgentDetails")
	w.leaf("business:CustomerNumber", "00000")
	for i := range n {
		w.open("business:Agent", "sequence", strconv.Itoa(i+1), "dataFormat", "original", "lang", "zh")
		if len(agencies) > 0 {
			w.open("business:Agency")
			w.open("base:AddressBook", "lang", "zh")
			w.leaf("base:OrganizationName", agencyName(agencies[min(i, len(agencies)-1)]))
			w.end("base:AddressBook")
			w.end("business:Agency")
		}
		if i < len(agents) {
			w.open("base:AddressBook", "lang", "zh")
			w.leaf("base:Name", agents[i].Name())
			w.end("base:AddressBook")
		}
		w.end("business:Agent")
	}
	w.end("business:AgentDetails")
}
