package tabular

import (
	"strconv"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// plain are the fields that stand by themselves.
var plain = map[string]*field{
	"kind":     {shape: choice, known: kindNames(), set: func(r *row, _ *Column, v []value) { keep((*string)(&r.doc.Kind), v[0].text) }},
	"office":   {set: func(r *row, _ *Column, v []value) { r.doc.Office = v[0].text }},
	"code":     {set: func(r *row, _ *Column, v []value) { keep(&r.doc.Code, v[0].text) }},
	"number":   {shape: digits, set: func(r *row, _ *Column, v []value) { keep(&r.number, v[0].text) }},
	"right":    {shape: digits, set: func(r *row, _ *Column, v []value) { keep(&r.right, v[0].text) }},
	"gazette":  {set: func(r *row, _ *Column, v []value) { keep(&r.doc.Gazette, v[0].text) }},
	"title":    {many: true, set: func(r *row, c *Column, v []value) { r.doc.Titles = appendTexts(r.doc.Titles, r.lang(c), v) }},
	"abstract": {set: func(r *row, c *Column, v []value) { r.doc.Abstracts = appendTexts(r.doc.Abstracts, r.lang(c), v) }},
	"claims": {shape: count, set: func(r *row, _ *Column, v []value) {
		r.doc.Claims, _ = strconv.Atoi(v[0].text) // a count is digits alone
	}},
	"cited": {many: true, set: func(r *row, _ *Column, v []value) {
		for _, x := range v {
			r.doc.Cited = append(r.doc.Cited, x.text)
		}
	}},
	"application": {shape: digits, set: func(r *row, _ *Column, v []value) { keep(&r.application, v[0].text) }},
	"filed":       {shape: day, set: func(r *row, _ *Column, v []value) { keepDay(&r.doc.Application.Filed, v[0].day) }},
	"published":   {shape: day, set: func(r *row, _ *Column, v []value) { keepDay(&r.doc.Published, v[0].day) }},
	"issued":      {shape: day, set: func(r *row, _ *Column, v []value) { keepDay(&r.doc.Issued, v[0].day) }},
	"status":      {shape: choice, known: statusCodes, set: func(r *row, _ *Column, v []value) { keep(&r.status().Code, v[0].text) }},
	"status.text": {set: func(r *row, _ *Column, v []value) { keep(&r.status().Text, v[0].text) }},
	"status.date": {shape: day, set: func(r *row, _ *Column, v []value) { keepDay(&r.status().Date, v[0].day) }},
	"mark.words": {many: true, set: func(r *row, c *Column, v []value) {
		r.mark().Words = appendTexts(r.mark().Words, r.lang(c), v)
	}},
	"mark.form":        {shape: choice, known: markForms, set: func(r *row, _ *Column, v []value) { keep(&r.mark().Form, v[0].text) }},
	"mark.type":        {shape: choice, known: markTypes, many: true, set: setMarkTypes},
	"mark.colours":     {set: func(r *row, _ *Column, v []value) { keep(&r.mark().Colours, v[0].text) }},
	"mark.description": {set: func(r *row, c *Column, v []value) { r.mark().Description = appendTexts(nil, r.lang(c), v) }},
	"mark.disclaimer":  {set: func(r *row, c *Column, v []value) { r.mark().Disclaimer = appendTexts(nil, r.lang(c), v) }},
	"goods":            {many: true, set: func(r *row, c *Column, v []value) { g := r.goods(); g.Texts = appendTexts(g.Texts, r.lang(c), v) }},
	"goods.group": {many: true, set: func(r *row, _ *Column, v []value) {
		for _, x := range v {
			r.goods().Groups = append(r.goods().Groups, x.text)
		}
	}},
}

// statusCodes are the states of the life cycles that a table's words may stand for.
var statusCodes = []string{
	"filed", "formality_exam", "examination", "published", "substantive_exam", "national_phase", "preliminarily_approved",
	"opposed", "granting", "in_force", "registered", "protected", "annuity_grace", "refused", "withdrawn", "lapsed", "expired",
	"abandoned", "invalidated", "cancelled",
}

var markForms = []string{"word", "figurative", "combined", "three_dimensional", "colour", "sound", "other"}

var markTypes = []string{
	record.MarkCollective, record.MarkCertification, record.MarkGeographical, record.MarkService, record.MarkWellKnown, "",
}

func kindNames() []string {
	out := make([]string, len(record.Kinds))
	for i, k := range record.Kinds {
		out[i] = string(k)
	}
	return out
}

func setMarkTypes(r *row, _ *Column, v []value) {
	for _, x := range v {
		if x.text != "" {
			r.mark().Types = append(r.mark().Types, x.text)
		}
	}
}

// keep fills in a text that is not filled yet: of several columns for one field
// the first that holds something counts.
func keep(into *string, text string) {
	if *into == "" {
		*into = text
	}
}

func keepDay(into *date.Date, d date.Date) {
	if *into == 0 {
		*into = d
	}
}

func appendTexts(list []record.Text, lang string, v []value) []record.Text {
	for _, x := range v {
		list = append(list, record.Text{Lang: lang, Text: x.text})
	}
	return list
}

func appendFacts(list []record.Fact, name string, c *Column, v []value) []record.Fact {
	for _, x := range v {
		if x.day != 0 {
			x.text = x.day.String()
		}
		list = append(list, record.Fact{Name: name, Lang: c.lang, Text: x.text})
	}
	return list
}
