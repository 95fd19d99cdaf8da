package api

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/classify"
	"onewindow/internal/ierr"
	"onewindow/internal/party"
	"onewindow/internal/quality"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// maxSaid bounds what is quoted in a list, in signs.
const maxSaid = 120

func clipped(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > maxSaid {
		return string(r[:maxSaid]) + "…"
	}
	return string(r)
}

func idText(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// rightNumber names a right by its newest document, else by its key.
func rightNumber(v *register.View) string {
	if len(v.Documents) > 0 {
		return v.Documents[0].ID
	}
	_, number, _ := strings.Cut(v.Key, ":")
	return number
}

// Case shows a case with its evidence.
func (q Quality) Case(ctx context.Context, id string) (*v1.QualityCase, error) {
	c, err := q.Desk.Show(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &v1.QualityCase{
		Mark: q.deskMark(), ID: c.ID, Kind: kindOf(q.Say, c.Kind), Question: q.question(c), Load: c.Load, Format: c.Format,
		Evidence: q.evidence(ctx, c), Sources: []v1.QualitySource{}, Choices: []v1.QualityChoice{}, Alike: c.Alike, AlikeOpen: c.AlikeOpen,
		Why: q.Say.T("quality.why."+string(c.Kind), nil),
	}
	if v := c.View; v != nil {
		out.Record, out.Number, out.Title = v.ID, rightNumber(v), v.Title()
		out.Sources = q.sources(ctx, c)
	}
	for _, x := range c.Choices {
		out.Choices = append(out.Choices, q.choice(c, x))
	}
	if c.Ruling != nil {
		made, err := q.Desk.Recorded(ctx, c.Ruling)
		if err != nil {
			return nil, err
		}
		d := q.decision(made)
		out.Decision = &d
	}
	return out, nil
}

// question is what is to be decided of a case.
func (q Quality) question(c *quality.Case) string {
	args := ierr.Args{}
	switch c.Kind {
	case quality.Reject:
		if c.Reject.Format == "" {
			return q.Say.T("quality.question.unknown", nil)
		}
		args["format"] = c.Reject.Format
	case quality.Value:
		args["flag"] = q.flag(c.Detail)
	case quality.Conflict:
		field, part, _ := strings.Cut(c.Detail, ":")
		args["field"] = named(q.Say, "field", field).Label
		if part != "" {
			args["field"] = fmt.Sprintf("%s (%s)", args["field"], part)
		}
	case quality.Party:
		return q.pairQuestion(c.Pair)
	case quality.Region, quality.HolderType:
		p := c.View.Principal()
		if p == nil {
			return q.Say.T("quality.question.nobody", nil)
		}
		args["holder"] = p.Name()
	}
	return q.Say.T("quality.question."+string(c.Kind), args)
}

func (q Quality) pairQuestion(p *party.Pair) string {
	return q.Say.T("quality.question.party", ierr.Args{"a": p.NameA, "b": p.NameB})
}

// flag is what a flag says, its code where no text is known.
func (q Quality) flag(code string) string {
	if key := "flag." + code; q.Say.Has(key) {
		return q.Say.T(key, nil)
	}
	return code
}

// doubtful is what a source prints of what is in doubt.
func (q Quality) doubtful(c *quality.Case) string {
	switch c.Kind {
	case quality.Value:
		return clipped(c.Raw)
	case quality.Conflict:
		if c.Dispute != nil {
			var says []string
			for _, v := range c.Dispute.Variants {
				says = append(says, clipped(v.Text))
			}
			return strings.Join(says, " ≠ ")
		}
	case quality.Region:
		return clipped(addressOf(c.View.Principal()))
	case quality.HolderType:
		return q.class(q.Say, string(c.Kind), c.Told.Code).Label
	}
	return ""
}

func addressOf(p *register.Party) string {
	if p == nil {
		return ""
	}
	return strings.TrimSpace(strings.Join([]string{p.Postcode, p.Address, p.Country, p.Region}, " "))
}

// evidence lists what is known of a case, apart from what each source says.
func (q Quality) evidence(ctx context.Context, c *quality.Case) []v1.QualityFact {
	out := []v1.QualityFact{}
	add := func(what, text, note string) {
		if text != "" {
			out = append(out, v1.QualityFact{What: named(q.Say, "quality.what", what), Text: text, Note: note})
		}
	}
	if v := c.View; v != nil {
		add("record", strings.TrimSpace(rightNumber(v)+" "+v.Title()), named(q.Say, "kind", string(v.Kind)).Label)
		if p := v.Principal(); p != nil {
			add("holder", p.Name(), p.Ident)
			add("address", addressOf(p), "")
		}
	}
	switch c.Kind {
	case quality.Region, quality.HolderType:
		q.classEvidence(c, add)
	case quality.Value:
		add("flag", q.flag(c.Flag.Code), c.Flag.Code)
		add("column", c.Flag.Field, "")
		add("raw", c.Raw, "")
	case quality.Reject:
		r := c.Reject
		reason := r.Code
		if key := "reject." + r.Code; q.Say.Has(key) {
			reason = q.Say.T(key, r.Args)
		}
		add("reason", reason, r.Code)
		add("file", pathFor(ctx, c.File.Path), r.Position.Member)
		add("row", idText(r.Position.Row), "")
		add("line", idText(r.Line), "")
		add("raw", r.Raw, "")
	case quality.Party:
		p := c.Pair
		add("name_a", p.NameA, q.Say.T("quality.rights", ierr.Args{"n": p.A.Rights}))
		add("name_b", p.NameB, q.Say.T("quality.rights", ierr.Args{"n": p.B.Rights}))
		add("rule", named(q.Say, "party.rule", p.Rule).Label, named(q.Say, "party.near", p.Near).Label)
		add("confidence", fmt.Sprintf("%.2f", p.Confidence), "")
	}
	return out
}

func (q Quality) classEvidence(c *quality.Case, add func(what, text, note string)) {
	e := c.Told
	add("told", q.class(q.Say, string(c.Kind), e.Code).Label, e.Code)
	add("rule", cmp.Or(named(q.Say, "rule", e.Rule).Label, e.Rule), e.Rule)
	add("match", e.Match, "")
	add("note", cmp.Or(named(q.Say, "note", e.Note).Label, q.Place(e.Note, q.Say.Lang())), "")
	add("confidence", fmt.Sprintf("%.2f", e.Confidence), "")
}

// sources lists what the entries of all sources say of what is in doubt, the first
// maxSources of them.
func (q Quality) sources(ctx context.Context, c *quality.Case) []v1.QualitySource {
	out := []v1.QualitySource{}
	for i := range c.View.Statements[:min(maxSources, len(c.View.Statements))] {
		s := &c.View.Statements[i]
		out = append(out, v1.QualitySource{
			File: pathFor(ctx, s.File.Path), Member: s.Position.Member, Row: s.Position.Row, Format: s.File.Format, Load: s.File.Load,
			Document: s.Doc.DocID(), Issued: s.Issued.String(), Says: q.said(c, s, int32(i)), Doubtful: s == c.From,
		})
	}
	return out
}

// maxSources is how many entries of sources one case shows.
const maxSources = 50

// said is what one entry says of what is in doubt.
func (q Quality) said(c *quality.Case, s *register.Statement, at int32) string {
	switch c.Kind {
	case quality.Region, quality.HolderType:
		p := s.Doc.Principal()
		if p == nil {
			return q.Say.T("quality.nobody", nil)
		}
		return strings.Join([]string{p.Name(), addressOf(&register.Party{Party: *p})}, ", ")
	case quality.Conflict:
		if c.Dispute != nil {
			for _, v := range c.Dispute.Variants {
				for _, from := range v.From {
					if from == at {
						return v.Text
					}
				}
			}
		}
	case quality.Value:
		return printedOf(s.Doc, c)
	}
	return ""
}

// printedOf is what an entry says of the field that a flag most likely speaks of.
func printedOf(d *record.Document, c *quality.Case) string {
	var flags []string
	for _, f := range d.Flags {
		if f.Code == c.Detail {
			flags = append(flags, strings.TrimSpace(f.Field+" "+f.Raw))
		}
	}
	if strings.HasPrefix(c.Detail, "application_number.") {
		return cmp.Or(d.Application.Number, d.Application.Raw)
	}
	return strings.Join(flags, "; ")
}

// choice writes one way to settle a case out.
func (q Quality) choice(c *quality.Case, x quality.Choice) v1.QualityChoice {
	out := v1.QualityChoice{Act: named(q.Say, "quality.act", x.Act), Value: x.Value, Field: x.Field, Like: x.Like, Label: x.Says}
	switch register.Judgement(x.Act) {
	case register.Assign:
		out.Free = x.Value == ""
		if x.Value != "" {
			out.Label = q.class(q.Say, string(c.Kind), x.Value).Label
		}
		if x.Told != nil && x.Told.Rule != "" {
			out.Reason = reasonFor(q, x.Told)
		}
	case register.Correct:
		out.Free, out.Present = true, c.View.Said(x.Field)
		out.Label = named(q.Say, "quality.field", x.Field).Label
	}
	return out
}

func reasonFor(q Quality, e *classify.Evidence) string {
	return strings.TrimSpace(fmt.Sprintf("%s %.2f", cmp.Or(named(q.Say, "rule", e.Rule).Label, e.Rule), e.Confidence))
}
