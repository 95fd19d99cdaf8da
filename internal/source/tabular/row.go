package tabular

import (
	"errors"
	"strings"

	"golang.org/x/text/width"

	"onewindow/internal/ierr"
	"onewindow/internal/number"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/entry"
)

// row is a document in the making.
type row struct {
	m           *Mapping
	t           *table
	doc         *record.Document
	flags       cnfield.Flags
	number      string // as cleaned, not yet normalised for its kind
	application string
	right       string // any number of the right that a notice speaks of
	days        map[string]value

	// What earlier rows of the same entry gave.
	classesBefore, goodsBefore int
}

func (r *row) lang(c *Column) string {
	if c.lang != "" {
		return c.lang
	}
	return r.m.Lang
}

func (r *row) status() *record.Status {
	if r.doc.Status == nil {
		r.doc.Status = &record.Status{}
	}
	return r.doc.Status
}

func (r *row) mark() *record.Mark {
	if r.doc.Mark == nil {
		r.doc.Mark = &record.Mark{}
	}
	return r.doc.Mark
}

// goods returns the one entry of goods that a row has.
func (r *row) goods() *record.Goods {
	if len(r.doc.Goods) == r.goodsBefore {
		r.doc.Goods = append(r.doc.Goods, record.Goods{})
	}
	return &r.doc.Goods[r.goodsBefore]
}

func (r *row) event() *record.Event {
	if len(r.doc.Events) == 0 {
		r.doc.Events = []record.Event{{Code: r.m.Event}}
	}
	return &r.doc.Events[0]
}

func (r *row) day(name string, v []value) {
	for i := range r.doc.Days {
		if r.doc.Days[i].Name == name {
			keepDay(&r.doc.Days[i].Date, v[0].day)
			return
		}
	}
	r.doc.Days = append(r.doc.Days, record.Day{Name: name, Date: v[0].day})
}

func (r *row) images(use string, v []value) {
	for _, x := range v {
		r.doc.Images = append(r.doc.Images, record.Image{Use: use, Name: x.text})
	}
}

// filing returns the filing of a relation that stands at a place.
func (r *row) filing(relation string, place int) *record.Filing {
	for i := range r.doc.Filings {
		if f := &r.doc.Filings[i]; f.Relation == relation {
			if place == 0 {
				return f
			}
			place--
		}
	}
	r.doc.Filings = append(r.doc.Filings, record.Filing{Relation: relation})
	return &r.doc.Filings[len(r.doc.Filings)-1]
}

// classes reads symbols; those of IPC and Locarno in all their spellings, Nice as
// two digits.
func (r *row) classes(scheme record.Scheme, c *Column, v []value) {
	for _, x := range v {
		class := record.Class{Scheme: scheme, Symbol: x.text}
		var err error
		switch scheme {
		case record.IPC:
			class, err = record.ParseIPC(x.text)
		case record.Locarno:
			class, err = record.ParseLocarno(x.text)
		case record.Nice:
			class.Symbol, err = r.nice(x.text)
		}
		if err != nil {
			r.flags.Add("class.unreadable", r.t.head(c), x.text)
			continue
		}
		r.doc.Classes = append(r.doc.Classes, class)
	}
}

// nice reads a Nice class: "9", "09", "第9类".
func (r *row) nice(s string) (string, error) {
	s = strings.TrimSuffix(strings.TrimPrefix(width.Fold.String(s), "第"), "类")
	if len(s) == 1 {
		s = "0" + s
	}
	res, err := r.m.forms.Validate("nice", s)
	return res.Normal, err
}

// nameParties adds parties of a role, or further names of those there are: a column
// in another language names the same ones in the same order.
func nameParties(list *[]record.Party, role record.Role, lang string, v []value) {
	place := 0
	for i := range *list {
		p := &(*list)[i]
		if p.Role != role {
			continue
		}
		if place >= len(v) {
			return
		}
		if len(p.Names) > 0 && p.Names[0].Lang == lang {
			place = 0
			break // the same language again: other parties
		}
		p.Names = append(p.Names, record.Text{Lang: lang, Text: v[place].text})
		place++
	}
	for _, x := range v[place:] {
		*list = append(*list, record.Party{Role: role, Names: []record.Text{{Lang: lang, Text: x.text}}})
	}
}

// partParties fills in a part of the parties of a role: of each in turn where there
// are as many values as parties, else of the first one.
func (r *row) partParties(list *[]record.Party, role record.Role, part string, c *Column, v []value) {
	var of []*record.Party
	for i := range *list {
		if (*list)[i].Role == role {
			of = append(of, &(*list)[i])
		}
	}
	if len(of) == 0 {
		r.flags.Add("owner.missing", r.t.head(c), v[0].text)
		return
	}
	if len(v) != len(of) {
		if len(v) > 1 {
			r.flags.Add("parties.unequal", r.t.head(c), "")
		}
		v = []value{{text: joinTexts(v)}}
	}
	for i, x := range v {
		setPart(of[i], part, x.text)
	}
}

func joinTexts(v []value) string {
	texts := make([]string, len(v))
	for i := range v {
		texts[i] = v[i].text
	}
	return strings.Join(texts, "; ")
}

func setPart(p *record.Party, part, text string) {
	switch part {
	case "address":
		code := ""
		code, p.Address, _ = cnfield.Postcode(text)
		keep(&p.Postcode, code)
	case "postcode":
		p.Postcode = text
	case "country":
		p.Country = text
	case "region":
		p.Region = text
	case "ident":
		p.Ident = text
	}
}

// finish settles the numbers and checks what the mapping wants checked. A row that
// names no right is rejected.
func (r *row) finish(issued value) *entry.Reject {
	d := r.doc
	if d.Kind == "" {
		d.Kind = r.m.Kind
	}
	if d.Office == "" {
		d.Office = r.m.Office
	}
	keepDay(&d.Issued, issued.day)
	if r.m.Event != "" {
		r.event()
	}
	if r.m.Notice {
		d.Notice = true
		r.notice()
	}
	r.numbers()
	if d.Status != nil && *d.Status == (record.Status{}) {
		d.Status = nil
	}
	r.order()
	if len(d.Keys()) == 0 {
		return entry.Refuse("table.no_right", nil, "")
	}
	d.Flags = r.flags.List
	return nil
}

// notice dates a notice by the event that it states, and the event by the notice.
func (r *row) notice() {
	if len(r.doc.Events) > 0 {
		keepDay(&r.doc.Published, r.doc.Events[0].Date)
		keepDay(&r.doc.Events[0].Date, r.doc.Published)
	}
}

// numbers fills in the numbers of the right, normalised for its kind.
func (r *row) numbers() {
	d := r.doc
	if r.right != "" {
		r.anyRight(r.right)
	}
	if d.Kind.IsPatent() || d.Kind == "" {
		if r.number != "" {
			r.publication()
		}
		if r.application != "" {
			r.patentApplication(r.application)
		}
		return
	}
	if r.number != "" {
		d.Number = record.RegistrationNumber(d.Kind, r.number)
	}
	if r.application != "" {
		d.Application.Raw = r.application
		d.Application.Number = record.RegistrationNumber(d.Kind, r.application)
	}
}

// anyRight reads the number of the right that a notice speaks of: of a patent its
// application or its publication, of another right its registration.
func (r *row) anyRight(n string) {
	kind := r.doc.Kind
	if kind != "" && !kind.IsPatent() {
		keep(&r.number, n)
		return
	}
	if pub, err := record.ParsePublicationCN(n); err == nil && strings.HasPrefix(width.Fold.String(n), "CN") && pub.Code != "" {
		keep(&r.number, n)
		return
	}
	keep(&r.application, n)
}

// publication reads the publication number of a patent document.
func (r *row) publication() {
	d := r.doc
	if d.Office == "CN" {
		if pub, err := record.ParsePublicationCN(r.number); err == nil {
			d.Number = pub.Digits
			keep(&d.Code, pub.Code)
			if d.Kind == "" {
				d.Kind = pub.Kind()
			}
			return
		}
	}
	n := strings.ToUpper(strings.NewReplacer(" ", "", "/", "").Replace(width.Fold.String(r.number)))
	n = strings.TrimPrefix(n, d.Office)
	if at := strings.IndexFunc(n, func(c rune) bool { return c >= 'A' && c <= 'Z' }); at > 0 {
		keep(&d.Code, n[at:])
		n = n[:at]
	}
	if n == "" || strings.Trim(n, "0123456789") != "" {
		r.flags.Add("number.unreadable", "number", r.number)
		return
	}
	d.Number = n
}

// patentApplication reads the application number of a patent, and takes the kind
// of right from it where nothing else tells it.
func (r *row) patentApplication(n string) {
	d := r.doc
	d.Application.Raw = n
	if d.Office != "CN" || d.Kind == record.PCT {
		d.Application.Number = strings.ToUpper(strings.ReplaceAll(width.Fold.String(n), " ", ""))
		return
	}
	normal, err := record.ParseApplicationCN(n)
	switch {
	case err == nil:
	case errors.Is(err, record.ErrCheckDigit):
		r.flags.Add("application_number.check_digit", "application", n)
	default:
		r.flags.Add("application_number.unreadable", "application", n)
	}
	d.Application.Number = normal
	if d.Kind == "" {
		d.Kind = record.KindOfApplicationCN(normal)
	}
}

// goodsClass gives the goods of a row the row's Nice class, where it has one alone.
func (r *row) goodsClass() {
	class := ""
	for _, c := range r.doc.Classes[r.classesBefore:] {
		if c.Scheme == record.Nice && class != "" {
			return
		}
		if c.Scheme == record.Nice {
			class = c.Symbol
		}
	}
	if len(r.doc.Goods) > r.goodsBefore {
		r.doc.Goods[r.goodsBefore].Class = class
	}
}

// order flags days that stand the wrong way round.
func (r *row) order() {
	for _, pair := range r.m.before {
		first, second := r.days[pair[0]], r.days[pair[1]]
		if first.day != 0 && second.day != 0 && first.day > second.day {
			r.flags.Add("table.order", r.t.head(r.m.byID[pair[0]]), first.day.String()+" > "+second.day.String())
		}
	}
}

// document turns a row, and those that belong to it, into a document, or says why
// not. place is which of the values that make entries of their own it is for.
func (t *table) document(l *line, place int) (*record.Document, *entry.Reject) {
	m := t.m
	r := &row{m: m, t: t, doc: &record.Document{}, days: map[string]value{}}
	for _, k := range m.constants {
		k.field.set(r, &Column{lang: m.Lang}, []value{{text: k.value}})
	}
	filled := map[string]bool{}
	for _, c := range m.ordered {
		v := m.clean(c, t.head(c), t.content(l, c, place), &r.flags)
		if len(v) == 0 {
			if c.Required {
				return nil, entry.Refuse("table.required", ierr.Args{"column": t.head(c)}, number.Mask(l.raw))
			}
			continue
		}
		filled[c.ID] = true
		if c.IsDate {
			r.days[c.ID] = v[0]
		}
		r.fill(c, v)
	}
	if missing := t.missing(filled); missing != "" {
		return nil, entry.Refuse("table.required", ierr.Args{"column": missing}, number.Mask(l.raw))
	}
	r.goodsClass()
	for i := range l.more {
		r.add(t, &l.more[i])
	}
	if why := r.finish(t.issued); why != nil {
		why.Raw = entry.Clip(number.Mask(l.raw))
		return nil, why
	}
	return r.doc, nil
}

// content returns what a column says for one of the entries that a row makes.
func (t *table) content(l *line, c *Column, place int) string {
	cell := t.cell(l, c)
	switch {
	case len(l.each) == 0:
		return cell
	case c.Each:
		return l.each[place]
	case c.Along:
		if parts := c.parts(cell); len(parts) == len(l.each) {
			return parts[place]
		}
		if place > 0 {
			return ""
		}
	}
	return cell
}

// fill fills in the fields of a column.
func (r *row) fill(c *Column, v []value) {
	for _, f := range c.fields {
		these := v
		if !f.many && len(v) > 1 {
			r.flags.Add("cell.several", r.t.head(c), joinTexts(v))
			these = v[:1]
		}
		f.set(r, c, these)
	}
}

// add takes in what a further row of the same entry adds: the columns that the
// mapping names for it.
func (r *row) add(t *table, l *line) {
	r.classesBefore, r.goodsBefore = len(r.doc.Classes), len(r.doc.Goods)
	for _, c := range r.m.ordered {
		if r.m.adds[c.ID] {
			if v := r.m.clean(c, t.head(c), t.cell(l, c), &r.flags); len(v) > 0 {
				r.fill(c, v)
			}
		}
	}
	r.goodsClass()
}

// missing names the columns of which a row must fill one and fills none, "" where
// it does.
func (t *table) missing(filled map[string]bool) string {
	var heads []string
	for _, id := range t.m.needs {
		if filled[id] {
			return ""
		}
		if c := t.m.byID[id]; t.has(c) {
			heads = append(heads, t.head(c))
		}
	}
	if len(heads) == 0 && len(t.m.needs) > 0 {
		heads = append(heads, t.head(t.m.byID[t.m.needs[0]]))
	}
	return strings.Join(heads, " / ")
}
