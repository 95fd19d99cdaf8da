package api

import (
	"context"

	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// asOf reads the time that a request asks about.
func (s *server) asOf(ctx context.Context, at v1.AsOf) (register.AsOf, error) {
	var out register.AsOf
	if at.On != "" {
		day, err := date.Parse(at.On)
		if err != nil {
			return out, ierr.New(ierr.Invalid, "api.day", ierr.Args{"value": at.On})
		}
		out.On = day
	}
	var err error
	out.Known, err = s.Register.ResolveKnown(ctx, at.Known)
	return out, err
}

// mark is what stands on answers that rest on the register alone.
func (s *server) mark() v1.Mark { return v1.Mark{Sample: s.Sample, State: s.Register.State()} }

// named returns a code with the text called <family>.<code>.
func named(say *i18n.Printer, family, code string) v1.Class {
	c := v1.Class{Code: code}
	if key := family + "." + code; code != "" && say.Has(key) {
		c.Label = say.T(key, nil)
	}
	return c
}

func (s *server) record(ctx context.Context, in *struct {
	RecordPath
	v1.AsOf
}) (*v1.Record, error) {
	at, err := s.asOf(ctx, in.AsOf)
	if err != nil {
		return nil, err
	}
	v, err := s.view(ctx, in.ID, at)
	if err != nil {
		return nil, err
	}
	r := s.state(ctx, v, at)
	r.AsOf = in.AsOf
	return r, s.link(ctx, v, r)
}

// state writes a view out, with its life as of a day, today for none.
func (s *server) state(ctx context.Context, v *register.View, at register.AsOf) *v1.Record {
	say := printer(ctx)
	r := &v1.Record{
		Mark: s.mark(), ID: v.ID, Gone: v.Gone, Key: v.Key, Keys: v.Keys,
		Kind:        named(say, "kind", string(v.Kind)),
		Application: v1.Application{Number: v.Application.Number, Raw: v.Application.Raw, Filed: v.Application.Filed.String()},
		Cited:       v.Cited, Claims: v.Claims, Origins: map[string]int{}, Registration: s.registration(ctx, say, v, at),
	}
	if check := s.Check(v.Application); check != "" {
		c := named(say, "check", check)
		r.Application.Check = &c
	}
	for _, f := range []register.Field{register.FieldKind, register.FieldApplication, register.FieldFiled, register.FieldCited, register.FieldClaims} {
		if o := v.Origin(f); o != nil {
			r.Origins[f.String()] = sourceIndex(v, o)
		}
	}
	r.Titles, r.Abstracts = textsOf(v.Titles), textsOf(v.Abstracts)
	for i := range v.Parties {
		r.Parties = append(r.Parties, partyOf(say, &v.Parties[i]))
	}
	for _, c := range v.Classes {
		r.Symbols = append(r.Symbols, v1.Symbol{Scheme: string(c.Scheme), Symbol: c.Symbol, Version: c.Version, Value: c.Value, Source: int(c.From)})
	}
	for _, f := range v.Filings {
		r.Filings = append(r.Filings, v1.Filing{Relation: named(say, "relation", f.Relation), Office: f.Office, Number: f.Number, Date: f.Date.String(), Source: int(f.From)})
	}
	for _, e := range v.Events {
		r.Events = append(r.Events, v1.Event{Date: e.Date.String(), Event: named(say, "event", e.Code), Text: e.Text, Document: e.Document, Source: int(e.From)})
	}
	for _, d := range v.Documents {
		r.Documents = append(r.Documents, v1.Document{
			ID: d.ID, Office: d.Office, Number: d.Number, Code: d.Code, Kind: named(say, "kind", string(d.Kind)),
			Published: d.Published.String(), Gazette: d.Gazette, Source: int(d.From), Versions: len(d.Versions),
		})
	}
	s.doubts(say, v, r)
	s.classified(say, v, r)
	for _, o := range v.Overrides {
		if o.Like && !s.counts(v, o.Field) {
			continue
		}
		r.Overrides = append(r.Overrides, s.overrideOf(ctx, say, o))
	}
	for i := range v.Statements {
		r.Sources = append(r.Sources, sourceOf(ctx, &v.Statements[i]))
	}
	return r
}

// link adds which of the filings and citations are held here.
func (s *server) link(ctx context.Context, v *register.View, r *v1.Record) error {
	links, err := s.Register.Links(ctx, v)
	if err != nil {
		return err
	}
	for i, right := range links.Filings {
		r.Filings[i].Record = right
	}
	for i, right := range links.Cited {
		if right != 0 {
			r.CitedHere = append(r.CitedHere, v1.Link{Text: v.Cited[i], Record: right})
		}
	}
	return nil
}

func sourceIndex(v *register.View, s *register.Statement) int {
	for i := range v.Statements {
		if &v.Statements[i] == s {
			return i
		}
	}
	return -1
}

func textsOf(texts []register.Text) []v1.Text {
	var out []v1.Text
	for _, t := range texts {
		out = append(out, v1.Text{Lang: t.Lang, Text: t.Text.Text, Source: int(t.From)})
	}
	return out
}

// inids are the INID codes of the roles, by WIPO ST.9.
var inids = map[record.Role]string{
	record.Applicant: "(71)", record.Inventor: "(72)", record.Holder: "(73)", record.Agent: "(74)", record.Agency: "(74)",
}

func partyOf(say *i18n.Printer, p *register.Party) v1.Party {
	out := v1.Party{
		Role: named(say, "role", string(p.Role)), INID: inids[p.Role], Address: p.Address, Postcode: p.Postcode,
		Country: p.Country, Region: p.Region, Ident: p.Ident, Source: int(p.From),
	}
	for _, n := range p.Names {
		out.Names = append(out.Names, v1.Name{Lang: n.Lang, Name: n.Text})
	}
	return out
}

// doubts writes out what is disputed and what is flagged.
func (s *server) doubts(say *i18n.Printer, v *register.View, r *v1.Record) {
	for _, c := range v.Corrections {
		r.Corrections = append(r.Corrections, v1.Correction{Field: named(say, "quality.field", c.Field), Was: c.Was, Value: c.Value, Decision: idText(c.Ruling)})
	}
	r.Disputed, r.Settled = disputesOf(say, v.Disputed), disputesOf(say, v.Settled)
	for _, f := range v.Flags {
		r.Flags = append(r.Flags, v1.Flag{Flag: named(say, "flag", f.Code), Field: f.Field, Raw: f.Raw, Repaired: s.Repaired(f.Code), Source: int(f.From)})
	}
}

// disputesOf writes out fields on which sources disagree.
func disputesOf(say *i18n.Printer, disputes []register.Dispute) []v1.Dispute {
	var all []v1.Dispute
	for _, d := range disputes {
		out := v1.Dispute{Field: named(say, "field", d.Field.String()), Part: d.Part, Decision: idText(d.Ruling)}
		for _, variant := range d.Variants {
			x := v1.Variant{Text: variant.Text}
			for _, n := range variant.From {
				x.Sources = append(x.Sources, int(n))
			}
			out.Variants = append(out.Variants, x)
		}
		all = append(all, out)
	}
	return all
}

func sourceOf(ctx context.Context, st *register.Statement) v1.Source {
	out := v1.Source{
		Document: st.Doc.DocID(), State: st.From, Withdrawn: st.To, Issued: st.Issued.String(), Repeats: len(st.Repeats),
		Position: v1.Position{Member: st.Position.Member, Row: st.Position.Row},
	}
	if f := st.File; f != nil {
		out.Load, out.File, out.SHA256, out.Format = f.Load, pathFor(ctx, f.Path), f.SHA256, f.Format
	}
	return out
}
