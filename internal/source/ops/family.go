package ops

import (
	"onewindow/internal/record"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// familyBudget is how many filings the documents of one answer list of their
// families: each names all others. A larger family is known by its number.
const familyBudget = 500_000

// family reads a family: a document for each member, and notices of what
// happened to it. Members of one simple family, those of one family number,
// name each other; those of the extended family around it do not.
func (a *answer) family(n *xmlrec.Node) {
	n.Attr("legal")
	n.Attr("total-result-count")
	n.Child("publication-reference").Use() // the one that was asked for
	members := n.All("family-member")
	published, applied := make([]record.Filing, len(members)), make([]exchange.Forms, len(members))
	simple := map[string][]int{}
	var notes exchange.Notes
	for i, m := range members {
		published[i], _ = notes.Forms(m.Child("publication-reference")).Filing(record.RelFamily, true)
		applied[i] = notes.Forms(m.Child("application-reference"))
		id := m.Attr("family-id")
		simple[id] = append(simple[id], i)
	}
	for i, m := range members {
		d := a.member(m)
		if d == nil {
			continue
		}
		id := m.Attr("family-id")
		for _, k := range a.spend(d, simple[id]) {
			if k != i && published[k].Number != "" && !exchange.SameRight(d, applied[k]) {
				d.Filings = append(d.Filings, published[k])
			}
		}
		a.document(d, nil)
		for _, notice := range legal(d, m.All("legal")) {
			a.document(notice, nil)
		}
	}
}

// member reads one member, with its bibliographic data where the answer has
// them. It returns nil for one that is rejected.
func (a *answer) member(m *xmlrec.Node) *record.Document {
	id := m.Attr("family-id")
	if whole := m.Child("exchange-document"); whole != nil {
		whole.Attr("system")
		d, reject := exchange.Document(whole, 0)
		if reject != nil {
			a.refuse(reject)
			return nil
		}
		for _, again := range m.All("publication-reference", "application-reference", "priority-claim") {
			again.Use()
		}
		return d
	}
	var r exchange.Notes
	d, reject := exchange.Numbered(r.Forms(m.All("publication-reference")...).Best())
	if reject != nil {
		a.refuse(reject)
		return nil
	}
	exchange.Apply(d, r.Forms(m.All("application-reference")...))
	d.Filings = r.Priorities(nil, d, m.All("priority-claim"))
	family(d, id)
	d.Flags = r.List
	return d
}

// spend returns the members of a simple family while there is budget to list
// them, and flags the document where there is not.
func (a *answer) spend(d *record.Document, simple []int) []int {
	if a.budget < len(simple) {
		d.Flags = append(d.Flags, record.Flag{Code: "family.large", Field: "family-member"})
		return nil
	}
	a.budget -= len(simple)
	return simple
}
