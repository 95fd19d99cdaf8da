package api

import (
	"onewindow/internal/api/v1"
	"onewindow/internal/classify"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/region"
	"onewindow/internal/register"
)

// classified writes out how a right is counted, and why.
func (s *server) classified(say *i18n.Printer, v *register.View, r *v1.Record) {
	if v.Gone {
		return
	}
	found := s.Finder.Classify(v)
	r.Region = s.finding(say, v, "region", found.Region)
	r.HolderType = s.finding(say, v, "holder-type", found.HolderType)
	r.Field = s.finding(say, v, "field", found.Field)
}

func (s *server) finding(say *i18n.Printer, v *register.View, field string, e classify.Evidence) v1.Finding {
	out := v1.Finding{
		Class: s.found(say, field, e), Rule: e.Rule, Reason: named(say, "rule", e.Rule).Label, Evidence: e.Match, Confidence: e.Confidence,
	}
	if e.Note != "" {
		note := named(say, "note", e.Note)
		if note.Label == "" {
			note.Label = s.Place(e.Note, say.Lang())
		}
		out.Note = &note
	}
	if o := v.Override(field); o != nil && e.Rule == "override" {
		out.Override, out.Decision = o.ID, idText(o.Ruling)
	}
	return out
}

// found is class of what was found; a region elsewhere is named with the country
// or province that the evidence tells of.
func (s *server) found(say *i18n.Printer, field string, e classify.Evidence) v1.Class {
	c := s.class(say, field, e.Code)
	if where := s.Place(e.Note, say.Lang()); where != "" && e.Code == region.Elsewhere {
		c.Label = say.T("place.elsewhere", ierr.Args{"place": c.Label, "where": where})
	}
	return c
}

// class returns a value of a field of the classification with its name. Counties
// are named with their city: several cities have counties of one name.
func (s Backend) class(say *i18n.Printer, field, code string) v1.Class {
	if field != "region" {
		return named(say, field, code)
	}
	name := s.Region.Name(code, say.Lang())
	if city := s.Region.City(code); city != "" && city != code {
		name = say.T("place.within", ierr.Args{"place": name, "city": s.Region.Name(city, say.Lang())})
	}
	return v1.Class{Code: code, Label: name}
}

// checkClass refuses a value that cannot be assigned in a field of the classification.
func (s *server) checkClass(field, value string) error {
	if !s.Assignable(field, value) {
		return ierr.New(ierr.Invalid, "api.class", ierr.Args{"field": field, "value": value})
	}
	return nil
}
