package server

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/api/v1"
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// registration writes what registers say of the right beyond its publications.
func (s *sheet) registration(out *web.Record) {
	add := func(inid, key string, from int32, f register.Field, part string, note string, texts ...record.Text) {
		if len(texts) > 0 && texts[0].Text != "" {
			out.Facts = append(out.Facts, web.Fact{INID: inid, Label: s.say.T(key, nil), Texts: texts, Note: note, Stated: s.stated(from, f, part, "")})
		}
	}
	plain := func(text string) record.Text { return record.Text{Text: text} }
	v := s.v
	if m := v.Mark; m != nil {
		if len(m.Words) > 0 {
			out.Sign = &web.Sign{Words: m.Words, Whole: (m.Form == "word" || m.Form == "") && len(v.Images) == 0}
		}
		add("540", "web.mark.words", m.From, register.FieldMark, "", "", m.Words...)
		add("550", "web.mark.kind", m.From, register.FieldMark, "", "", plain(s.markKind(m)))
		add("571", "web.mark.description", m.From, register.FieldMark, "", "", m.Description...)
		add("526", "web.mark.disclaimer", m.From, register.FieldMark, "", "", m.Disclaimer...)
		add("591", "web.mark.colours", m.From, register.FieldMark, "", "", plain(m.Colours))
	}
	shown, missing := s.pictures()
	if out.Pictures = shown; len(shown) > 0 {
		out.Sign = nil // its picture says more
	}
	for _, p := range v.Images {
		note := ""
		if slices.Contains(missing, p.Name) {
			note = s.say.T("web.image.elsewhere", nil)
		}
		add("", "image."+p.Use, p.From, register.FieldImage, "", note, plain(strings.TrimSpace(p.Name+" "+p.Text)))
	}
	for _, g := range v.Goods {
		note := strings.Join(present(g.Class, strings.Join(g.Groups, " "), g.Status), " · ")
		texts := g.Texts
		if len(texts) == 0 {
			texts, note = []record.Text{plain(g.Class)}, ""
		}
		add("511", "web.mark.goods", g.From, register.FieldGoods, "", note, texts...)
	}
	for _, d := range v.Days {
		inid := ""
		if familyOf(v.Kind) == web.MarkRight {
			inid = dayINIDs[d.Name]
		}
		add(inid, "day."+d.Name, d.From, register.FieldDay, d.Name, "", plain(s.say.Date(d.Date)))
	}
	for _, f := range v.Facts {
		add("", "fact."+f.Name, f.From, register.FieldFact, f.Name, "", record.Text{Lang: f.Lang, Text: f.Text})
	}
	if st := v.Status; st != nil {
		text := strings.Join(present(named(s.say, "state", st.Code), st.Text), " · ")
		note := ""
		if st.Date != 0 {
			note = s.say.Date(st.Date)
		}
		add("", "web.status", st.From, register.FieldStatus, "", note, plain(text))
	}
}

// familyOf tells in which family of registers a kind of right stands.
func familyOf(k record.Kind) web.Family {
	switch {
	case k.IsPatent() || k == "":
		return web.PatentRight
	case k == record.Trademark || k == record.Madrid:
		return web.MarkRight
	}
	return web.OtherRight
}

// dayINIDs are the codes of days, by WIPO ST.60.
var dayINIDs = map[string]string{
	record.DayRegistered: "151", record.DayExpires: "180", record.DayRenewed: "156", record.DayApproved: "442",
}

func (s *sheet) markKind(m *register.Mark) string {
	var kinds []string
	if m.Form != "" {
		kinds = append(kinds, named(s.say, "mark.form", m.Form))
	}
	for _, t := range m.Types {
		kinds = append(kinds, named(s.say, "mark.type", t))
	}
	return strings.Join(kinds, " · ")
}

// present lists the texts that are not empty.
func present(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}

// life tells the state of the right as of a day, today for none, and what is next.
func (s *sheet) life(ctx context.Context, at register.AsOf) *web.Life {
	on := api.Day(ctx, s.register, at)
	l := api.Life(s.say, s.v, s.backend.LifeOf(ctx, s.v, on, at.Known))
	out := &web.Life{On: on, State: l.State.Label, Certainty: l.Certainty.Label, Law: lawText(l.Law), Notes: l.Notes}
	if l.State.Code == "unknown" {
		out.Certainty = ""
	}
	out.Since, _ = date.Parse(l.Since)
	if out.Ends, _ = date.Parse(l.Ends); l.Endless {
		out.Endless = true
	}
	if out.Ends != 0 || l.Endless {
		out.TermLaw = lawText(l.TermLaw)
	}
	for _, n := range l.Next {
		out.Next = append(out.Next, s.due(&n))
	}
	for _, o := range l.Overlays {
		out.Overlays = append(out.Overlays, strings.TrimSuffix(o.Overlay.Label+" · "+o.Since+" – "+o.Until, " "))
	}
	return out
}

func (s *sheet) due(n *v1.DueStep) web.Step {
	step := web.Step{Label: n.Step.Label, Law: lawText(n.Law)}
	step.Due, _ = date.Parse(n.Due)
	if opens, err := date.Parse(n.Opens); err == nil && opens != 0 {
		step.Details = append(step.Details, s.say.T("web.life.opens", map[string]any{"day": opens}))
	}
	if grace, err := date.Parse(n.Grace); err == nil && grace != 0 {
		step.Details = append(step.Details, s.say.T("web.life.grace", map[string]any{"day": grace}))
	}
	if n.Fen > 0 {
		step.Details = append(step.Details, "¥"+strconv.FormatInt(n.Fen/100, 10))
	}
	if n.Then != nil {
		step.Details = append(step.Details, s.say.T("life.step.then", map[string]any{"state": n.Then.Label}))
	}
	if n.Provisional {
		step.Details = append(step.Details, s.say.T("life.step.provisional", nil))
	}
	return step
}

func lawText(l *v1.Law) string {
	if l == nil {
		return ""
	}
	return l.Text
}
