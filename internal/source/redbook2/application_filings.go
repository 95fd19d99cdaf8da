package redbook2

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// continuity are the elements that name a parent document, and what they say of it.
var continuity = map[string]string{
	"division-of": record.RelDivisional, "continuation-of": record.RelContinues, "continuation-in-part-of": record.RelPart,
	"continuing-reissue-of": record.RelContinues, "a-371-of-international": record.RelPCT,
	"substitution-for": record.RelSubstitutes, "reissue-of": record.RelReissue,
}

func (r *applicationReader) filings() {
	for _, n := range r.bib.All("foreign-priority-data") {
		usfield.AddFiling(r.doc, record.Filing{Relation: record.RelPriority, Office: r.text(n, "country-code"),
			Number: r.text(n, "priority-application-number", "doc-number"), Date: r.Day(n.Child("filing-date"))})
	}
	data := r.bib.Child("continuity-data")
	for _, list := range append([]*xmlrec.Node{data}, data.All("continuations")...) {
		for _, n := range list.All("division-of", "continuation-of", "continuation-in-part-of", "continuing-reissue-of",
			"a-371-of-international", "substitution-for", "reissue-of") {
			r.parent(continuity[n.Name], n)
		}
	}
	for _, n := range data.All("non-provisional-of-provisional") {
		r.filing(record.RelProvision, n)
	}
	for _, n := range append(data.All("corrected-republication-of"), r.bib.All("prior-publication")...) {
		f := r.document(record.RelEarlier, n)
		r.AddEarlier(r.doc, f.Office, f.Number, f.Code, f.Date, n.Name)
	}
	for _, n := range r.bib.All("international-conventions") {
		r.filing(record.RelPCT, n.Child("pct-application"))
		r.filing(record.RelPCTPub, n.Child("pct-publication"))
	}
}

// document reads the document-id in n as a filing. Without a country it is this
// office's.
func (r *applicationReader) document(relation string, n *xmlrec.Node) record.Filing {
	id := n.Child("document-id")
	f := record.Filing{Relation: relation, Office: r.text(id, "country-code"), Number: r.text(id, "doc-number"),
		Code: r.text(id, "kind-code"), Date: r.Day(id.Child("document-date"))}
	if f.Office == "" && f.Number != "" {
		f.Office = usfield.Office
	}
	return f
}

func (r *applicationReader) filing(relation string, n *xmlrec.Node) {
	usfield.AddFiling(r.doc, r.document(relation, n))
}

// parent reads the parent's application, its grant and its international
// application. The child is the application itself, or one that was named before,
// or else one of the family.
func (r *applicationReader) parent(relation string, n *xmlrec.Node) {
	for _, p := range n.All("parent-child") {
		r.filing(relation, p.Child("parent"))
		if granted := p.Child("parent-patent"); granted != nil {
			usfield.AddGrant(r.doc, r.document(relation, granted))
		}
		if child := p.Child("child"); usfield.Names(r.doc, r.text(child, "document-id", "doc-number")) {
			child.Use()
		} else {
			r.filing(record.RelFamily, child)
		}
	}
	r.filing(record.RelPCT, n.Child("parent-pct"))
}
