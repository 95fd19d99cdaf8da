package redbook2

import (
	"onewindow/internal/record"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// parties reads inventors, who alone could apply in these years (35 U.S.C. 111 and
// 118 as they stood), holders and representatives.
func (r *grantReader) parties() {
	d, n := r.doc, r.bib.Child("B700")
	var inventors []record.Party
	for _, p := range n.Child("B720").All("B721") {
		inventors = append(inventors, r.party(p))
	}
	usfield.Add(d, usfield.As(record.Applicant, inventors)...)
	usfield.Add(d, usfield.As(record.Inventor, inventors)...)
	for _, holders := range n.All("B730") {
		for _, p := range holders.All("B731") {
			usfield.Add(d, usfield.As(record.Holder, []record.Party{r.party(p)})...)
		}
	}
	for _, p := range n.Child("B740").All("B741") {
		role := record.Agent
		if p.At("PARTY-US", "NAM", "ONM") != nil {
			role = record.Agency
		}
		usfield.Add(d, usfield.As(role, []record.Party{r.party(p)})...)
	}
}

func (r *grantReader) party(n *xmlrec.Node) record.Party {
	n = n.Child("PARTY-US")
	p := record.Party{Names: usfield.English(r.name(n.Child("NAM")))}
	at := n.Child("ADR")
	p.Region, p.Postcode, p.Country = r.text(at, "STATE"), r.text(at, "PCODE"), r.text(at, "CTRY")
	if p.Country == "" && p.Region != "" {
		p.Country = usfield.Office // only foreign addresses name their country
	}
	lines := []string{r.text(at, "OMC")}
	for _, street := range at.All("STR") {
		lines = append(lines, r.Value(street))
	}
	p.Address = usfield.Join(", ", append(lines, r.text(at, "CITY"), r.text(at, "CNTY"), p.Region)...)
	return p
}

// name writes a person's name as it is spoken, or that of an organisation.
func (r *grantReader) name(n *xmlrec.Node) string {
	person := usfield.Join(" ", r.text(n, "TTL"), r.text(n, "FNM"), r.text(n, "SNM"))
	person = usfield.Join(", ", person, r.text(n, "SFX"))
	return usfield.Join(", ", person, r.text(n, "ONM"))
}
