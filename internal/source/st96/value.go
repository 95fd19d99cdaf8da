package st96

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// reader reads one right and remembers what was wrong with it.
type reader struct {
	cnfield.Flags
	doc  *record.Document
	lang string // of what names no language itself
}

// day returns the date in n, whose zone, if it states one, is dropped. Years
// and months without a day are flagged.
func (r *reader) day(n *xmlrec.Node) date.Date {
	v := n.Value()
	if len(v) > 10 && strings.ContainsRune("+-ZT", rune(v[10])) {
		v = v[:10]
	}
	if v == "" {
		return 0
	}
	return cnfield.Day(v, n.Name, &r.Flags)
}

// number returns the number in an ApplicationNumber or an element of its type,
// as written, and the office that it names.
func number(n *xmlrec.Node) (office, text string) {
	office = n.Child("IPOfficeCode").Value()
	if text = n.Child("ApplicationNumberText").Value(); text == "" {
		text = n.Child("ST13ApplicationNumber").Value()
	}
	return office, text
}

// language returns the language of n, BCP 47 in lower case.
func (r *reader) language(n *xmlrec.Node) string {
	if tag := strings.ToLower(n.Attr("languageCode")); tag != "" {
		return tag
	}
	return r.lang
}

// texts reads elements that say one thing in several languages. What is said in
// one language in several pieces is joined by sep, in their order.
func (r *reader) texts(list []*xmlrec.Node, sep string) []record.Text {
	var out []record.Text
	for _, n := range list {
		n.Attr("sequenceNumber")
		n.Attr("id")
		tag, text := r.language(n), n.Text(nil)
		if text == "" {
			continue
		}
		if i := slices.IndexFunc(out, func(t record.Text) bool { return t.Lang == tag }); i >= 0 {
			out[i].Text += sep + text
			continue
		}
		out = append(out, record.Text{Lang: tag, Text: text})
	}
	return out
}

// add keeps a day of the right, each name once.
func (r *reader) add(name string, d date.Date) {
	if d != 0 && !slices.ContainsFunc(r.doc.Days, func(have record.Day) bool { return have.Name == name }) {
		r.doc.Days = append(r.doc.Days, record.Day{Name: name, Date: d})
	}
}

// fact keeps a fact.
func (r *reader) fact(name, lang, text string) {
	if text != "" {
		r.doc.Facts = append(r.doc.Facts, record.Fact{Name: name, Lang: lang, Text: text})
	}
}

// filing keeps a filing that has a number or a day.
func (r *reader) filing(f record.Filing) {
	if f.Number != "" || f.Date != 0 {
		r.doc.Filings = append(r.doc.Filings, f)
	}
}

// class keeps a symbol, each once.
func (r *reader) class(c record.Class) {
	if c.Symbol != "" && !slices.Contains(r.doc.Classes, c) {
		r.doc.Classes = append(r.doc.Classes, c)
	}
}

// priorities reads a bag of claims of the trademark, design and indication
// components.
func (r *reader) priorities(bag *xmlrec.Node, each string) {
	for _, n := range bag.All(each) {
		_, text := number(n.Child("ApplicationNumber"))
		r.filing(record.Filing{Relation: record.RelPriority, Office: n.Child("PriorityCountryCode").Value(), Number: text,
			Date: r.day(n.Child("PriorityApplicationFilingDate"))})
	}
}

// publication reads one publication: its issue and day. The last one is the
// document's; one before it is the publication for opposition, (442).
func (r *reader) publication(n *xmlrec.Node) {
	issue, day := n.Child("PublicationIdentifier").Value(), r.day(n.Child("PublicationDate"))
	switch {
	case r.doc.Published == 0:
		r.doc.Gazette, r.doc.Published = issue, day
	case day > r.doc.Published:
		r.add(record.DayApproved, r.doc.Published)
		r.doc.Gazette, r.doc.Published = issue, day
	case day < r.doc.Published:
		r.add(record.DayApproved, day)
	}
}

// finish fills in what follows from the rest and returns the document. An
// instance that does not say when it was made is as old as the last thing that
// it tells.
func (r *reader) finish() *record.Document {
	d := r.doc
	if d.Issued == 0 {
		d.Issued = max(d.Published, d.Application.Filed, dayOf(d, record.DayRegistered))
		if d.Status != nil {
			d.Issued = max(d.Issued, d.Status.Date)
		}
		for i := range d.Events {
			d.Issued = max(d.Issued, d.Events[i].Date)
		}
	}
	if d.Published != 0 && d.Application.Filed > d.Published {
		r.Add("date.order", "ApplicationDate", "")
	}
	d.Flags = r.List
	return d
}

// dayOf returns a day of a document by name.
func dayOf(d *record.Document, name string) date.Date {
	for _, day := range d.Days {
		if day.Name == name {
			return day.Date
		}
	}
	return 0
}

// officeOf returns the first of several offices that is one, ST.3.
func officeOf(codes ...string) (string, *entry.Reject) {
	for _, c := range codes {
		if len(c) == 2 && c == strings.ToUpper(c) {
			return c, nil
		}
	}
	return "", entry.Refuse("office.missing", ierr.Args{"element": "RegistrationOfficeCode"}, strings.Join(codes, " "))
}

// defaultLanguage is the language that an office writes in, "und" where that is
// not plain.
func defaultLanguage(office string) string {
	switch office {
	case "CN", "TW", "HK", "MO":
		return "zh"
	case "US", "GB", "AU", "CA", "IE", "NZ", "IN", "SG", "EP", "EM", "WO":
		return "en"
	case "JP":
		return "ja"
	case "KR":
		return "ko"
	}
	return "und"
}

func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}

// quantity reads a number of things, 0 where there is none.
func quantity(n *xmlrec.Node) int {
	v, err := strconv.Atoi(n.Value())
	if err != nil || v < 0 || v > 1e6 {
		return 0
	}
	return v
}
