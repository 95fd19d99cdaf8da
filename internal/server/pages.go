package server

import (
	"context"
	"slices"

	"onewindow/internal/classify"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/query"
	"onewindow/internal/record"
	"onewindow/internal/region"
	"onewindow/internal/register"
	"onewindow/internal/web"
)

// pages answers what the pages ask.
type pages struct{ *Server }

var _ web.Register = pages{}

func (p pages) print(lang string) *i18n.Printer { return p.config.Catalogs.Printer(lang) }

// named returns the text called <family>.<code>, and the code where there is none.
func named(say *i18n.Printer, family, code string) string {
	if key := family + "." + code; say.Has(key) {
		return say.T(key, nil)
	}
	return code
}

// place names a region with the city around it and, outside the province, with
// the country or province that the evidence tells of.
func (p pages) place(say *i18n.Printer, e classify.Evidence) string {
	name := p.pack.Name(e.Code, say.Lang())
	if city := p.pack.City(e.Code); city != "" && city != e.Code {
		return say.T("place.within", ierr.Args{"place": name, "city": p.pack.Name(city, say.Lang())})
	}
	if where := p.glossary.Place(e.Note, say.Lang()); where != "" && e.Code == region.Elsewhere {
		return say.T("place.elsewhere", ierr.Args{"place": name, "where": where})
	}
	return name
}

// Number returns the record that a number names.
func (p pages) Number(ctx context.Context, number string) (int64, error) {
	v, err := p.register.ByNumber(ctx, number, register.AsOf{})
	if err != nil {
		return 0, err
	}
	return v.ID, nil
}

// Fields lists what queries can ask about.
func (p pages) Fields(lang string) []web.Field {
	var out []web.Field
	for _, f := range query.RightFields() {
		out = append(out, web.Field{Name: f.Name, Label: p.print(lang).T(f.Label, nil), Aliases: f.Aliases[lang]})
	}
	return out
}

// texts puts the text in the reader's language first.
func texts(lang string, in []register.Text) []register.Text {
	out := slices.Clone(in)
	slices.SortStableFunc(out, func(a, b register.Text) int {
		switch {
		case a.Lang == lang && b.Lang != lang:
			return -1
		case b.Lang == lang && a.Lang != lang:
			return 1
		}
		return 0
	})
	return out
}

// names returns a party's names, the one in the reader's language first.
func names(lang string, p *register.Party) []record.Text {
	out := slices.Clone(p.Names)
	slices.SortStableFunc(out, func(a, b record.Text) int {
		switch {
		case a.Lang == lang && b.Lang != lang:
			return -1
		case b.Lang == lang && a.Lang != lang:
			return 1
		}
		return 0
	})
	return out
}
