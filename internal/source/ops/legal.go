package ops

import (
	"cmp"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// occasion is what one notice is about: events of one code in the gazette of
// one day, such as lapses in several states.
type occasion struct {
	day  date.Date
	code string
}

// notices keeps the notices of one right apart by their occasions, in the order
// in which they come up.
type notices struct {
	right *record.Document
	at    map[occasion]*record.Document
	list  []*record.Document
}

// add puts an event into the notice of its occasion. issued is the day that the
// source has it from, 0 where that is not known.
func (s *notices) add(day, issued date.Date, e record.Event) *record.Document {
	if s.at == nil {
		s.at = map[occasion]*record.Document{}
	}
	key := occasion{day, e.Code}
	n := s.at[key]
	if n == nil {
		n = notice(s.right)
		n.Published = day
		s.at[key] = n
		s.list = append(s.list, n)
	}
	n.Issued = max(n.Issued, issued, day)
	n.Events = append(n.Events, e)
	return n
}

// notice returns an empty notice of a right, tied to it by its application
// number, or by the publication where there is none.
func notice(of *record.Document) *record.Document {
	n := &record.Document{Notice: true, Office: of.Office, Application: record.Application{Number: of.Application.Number}}
	if n.Application.Number == "" {
		n.Number, n.Code = of.Number, of.Code
	}
	return n
}

// legal reads the events that INPADOC, the EPO's collection from all offices,
// has on a member of a family.
func legal(of *record.Document, list []*xmlrec.Node) []*record.Document {
	s := notices{right: of}
	for _, n := range list {
		var r exchange.Notes
		e, day, issued := event(&r, n, of.Office)
		if e.Code == "" {
			continue
		}
		d := s.add(day, issued, e)
		d.Flags = merged(d.Flags, r.List)
	}
	return s.list
}

func merged(to, flags []record.Flag) []record.Flag {
	f := cnfield.Flags{List: to}
	for _, flag := range flags {
		f.Add(flag.Code, flag.Field, flag.Raw)
	}
	return f.List
}

// event reads one event. Its elements bear the numbers of INPADOC's fields: L007
// the day of the gazette, L018 the day of its exchange, L501 to L525 details.
func event(r *exchange.Notes, n *xmlrec.Node, office string) (e record.Event, day, issued date.Date) {
	for _, again := range n.All("pre", "L002EP", "L003EP", "L004EP", "L005EP", "L008EP", "L019EP") {
		again.Use()
	}
	e.Office = cmp.Or(field(n, "L001EP"), office)
	code := n.Attr("code")
	if code == "" || len(code) > 20 || len(e.Office) != 2 {
		return record.Event{}, 0, 0
	}
	e.Code = e.Office + ":" + code
	day, issued = gazetteDay(r, n.Child("L007EP")), gazetteDay(r, n.Child("L018EP"))
	details := n.Child("L500EP")
	e.Date = cmp.Or(gazetteDay(r, details.Child("L525EP")), gazetteDay(r, details.Child("L518EP")), day)
	if day == 0 {
		day = e.Date
	}
	if year := strings.TrimLeft(field(details, "L520EP"), "0"); year != "" {
		e.Facts = append(e.Facts, record.Fact{Name: record.FactAnnuityYear, Text: year})
	}
	for _, state := range strings.Fields(field(details, "L501EP") + " " + field(details, "L507EP")) {
		e.Facts = append(e.Facts, record.Fact{Name: record.FactDesignated, Text: state})
	}
	if owner := field(details, "L509EP"); owner != "" {
		e.Parties = []record.Party{{Role: record.Holder, Names: []record.Text{{Lang: exchange.Script(owner, e.Office), Text: owner}}}}
	}
	if number := field(details, "L503EP"); number != "" {
		e.Number = field(details, "L504EP") + number + field(details, "L506EP")
	}
	e.Text = wording(n, details)
	return e, day, issued
}

// wording is the event in words: its name, the national event that it reports,
// free text, and further details under their names.
func wording(n, details *xmlrec.Node) string {
	parts := []string{n.Attr("desc")}
	add := func(s string) {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if national := details.Child("L502EP"); national != nil {
		national.Attr("desc")
		add(strings.TrimSpace(national.Value() + " " + national.Attr("descData")))
	}
	for _, free := range details.All("L510EP") {
		free.Attr("desc")
		add(free.Value())
	}
	known := map[string]bool{}
	for _, name := range [...]string{"L501EP", "L502EP", "L503EP", "L504EP", "L506EP", "L507EP", "L509EP", "L510EP", "L518EP", "L520EP", "L525EP"} {
		known[name] = true
	}
	if field(details, "L503EP") == "" {
		known["L506EP"] = false
	}
	for _, name := range names(details) {
		if known[name] || !strings.HasPrefix(name, "L5") {
			continue
		}
		for _, c := range details.All(name) {
			if v := c.Value(); v != "" {
				add(c.Attr("desc") + ": " + v)
			}
		}
	}
	return strings.Join(parts, "; ")
}

// field returns the text of a numbered field and marks its name as read.
func field(n *xmlrec.Node, name string) string {
	c := n.Child(name)
	c.Attr("desc")
	return c.Value()
}

// gazetteDay reads a day; the first of all stands for none.
func gazetteDay(r *exchange.Notes, n *xmlrec.Node) date.Date {
	n.Attr("desc")
	if n.Value() == "0001-01-01" {
		return 0
	}
	return r.Day(n)
}
