package tmcase

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// events reads the prosecution history: "US:NWAP" for the office's code NWAP.
func (r *reader) events() {
	for _, n := range r.root.Child("case-file-event-statements").All("case-file-event-statement") {
		n.Child("number") // the order in which they stand
		r.event(n, "")
	}
}

func (r *reader) event(n *xmlrec.Node, number string) {
	e := record.Event{Date: r.Day(n.Child("date")), Text: r.Value(n.Child("description-text")), Office: usfield.Office, Number: number}
	if code := r.Value(n.Child("code")); code != "" {
		e.Code = usfield.Office + ":" + code
	}
	if e.Code != "" || e.Text != "" {
		r.doc.Events = append(r.doc.Events, e)
	}
}

// filings reads what the mark rests on, and what rests on it.
func (r *reader) filings() {
	d := r.doc
	add := func(relation, office, number string, n *xmlrec.Node) {
		f := record.Filing{Relation: relation, Office: office, Number: number, Date: r.Day(n)}
		if f.Number != "" || f.Date != 0 {
			d.Filings = append(d.Filings, f)
		}
	}
	for _, n := range r.root.Child("foreign-applications").All("foreign-application") {
		n.Child("entry-number")
		office := r.Country(r.Value(n.Child("country")), "foreign-application/country")
		if claim := r.Value(n.Child("foreign-priority-claim-in")); claim == "T" || r.Value(n.Child("registration-number")) == "" {
			add(record.RelPriority, office, r.Value(n.Child("application-number")), n.Child("filing-date"))
		}
		if number := r.Value(n.Child("registration-number")); number != "" {
			add(record.RelForeign, office, number, n.Child("registration-date"))
		}
	}
	if n := r.root.Child("international-registration"); n != nil {
		add(record.RelInternational, "WO", r.Value(n.Child("international-registration-number")), n.Child("international-registration-date"))
		if r.Value(n.Child("priority-claimed-in")) == "T" {
			add(record.RelPriority, "", "", n.Child("priority-claimed-date"))
		}
	}
	for _, n := range r.root.Child("madrid-international-filing-requests").All("madrid-international-filing-record") {
		n.Child("entry-number")
		reference := r.Value(n.Child("reference-number"))
		number := r.Value(n.Child("international-registration-number"))
		if number == "" {
			add(record.RelInternational, "WO", reference, n.Child("original-filing-date-uspto"))
		} else {
			add(record.RelInternational, "WO", number, n.Child("international-registration-date"))
		}
		for _, e := range n.Child("madrid-history-events").All("madrid-history-event") {
			e.Child("entry-number")
			r.event(e, reference)
		}
	}
}
