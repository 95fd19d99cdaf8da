package cnipa

import (
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// oldReader reads one record of the former layout.
type oldReader struct {
	notes
	bib *xmlrec.Node
	doc *record.Document
}

func readOld(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	r := oldReader{bib: root.Child("cn-bibliographic-data"), doc: &record.Document{}}
	d := r.doc
	pub := r.bib.Child("cn-publication-reference")
	office, number, code, day := r.documentID(pub)
	if reject := identify(d, office, number, code); reject != nil {
		return nil, reject
	}
	d.Published = r.day(day)
	gazette := pub.Child("gazette-reference")
	d.Gazette = r.value(gazette.Child("gazette-num"))
	if issue := r.day(gazette.Child("date")); d.Published == 0 {
		d.Published = issue
	} else if issue != 0 && issue != d.Published {
		r.Add("date.disagrees", "gazette-reference", "")
	}
	d.Issued = d.Published // the layout does not say when a file was made
	r.application()
	d.Titles = addText(nil, lang(r.bib.Child("invention-title").Attr("lang")), r.value(r.bib.Child("invention-title")))
	abstract := r.bib.Child("abstract")
	d.Abstracts = addText(nil, lang(abstract.Attr("lang")), r.paragraphs(abstract.All("p")))
	r.classes()
	r.filings()
	r.allParties()
	if claims := root.At("application-body", "claims"); claims != nil {
		d.Claims = claims.Count
	}
	r.check(d)
	d.Flags = r.List
	return d, nil
}

func (r *oldReader) documentID(n *xmlrec.Node) (office, number, code string, day *xmlrec.Node) {
	if id := n.Child("document-id"); id != nil {
		n = id
	}
	return r.value(n.Child("country")), r.value(n.Child("doc-number")), r.value(n.Child("kind")), n.Child("date")
}

// kindWords are the kinds of right as the layout writes them out.
var kindWords = map[string]record.Kind{
	"发明专利": record.Invention, "发明": record.Invention,
	"实用新型": record.UtilityModel, "实用新型专利": record.UtilityModel,
	"外观设计": record.Design, "外观设计专利": record.Design,
}

func (r *oldReader) application() {
	d := r.doc
	ref := r.bib.Child("application-reference")
	_, number, _, day := r.documentID(ref)
	d.Application.Raw = number
	d.Application.Number = cnfield.Application(number, "application-reference", &r.Flags)
	d.Application.Filed = r.day(day)
	if words := ref.Attr("appl-type"); words != "" && kindWords[words] != d.Kind {
		r.Add("kind.disagrees", "appl-type", words)
	}
}

func (r *oldReader) classes() {
	for _, n := range r.bib.Child("classifications-ipcr").All("classification-ipcr") {
		r.class(r.doc, record.ParseIPC, r.value(n.Child("text")), "", n.Name)
	}
	r.edition("classification-ipc", record.ParseIPC)
	r.edition("classification-locarno", record.ParseLocarno)
}

// edition reads a classification that names its edition once.
func (r *oldReader) edition(element string, parse func(string) (record.Class, error)) {
	n := r.bib.Child(element)
	version := r.value(n.Child("edition", "ipc-version"))
	for _, s := range n.All("main-classification", "further-classification") {
		r.class(r.doc, parse, r.value(s), version, element)
	}
}

func (r *oldReader) filings() {
	d := r.doc
	for _, n := range r.bib.Child("priority-claims").All("priority-claim") {
		n.Attr("sequence")
		office, number, _, day := r.documentID(n)
		d.Filings = append(d.Filings, filing(priority(n.Attr("kind")), office, number, r.day(day))...)
	}
	for _, n := range r.bib.All("cn-domestic-priority-claim") {
		r.filing("domestic_priority", n.At("substitution", "relation", "parent-doc"))
	}
	related := r.bib.Child("cn-related-documents")
	for _, n := range related.All("division") {
		r.filing("divisional", n.At("relation", "parent-doc"))
	}
	r.filing("earlier_publication", r.bib.Child("cn-related-publication"))
	r.filing("earlier_publication", related.Child("cn-related-publication"))
	r.filing("national_entry", r.bib.Child("date-pct-article-22-39-fulfilled"))
	r.filing("pct_application", r.bib.Child("pct-or-regional-filing-data"))
	r.filing("pct_publication", r.bib.Child("pct-or-regional-publishing-data"))
}

func (r *oldReader) filing(relation string, n *xmlrec.Node) {
	if n == nil {
		return
	}
	office, number, code, day := r.documentID(n)
	r.doc.Filings = append(r.doc.Filings, filing(relation, office, number+code, r.day(day))...)
}

func (r *oldReader) allParties() {
	around := r.bib.Child("cn-parties")
	applicants := around.Child("cn-applicants")
	first := len(r.doc.Parties)
	r.parties(applicants.All("cn-applicant"), record.Applicant)
	if where := applicants.Attr("cn-representative-is"); where != "" && len(r.doc.Parties) > first {
		r.represent(&r.doc.Parties[first], where)
	}
	r.parties(around.Child("cn-inventors").All("cn-inventor"), record.Inventor)
	r.parties(around.Child("cn-designers").All("cn-designer"), record.Inventor)
	r.parties(r.bib.Child("assignees").All("assignee"), record.Holder)
	r.parties(around.Child("assignees").All("assignee"), record.Holder)
	r.agents(around.Child("cn-agents"))
}

// represent takes over the place of the representative of several applicants,
// where it says anything beyond the printed address.
func (r *oldReader) represent(p *record.Party, where string) {
	code, region, _ := cnfield.Postcode(where)
	if region == p.Address {
		return
	}
	p.Region = region
	if p.Postcode == "" {
		p.Postcode = code
	}
}

func (r *oldReader) parties(list []*xmlrec.Node, role record.Role) {
	for _, n := range list {
		n.Attr("sequence")
		p := record.Party{Role: role}
		book := n.Child("addressbook")
		name := r.value(book.Child("name", "orgname"))
		if name == "" {
			name = r.value(n.Child("name"))
		}
		address := book.Child("address")
		r.address(&p, r.value(address.Child("text")), "address")
		p.Country = r.value(address.Child("country"))
		if name == "" && p.Address == "" {
			continue
		}
		p.Names = addText(nil, lang(book.Attr("lang")), name)
		r.doc.Parties = append(r.doc.Parties, p)
	}
}

// agents reads agents and their agencies, each agency once.
func (r *oldReader) agents(list *xmlrec.Node) {
	seen := map[string]bool{}
	for _, n := range list.All("cn-agent") {
		n.Attr("sequence")
		firm, code := agency(r.value(n.At("cn-agency", "name")))
		if firm != "" && !seen[firm] {
			seen[firm] = true
			r.doc.Parties = append(r.doc.Parties, record.Party{Role: record.Agency, Ident: code, Names: []record.Text{{Lang: "zh", Text: firm}}})
		}
		if name := r.value(n.Child("name")); name != "" {
			r.doc.Parties = append(r.doc.Parties, record.Party{Role: record.Agent, Names: []record.Text{{Lang: "zh", Text: name}}})
		}
	}
}
