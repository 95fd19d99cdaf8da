package tmcase

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// reader reads one entry of the register.
type reader struct {
	usfield.Notes
	root, head *xmlrec.Node
	doc        *record.Document
}

func read(root *xmlrec.Node, made date.Date) (*record.Document, *entry.Reject) {
	r := reader{root: root, head: root.Child("case-file-header"), doc: &record.Document{Office: usfield.Office, Kind: record.Trademark}}
	if r.head == nil {
		r.head = &xmlrec.Node{}
	}
	d := r.doc
	serial := r.Value(root.Child("serial-number"))
	d.Application.Raw, d.Application.Number = serial, usfield.MarkNumber(serial)
	d.Number = usfield.MarkNumber(r.Value(root.Child("registration-number")))
	if d.Application.Number == "" {
		if serial != "" {
			return nil, entry.Refuse("uspto.number", ierr.Args{"number": entry.Clip(serial)}, "")
		}
		return nil, entry.Refuse("number.missing", ierr.Args{"column": "serial-number"}, "")
	}
	changed := r.Day(root.Child("transaction-date"))
	if d.Issued = made; made == 0 {
		d.Issued = changed
	}
	r.header()
	r.mark()
	r.statements()
	r.classifications()
	r.events()
	r.owners()
	r.filings()
	d.Flags = r.List
	return d, nil
}

// header reads the dates of the entry and its status.
func (r *reader) header() {
	d := r.doc
	day := func(name string) date.Date { return r.Day(r.head.Child(name)) }
	d.Application.Filed = day("filing-date")
	usfield.DayNamed(d, record.DayRegistered, day("registration-date"))
	d.Published = day("published-for-opposition-date")
	usfield.DayNamed(d, record.DayApproved, d.Published)
	usfield.DayNamed(d, record.DayRenewed, day("renewal-date"))
	d.Status = usfield.MarkStatus(r.Value(r.head.Child("status-code")), day("status-date"))
	if on := day("abandonment-date"); on != 0 {
		d.Events = append(d.Events, record.Event{Date: on, Code: record.EventAbandoned, Office: usfield.Office})
	}
	if on := day("cancellation-date"); on != 0 {
		d.Events = append(d.Events, record.Event{Date: on, Code: record.EventCancelled, Office: usfield.Office, Text: r.Value(r.head.Child("cancellation-code"))})
	}
	usfield.FactNamed(d, record.FactLocation, "en", r.Value(r.head.Child("current-location")))
	usfield.FactNamed(d, record.FactRegister, "", register(r.says("supplemental-register-in"), d.Number))
	r.bases()
	for _, c := range r.head.Children {
		if c.Peek() == "F" {
			c.Use() // says no
		}
	}
}

// register names the register that a registration stands in, 15 U.S.C. 1051 and
// 1091.
func register(supplemental bool, registration string) string {
	switch {
	case registration == "":
		return ""
	case supplemental:
		return "supplemental"
	}
	return "principal"
}

// says tells whether a yes-or-no element of the header says yes.
func (r *reader) says(name string) bool { return r.Value(r.head.Child(name)) == "T" }

// bases reads the present bases of filing, 15 U.S.C. 1051, 1126 and 1141f.
func (r *reader) bases() {
	for _, b := range [...]struct{ element, basis string }{
		{"use-application-currently-in", "1(a)"}, {"intent-to-use-current-in", "1(b)"},
		{"filing-basis-current-44d-in", "44(d)"}, {"filing-basis-current-44e-in", "44(e)"},
		{"filing-basis-current-66a-in", "66(a)"}, {"without-basis-currently-in", "none"},
	} {
		if r.says(b.element) {
			usfield.FactNamed(r.doc, record.FactBasis, "", b.basis)
		}
	}
}

// mark reads the sign: its words, form and types.
func (r *reader) mark() {
	m := &record.Mark{Words: usfield.English(r.Value(r.head.Child("mark-identification")))}
	m.Form = usfield.MarkForm(r.Value(r.head.Child("mark-drawing-code")))
	if r.says("standard-characters-claimed-in") && m.Form == "" {
		m.Form = "word"
	}
	if r.says("drawing-3d-current-in") {
		m.Form = "three_dimensional"
	}
	types := map[string]string{
		"collective-trademark-in": record.MarkCollective, "collective-service-mark-in": record.MarkCollective,
		"collective-membership-mark-in": record.MarkCollective, "certification-mark-in": record.MarkCertification,
		"service-mark-in": record.MarkService,
	}
	for _, c := range r.head.Children {
		if t := types[c.Name]; t != "" && r.says(c.Name) && !contains(m.Types, t) {
			m.Types = append(m.Types, t)
		}
	}
	r.says("trademark-in")
	r.doc.Mark = m
	for _, n := range r.root.Child("design-searches").All("design-search") {
		r.DesignCode(r.doc, r.Value(n.Child("code")), "design-search")
	}
}

func contains(list []string, s string) bool {
	return strings.Contains("\n"+strings.Join(list, "\n")+"\n", "\n"+s+"\n")
}
