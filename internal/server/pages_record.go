package server

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"onewindow/internal/classify"
	"onewindow/internal/i18n"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// sheet writes one right for its page.
type sheet struct {
	pages
	say        *i18n.Printer
	v          *register.View
	loaded     map[int64]time.Time // when each load began
	deliveries []delivery          // loads that may have brought pictures
}

// Record returns one record as it stood and as it was known then.
func (p pages) Record(ctx context.Context, lang string, id int64, at web.Then) (web.Record, error) {
	known, err := p.register.ResolveKnown(ctx, at.Known)
	if err != nil {
		return web.Record{}, err
	}
	v, err := p.register.ByID(ctx, id, register.AsOf{On: at.On, Known: known})
	if err != nil {
		return web.Record{}, err
	}
	s := sheet{p, p.print(lang), v, map[int64]time.Time{}, nil}
	loads, err := p.register.Loads(ctx)
	if err != nil {
		return web.Record{}, err
	}
	for _, l := range loads {
		s.loaded[l.ID] = l.Created
	}
	s.deliveries = deliveries(loads, known)
	out := s.record()
	if at.On != 0 || known != 0 {
		out.At = &web.Instant{On: at.On, Known: at.Known, State: known}
	}
	if !v.Gone {
		out.Life = s.life(ctx, register.AsOf{On: at.On, Known: known})
	}
	if err := s.link(ctx, &out); err != nil {
		return out, err
	}
	if out.Findings, err = s.findings(ctx); err != nil {
		return out, err
	}
	out.Versions, err = s.versions(ctx)
	return out, err
}

// origin is where a statement stands.
func (s *sheet) origin(from int32) web.Origin {
	st := s.v.Source(from)
	if st == nil {
		return web.Origin{}
	}
	o := web.Origin{Document: st.Doc.DocID(), Member: st.Position.Member, Row: st.Position.Row}
	if st.File != nil {
		o.File, o.Load, o.Loaded = filepath.Base(st.File.Path), st.File.Load, s.loaded[st.File.Load]
	}
	return o
}

// stated is what a value that was taken from one statement says of itself.
// part is as in register.Dispute; lang that of the variants' texts.
func (s *sheet) stated(from int32, f register.Field, part, lang string) web.Stated {
	var out web.Stated
	if from >= 0 {
		out.Origins = []web.Origin{s.origin(from)}
	}
	for _, d := range s.v.Disputed {
		if d.Field != f || part != "" && d.Part != part {
			continue
		}
		for i, variant := range d.Variants {
			w := web.Variant{Text: record.Text{Lang: lang, Text: variant.Text}, Shown: i == 0}
			for _, n := range variant.From {
				w.Origins = append(w.Origins, s.origin(n))
			}
			out.Disputed = append(out.Disputed, w)
		}
	}
	return out
}

// single is stated for a field of one value.
func (s *sheet) single(f register.Field) web.Stated {
	from := int32(-1)
	if o := s.v.Origin(f); o != nil {
		for i := range s.v.Statements {
			if &s.v.Statements[i] == o {
				from = int32(i)
			}
		}
	}
	return s.stated(from, f, "", "")
}

func (s *sheet) record() web.Record {
	v, lang := s.v, s.say.Lang()
	out := web.Record{ID: v.ID, Kind: named(s.say, "kind", string(v.Kind)), Family: familyOf(v.Kind), Claims: v.Claims}
	for _, t := range texts(lang, v.Titles) {
		out.Titles = append(out.Titles, web.TextValue{Text: t.Text, Stated: s.stated(t.From, register.FieldTitle, t.Lang, t.Lang)})
	}
	if len(out.Titles) == 0 && v.Title() != "" {
		out.Titles = []web.TextValue{{Text: record.Text{Text: v.Title()}}}
	}
	for _, t := range texts(lang, v.Abstracts) {
		out.Abstracts = append(out.Abstracts, web.TextValue{Text: t.Text, Stated: s.stated(t.From, register.FieldAbstract, t.Lang, t.Lang)})
	}
	out.Application = web.Application{
		Number: v.Application.Number, Raw: v.Application.Raw, Check: s.check(), Filed: v.Application.Filed,
		Stated: s.single(register.FieldApplication),
	}
	for _, d := range v.Documents {
		out.Documents = append(out.Documents, web.Document{
			Number: d.ID, Office: d.Office, OfficeName: s.glossary.Place(d.Office, lang), Code: d.Code, Published: d.Published, Gazette: d.Gazette,
			Stated: s.stated(d.From, register.FieldPublished, d.ID, ""),
		})
	}
	s.parties(&out)
	s.classes(&out)
	s.registration(&out)
	for _, c := range v.Cited {
		out.Cited = append(out.Cited, web.TextValue{Text: record.Text{Text: c}, Stated: s.single(register.FieldCited)})
	}
	for _, e := range v.Events {
		label := named(s.say, "event", e.Code)
		text := e.Text
		switch {
		case e.Code == register.EventPublished:
			label = s.published(e.Document)
		case label == e.Code && text != "":
			label, text = text, "" // an office's own code says less than its words
		}
		event := web.Event{Date: e.Date, Label: label, Text: text, Stated: s.stated(e.From, register.FieldEvent, e.Document, "")}
		if e.Code != register.EventFiled && e.Code != register.EventPublished {
			event.Code = e.Code
		}
		out.Events = append(out.Events, event)
	}
	for _, f := range v.Flags {
		out.Flags = append(out.Flags, web.Flag{Code: f.Code, Field: f.Field, Raw: f.Raw, Repaired: repairs[f.Code], Origin: s.origin(f.From)})
	}
	return out
}

// published names the publication of a document by what its kind code means.
func (s *sheet) published(id string) string {
	for _, d := range s.v.Documents {
		if key := "web.code." + d.Code; d.ID == id && s.say.Has(key) {
			return d.ID + " · " + s.say.T(key, nil)
		}
	}
	return id + " · " + named(s.say, "event", register.EventPublished)
}

// check tells the state of the check digit; only patents have one.
func (s *sheet) check() web.Check {
	if !s.v.Kind.IsPatent() {
		return ""
	}
	return checkOf(s.v.Application)
}

// checkOf tells the state of an application number's check digit.
func checkOf(a record.Application) web.Check {
	if a.Number == "" {
		if a.Raw == "" {
			return ""
		}
		return web.CheckDamaged
	}
	number, err := record.ParseApplicationCN(a.Number)
	switch {
	case errors.Is(err, record.ErrCheckDigit):
		return web.CheckWrong
	case err != nil:
		return ""
	case len(number) == 8:
		return web.CheckNone
	case a.Raw != "" && digits(a.Raw) < digits(a.Number):
		return web.CheckComputed
	}
	return web.CheckSound
}

// digits counts digits and the X that may stand for ten.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' || r == 'X' || r == 'x' || r >= '０' && r <= '９' {
			n++
		}
	}
	return n
}

// queryFields are the fields that find a role's names.
var queryFields = map[record.Role]string{record.Applicant: "pa", record.Holder: "pa", record.Group: "pa", record.Inventor: "in", record.Author: "in", record.Breeder: "in"}

func (s *sheet) parties(out *web.Record) {
	for i := range s.v.Parties {
		p := &s.v.Parties[i]
		field, part := register.RoleField(p.Role)
		party := web.Party{
			Role: p.Role, Names: names(s.say.Lang(), p), Address: p.Address, Postcode: p.Postcode, Country: s.country(p.Country), Ident: p.Ident,
			Stated: s.stated(p.From, field, part, ""),
		}
		if f := queryFields[p.Role]; f != "" && len(p.Names) > 0 {
			party.Query = s.canonical(f + `=="` + p.Names[0].Text + `"`)
		}
		out.Parties = append(out.Parties, party)
	}
}

// country names a country by its code, or by the code itself.
func (s *sheet) country(code string) string {
	if name := s.glossary.Place(code, s.say.Lang()); name != "" {
		return name
	}
	return code
}

// canonical returns a query in canonical form, "" when it is none: names may
// hold what no query can.
func (s *sheet) canonical(q string) string {
	u, err := s.finder.Explain(q, s.say.Lang())
	if err != nil {
		return ""
	}
	return u.Query
}

func (s *sheet) classes(out *web.Record) {
	for _, c := range s.v.Classes {
		field, part := register.SchemeField(c.Scheme)
		class := web.Class{Scheme: c.Scheme, Symbol: c.Symbol, Version: c.Version, Stated: s.stated(c.From, field, part, "")}
		if c.Scheme == record.IPC {
			class.Query = s.canonical("ipc=" + c.Symbol)
			if symbol, title := s.glossary.Class(c.Symbol, s.say.Lang()); symbol != "" {
				class.Text = record.Text{Lang: s.say.Lang(), Text: symbol + " " + title}
			}
		}
		out.Classes = append(out.Classes, class)
	}
	for _, f := range s.v.Filings {
		out.Filings = append(out.Filings, web.Filing{
			Relation: f.Relation, Office: f.Office, Number: f.Number, Date: f.Date, Stated: s.stated(f.From, register.FieldFiling, f.Relation, ""),
		})
	}
}

// findings tells how the right is counted, and why.
func (s *sheet) findings(ctx context.Context) ([]web.Finding, error) {
	var out []web.Finding
	c := s.finder.Classify(s.v)
	for _, x := range []struct {
		subject string
		e       classify.Evidence
	}{{"region", c.Region}, {"holder-type", c.HolderType}, {"field", c.Field}} {
		if x.e.Code == "" {
			continue
		}
		f := web.Finding{
			Subject: x.subject, Label: s.label(x.subject, x.e), Query: s.canonical(x.subject + "=" + x.e.Code),
			Rule: x.e.Rule, Reason: named(s.say, "rule", x.e.Rule), Confidence: x.e.Confidence, Matched: x.e.Match,
		}
		if key := "note." + x.e.Note; s.say.Has(key) {
			f.Note = s.say.T(key, nil)
		}
		if o := s.v.Override(x.subject); o != nil && x.e.Rule == "override" {
			state, err := s.register.StateInfo(ctx, o.From)
			if err != nil {
				return nil, err
			}
			f.Override = &web.Override{At: state.At, Reason: o.Reason, Was: s.label(x.subject, s.ruled(x.subject))}
		}
		out = append(out, f)
	}
	return out, nil
}

// ruled is what the rules find where an officer decided otherwise.
func (s *sheet) ruled(subject string) classify.Evidence {
	plain := *s.v
	plain.Overrides = nil
	c := s.finder.Classify(&plain)
	switch subject {
	case "region":
		return c.Region
	case "holder-type":
		return c.HolderType
	}
	return c.Field
}

func (s *sheet) label(subject string, e classify.Evidence) string {
	if subject == "region" {
		return s.place(s.say, e)
	}
	return named(s.say, subject, e.Code)
}
