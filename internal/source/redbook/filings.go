package redbook

import (
	"maps"
	"slices"

	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// relations are the elements of us-related-documents and what they say of the
// parent document.
var relations = map[string]string{
	"addition":                        record.RelAddition,
	"division":                        record.RelDivisional,
	"us-divisional-reissue":           record.RelDivisional,
	"continuation":                    record.RelContinues,
	"continuing-reissue":              record.RelContinues,
	"continuation-in-part":            record.RelPart,
	"reissue":                         record.RelReissue,
	"reexamination":                   record.RelReexamined,
	"us-reexamination-reissue-merger": record.RelReexamined,
	"substitution":                    record.RelSubstitutes,
	"utility-model-basis":             record.RelBasedOn,
	"correction":                      record.RelEarlier,
}

var relatives = slices.Sorted(maps.Keys(relations))

func (r *reader) filings() {
	for _, n := range r.bib.Child("priority-claims").All("priority-claim") {
		n.Attr("sequence")
		n.Attr("kind") // national, regional, international: its office tells
		r.filing(record.RelPriority, n)
	}
	related := r.bib.Child("us-related-documents")
	for _, n := range related.All(relatives...) {
		if relation := relations[n.Name]; relation != "" {
			r.parent(relation, n)
		}
	}
	for _, n := range related.All("us-provisional-application") {
		r.filing(record.RelProvision, n)
	}
	for _, n := range related.All("related-publication") {
		id := r.id(n)
		r.AddEarlier(r.doc, id.office, id.number, id.code, r.Day(id.date), n.Name)
	}
	entry := r.bib.Child("pct-or-regional-filing-data")
	r.filing(record.RelPCT, entry)
	if day := r.Day(entry.Child("us-371c124-date", "us-371c12-date").Child("date")); day != 0 {
		r.doc.Filings = append(r.doc.Filings, record.Filing{Relation: record.RelNational, Date: day})
	}
	r.filing(record.RelPCTPub, r.bib.Child("pct-or-regional-publishing-data"))
	if n := r.bib.Child("hague-agreement-data"); n != nil {
		f := record.Filing{Relation: record.RelHague, Office: "WO", Number: r.Value(n.Child("international-registration-number")),
			Date: r.Day(n.Child("international-registration-date").Child("date"))}
		r.doc.Filings = append(r.doc.Filings, f)
	}
}

// filing adds the filing that the document-id in n names.
func (r *reader) filing(relation string, n *xmlrec.Node) {
	if n == nil {
		return
	}
	id := r.id(n)
	usfield.AddFiling(r.doc, record.Filing{Relation: relation, Office: id.office, Number: id.number, Code: id.code, Date: r.Day(id.date)})
}

// parent reads what the application grew out of: the parent's application, its
// grant and its international application. The child is the application itself,
// or one that was named before, or else one of the family.
func (r *reader) parent(relation string, n *xmlrec.Node) {
	inner := n.Child("relation", "us-relation")
	if inner == nil {
		inner = n
	}
	from := inner.Child("parent-doc")
	r.filing(relation, from)
	if granted := from.Child("parent-grant-document"); granted != nil {
		id := r.id(granted)
		usfield.AddGrant(r.doc, record.Filing{Relation: relation, Office: id.office, Number: id.number, Code: id.code, Date: r.Day(id.date)})
	}
	r.filing(record.RelPCT, from.Child("parent-pct-document"))
	for _, child := range inner.All("child-doc") {
		if id := r.id(child); usfield.Names(r.doc, id.number) {
			child.Use()
		} else {
			r.filing(record.RelFamily, child)
		}
	}
}
