package exchange

import (
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

// ID is a number in one form of writing.
type ID struct {
	Country, Number, Kind string
	Date                  date.Date
}

// split takes the country from the front of an epodoc number.
func (id ID) split() ID {
	if id.Country == "" && len(id.Number) > 2 {
		id.Country, id.Number = id.Number[:2], id.Number[2:]
	}
	return id
}

// Forms are the forms in which one number is written.
type Forms struct {
	Docdb    ID // country, number and kind apart
	Epodoc   ID // country and number in one
	Original ID // as the office of origin writes it
}

// Forms reads the references to one number: each form is a document-id of one
// reference, or a reference of its own.
func (r *Notes) Forms(refs ...*xmlrec.Node) Forms {
	var f Forms
	for _, ref := range refs {
		if ref == nil {
			continue
		}
		form := ref.Attr("data-format")
		for _, n := range ref.All("document-id") {
			own := n.Attr("document-id-type")
			if own == "" {
				own = form
			}
			to := &f.Docdb
			switch own {
			case "epodoc":
				to = &f.Epodoc
			case "original":
				to = &f.Original
			}
			if to.Number == "" {
				*to = r.ID(n)
			}
		}
	}
	return f
}

// ID reads the parts of a number that stand in n.
func (r *Notes) ID(n *xmlrec.Node) ID {
	n.Attr("lang")
	return ID{
		Country: n.Child("country").Value(), Number: n.Child("doc-number").Value(),
		Kind: n.Child("kind").Value(), Date: r.Day(n.Child("date")),
	}
}

// Best returns DOCDB's form, else what epodoc's says.
func (f Forms) Best() ID {
	id := f.Docdb
	if id.Number == "" {
		id = f.Epodoc.split()
	}
	if id.Number == "" {
		id = f.Original
	}
	for _, other := range [...]ID{f.Epodoc, f.Original} {
		if id.Date == 0 {
			id.Date = other.Date
		}
		if id.Kind == "" {
			id.Kind = other.Kind
		}
	}
	return id
}

// Raw returns the number as written: by its office where that is given.
func (f Forms) Raw() string {
	for _, id := range [...]ID{f.Original, f.Docdb, f.Epodoc} {
		if id.Number != "" {
			return id.Number
		}
	}
	return ""
}

// Filing returns the filing that a number stands for, application or
// publication, and false where there is no number.
func (f Forms) Filing(relation string, publication bool) (record.Filing, bool) {
	id := f.Best()
	out := record.Filing{Relation: relation, Office: id.Country, Number: id.Number, Date: id.Date, Code: id.Kind}
	if id.Number == "" {
		return out, false
	}
	if publication {
		if p, err := Publication(id.Country, id.Number, id.Kind); err == nil {
			out.Number, out.Code = p.Digits, p.Code
		}
		return out, true
	}
	if n := Application(f); n != "" {
		out.Number = n
	}
	if len(id.Kind) > 0 && id.Kind[0] == 'W' {
		out.Office = "WO"
	}
	return out, true
}
