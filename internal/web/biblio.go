package web

import (
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// row is a line of bibliography under its INID code (WIPO ST.9).
type row struct {
	INID   string
	Label  string
	Anchor string
	Cells  []cell
}

// cell is one value of a row.
type cell struct {
	Text    string
	Lang    string // of Text, when it has one
	URL     string // finds what shares the value
	Party   string // name that leads to the page of its bearer
	Also    []record.Text
	Notes   []record.Text // smaller, below
	Mark    string        // a short remark on the value, such as the state of a check digit
	Alert   bool          // Mark tells of something wrong
	Sources sources
}

// sources is where a value stands, and what else is stated of it.
type sources struct {
	ID       string // unique on the page
	Of       string // what the value is, for those who cannot see the row
	Origins  []Origin
	Variants []Variant
}

// biblio turns a record into rows and counts what needs an id of its own.
type biblio struct {
	v        *visit
	n        int
	sort     Family
	disputes []dispute
}

func (b *biblio) sources(of string, s Stated) sources {
	b.n++
	return sources{fmt.Sprintf("source-%d", b.n), of, s.Origins, s.Disputed}
}

// row returns a row of the cells, noting whether it is disputed. What several
// cells together are disputed for stands under the last of them alone.
func (b *biblio) row(inid, label string, cells ...cell) row {
	r := row{INID: inid, Label: label, Anchor: "inid-" + inid, Cells: cells}
	if inid == "" {
		r.Anchor = fmt.Sprintf("row-%d", b.n)
	}
	for i := range cells {
		if i+1 < len(cells) && sameVariants(cells[i].Sources.Variants, cells[i+1].Sources.Variants) {
			cells[i].Sources.Variants = nil
		}
	}
	b.dispute(label, r.Anchor, cells)
	return r
}

// dispute notes that one of the cells is disputed.
func (b *biblio) dispute(label, anchor string, cells []cell) {
	if slices.ContainsFunc(cells, func(c cell) bool { return len(c.Sources.Variants) > 0 }) {
		b.disputes = append(b.disputes, dispute{label, anchor})
	}
}

func sameVariants(a, b []Variant) bool {
	return slices.EqualFunc(a, b, func(x, y Variant) bool { return x.Text == y.Text && x.Shown == y.Shown })
}

// rows returns the bibliography in the order of INID codes, without what no
// source states.
func (b *biblio) rows(r Record) []row {
	b.sort = r.Family
	var rows []row
	add := func(inid string, cells ...cell) {
		if len(cells) > 0 {
			rows = append(rows, b.row(b.code(inid), b.label(inid), cells...))
		}
	}
	add("11", b.documents(r.Documents)...)
	add("19", b.offices(r.Documents)...)
	add("21", b.application(r.Application)...)
	add("22", b.filed(r.Application)...)
	add("30", b.filings(r.Filings, "priority", "domestic_priority")...)
	add("51", b.classes(r.Classes)...)
	if r.Family != MarkRight {
		add("54", b.texts("54", r.Titles)...)
	}
	add("56", b.texts("56", r.Cited)...)
	add("62", b.filings(r.Filings, "divisional")...)
	add("65", b.filings(r.Filings, "earlier_publication")...)
	add("71", b.parties("71", r.Parties, record.Applicant)...)
	add("72", b.parties("72", r.Parties, record.Inventor)...)
	add("73", b.parties("73", r.Parties, record.Holder)...)
	add("74", b.parties("74", r.Parties, record.Agency, record.Agent)...)
	add("85", b.filings(r.Filings, "national_entry")...)
	add("86", b.filings(r.Filings, "pct_application")...)
	add("87", b.filings(r.Filings, "pct_publication")...)
	add("author", b.parties("author", r.Parties, record.Author)...)
	add("breeder", b.parties("breeder", r.Parties, record.Breeder)...)
	add("group", b.parties("group", r.Parties, record.Group)...)
	add("licensee", b.parties("licensee", r.Parties, record.Licensee)...)
	add("pledgee", b.parties("pledgee", r.Parties, record.Pledgee)...)
	add("former", b.parties("former", r.Parties, record.Former)...)
	add("family", b.family(r)...)
	add("cited_by", b.citedBy(r.CitedBy)...)
	rows = append(rows, b.facts(r.Facts)...)
	if claims := positive(r.Claims); claims != "" {
		rows = append(rows, b.row("", b.v.print.T("web.claims", nil), cell{Text: claims}))
	}
	return rows
}

// markINIDs are the codes of WIPO ST.60 for marks, by those of ST.9 for patents.
var markINIDs = map[string]string{
	"11": "111", "19": "190", "21": "210", "22": "220", "30": "300", "51": "511", "71": "730", "73": "732", "74": "740",
}

// code returns the INID code that is shown for one of patents, "" for none.
func (b *biblio) code(inid string) string {
	switch {
	case inid[0] > '9' || b.sort == OtherRight:
		return ""
	case b.sort == MarkRight:
		return markINIDs[inid]
	}
	return inid
}

// label is what stands before the values of an INID code, or of a role or relation
// that has none. Rights that are no patents have words of their own for some.
func (b *biblio) label(inid string) string {
	if key := "web.register." + inid; b.sort != PatentRight && b.v.print.Has(key) {
		return b.v.print.T(key, nil)
	}
	for _, family := range [...]string{"web.inid.", "role.", "relation."} {
		if key := family + inid; b.v.print.Has(key) {
			return b.v.print.T(key, nil)
		}
	}
	return inid
}

// facts returns the rows of what a register states.
func (b *biblio) facts(facts []Fact) []row {
	var rows []row
	for i := 0; i < len(facts); {
		first := facts[i]
		var cells []cell
		for ; i < len(facts) && facts[i].Label == first.Label; i++ {
			f := facts[i]
			c := cell{Text: f.Texts[0].Text, Lang: f.Texts[0].Lang, Also: f.Texts[1:], Notes: b.notes(nonEmpty(f.Note)), Sources: b.sources(f.Label, f.Stated)}
			cells = append(cells, c)
		}
		rows = append(rows, b.row(first.INID, first.Label, cells...))
	}
	return rows
}

func (b *biblio) text(inid string, t TextValue) cell {
	return cell{Text: t.Text.Text, Lang: t.Lang, URL: b.held(t.Record), Sources: b.sources(b.label(inid), t.Stated)}
}

// held leads to a record that a value names, "" for none.
func (b *biblio) held(id int64) string {
	if id == 0 {
		return ""
	}
	return recordURL(b.v.lang, id)
}

// citedBy leads to the rights that cite this one.
func (b *biblio) citedBy(f Finds) []cell {
	if f.N == 0 {
		return nil
	}
	return []cell{{Text: b.v.print.T("web.cited_by.n", ierr.Args{"n": f.N}), URL: searchURL(b.v.lang, f.Query)}}
}

// family lists its members, before them what finds those that are held here.
func (b *biblio) family(r Record) []cell {
	cells := b.filings(r.Filings, record.RelFamily)
	if r.InFamily != "" && len(cells) > 0 {
		all := cell{Text: b.v.print.T("web.family.held", nil), URL: searchURL(b.v.lang, r.InFamily)}
		cells = append([]cell{all}, cells...)
	}
	return cells
}

func (b *biblio) texts(inid string, texts []TextValue) []cell {
	var cells []cell
	for _, t := range texts {
		cells = append(cells, b.text(inid, t))
	}
	return cells
}

func (b *biblio) documents(docs []Document) []cell {
	var cells []cell
	for _, d := range docs {
		c := cell{Text: d.Number, Sources: b.sources(d.Number, d.Stated)}
		var notes []string
		if d.Published != 0 {
			notes = append(notes, b.v.print.T("web.published", ierr.Args{"day": d.Published}))
		}
		if key := "web.code." + d.Code; b.v.print.Has(key) {
			notes = append(notes, b.v.print.T(key, nil))
		}
		if d.Gazette != "" {
			notes = append(notes, b.v.print.T("web.gazette", ierr.Args{"number": d.Gazette}))
		}
		c.Notes = b.notes(notes)
		cells = append(cells, c)
	}
	return cells
}

// offices lists the offices that published, once each.
func (b *biblio) offices(docs []Document) []cell {
	var cells []cell
	for _, d := range docs {
		if d.Office != "" && !slices.ContainsFunc(cells, func(c cell) bool { return c.Text == d.Office }) {
			cells = append(cells, cell{Text: d.Office, Notes: b.notes(nonEmpty(d.OfficeName)), Sources: b.sources(b.label("19"), Stated{Origins: d.Origins})})
		}
	}
	return cells
}

// nonEmpty lists s unless it is empty.
func nonEmpty(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// notes joins remarks of the page's own into one line.
func (b *biblio) notes(notes []string) []record.Text {
	if len(notes) == 0 {
		return nil
	}
	return []record.Text{{Lang: b.v.lang, Text: strings.Join(notes, " · ")}}
}

func (b *biblio) application(a Application) []cell {
	if a.Number == "" && a.Raw == "" {
		return nil
	}
	c := cell{Text: a.Number, Sources: b.sources(b.label("21"), a.Stated)}
	if a.Number == "" {
		c.Text = a.Raw
	} else if a.Raw != "" && a.Raw != a.Number {
		c.Notes = b.notes([]string{b.v.print.T("web.as-written", ierr.Args{"raw": a.Raw})})
	}
	if a.Check != "" {
		c.Mark = b.v.print.T("check."+string(a.Check), nil)
		c.Alert = a.Check == CheckWrong || a.Check == CheckDamaged
	}
	return []cell{c}
}

func (b *biblio) filed(a Application) []cell {
	if a.Filed == 0 {
		return nil
	}
	return []cell{{Text: b.v.print.Date(a.Filed), Sources: b.sources(b.label("22"), Stated{Origins: a.Origins})}}
}

// classes lists symbols; what several of them have in common stands at the first.
func (b *biblio) classes(classes []Class) []cell {
	var cells []cell
	told := map[string]bool{}
	for _, class := range classes {
		c := cell{Text: class.Symbol, Mark: b.v.print.T("scheme."+string(class.Scheme), nil), Sources: b.sources(class.Symbol, class.Stated)}
		if class.Version != "" {
			c.Text += " (" + class.Version + ")"
		}
		if class.Query != "" {
			c.URL = searchURL(b.v.lang, class.Query)
		}
		if class.Text.Text != "" && !told[class.Text.Text] {
			told[class.Text.Text] = true
			c.Notes = []record.Text{class.Text}
		}
		cells = append(cells, c)
	}
	return cells
}

func (b *biblio) parties(inid string, parties []Party, roles ...record.Role) []cell {
	var cells []cell
	for _, role := range roles {
		for _, party := range parties {
			if party.Role != role || len(party.Names) == 0 {
				continue
			}
			name := nearest(b.v.lang, party.Names)
			c := cell{Text: name.Text, Lang: name.Lang, Sources: b.sources(b.label(inid)+": "+name.Text, party.Stated)}
			for _, n := range party.Names {
				if n != name {
					c.Also = append(c.Also, n)
				}
			}
			if party.Query != "" {
				c.URL = searchURL(b.v.lang, party.Query)
			}
			if role == record.Holder || role == record.Applicant {
				c.Party = name.Text
			}
			c.Notes = b.partyNotes(party)
			cells = append(cells, c)
		}
	}
	return cells
}

// partyNotes tells where a party lives and under which identifier.
func (b *biblio) partyNotes(p Party) []record.Text {
	var notes []record.Text
	place := strings.Join(strings.Fields(p.Postcode+" "+p.Country), " ")
	if p.Address != "" {
		notes = append(notes, record.Text{Lang: "zh", Text: p.Address})
		if !containsHan(p.Address) {
			notes[0].Lang = ""
		}
	}
	if p.Ident != "" {
		place = strings.TrimSpace(place + " · " + p.Ident)
	}
	if place != "" {
		notes = append(notes, record.Text{Lang: b.v.lang, Text: strings.TrimPrefix(place, "· ")})
	}
	return notes
}

func containsHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x3400 && r <= 0x9fff || r >= 0x20000 && r <= 0x3ffff })
}

func (b *biblio) filings(filings []Filing, relations ...string) []cell {
	var cells []cell
	for _, relation := range relations {
		for _, f := range filings {
			if f.Relation != relation {
				continue
			}
			number := strings.TrimSpace(f.Office + " " + f.Number)
			c := cell{Text: number, URL: b.held(f.Record), Sources: b.sources(number, f.Stated)}
			switch {
			case number == "":
				c.Text = b.v.print.Date(f.Date)
			case f.Date != 0:
				c.Notes = b.notes([]string{b.v.print.Date(f.Date)})
			}
			cells = append(cells, c)
		}
	}
	return cells
}
