package server

import (
	"onewindow/internal/i18n"
	"onewindow/internal/query"
	"onewindow/internal/region"
	"onewindow/internal/web"
)

// ownPlace are fields that the form has a place of their own for.
var ownPlace = map[string]bool{"kind": true, "region": true, "holder-type": true, "field": true}

// Choices lists what the form of advanced search offers: all of it comes from the
// language's fields and the definitions.
func (p pages) Choices(lang string) web.Choices {
	say := p.print(lang)
	sorts := map[query.Type]string{query.Text: "text", query.Name: "name", query.Number: "number", query.Class: "class", query.Listed: "listed"}
	out := web.Choices{IPC: p.ipc(lang)}
	for _, f := range p.finder.Fields() {
		if f.Type != query.Date {
			out.Fields = append(out.Fields, web.FieldChoice{Choice: web.Choice{Value: f.Name, Label: say.T(f.Label, nil)}, Sort: sorts[f.Type]})
		}
		if !ownPlace[f.Name] {
			continue
		}
		list := web.ListChoice{Choice: web.Choice{Value: f.Name, Label: say.T(f.Label, nil)}}
		if f.Name == "region" {
			list.Groups = p.regionChoices(say)
		} else {
			group := web.ChoiceGroup{}
			for _, code := range p.finder.Values(f.Name) {
				group.Choices = append(group.Choices, web.Choice{Value: code, Label: named(say, f.Name, code)})
			}
			list.Groups = []web.ChoiceGroup{group}
		}
		out.Lists = append(out.Lists, list)
	}
	return out
}

// regionChoices lists the groups of cities and, city by city, what lies in each.
func (p pages) regionChoices(say *i18n.Printer) []web.ChoiceGroup {
	choice := func(code string) web.Choice { return web.Choice{Value: code, Label: p.pack.Name(code, say.Lang())} }
	first := web.ChoiceGroup{}
	for _, g := range p.pack.Groups() {
		first.Choices = append(first.Choices, choice(g.Code))
	}
	out := []web.ChoiceGroup{}
	for _, city := range p.pack.Children(p.pack.Code()) {
		group := web.ChoiceGroup{Label: p.pack.Name(city, say.Lang()), Choices: []web.Choice{choice(city)}}
		for _, code := range p.pack.Children(city) {
			if u := p.pack.Unit(code); u != nil && u.Valid(0) {
				group.Choices = append(group.Choices, choice(code))
			}
		}
		out = append(out, group)
	}
	first.Choices = append(first.Choices, choice(p.pack.Other()), choice(region.Elsewhere), choice(region.Unknown))
	return append([]web.ChoiceGroup{first}, out...)
}

func (p pages) ipc(lang string) []web.Choice {
	var out []web.Choice
	for _, symbol := range p.glossary.Classes() {
		if at, title := p.glossary.Class(symbol, lang); at == symbol {
			out = append(out, web.Choice{Value: symbol, Label: title})
		}
	}
	return out
}

// Compose writes the query that rows ask for.
func (p pages) Compose(rows []query.Row) string { return p.finder.Compose(rows) }

// TakeApart parses a query and takes it apart.
func (p pages) TakeApart(lang, q string) (web.Parts, error) {
	parsed, err := p.finder.Parse(q)
	if err != nil {
		return web.Parts{}, err
	}
	told, err := p.finder.Explain(q, lang)
	if err != nil {
		return web.Parts{}, err
	}
	out := web.Parts{Query: told.Query, Understood: told.Steps, Notes: told.Notes}
	out.Rows, out.Fits = parsed.Rows()
	return out, nil
}
