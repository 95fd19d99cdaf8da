package tmcase

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
)

// statementNames are the types of statements that have no field of their own, by
// what begins their code (USPTO Trademark Applications Documentation).
var statementNames = []struct{ prefix, name string }{
	{"TLIT", "Transliteration"}, {"TNSF", "Transformation"}, {"LINKBR", "Linkage"},
	{"AF", "In another form"}, {"A0", "Amendment to the certificate"}, {"B0", "Certificate of correction"},
	{"CS", "Certification statement"}, {"CU", "Concurrent use"}, {"FN", "Foreign registration"},
	{"IN", "Interference"}, {"LS", "Lining and stippling"}, {"MD", "Undefined application or registration"},
	{"NR", "Non-registration information"}, {"N0", "Name or portrait consent"}, {"OR", "Restricting order"},
	{"PM", "Pseudo mark"}, {"TF", "Section 2(f) limitation"}, {"TR", "Translation"},
}

// statements reads texts by the type that leads their code. Goods carry their
// class behind it.
func (r *reader) statements() {
	d, m := r.doc, r.doc.Mark
	for _, n := range r.root.Child("case-file-statements").All("case-file-statement") {
		code := r.Value(n.Child("type-code"))
		var parts []string
		for _, t := range n.All("text") {
			parts = append(parts, r.Value(t))
		}
		text := usfield.Join(" ", parts...)
		if text == "" {
			continue
		}
		switch {
		case strings.HasPrefix(code, "GS") && len(code) >= 5:
			r.goods(code[2:5], text)
		case strings.HasPrefix(code, "DM"):
			m.Description = append(m.Description, usfield.English(text)...)
		case strings.HasPrefix(code, "D0"), strings.HasPrefix(code, "D1"):
			m.Disclaimer = append(m.Disclaimer, usfield.English(text)...)
		case strings.HasPrefix(code, "CC"), strings.HasPrefix(code, "CD"):
			m.Colours = usfield.Join(" ", m.Colours, text)
		case strings.HasPrefix(code, "MK") && len(m.Words) > 0:
			m.Words[0].Text += " " + text
		default:
			usfield.FactNamed(d, record.FactStatement, "en", usfield.Join(": ", statementName(code), text))
		}
	}
}

// statementName names a type of statement, by its code where it is not known.
func statementName(code string) string {
	for _, s := range statementNames {
		if strings.HasPrefix(code, s.prefix) {
			return s.name
		}
	}
	return code
}

// goods adds the text of a class.
func (r *reader) goods(class, text string) {
	g := r.class(class)
	g.Texts = append(g.Texts, usfield.English(text)...)
}

// class returns the goods of a class, which it adds where they are not there yet.
func (r *reader) class(code string) *record.Goods {
	d := r.doc
	class := usfield.NiceClass(d, code)
	for i := range d.Goods {
		if d.Goods[i].Class == class {
			return &d.Goods[i]
		}
	}
	d.Goods = append(d.Goods, record.Goods{Class: class})
	return &d.Goods[len(d.Goods)-1]
}

// active is the code of a class that is part of the application or registration.
const active = "6"

// classifications reads the classes, since when they are used and their state
// where they have one of their own.
func (r *reader) classifications() {
	for _, n := range r.root.Child("classifications").All("classification") {
		codes := n.All("international-code")
		primary := r.Value(n.Child("primary-code"))
		if primary == "" && len(codes) > 0 {
			primary = r.Value(codes[0])
		}
		if primary == "" {
			continue
		}
		g := r.class(primary)
		for _, c := range codes {
			usfield.NiceClass(r.doc, r.Value(c))
		}
		g.Since = r.Day(n.Child("first-use-anywhere-date"))
		usfield.DayNamed(r.doc, record.DayFirstUse, g.Since)
		usfield.DayNamed(r.doc, record.DayFirstCommerce, r.Day(n.Child("first-use-in-commerce-date")))
		if state := r.Value(n.Child("status-code")); state != active {
			g.Status = state
		}
		n.Child("international-code-total-no")
		n.Child("us-code-total-no")
	}
}
