package st96

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// niceClass writes a class number in two digits, "009" as "09".
func niceClass(s string) string {
	s = strings.TrimLeft(s, "0")
	if len(s) == 1 {
		s = "0" + s
	}
	return s
}

// goods reads one GoodsServices. Each class gives a Nice class of the right,
// and what is said of it goods of the class. National classes are China's
// similar groups, or classes of another scheme.
func (r *reader) goods(n *xmlrec.Node, scheme record.Scheme) {
	var classes, groups []string
	for _, c := range n.Child("GoodsServicesClassificationBag").All("GoodsServicesClassification") {
		kind := c.Child("ClassificationKindCode").Value()
		number := niceClass(c.Child("ClassNumber").Value())
		if number != "" && kind == "Nice" {
			classes = append(classes, number)
		}
		if kind == "Domestic" && scheme != record.Nice {
			r.class(record.Class{Scheme: scheme, Symbol: c.Child("NationalClassNumber").Value()})
		} else if kind == "Domestic" && r.doc.Office == "CN" {
			groups = append(groups, c.Child("NationalClassNumber").Value())
		}
	}
	basis := n.Child("NationalFilingBasis")
	since := r.day(basis.Child("FirstUsedDate"))
	r.add(record.DayFirstCommerce, r.day(basis.Child("FirstUsedCommerceDate")))
	described := n.Child("ClassDescriptionBag").All("ClassDescription")
	for _, c := range classes {
		r.class(record.Class{Scheme: record.Nice, Symbol: c})
	}
	for _, c := range described {
		g := record.Goods{Class: niceClass(c.Child("ClassNumber").Value()), Groups: groups, Since: since}
		if g.Class == "" && len(classes) == 1 {
			g.Class = classes[0]
		}
		g.Texts = r.texts(c.All("GoodsServicesDescriptionText"), "; ")
		for _, s := range c.Child("NationalStatusBag").All("NationalStatus") {
			s.Child("NationalStatusCategory")
			g.Status = s.Child("NationalStatusExternalDescriptionText").Value()
		}
		if g.Class != "" {
			r.class(record.Class{Scheme: record.Nice, Symbol: g.Class})
		}
		r.doc.Goods = append(r.doc.Goods, g)
	}
	if len(described) == 0 && (len(groups) > 0 || since != 0) {
		g := record.Goods{Groups: groups, Since: since}
		if len(classes) > 0 {
			g.Class = classes[0]
		}
		r.doc.Goods = append(r.doc.Goods, g)
	}
}
