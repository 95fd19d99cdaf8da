package cli

import (
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// page lays a record out as a sheet of one line a value.
type page struct {
	*sheet
	app   *app
	r     *v1.Record
	apart bool // every statement of a flag has a line of its own, as CSV wants
}

// details are the parts of a value by the column that holds them in CSV.
type details map[string]string

// factColumns are the columns of a record: what a table shows as one text stands
// in CSV part by part.
func factColumns() []column {
	columns := []column{{name: "item", plain: true}, {name: "inid"}, {name: "name"}, {name: "source"}, {name: "text", table: true, wide: true}}
	for _, name := range []string{
		"value", "code", "lang", "other_name", "date", "version", "gazette", "document", "address", "postcode", "country",
		"confidence", "rule", "evidence", "note", "field", "raw", "file", "row",
	} {
		columns = append(columns, column{name: name, plain: true})
	}
	return columns
}

// fact adds a value: item is its stable name, text what a table says. Its sources
// are told by their numbers in the list below; none below zero.
func (p *page) fact(item, inid, name, text string, d details, sources ...int) {
	if text == "" {
		return
	}
	cells := details{"item": item, "inid": inid, "name": name, "text": text}
	var marks []string
	for _, n := range sources {
		if n < 0 || n >= len(p.r.Sources) {
			continue
		}
		if s := p.r.Sources[n]; len(marks) == 0 {
			cells["file"], cells["row"] = located(s), nonzero(s.Position.Row)
		}
		marks = append(marks, "["+strconv.Itoa(n+1)+"]")
	}
	cells["source"] = strings.Join(marks, " ")
	for column, part := range d {
		cells[column] = part
	}
	row := make([]string, len(p.columns))
	for i, c := range p.columns {
		row[i] = cells[c.name]
	}
	p.rows = append(p.rows, row)
}

func (p *page) text(name string) string { return p.app.t("cli.show."+name, nil) }

// origin returns the source of a field of one value.
func (p *page) origin(field string) int {
	if n, ok := p.r.Origins[field]; ok {
		return n
	}
	return -1
}

func located(s v1.Source) string {
	if s.Position.Member != "" {
		return s.File + "!" + s.Position.Member
	}
	return s.File
}

// joined writes the parts that there are, two blanks apart.
func joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  ")
}

func (a *app) record(r *v1.Record, apart bool) *sheet {
	p := &page{a.sheet(r.Mark, factColumns()...), a, r, apart}
	id := strconv.FormatInt(r.ID, 10)
	p.fact("record", "", p.text("record"), id, details{"value": id})
	p.fact("kind", "", p.text("kind"), label(r.Kind), details{"value": label(r.Kind), "code": r.Kind.Code}, p.origin("kind"))
	p.numbers()
	p.bibliography()
	p.parties()
	p.registration()
	p.life()
	p.classified()
	p.timeline()
	p.disputes()
	p.flags()
	p.sources()
	return p.sheet
}

func (p *page) numbers() {
	for _, d := range p.r.Documents {
		versions := ""
		if d.Versions > 1 {
			versions = p.app.t("cli.show.versions", ierr.Args{"n": int64(d.Versions)})
		}
		p.fact("publication", "(11)", p.text("publication"), joined(d.ID, d.Published, d.Gazette, versions),
			details{"value": d.ID, "code": d.Code, "date": d.Published, "gazette": d.Gazette}, d.Source)
	}
	p.application()
	p.fact("filed", "(22)", p.text("filed"), p.r.Application.Filed, details{"date": p.r.Application.Filed}, p.origin("filed"))
	for _, f := range p.r.Filings {
		number := f.Office + f.Number
		p.fact("filing", "", label(f.Relation), joined(number, f.Date, p.held(f.Record)), details{"value": number, "code": f.Relation.Code, "country": f.Office, "date": f.Date}, f.Source)
	}
}

// application tells the number with the state of its check digit. A number that
// cannot be read stands as it was written.
func (p *page) application() {
	x := p.r.Application
	d := details{"value": x.Number, "raw": x.Raw}
	text := x.Number
	if text == "" {
		text = x.Raw
	}
	if x.Check != nil {
		d["code"], d["note"] = x.Check.Code, label(*x.Check)
		text += " (" + label(*x.Check) + ")"
	}
	p.fact("application", "(21)", p.text("application"), text, d, p.origin("application"))
}

func (p *page) bibliography() {
	for _, t := range p.r.Titles {
		p.fact("title", "(54)", p.text("title")+" "+t.Lang, t.Text, details{"value": t.Text, "lang": t.Lang}, t.Source)
	}
	for _, s := range p.r.Symbols {
		text := s.Symbol
		if s.Version != "" {
			text += " (" + s.Version + ")"
		}
		p.fact("class", "(51)", p.app.t("scheme."+s.Scheme, nil), text, details{"value": s.Symbol, "code": s.Scheme, "version": s.Version}, s.Source)
	}
	for _, t := range p.r.Abstracts {
		p.fact("abstract", "(57)", p.text("abstract")+" "+t.Lang, t.Text, details{"value": t.Text, "lang": t.Lang}, t.Source)
	}
	if p.r.Claims > 0 {
		n := strconv.Itoa(p.r.Claims)
		p.fact("claims", "", p.text("claims"), n, details{"value": n}, p.origin("claims"))
	}
	here := map[string]int64{}
	for _, l := range p.r.CitedHere {
		here[l.Text] = l.Record
	}
	for _, c := range p.r.Cited {
		p.fact("cited", "(56)", p.text("cited"), joined(c, p.held(here[c])), details{"value": c}, p.origin("cited"))
	}
}

// held names the record that is held here of what another one names.
func (p *page) held(id int64) string {
	if id == 0 {
		return ""
	}
	return p.app.t("cli.show.held", ierr.Args{"id": strconv.FormatInt(id, 10)})
}

func (p *page) parties() {
	for _, x := range p.r.Parties {
		d := details{"code": x.Role.Code, "address": x.Address, "postcode": x.Postcode, "country": x.Country}
		var names []string
		for i, n := range x.Names {
			if names = append(names, n.Name); i == 0 {
				d["value"], d["lang"] = n.Name, n.Lang
			}
		}
		if len(names) > 1 {
			d["other_name"] = strings.Join(names[1:], "; ")
		}
		parts := slices.DeleteFunc(append(names, x.Address, x.Postcode, x.Country), func(s string) bool { return s == "" })
		p.fact("party", x.INID, label(x.Role), strings.Join(parts, ", "), d, x.Source)
	}
}

// classified tells how the record is counted, and why.
func (p *page) classified() {
	p.finding("region", p.r.Region)
	p.finding("holder-type", p.r.HolderType)
	p.finding("field", p.r.Field)
}

func (p *page) finding(item string, f v1.Finding) {
	if f.Code == "" && f.Label == "" {
		return
	}
	d := details{"value": label(f.Class), "code": f.Code}
	if f.Override > 0 {
		d["note"] = p.app.t("cli.show.overridden", ierr.Args{"id": strconv.FormatInt(f.Override, 10)})
		p.fact(item, "", p.text(item), label(f.Class)+" ("+f.Code+")  "+d["note"], d)
		return
	}
	d["confidence"], d["rule"], d["evidence"] = strconv.FormatFloat(f.Confidence, 'f', -1, 64), f.Rule, f.Evidence
	matched := ""
	if f.Evidence != "" {
		matched = p.app.t("cli.show.matched", ierr.Args{"text": f.Evidence})
	}
	note := ""
	if f.Note != nil {
		d["note"] = label(*f.Note)
		if !strings.Contains(f.Label, d["note"]) { // a place elsewhere is part of the name already
			note = d["note"]
		}
	}
	head := label(f.Class) + " (" + f.Code + ", " + p.app.say.Percent(f.Confidence) + ")"
	p.fact(item, "", p.text(item), joined(head, f.Reason, matched, note), d)
}

func (p *page) timeline() {
	for _, e := range p.r.Events {
		p.fact("event", "", p.text("event"), joined(e.Date, label(e.Event), e.Document, e.Text),
			details{"value": label(e.Event), "code": e.Event.Code, "date": e.Date, "document": e.Document, "note": e.Text}, e.Source)
	}
}

func (p *page) disputes() {
	for _, d := range p.r.Disputed {
		for i, v := range d.Variants {
			p.fact("disputed", "", p.app.t("cli.show.disputed", ierr.Args{"field": label(d.Field)}), strconv.Itoa(i+1)+": "+v.Text,
				details{"value": v.Text, "code": strconv.Itoa(i + 1), "field": d.Field.Code}, v.Sources...)
		}
	}
}

// flags lists what is flagged: what is lost or in doubt, then what was put right
// while reading. A table tells each flag once, with all its sources.
func (p *page) flags() {
	var order []string
	by := map[string][]v1.Flag{}
	for _, repaired := range []bool{false, true} {
		for _, f := range p.r.Flags {
			if f.Repaired != repaired {
				continue
			}
			if by[f.Flag.Code] == nil {
				order = append(order, f.Flag.Code)
			}
			by[f.Flag.Code] = append(by[f.Flag.Code], f)
		}
	}
	for _, code := range order {
		all := by[code]
		item := "flag"
		if all[0].Repaired {
			item = "repair"
		}
		if p.apart {
			for _, f := range all {
				p.fact(item, "", p.text(item), label(f.Flag), details{"value": label(f.Flag), "code": code, "field": f.Field, "raw": f.Raw}, f.Source)
			}
			continue
		}
		p.fact(item, "", p.text(item), flagText(all), nil, flagSources(all)...)
	}
}

// flagText says what flags of one code mean, and where in the entries they stand.
func flagText(all []v1.Flag) string {
	var places []string
	for _, f := range all {
		place := strings.TrimSpace(f.Field + " " + f.Raw)
		if place != "" && !slices.Contains(places, place) {
			places = append(places, place)
		}
	}
	return joined(label(all[0].Flag), strings.Join(places, "; "))
}

func flagSources(all []v1.Flag) []int {
	var out []int
	for _, f := range all {
		if !slices.Contains(out, f.Source) {
			out = append(out, f.Source)
		}
	}
	slices.Sort(out)
	return out
}

func (p *page) sources() {
	p.note("")
	for i, s := range p.r.Sources {
		p.note(p.app.t("cli.show.source", ierr.Args{
			"mark": "[" + strconv.Itoa(i+1) + "]", "file": located(s), "row": strconv.FormatInt(s.Position.Row, 10),
			"load": strconv.FormatInt(s.Load, 10), "state": strconv.FormatInt(s.State, 10),
		}))
		if s.Repeats > 0 {
			p.note(p.app.t("cli.show.repeats", ierr.Args{"n": s.Repeats}))
		}
	}
}
