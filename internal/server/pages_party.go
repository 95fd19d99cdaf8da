package server

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onewindow/internal/api"
	"onewindow/internal/date"
	"onewindow/internal/find"
	"onewindow/internal/i18n"
	"onewindow/internal/lifecycle"
	"onewindow/internal/party"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// Limits of what a page of a party computes.
const (
	maxParties  = 50  // parties that a search lists
	maxLives    = 400 // rights of a party whose lives are computed
	soonDays    = 90  // where it has more: how soon their filing has its anniversary
	longestTerm = 20  // years, of which an anniversary is looked for
	maxDue      = 100
	latestShown = 6
)

// Parties looks for parties.
func (p pages) Parties(_ context.Context, lang, name string) ([]web.PartyRef, error) {
	say := p.print(lang)
	var found []party.Reference
	var err error
	if name == "" {
		found = p.Server.parties.Largest(maxParties)
	} else if found, err = p.Server.parties.Find(name, maxParties); err != nil {
		return nil, err
	}
	var out []web.PartyRef
	for _, r := range found {
		out = append(out, p.partyRef(say, r))
	}
	return out, nil
}

func (p pages) partyRef(say *i18n.Printer, r party.Reference) web.PartyRef {
	return web.PartyRef{ID: r.ID, Name: r.Name, Place: p.partyPlace(say, r.Place), Rights: r.Rights}
}

// partyPlace names the place of a name that counts only with it.
func (p pages) partyPlace(say *i18n.Printer, place string) string {
	if place == "" {
		return ""
	}
	code, post, _ := strings.Cut(place, "/")
	label := p.glossary.Place(code, say.Lang())
	if p.pack.Unit(code) != nil {
		label = p.pack.Name(code, say.Lang())
	}
	if post != "" {
		label += " " + say.T("party.post", map[string]any{"post": post})
	}
	return strings.TrimSpace(label)
}

// Party shows a party.
func (p pages) Party(ctx context.Context, lang, id string) (web.Holder, error) {
	whole, err := p.Server.parties.Show(id)
	if err != nil {
		return web.Holder{}, err
	}
	say := p.print(lang)
	out := p.described(say, whole)
	if err := p.holdings(ctx, say, &out); err != nil {
		return out, err
	}
	return out, p.livesOf(ctx, say, &out)
}

// described writes what is known of a party itself.
func (p pages) described(say *i18n.Printer, whole *party.Party) web.Holder {
	out := web.Holder{
		PartyRef: web.PartyRef{ID: whole.ID, Name: whole.ID, Rights: whole.Rights}, Idents: whole.Idents, Query: "holder=" + whole.ID,
	}
	if whole.Type != "" {
		out.Type = named(say, "holder-type", whole.Type)
	}
	for _, n := range whole.Names {
		name := web.PartyName{
			Text: n.Text, Lang: n.Lang, Place: p.partyPlace(say, n.Place), Rights: n.Rights, Since: month(n.Since), Until: month(n.Until),
			Confidence: n.Confidence, With: n.With,
		}
		if n.Rule != "" {
			name.Why = say.T("web.party.why", map[string]any{"rule": named(say, "party.rule", n.Rule), "with": n.With, "share": say.Percent(n.Confidence)})
		}
		out.Names = append(out.Names, name)
	}
	if len(whole.Names) > 0 {
		out.Name = whole.Names[0].Text
	}
	for _, a := range whole.Addresses {
		place := p.pack.Name(a.Region, say.Lang())
		if p.pack.Unit(a.Region) == nil {
			place = p.glossary.Place(a.Country, say.Lang())
		}
		text := strings.TrimSpace(a.Text + " " + a.Postcode)
		out.Addresses = append(out.Addresses, web.PartyAddress{Text: text, Place: place, Rights: a.Rights, Since: month(a.Since), Until: month(a.Until)})
	}
	if whole.Parent != nil {
		ref := p.partyRef(say, *whole.Parent)
		out.Parent = &ref
	}
	for _, b := range whole.Branches {
		out.Branches = append(out.Branches, p.partyRef(say, b))
	}
	return out
}

// month writes 201907 as 2019-07.
func month(m int) string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", m/100, m%100)
}

// holdings counts what a party holds and lists the latest of it.
func (p pages) holdings(ctx context.Context, say *i18n.Printer, out *web.Holder) error {
	found, err := p.finder.Search(ctx, find.Public(), find.Request{
		Query: out.Query, Lang: say.Lang(), Sort: find.ByDate, Limit: latestShown, Facets: []string{"kind", "field", "year", "region"},
	})
	if err != nil {
		return err
	}
	out.Holds = found.Total
	parsed, err := p.finder.Parse(out.Query)
	if err != nil {
		return err
	}
	for _, f := range found.Facets {
		out.Facets = append(out.Facets, p.facet(parsed, f))
	}
	for _, h := range found.Hits {
		if h.View != nil {
			out.Latest = append(out.Latest, p.item(say, h.View, nil))
		}
	}
	return nil
}

// livesOf computes the states of a party's rights and what falls due next. Of a
// party with many rights it looks at those whose filing has its anniversary soon,
// since annuities and terms fall on it; where these are too many still, at the
// newest of them.
func (p pages) livesOf(ctx context.Context, say *i18n.Printer, out *web.Holder) error {
	out.On = p.register.Today()
	query := out.Query
	if out.Holds > maxLives {
		query, out.Near = out.Query+" and ("+anniversaries(out.On)+")", true
	}
	found, err := p.finder.Search(ctx, find.Public(), find.Request{Query: query, Lang: say.Lang(), Sort: find.ByDate, Limit: maxLives})
	if err != nil {
		return err
	}
	states := map[string]int64{}
	for _, h := range found.Hits {
		if h.View == nil {
			continue
		}
		out.Examined++
		life := p.backend.LifeOf(ctx, h.View, out.On, found.State)
		states[life.State]++
		out.Due = append(out.Due, p.dues(say, h.View, life)...)
	}
	slices.SortStableFunc(out.Due, func(a, b web.Due) int { return int(a.Due - b.Due) })
	out.Due = out.Due[:min(len(out.Due), maxDue)]
	for code, n := range states {
		if code == "" {
			code = "unknown"
		}
		out.States = append(out.States, web.Tally{Label: named(say, "state", code), N: n})
	}
	slices.SortFunc(out.States, func(a, b web.Tally) int {
		if a.N != b.N {
			return int(b.N - a.N)
		}
		return strings.Compare(a.Label, b.Label)
	})
	return nil
}

// anniversaries asks for filings that have an anniversary within the days to come.
func anniversaries(on date.Date) string {
	var all []string
	for year := 1; year <= longestTerm; year++ {
		from := on.AddMonths(-12 * year)
		all = append(all, fmt.Sprintf(`fd within "%s %s"`, from, from.AddDays(soonDays)))
	}
	return strings.Join(all, " or ")
}

// dues are the steps of a right that lie ahead, and the end of its term.
func (p pages) dues(say *i18n.Printer, v *register.View, life lifecycle.Life) []web.Due {
	due := web.Due{ID: v.ID, Title: v.Title()}
	if t := texts(say.Lang(), v.Titles); len(t) > 0 {
		due.Title = t[0].Text.Text
	}
	if len(v.Documents) > 0 {
		due.Number = v.Documents[0].ID
	}
	s := sheet{pages: p, say: say, v: v}
	told := api.Life(say, v, life)
	var out []web.Due
	for i := range told.Next {
		due.Step = s.due(&told.Next[i])
		if due.Due >= life.On {
			out = append(out, due)
		}
	}
	if ends, _ := date.Parse(told.Ends); ends >= life.On && len(told.Next) == 0 {
		due.Step = web.Step{Label: say.T("web.life.term", nil), Due: ends, Law: lawText(told.TermLaw)}
		out = append(out, due)
	}
	return out
}
