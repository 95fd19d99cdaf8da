package redbook2

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// parents are the elements that name a parent document, and what they say of it.
var parents = []struct {
	path     []string
	relation string
}{
	{[]string{"B610"}, record.RelAddition}, {[]string{"B620"}, record.RelDivisional},
	{[]string{"B630", "B631"}, record.RelContinues}, {[]string{"B630", "B632"}, record.RelPart},
	{[]string{"B630", "B633"}, record.RelContinues}, {[]string{"B640"}, record.RelReissue},
	{[]string{"B641US"}, record.RelDivisional}, {[]string{"B645"}, record.RelReexamined},
	{[]string{"B646US"}, record.RelReexamined}, {[]string{"B660"}, record.RelSubstitutes},
}

func (r *grantReader) filings() {
	for _, n := range r.bib.All("B300") {
		r.add(record.Filing{Relation: record.RelPriority, Office: r.text(n, "B330", "CTRY"), Number: r.text(n, "B310", "DNUM"), Date: r.day(n.Child("B320"))})
	}
	related := r.bib.Child("B600")
	for _, p := range parents {
		list := []*xmlrec.Node{related}
		for _, name := range p.path {
			var inner []*xmlrec.Node
			for _, n := range list {
				inner = append(inner, n.All(name)...)
			}
			list = inner
		}
		for _, n := range list {
			r.parent(p.relation, n)
		}
	}
	for _, n := range related.All("B680US") {
		r.filing(record.RelProvision, n.Child("DOC"))
	}
	for _, n := range related.All("B690US") {
		r.earlier(n)
	}
	if n := r.bib.At("B800", "B860"); n != nil {
		r.filing(record.RelPCT, n.At("B861", "DOC"))
		r.add(record.Filing{Relation: record.RelNational, Date: r.day(n.Child("B864US"))})
		r.filing(record.RelPCTPub, r.bib.At("B800", "B870", "B871", "DOC"))
	}
}

func (r *grantReader) add(f record.Filing) { usfield.AddFiling(r.doc, f) }

// document reads a DOC as a filing. Without a country it is this office's.
func (r *grantReader) document(relation string, n *xmlrec.Node) record.Filing {
	f := record.Filing{Relation: relation, Office: r.text(n, "CTRY"), Number: r.text(n, "DNUM"), Code: r.text(n, "KIND"), Date: r.day(n)}
	if f.Office == "" && f.Number != "" {
		f.Office = usfield.Office
	}
	return f
}

func (r *grantReader) filing(relation string, n *xmlrec.Node) { r.add(r.document(relation, n)) }

func (r *grantReader) earlier(n *xmlrec.Node) {
	f := r.document(record.RelEarlier, n.Child("DOC"))
	r.AddEarlier(r.doc, f.Office, f.Number, f.Code, f.Date, n.Name)
}

// parent reads the parent's application and its grant. The child is the
// application itself, or one that was named before, or else one of the family.
func (r *grantReader) parent(relation string, n *xmlrec.Node) {
	for _, p := range n.All("PARENT-US") {
		r.filing(relation, p.At("PDOC", "DOC"))
		if granted := p.At("PPUB", "DOC"); granted != nil {
			usfield.AddGrant(r.doc, r.document(relation, granted))
		}
		if before := p.Child("B650"); before != nil {
			r.earlier(before)
		}
		if child := p.Child("CDOC"); usfield.Names(r.doc, r.text(child, "DOC", "DNUM")) {
			child.Use()
		} else {
			r.filing(record.RelFamily, child.Child("DOC"))
		}
	}
}
