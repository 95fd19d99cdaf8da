package st36

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// reader reads one document and remembers what was wrong with it.
type reader struct {
	cnfield.Flags
	doc  *record.Document
	lang string
}

// readDocument reads an ep-patent-document: its SDOBI, abstracts and pictures.
func readDocument(root *xmlrec.Node) (*record.Document, *entry.Reject) {
	bib := root.Child("SDOBI")
	bib.Attr("lang")
	d := &record.Document{}
	r := &reader{doc: d, lang: strings.ToLower(root.Attr("lang"))}
	if r.lang == "" {
		r.lang = "en"
	}
	id := bib.Child("B100")
	d.Office, d.Number, d.Code = first(id.Child("B190").Value(), root.Attr("country")), digits(first(id.Child("B110").Value(), root.Attr("doc-number"))), first(id.Child("B130").Value(), root.Attr("kind"))
	if reject := identify(d); reject != nil {
		return nil, reject
	}
	if stated := root.Attr("doc-number") + root.Attr("kind"); stated != "" && stated != d.Number+d.Code {
		r.Add("number.disagrees", "doc-number", stated)
	}
	d.Published = r.day(id.Child("B140"))
	if stated := cnfield.Day(root.Attr("date-publ"), "date-publ", &r.Flags); d.Published == 0 {
		d.Published = stated
	} else if stated != 0 && stated != d.Published {
		r.Add("date.disagrees", "date-publ", "")
	}
	d.Issued = max(d.Published, cnfield.Day(root.Attr("date-produced"), "date-produced", &r.Flags))
	r.application(bib.Child("B200"))
	r.priorities(bib.Child("B300"))
	r.availability(bib.Child("B400"))
	r.technical(bib.Child("B500"))
	r.related(bib.Child("B600"))
	r.parties(bib.Child("B700"))
	r.international(bib.Child("B800"))
	for _, n := range root.All("abstract") {
		r.abstract(n)
	}
	for _, n := range root.All("claims") {
		n.Attr("id")
		n.Attr("lang")
		d.Claims = max(d.Claims, n.Count)
	}
	r.drawings(root.Child("drawings"))
	if len(d.Titles) == 0 {
		r.Add("title.missing", "B540", "")
	}
	if d.Published != 0 && d.Application.Filed > d.Published {
		r.Add("date.order", "B220", "")
	}
	d.Flags = r.List
	return d, nil
}

// identify checks the number and tells the kind of right.
func identify(d *record.Document) *entry.Reject {
	if d.Number == "" {
		return entry.Refuse("number.missing", ierr.Args{"column": "B110"}, "")
	}
	if len(d.Office) != 2 {
		return entry.Refuse("number.none", ierr.Args{"number": entry.Clip(d.Office + d.Number + d.Code)}, "")
	}
	d.Kind = record.Invention
	if d.Code != "" && strings.Contains("UYZ", d.Code[:1]) {
		d.Kind = record.UtilityModel
	}
	return nil
}

func (r *reader) application(n *xmlrec.Node) {
	raw := n.Child("B210").Value()
	r.doc.Application = record.Application{Raw: raw, Number: applicationNumber(raw), Filed: r.day(n.Child("B220"))}
	for _, b := range n.Child("B240").All("B241", "B242", "B243") {
		code := map[string]string{"B241": record.EventExamination, "B242": "EP:B242", "B243": "EP:B243"}[b.Name]
		office := ""
		if strings.HasPrefix(code, "EP:") {
			office = "EP"
		}
		if day := r.day(b); day != 0 {
			r.doc.Events = append(r.doc.Events, record.Event{Date: day, Code: code, Office: office})
		}
	}
}

// applicationNumber writes an application number of the European Patent Office
// as its database does: without the check digit behind the point.
func applicationNumber(raw string) string {
	body, _, _ := strings.Cut(raw, ".")
	return digits(body)
}

// priorities reads B300, whose number, day and country follow on each other.
func (r *reader) priorities(n *xmlrec.Node) {
	numbers, days, offices := n.All("B310"), n.All("B320"), n.All("B330")
	for i, b := range numbers {
		f := record.Filing{Relation: record.RelPriority, Number: b.Value()}
		if i < len(days) {
			f.Date = r.day(days[i])
		}
		if i < len(offices) {
			f.Office = offices[i].Child("ctry").Value()
		}
		r.filing(f)
	}
}

// availability reads B400: the bulletin, the earlier publication of the
// application beside a patent, and the day of the intention to grant.
func (r *reader) availability(n *xmlrec.Node) {
	r.doc.Gazette = n.At("B405", "bnum").Value()
	n.Child("B405").Use()
	granted := r.day(n.Child("B450"))
	n.Child("B450").Use()
	if day := r.day(n.Child("B430")); day != 0 && day != r.doc.Published {
		r.filing(record.Filing{Relation: record.RelEarlier, Office: r.doc.Office, Number: r.doc.Number, Date: day})
	}
	n.Child("B430").Use()
	if granted != 0 {
		r.doc.Events = append(r.doc.Events, record.Event{Date: granted, Code: record.EventGranted})
	}
	if day := r.day(n.Child("B452EP")); day != 0 {
		r.doc.Events = append(r.doc.Events, record.Event{Date: day, Code: "EP:B452EP", Office: "EP"})
	}
}

// technical reads B500: classes, titles in the official languages, citations.
func (r *reader) technical(n *xmlrec.Node) {
	for _, group := range n.All("B510EP") {
		for _, c := range group.All("classification-ipcr") {
			c.Attr("sequence")
			r.class(c.Child("text").Value())
		}
	}
	for _, group := range n.All("B510") {
		edition := group.Child("B516").Value()
		for _, c := range group.All("B511", "B512", "B513", "B514") {
			r.older(c.Value(), edition)
		}
	}
	lang := r.lang
	if titles := n.Child("B540"); titles != nil {
		for _, t := range titles.Children {
			switch t.Name {
			case "B541":
				lang = first(strings.ToLower(t.Value()), lang)
			case "B542":
				titles.Child("B542")
				if text := t.Text(nil); text != "" {
					r.doc.Titles = append(r.doc.Titles, record.Text{Lang: lang, Text: text})
				}
			}
		}
		titles.All("B541", "B542")
	}
	for _, c := range n.Child("B560").All("B561", "B562") {
		if line := first(c.Child("text").Text(nil), c.Value()); line != "" {
			r.doc.Cited = append(r.doc.Cited, line)
		}
	}
}

// class reads a symbol of IPC in the fixed columns of ST.8:
// "H04N   1/40        20060101AFI20051109BHEP        ".
func (r *reader) class(text string) {
	fields := strings.Fields(text)
	symbol, tail := "", ""
	for _, f := range fields {
		if len(f) >= 11 && strings.Trim(f[:8], "0123456789") == "" {
			tail = f
			break
		}
		symbol += f
	}
	c, err := record.ParseIPC(symbol)
	if err != nil {
		r.Add("class.unreadable", "classification-ipcr", text)
		return
	}
	if tail != "" {
		c.Version = tail[:4] + "." + tail[4:6]
		if v := tail[10:11]; v == "I" || v == "N" {
			c.Value = v
		}
	}
	r.doc.Classes = append(r.doc.Classes, c)
}

// older reads a symbol of an edition of IPC before 2006, with the edition before
// it and a letter behind it: "7C 07D 403/04 A". Index codes have a colon.
func (r *reader) older(text, edition string) {
	symbol := strings.ReplaceAll(strings.TrimLeft(text, " 0123456789"), ":", "/")
	if last := len(symbol) - 2; last > 0 && symbol[last] == ' ' {
		symbol = symbol[:last]
	}
	c, err := record.ParseIPC(symbol)
	if err != nil {
		r.Add("class.unreadable", "B510", text)
		return
	}
	c.Version = edition
	r.doc.Classes = append(r.doc.Classes, c)
}

// related reads B600: the documents that this one comes from or that come from it.
func (r *reader) related(n *xmlrec.Node) {
	for _, b := range n.All("B620", "B620EP") {
		for _, p := range b.All("parent") {
			for _, c := range p.All("pdoc") {
				r.named(record.RelDivisional, c)
			}
		}
	}
}

// international reads B800: designated states and the PCT filing.
func (r *reader) international(n *xmlrec.Node) {
	for _, c := range n.Child("B840").All("ctry") {
		if code := c.Value(); code != "" {
			r.doc.Facts = append(r.doc.Facts, record.Fact{Name: record.FactDesignated, Text: code})
		}
	}
	r.named(record.RelPCT, n.At("B860", "B861"))
	r.named(record.RelPCTPub, n.At("B870", "B871"))
}

// named keeps the filing whose number and day n holds.
func (r *reader) named(relation string, n *xmlrec.Node) {
	number := n.Child("dnum")
	text := first(number.Child("anum").Value(), number.Child("pnum").Value())
	f := record.Filing{Relation: relation, Number: text, Date: r.day(n)}
	if len(text) > 2 && strings.Trim(text[:2], "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
		f.Office, f.Number = text[:2], text[2:]
	} else if text != "" {
		f.Office = r.doc.Office
	}
	r.filing(f)
}

func (r *reader) filing(f record.Filing) {
	if f.Number != "" || f.Date != 0 {
		r.doc.Filings = append(r.doc.Filings, f)
	}
}

// abstract reads an abstract, a line a paragraph.
func (r *reader) abstract(n *xmlrec.Node) {
	n.Attr("id")
	lang := first(strings.ToLower(n.Attr("lang")), r.lang)
	var lines []string
	for _, p := range n.All("p") {
		p.Attr("id")
		p.Attr("num")
		if text := p.Text(picture); text != "" {
			lines = append(lines, text)
		}
		for _, img := range p.All("img") {
			r.image(img)
		}
	}
	if len(lines) > 0 {
		r.doc.Abstracts = append(r.doc.Abstracts, record.Text{Lang: lang, Text: strings.Join(lines, "\n")})
	}
}

func picture(name string) bool { return name == "img" || name == "tables" || name == "maths" }

func (r *reader) drawings(n *xmlrec.Node) {
	n.Attr("id")
	n.Attr("lang")
	for _, f := range n.All("figure") {
		f.Attr("id")
		num := f.Attr("num")
		for _, img := range f.All("img") {
			r.image(img)
			if num != "" {
				r.doc.Images[len(r.doc.Images)-1].Text = num
			}
		}
	}
}

// image keeps a picture; its size is not kept.
func (r *reader) image(n *xmlrec.Node) {
	for _, name := range [...]string{"id", "wi", "he", "img-content"} {
		n.Attr(name)
	}
	r.doc.Images = append(r.doc.Images, record.Image{Use: "drawing", Name: n.Attr("file"), Format: strings.ToUpper(n.Attr("img-format"))})
}

// day returns the date that n holds, in a date element or itself.
func (r *reader) day(n *xmlrec.Node) date.Date {
	if n == nil {
		return 0
	}
	return cnfield.Day(n.Child("date").Value(), n.Name, &r.Flags)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

func digits(s string) string {
	return strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, s)
}
