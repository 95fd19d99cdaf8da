package st96

import (
	"slices"
	"strings"

	"onewindow/internal/record"
)

// normal puts a document in the order in which it is read back, and leaves out
// what ST.96 does not carry. The list is that of doc/formats.md.
func normal(d record.Document) record.Document {
	d.Flags = nil
	d.Days = slices.Clone(d.Days)
	slices.SortFunc(d.Days, func(a, b record.Day) int { return strings.Compare(a.Name, b.Name) })
	d.Facts = slices.Clone(d.Facts)
	slices.SortStableFunc(d.Facts, func(a, b record.Fact) int { return strings.Compare(a.Name, b.Name) })
	d.Events = slices.Clone(d.Events)
	slices.SortStableFunc(d.Events, func(a, b record.Event) int { return strings.Compare(a.Code, b.Code) })
	d.Filings = slices.Clone(d.Filings)
	slices.SortStableFunc(d.Filings, func(a, b record.Filing) int { return strings.Compare(a.Relation, b.Relation) })
	d.Parties = slices.Clone(d.Parties)
	slices.SortStableFunc(d.Parties, func(a, b record.Party) int { return place2(a.Role) - place2(b.Role) })
	d.Classes = slices.Clone(d.Classes)
	slices.SortStableFunc(d.Classes, func(a, b record.Class) int {
		return slices.Index(record.Schemes, a.Scheme) - slices.Index(record.Schemes, b.Scheme)
	})
	name, _ := Instance(d.Kind)
	if name != "PatentPublication" { // when it was made is said of patents alone
		r := reader{doc: &d}
		d.Issued = 0
		r.finish()
		d.Flags = nil
	}
	if name == "DesignApplication" { // claims are not counted apart from their text; there is no place for facts
		d.Claims, d.Facts = 0, nil
		d.Titles = d.Titles[:min(len(d.Titles), 1)]
		d.Cited = slices.DeleteFunc(slices.Clone(d.Cited), func(s string) bool { _, ok := parseCitation(s); return !ok })
		d.Filings = slices.DeleteFunc(d.Filings, func(f record.Filing) bool { return f.Relation != record.RelPriority })
	}
	if name == "PatentPublication" {
		carriedByPatents(&d)
	}
	return d
}

func place2(role record.Role) int { return slices.Index(record.Roles, role) }

// carriedByPatents leaves what a PatentPublication carries.
func carriedByPatents(d *record.Document) {
	d.Status, d.Events = nil, nil
	d.Days = slices.DeleteFunc(d.Days, func(day record.Day) bool { return day.Name != record.DayNational })
	d.Facts = slices.DeleteFunc(d.Facts, func(f record.Fact) bool { return f.Name != record.FactDesignated })
	images := []record.Image{}
	for _, i := range d.Images {
		if i.Text = ""; i.Use == "drawing" {
			images = append(images, i)
		}
	}
	d.Images = images
	seen := map[string]bool{}
	d.Filings = slices.DeleteFunc(d.Filings, func(f record.Filing) bool {
		again := seen[f.Relation] && (f.Relation == record.RelPCT || f.Relation == record.RelPCTPub)
		seen[f.Relation] = true
		return again || f.Relation == record.RelFamily
	})
	d.Parties = slices.DeleteFunc(d.Parties, func(p record.Party) bool {
		return !slices.Contains([]record.Role{record.Applicant, record.Holder, record.Inventor, record.Agent, record.Agency}, p.Role)
	})
}
