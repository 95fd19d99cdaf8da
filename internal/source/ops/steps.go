package ops

import (
	"cmp"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// dates reads the days that the bibliographic data state, as events under the
// register's own names.
func (d *dossier) dates() {
	add := func(n *xmlrec.Node, facts ...record.Fact) {
		n.Attr("change-gazette-num")
		if day := d.Day(n.Child("date")); day != 0 {
			d.state.Events = append(d.state.Events, record.Event{
				Date: day, Office: "EP", Code: "EP:" + n.Name, Text: strings.ReplaceAll(n.Name, "-", " "), Facts: facts,
			})
		}
	}
	for _, group := range []*xmlrec.Node{d.bib.Child("dates-rights-effective"), d.newest(d.bib.All("opposition-data"))} {
		if group != nil {
			for _, n := range group.All(names(group)...) {
				add(n)
			}
		}
	}
	for _, n := range d.newest(d.bib.All("term-of-grant")).All("lapsed-in-country") {
		add(n, record.Fact{Name: record.FactDesignated, Text: n.Child("country").Value()})
	}
}

// events reads the events of the dossier.
func (d *dossier) events(to *notices) {
	for _, data := range d.root.All("events-data") {
		for _, n := range data.All("dossier-event") {
			n.Attr("event-type")
			gazette := n.Child("gazette-reference")
			day, published := d.Day(n.At("event-date", "date")), d.Day(gazette.Child("date"))
			code := n.Child("event-code").Value()
			if code == "" || cmp.Or(published, day) == 0 {
				continue
			}
			var text []string
			for _, t := range n.All("event-text") {
				t.Attr("event-text-type")
				text = append(text, t.Value())
			}
			notice := to.add(cmp.Or(published, day), d.produced, record.Event{
				Date: cmp.Or(day, published), Office: "EP", Code: "EP:" + code, Text: strings.Join(text, "; "),
			})
			notice.Gazette = gazette.Child("gazette-num").Value()
		}
	}
}

// steps reads the steps of the procedure, fees paid for years included.
func (d *dossier) steps(to *notices) {
	for _, data := range d.root.All("procedural-data") {
		for _, n := range data.All("procedural-step") {
			d.step(to, n)
		}
	}
}

func (d *dossier) step(to *notices, n *xmlrec.Node) {
	e := record.Event{Office: "EP", Code: "EP:" + n.Child("procedural-step-code").Value()}
	var text []string
	for _, t := range n.All("procedural-step-text") {
		switch kind, v := t.Attr("step-text-type"), t.Value(); {
		case v == "":
		case kind == "YEAR":
			e.Facts = append(e.Facts, record.Fact{Name: record.FactAnnuityYear, Text: strings.TrimLeft(v, "0")})
		default:
			text = append(text, v)
		}
	}
	for _, s := range n.All("procedural-step-date") {
		kind, day := s.Attr("step-date-type"), d.Day(s.Child("date"))
		switch {
		case day == 0:
		case e.Date == 0:
			e.Date = day
		default:
			text = append(text, strings.ToLower(strings.ReplaceAll(kind, "_", " "))+" "+day.String())
		}
	}
	if limit := n.Child("time-limit"); limit.Value() != "" {
		text = append(text, "time limit "+strings.TrimLeft(limit.Value(), "0")+" "+limit.Attr("time-limit-unit"))
	}
	e.Text = strings.Join(text, "; ")
	if e.Date != 0 && e.Code != "EP:" {
		to.add(e.Date, d.produced, e)
	}
}
