package cli

import (
	"strconv"
	"strings"

	"onewindow/internal/api/v1"
	"onewindow/internal/ierr"
)

// registration tells what registers say of the right beyond its publications.
func (p *page) registration() {
	for _, d := range p.r.Days {
		p.fact("day", "", label(d.Day), d.Date, details{"code": d.Day.Code, "date": d.Date}, d.Source)
	}
	p.mark()
	for _, g := range p.r.Goods {
		p.fact("goods", "(511)", p.text("goods"), joined(g.Class, strings.Join(g.Groups, " "), wordsOf(g.Texts), g.Status),
			details{"value": wordsOf(g.Texts), "code": g.Class, "date": g.Since}, g.Source)
	}
	for _, f := range p.r.Facts {
		p.fact("fact", "", label(f.Fact), f.Text, details{"value": f.Text, "code": f.Fact.Code, "lang": f.Lang}, f.Source)
	}
	for _, i := range p.r.Images {
		p.fact("image", "", label(i.Use), joined(i.Name, i.Text), details{"value": i.Name, "code": i.Use.Code}, i.Source)
	}
	if s := p.r.Status; s != nil {
		p.fact("status", "", p.text("status"), joined(s.Date, label(s.State), s.Text), details{"value": s.Text, "code": s.State.Code, "date": s.Date}, s.Source)
	}
}

func (p *page) mark() {
	m := p.r.Sign
	if m == nil {
		return
	}
	kinds := []string{label(m.Form)}
	for _, t := range m.Types {
		kinds = append(kinds, label(t))
	}
	p.fact("mark", "(540)", p.text("mark"), wordsOf(m.Words), details{"value": wordsOf(m.Words)}, m.Source)
	p.fact("mark-kind", "(550)", p.text("mark_kind"), joined(kinds...), details{"code": m.Form.Code}, m.Source)
	p.fact("mark-description", "(571)", p.text("mark_description"), wordsOf(m.Description), details{"value": wordsOf(m.Description)}, m.Source)
	p.fact("mark-disclaimer", "(526)", p.text("mark_disclaimer"), wordsOf(m.Disclaimer), details{"value": wordsOf(m.Disclaimer)}, m.Source)
	p.fact("mark-colours", "(591)", p.text("mark_colours"), m.Colours, details{"value": m.Colours}, m.Source)
}

func wordsOf(names []v1.Name) string {
	var words []string
	for _, n := range names {
		words = append(words, n.Name)
	}
	return strings.Join(words, "; ")
}

// life tells in which state the right is as of a day, why, and what comes next.
func (p *page) life() {
	l := p.r.Life
	if l == nil {
		return
	}
	p.fact("state", "", p.app.t("cli.show.state_on", ierr.Args{"day": l.On}), joined(label(l.State), p.since(l.Since), label(l.Certainty), lawText(l.Law)),
		details{"value": label(l.State), "code": l.State.Code, "date": l.Since, "note": label(l.Certainty)}, l.Source)
	if l.Endless {
		p.fact("term", "", p.text("term"), joined(p.app.t("life.term.none", nil), lawText(l.TermLaw)), nil)
	}
	p.fact("term", "", p.text("term"), joined(l.Ends, ifAny(l.Ends, lawText(l.TermLaw))), details{"date": l.Ends})
	for _, n := range l.Next {
		p.due(&n)
	}
	for _, o := range l.Overlays {
		p.fact("overlay", "", label(o.Overlay), strings.TrimSuffix(joined(o.Since+" –", o.Until), " "), details{"code": o.Overlay.Code, "date": o.Since}, o.Source)
	}
	for _, n := range l.Notes {
		p.fact("state-note", "", p.text("state_note"), n, details{"note": n})
	}
}

func (p *page) since(day string) string {
	if day == "" {
		return ""
	}
	return p.app.t("cli.show.since", ierr.Args{"day": day})
}

func (p *page) due(n *v1.DueStep) {
	parts := []string{n.Due}
	if n.Opens != "" {
		parts = append(parts, p.app.t("cli.show.opens", ierr.Args{"day": n.Opens}))
	}
	if n.Grace != "" {
		parts = append(parts, p.app.t("cli.show.grace", ierr.Args{"day": n.Grace}))
	}
	if n.Fen > 0 {
		parts = append(parts, "¥"+strconv.FormatInt(n.Fen/100, 10))
	}
	if n.Then != nil {
		parts = append(parts, p.app.t("life.step.then", ierr.Args{"state": label(*n.Then)}))
	}
	if n.Provisional {
		parts = append(parts, p.app.t("life.step.provisional", nil))
	}
	p.fact("due", "", label(n.Step), joined(append(parts, lawText(n.Law))...), details{"code": n.Step.Code, "date": n.Due})
}

func lawText(l *v1.Law) string {
	if l == nil {
		return ""
	}
	return l.Text
}

// ifAny returns text where there is a value for it to speak of.
func ifAny(value, text string) string {
	if value == "" {
		return ""
	}
	return text
}
