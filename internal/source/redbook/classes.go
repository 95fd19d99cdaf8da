package redbook

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

func (r *reader) classes() {
	for _, n := range r.bib.Child("classifications-ipcr").All("classification-ipcr") {
		r.parts(record.IPC, n, "ipc-version-indicator")
	}
	old := r.bib.Child("classification-ipc")
	edition := r.Value(old.Child("edition"))
	for _, n := range old.All("main-classification", "further-classification") {
		raw := r.Value(n)
		c, ok := usfield.IPC(raw, edition)
		r.Class(r.doc, c, ok, raw, "classification-ipc")
	}
	r.cpc(r.bib.Child("classifications-cpc"))
	design := r.bib.Child("classification-locarno")
	edition = r.Value(design.Child("edition"))
	for _, n := range design.All("main-classification", "further-classification") {
		raw := r.Value(n)
		c, ok := usfield.Locarno(raw, edition)
		r.Class(r.doc, c, ok, raw, "classification-locarno")
	}
	national := r.bib.Child("classification-national")
	r.Value(national.Child("country"))
	for _, n := range national.All("main-classification", "further-classification") {
		raw := strings.Trim(n.Raw(), "\r\n\t")
		c, ok := usfield.USPC(raw)
		r.Class(r.doc, c, ok, raw, "classification-national")
	}
}

// cpc reads the main symbol, the further ones, and those of combinations.
func (r *reader) cpc(n *xmlrec.Node) {
	for _, part := range n.All("main-cpc", "further-cpc") {
		for _, c := range part.All("classification-cpc") {
			r.parts(record.CPC, c, "cpc-version-indicator")
		}
		for _, set := range part.All("combination-set") {
			for _, rank := range set.All("combination-rank") {
				r.parts(record.CPC, rank.Child("classification-cpc"), "cpc-version-indicator")
			}
		}
	}
}

// parts reads a symbol that comes in parts, and text where that is all there is.
func (r *reader) parts(scheme record.Scheme, n *xmlrec.Node, version string) {
	if n == nil {
		return
	}
	value := func(name string) string { return r.Value(n.Child(name)) }
	section := value("section")
	if text := value("text"); section == "" && text != "" {
		c, ok := usfield.IPC(text, "")
		c.Scheme = scheme
		r.Class(r.doc, c, ok, text, n.Name)
		return
	}
	class, subclass, group, sub := value("class"), value("subclass"), value("main-group"), value("subgroup")
	c, ok := usfield.Symbol(scheme, section, class, subclass, group, sub, r.Value(n.Child(version).Child("date")), value("classification-value"))
	r.Class(r.doc, c, ok, section+class+subclass+group+"/"+sub, n.Name)
}
