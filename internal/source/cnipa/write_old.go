package cnipa

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"onewindow/internal/record"
)

// OldOptions are the oddities of files of the former layout.
type OldOptions struct {
	BOM        bool // a byte order mark leads the file
	NoEncoding bool // the declaration names no encoding
}

// WriteOld writes a document as one file of the former layout: the kind of right
// in words, the address as one text. What the layout has no element for is left
// out: the day of production, countries of parties, citations and events.
func WriteOld(out io.Writer, d *record.Document, o OldOptions) error {
	w := oldWriter{doc: d}
	if o.BOM {
		w.b.WriteString("\uFEFF")
	}
	if o.NoEncoding {
		w.b.WriteString(`<?xml version="1.0" standalone="yes"?>`)
	} else {
		w.b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>`)
	}
	w.open(oldRoot, "lang", "ZH", "country", "CN")
	w.open("cn-bibliographic-data")
	w.numbers()
	w.classes()
	for _, t := range d.Titles {
		w.leaf("invention-title", t.Text)
	}
	for _, a := range d.Abstracts {
		w.open("abstract")
		for p := range strings.SplitSeq(a.Text, "\n") {
			w.leaf("p", p, "num", "1")
		}
		w.end("abstract")
	}
	w.filings()
	w.people()
	w.end("cn-bibliographic-data")
	w.open("application-body", "lang", "CN", "country", "CN")
	w.open("claims")
	for i := range d.Claims {
		w.open("claim", "num", fmt.Sprintf("%04d", i+1))
		w.leaf("claim-text", strconv.Itoa(i+1)+".…")
		w.end("claim")
	}
	w.end("claims")
	w.end("application-body")
	w.end(oldRoot)
	return w.flush(out)
}

type oldWriter struct {
	writer
	doc *record.Document
}

func (w *oldWriter) documentID(office, number, code, day string) {
	w.open("document-id")
	w.some("country", office)
	w.some("doc-number", number)
	w.some("kind", code)
	w.leaf("date", day)
	w.end("document-id")
}

func (w *oldWriter) numbers() {
	d := w.doc
	w.open("cn-publication-reference")
	w.documentID(d.Office, d.Number, d.Code, compactDate(d.Published))
	if d.Gazette != "" {
		w.open("gazette-reference")
		w.leaf("gazette-num", d.Gazette)
		w.leaf("date", compactDate(d.Published))
		w.end("gazette-reference")
	}
	w.end("cn-publication-reference")
	words := map[record.Kind]string{record.Invention: "发明专利", record.UtilityModel: "实用新型", record.Design: "外观设计"}[d.Kind]
	w.open("application-reference", "appl-type", words)
	w.documentID("CN", d.Application.Raw, "", compactDate(d.Application.Filed))
	w.end("application-reference")
}

func (w *oldWriter) classes() {
	var now, byEdition []record.Class
	for _, c := range w.doc.Classes {
		if c.Scheme == record.IPC && len(c.Version) == 7 {
			now = append(now, c)
		} else {
			byEdition = append(byEdition, c)
		}
	}
	if len(now) > 0 {
		w.open("classifications-ipcr")
		for _, c := range now {
			w.open("classification-ipcr")
			w.leaf("text", symbolText(c))
			w.end("classification-ipcr")
		}
		w.end("classifications-ipcr")
	}
	if len(byEdition) == 0 {
		return
	}
	element := "classification-ipc"
	if byEdition[0].Scheme == record.Locarno {
		element = "classification-locarno"
	}
	w.open(element)
	w.some("edition", byEdition[0].Version)
	for i, c := range byEdition {
		if i == 0 {
			w.leaf("main-classification", c.Symbol)
		} else {
			w.leaf("further-classification", c.Symbol)
		}
	}
	w.end(element)
}

func (w *oldWriter) filings() {
	claims := append(byRelation(w.doc, "priority"), byRelation(w.doc, "domestic_priority")...)
	if len(claims) > 0 {
		w.open("priority-claims")
		for i, f := range claims {
			kind := "international"
			if f.Relation == "domestic_priority" {
				kind = "national"
			}
			w.open("priority-claim", "sequence", strconv.Itoa(i+1), "kind", kind)
			w.some("country", f.Office)
			w.some("doc-number", f.Number)
			w.leaf("date", compactDate(f.Date))
			w.end("priority-claim")
		}
		w.end("priority-claims")
	}
	for _, f := range byRelation(w.doc, "earlier_publication") {
		number, code := splitNumber(f.Number)
		w.open("cn-related-publication")
		w.documentID(f.Office, number, code, compactDate(f.Date))
		w.end("cn-related-publication")
	}
	w.open("cn-related-documents")
	for _, f := range byRelation(w.doc, "divisional") {
		w.open("division")
		w.open("relation")
		w.open("parent-doc")
		w.documentID(f.Office, f.Number, "", compactDate(f.Date))
		w.end("parent-doc")
		w.end("relation")
		w.end("division")
	}
	w.end("cn-related-documents")
	for _, p := range [...]struct{ relation, element string }{
		{"national_entry", "date-pct-article-22-39-fulfilled"},
		{"pct_application", "pct-or-regional-filing-data"},
		{"pct_publication", "pct-or-regional-publishing-data"},
	} {
		for _, f := range byRelation(w.doc, p.relation) {
			w.open(p.element)
			if f.Number == "" {
				w.leaf("date", compactDate(f.Date))
			} else {
				w.documentID(f.Office, f.Number, "", compactDate(f.Date))
			}
			w.end(p.element)
		}
	}
}

func (w *oldWriter) people() {
	w.open("cn-parties")
	applicants := byRole(w.doc, record.Applicant)
	representative := ""
	if len(applicants) > 0 {
		representative = printedAddress(applicants[0])
		if applicants[0].Region != "" {
			representative = applicants[0].Region
		}
	}
	w.open("cn-applicants", "cn-representative-is", representative)
	w.books("cn-applicant", applicants)
	w.end("cn-applicants")
	w.open("cn-inventors")
	for i, p := range byRole(w.doc, record.Inventor) {
		w.open("cn-inventor", "sequence", strconv.Itoa(i+1))
		w.leaf("name", p.Name())
		w.end("cn-inventor")
	}
	w.end("cn-inventors")
	w.agents()
	w.end("cn-parties")
	if holders := byRole(w.doc, record.Holder); len(holders) > 0 {
		w.open("assignees")
		w.books("assignee", holders)
		w.end("assignees")
	}
}

func (w *oldWriter) books(element string, list []*record.Party) {
	for i, p := range list {
		w.open(element, "sequence", strconv.Itoa(i+1))
		w.open("addressbook", "lang", "ZH")
		w.leaf("name", p.Name())
		w.open("address")
		w.leaf("text", printedAddress(p))
		w.end("address")
		w.end("addressbook")
		w.end(element)
	}
}

func (w *oldWriter) agents() {
	agencies, agents := byRole(w.doc, record.Agency), byRole(w.doc, record.Agent)
	w.open("cn-agents")
	for i := range max(len(agencies), len(agents)) {
		w.open("cn-agent", "sequence", strconv.Itoa(i+1))
		if len(agencies) > 0 {
			w.open("cn-agency")
			w.leaf("name", agencyName(agencies[min(i, len(agencies)-1)]))
			w.end("cn-agency")
		}
		if i < len(agents) {
			w.leaf("name", agents[i].Name())
		}
		w.end("cn-agent")
	}
	w.end("cn-agents")
}
