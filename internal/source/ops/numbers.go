package ops

import (
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// conversion reads a number that was put into another form: one number in two
// forms, of a publication or of an application.
func (a *answer) conversion(n *xmlrec.Node) {
	n.Attr("inputFormat")
	n.Attr("outputFormat")
	in, out := n.Child("input"), n.Child("output")
	var r exchange.Notes
	published := append(in.All("publication-reference"), out.All("publication-reference")...)
	applied := append(in.All("application-reference"), out.All("application-reference")...)
	switch {
	case len(published) > 0:
		d, reject := exchange.Numbered(r.Forms(published...).Best())
		if reject == nil {
			d.Flags = r.List
		}
		a.document(d, reject)
	case len(applied) > 0:
		a.document(applicationAlone(&r, r.Forms(applied...)))
	default:
		a.refuse(entry.Refuse("ops.empty", nil, ""))
	}
}

// applicationAlone is a document of an application of which no publication is
// named.
func applicationAlone(r *exchange.Notes, forms exchange.Forms) (*record.Document, *entry.Reject) {
	id := forms.Best()
	office := id.Country
	if id.Kind == "W" {
		office = "WO"
	}
	d := &record.Document{Office: office, Kind: exchange.Kind(record.Publication{Office: office, Code: id.Kind})}
	exchange.Apply(d, forms)
	if d.Application.Number == "" {
		return nil, entry.Refuse("exchange.number_unreadable", ierr.Args{"number": entry.Clip(forms.Raw())}, "")
	}
	d.Flags = r.List
	return d, nil
}

// equivalents reads the publications of the simple family that the one asked
// for is of, which are named without their kinds.
func (a *answer) equivalents(n *xmlrec.Node) {
	var r exchange.Notes
	d, reject := exchange.Numbered(r.Forms(n.All("publication-reference")...).Best())
	if reject != nil {
		a.refuse(reject)
		return
	}
	for _, result := range n.All("inquiry-result") {
		for _, ref := range result.All("publication-reference") {
			f, ok := r.Forms(ref).Filing(record.RelFamily, true)
			if ok && (f.Office != d.Office || f.Number != d.Number) {
				d.Filings = exchange.AddFiling(d.Filings, f)
			}
		}
	}
	d.Flags = r.List
	a.document(d, nil)
}
