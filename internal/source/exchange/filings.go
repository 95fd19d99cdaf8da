package exchange

import (
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// claims reads the priorities. DOCDB gives a right without an earlier filing its
// own application for one; that says nothing and is left out.
func (r *reader) claims() {
	r.doc.Filings = r.Priorities(r.doc.Filings, r.doc, r.bib.Child("priority-claims").All("priority-claim"))
}

// Priorities adds the priorities that a document claims. Claims of one sequence
// are forms of one number; those in the office's own form are numbered for
// themselves, so that for an American number all of them are looked through.
func (r *Notes) Priorities(to []record.Filing, d *record.Document, list []*xmlrec.Node) []record.Filing {
	bySequence := map[string][]*xmlrec.Node{}
	var order []string
	originals := []ID{{Number: d.Application.Number}} // a right's own application may be among its priorities
	for i, n := range list {
		seq := n.Attr("sequence")
		if seq == "" {
			seq = "#" + strconv.Itoa(i)
		}
		if bySequence[seq] == nil {
			order = append(order, seq)
		}
		bySequence[seq] = append(bySequence[seq], n)
		n.Attr("kind")
		if own := r.Forms(n).Original; own.Number != "" {
			originals = append(originals, own)
		}
	}
	for _, seq := range order {
		forms := r.Forms(bySequence[seq]...)
		forms.Original = ownForm(forms, originals)
		if forms == (Forms{}) {
			forms.Docdb = r.ID(bySequence[seq][0]) // the register's form: the parts stand in the claim
		}
		f, ok := forms.Filing(record.RelPriority, false)
		switch {
		case !ok || f.Office == d.Office && f.Number == d.Application.Number:
			continue
		case f.Office == "WO":
			f.Relation = record.RelPCT
		}
		to = AddFiling(to, f)
	}
	return to
}

// ownForm returns the form among originals that belongs to a number.
func ownForm(forms Forms, originals []ID) ID {
	forms.Original = ID{}
	plain := Application(forms)
	for _, own := range originals {
		forms.Original = own
		if Application(forms) != plain {
			return own
		}
	}
	return ID{}
}

// AddFiling adds a filing that is not there yet.
func AddFiling(list []record.Filing, f record.Filing) []record.Filing {
	for _, o := range list {
		if o.Relation == f.Relation && o.Office == f.Office && o.Number == f.Number && o.Code == f.Code {
			return list
		}
	}
	return append(list, f)
}

// family reads the number of the simple family and, where the document lists
// them, the publications of its other members.
func (r *reader) family() {
	if id := r.root.Attr("family-id"); id != "" && id != "-1" {
		r.fact(record.FactFamily, entry.Clip(id))
	}
	seen := map[record.Filing]bool{}
	for _, member := range r.root.Child("patent-family").All("family-member") {
		published, application := member.All("publication-reference"), r.Forms(member.All("application-reference")...)
		if SameRight(r.doc, application) {
			member.Use()
			continue
		}
		bySequence := map[string][]*xmlrec.Node{}
		var order []string
		for _, n := range published {
			seq := n.Attr("sequence")
			if bySequence[seq] == nil {
				order = append(order, seq)
			}
			bySequence[seq] = append(bySequence[seq], n)
		}
		for _, seq := range order {
			r.member(r.Forms(bySequence[seq]...), true, seen)
		}
		if len(published) == 0 {
			r.member(application, false, seen)
		}
	}
}

// SameRight tells whether an application is the one that a document rests on:
// publications of one right are no family of each other.
func SameRight(d *record.Document, forms Forms) bool {
	forms.Original = ID{Number: d.Application.Number}
	number := applied(d.Office, forms).Number // empty where another office counts
	return number != "" && number == d.Application.Number
}

func (r *reader) member(forms Forms, publication bool, seen map[record.Filing]bool) {
	f, ok := forms.Filing(record.RelFamily, publication)
	if !ok || seen[f] || publication && f.Office == r.doc.Office && f.Number == r.doc.Number && f.Code == r.doc.Code {
		return
	}
	seen[f] = true
	r.doc.Filings = append(r.doc.Filings, f)
}

// citations reads what is cited, one line each: "CN1719946A,2006.01.11".
func (r *reader) citations() {
	seen := map[string]bool{}
	for _, n := range r.bib.Child("references-cited").All("citation") {
		n.Attr("sequence")
		line := r.Cited(n)
		if line == "" || seen[line] {
			continue
		}
		seen[line] = true
		r.doc.Cited = append(r.doc.Cited, line)
	}
}

// Cited returns the line for a citation, a publication or other literature.
func (r *Notes) Cited(n *xmlrec.Node) string {
	patent := n.Child("patcit")
	patent.Attr("num")
	patent.Attr("dnum-type")
	forms := r.Forms(patent)
	id := forms.Best()
	if id.Number == "" {
		id.Number = patent.Attr("dnum")
	} else {
		patent.Attr("dnum")
	}
	if id.Number == "" {
		other := n.Child("nplcit")
		other.Attr("num")
		return strings.TrimSpace(other.Child("text").Text(nil))
	}
	line := id.Country + id.Number + id.Kind
	if p, err := Publication(id.Country, id.Number, id.Kind); err == nil {
		line = p.String()
	}
	if id.Date != 0 {
		line += "," + strings.ReplaceAll(id.Date.String(), "-", ".")
	}
	return line
}
