package ops

import (
	"cmp"
	"regexp"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// dossier reads one entry of the European Patent Register.
type dossier struct {
	exchange.Notes
	root, bib *xmlrec.Node
	produced  date.Date        // day on which the register gave the entry, 0 where it does not say
	right     *record.Document // the newest publication, or the one that was asked for
	state     *record.Document // what the entry says of the right
}

// register reads entries of the register: a document for each publication, what
// the register says of the right on the day of the answer as a notice, and
// notices of events and steps. An answer that does not name its day, as from a
// search, speaks of the newest publication.
func (a *answer) register(n *xmlrec.Node) {
	query := n.Child("query").Value()
	asked(n)
	for _, list := range n.All("register-documents") {
		list.Attr("produced-by")
		entries := list.All("register-document")
		for _, root := range entries {
			d := dossier{root: root, bib: root.Child("bibliographic-data")}
			if len(entries) > 1 {
				query = ""
			}
			documents, reject := d.read(query)
			if reject != nil {
				a.refuse(reject)
			}
			for _, doc := range documents {
				a.document(doc, nil)
			}
		}
	}
}

func (d *dossier) read(query string) ([]*record.Document, *entry.Reject) {
	d.root.Attr("produced-by")
	d.root.Attr("dtd-version")
	d.root.Attr("lang")
	d.root.Attr("status") // the newest of the statuses
	d.produced = d.attrDay(d.root, "date-produced")
	documents := d.publications()
	if d.right == nil {
		if d.right = questioned(query); d.right == nil {
			return nil, entry.Refuse("ops.no_number", nil, "")
		}
	}
	d.state = d.right
	if d.produced != 0 || len(documents) == 0 {
		d.state = notice(d.right)
		d.state.Published, d.state.Issued = d.produced, d.produced
	}
	d.status()
	d.bibliography()
	events := notices{right: d.right}
	d.events(&events)
	d.steps(&events)
	if d.state != d.right && says(d.state) {
		documents = append(documents, d.state)
	}
	d.state.Flags = append(d.state.Flags, d.List...)
	return append(documents, events.list...), nil
}

// says tells whether a notice holds anything but its numbers.
func says(d *record.Document) bool {
	return d.Status != nil || len(d.Titles)+len(d.Parties)+len(d.Classes)+len(d.Events)+len(d.Filings)+len(d.Cited)+len(d.Facts) > 0
}

func (d *dossier) attrDay(n *xmlrec.Node, name string) date.Date {
	v := n.Attr(name)
	if v == "" {
		return 0
	}
	day, err := date.Parse(v)
	if err != nil {
		d.Add("date.unreadable", name, v)
	}
	return day
}

// publications reads the European publications. That of an international
// application which the European one goes back to is another right's.
func (d *dossier) publications() []*record.Document {
	application := d.Forms(d.bib.All("application-reference")...)
	var out []*record.Document
	for _, ref := range d.bib.All("publication-reference") {
		id := d.Forms(ref).Best()
		if id.Country != "EP" {
			continue
		}
		doc, reject := exchange.Numbered(id)
		if reject != nil {
			d.Add("number.disagrees", "publication-reference", id.Number)
			continue
		}
		exchange.Apply(doc, application)
		if doc.Code == "" {
			doc.Flags = []record.Flag{{Code: "kind_code.missing", Field: "kind"}}
		}
		out = append(out, doc)
		if d.right == nil || doc.Published > d.right.Published {
			d.right = doc
		}
	}
	return out
}

var question = regexp.MustCompile(`^(publication|pn|application|ap) *= *"?EP\.?(\d{7,8})(?:\.[A-Z]\d?)?"?$`)

// questioned returns the right that a question asked for, where the answer
// repeats nothing but the question. The register asks for publications without
// their kind; all of a European application bear the number of its first, an A
// document.
func questioned(query string) *record.Document {
	m := question.FindStringSubmatch(strings.TrimSpace(query))
	if m == nil {
		return nil
	}
	if strings.HasPrefix(m[1], "a") {
		return &record.Document{Office: "EP", Application: record.Application{Number: m[2]}}
	}
	return &record.Document{Office: "EP", Number: m[2], Code: "A"}
}

// states names the states of a lifecycle that the register's statuses mean. A
// granted European patent is a bundle of national ones, of which the register
// does not say whether they are in force.
var states = map[string]string{
	"The application has been published":        "published",
	"Request for examination was made":          "substantive_exam",
	"Examination is in progress":                "substantive_exam",
	"Grant of patent is intended":               "substantive_exam",
	"The application has been refused":          "refused",
	"The application has been withdrawn":        "withdrawn",
	"The application is deemed to be withdrawn": "withdrawn",
}

// status reads the statuses: the newest is the right's, each is an event.
func (d *dossier) status() {
	for _, n := range d.root.Child("ep-patent-statuses").All("ep-patent-status") {
		code, text, day := n.Attr("status-code"), n.Value(), d.attrDay(n, "change-date")
		if text == "" {
			continue
		}
		if s := d.state.Status; s == nil || day > s.Date {
			d.state.Status = &record.Status{Code: states[text], Text: text, Date: day}
		}
		d.state.Events = append(d.state.Events, record.Event{Date: day, Office: "EP", Code: "EP:status-" + code, Text: text})
	}
}

// newest returns, of elements that state one thing as it was at different times,
// the one that was changed last; the first of them among equals.
func (d *dossier) newest(list []*xmlrec.Node) *xmlrec.Node {
	var best *xmlrec.Node
	var last date.Date
	for _, n := range list {
		n.Attr("change-gazette-num")
		if day := d.attrDay(n, "change-date"); best == nil || day > last {
			best, last = n, day
		}
	}
	return best
}

// bibliography reads the data as they stand now. What they were before stays
// unread.
func (d *dossier) bibliography() {
	s := d.state
	d.titles()
	d.classes()
	s.Filings = d.Priorities(s.Filings, d.right, d.newest(d.bib.All("priority-claims")).All("priority-claim"))
	d.related()
	parties := d.bib.Child("parties")
	d.parties(d.newest(parties.All("applicants")).All("applicant"), record.Applicant)
	d.parties(d.newest(parties.All("proprietors", "grantees")).All("proprietor", "grantee"), record.Holder)
	d.parties(d.newest(parties.All("inventors")).All("inventor"), record.Inventor)
	d.parties(d.newest(parties.All("agents")).All("agent"), record.Agency)
	if v := d.bib.Child("language-of-filing").Value(); v != "" {
		s.Facts = append(s.Facts, record.Fact{Name: record.FactFilingLanguage, Text: exchange.Lang(v)})
	}
	for _, state := range exchange.Designated(d.newest(d.bib.All("designation-of-states")), "EP") {
		s.Facts = append(s.Facts, record.Fact{Name: record.FactDesignated, Text: state})
	}
	for _, n := range d.bib.Child("references-cited").All("citation") {
		if line := d.Cited(n); line != "" {
			s.Cited = append(s.Cited, line)
		}
	}
	d.dates()
}

func (d *dossier) titles() {
	byLang := map[string][]*xmlrec.Node{}
	var order []string
	for _, n := range d.bib.All("invention-title") {
		tag := exchange.Lang(n.Attr("lang"))
		if byLang[tag] == nil {
			order = append(order, tag)
		}
		byLang[tag] = append(byLang[tag], n)
	}
	for _, tag := range order {
		d.state.Titles = exchange.AddText(d.state.Titles, tag, d.newest(byLang[tag]).Value())
	}
}

// classes reads symbols that stand in one text: "H04W84/20,  // H04W88/04", in
// lists of results "H01M50/449;; H01M50/451".
func (d *dossier) classes() {
	for _, n := range d.newest(d.bib.All("classifications-ipcr")).All("classification-ipcr") {
		text := strings.ReplaceAll(n.Child("text").Value(), "//", ",")
		for _, symbol := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' }) {
			if symbol = strings.TrimSpace(symbol); symbol == "" {
				continue
			}
			if c, ok := exchange.IPC(symbol); ok {
				d.state.Classes = exchange.AddClass(d.state.Classes, c)
			} else {
				d.Add("class.unreadable", n.Name, symbol)
			}
		}
	}
}

// related reads the application that this one was divided from, and the
// international one that it goes back to.
func (d *dossier) related() {
	for _, relation := range d.bib.Child("related-documents").Child("division").All("relation") {
		for _, id := range relation.Child("parent-doc").All("document-id") {
			if id.Attr("document-id-type") == "publication number" {
				id.Use()
				continue
			}
			forms := exchange.Forms{Docdb: d.ID(id)}
			if f, ok := forms.Filing(record.RelDivisional, false); ok {
				f.Code = ""
				d.state.Filings = exchange.AddFiling(d.state.Filings, f)
			}
		}
	}
	for _, ref := range d.bib.All("publication-reference") {
		if f, ok := d.Forms(ref).Filing(record.RelPCTPub, true); ok && f.Office == "WO" {
			d.state.Filings = exchange.AddFiling(d.state.Filings, f)
		}
	}
}

func (d *dossier) parties(list []*xmlrec.Node, role record.Role) {
	for _, n := range list {
		n.Attr("sequence")
		book := n.Child("addressbook")
		address := book.Child("address")
		p := record.Party{Role: role, Country: address.Child("country").Value()}
		if p.Country == "" {
			p.Country = cmp.Or(n.At("residence", "country").Value(), n.At("nationality", "country").Value())
		}
		var lines []string
		for _, line := range address.All("address-1", "address-2", "address-3", "address-4", "address-5", "address-6") {
			if v := line.Value(); v != "" {
				lines = append(lines, v)
			}
		}
		p.Address = strings.Join(lines, ", ")
		name := book.Child("name").Value()
		if name == "" {
			continue
		}
		p.Names = []record.Text{{Lang: exchange.Script(name, p.Country), Text: name}}
		d.state.Parties = append(d.state.Parties, p)
	}
}
