package ops

import (
	"strconv"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// fulltext reads claims and descriptions: how many claims there are and in which
// languages the text is. The text itself is not kept.
func (a *answer) fulltext(n *xmlrec.Node) {
	for _, text := range n.All("fulltext-document") {
		text.Attr("system")
		text.Attr("fulltext-format")
		var r exchange.Notes
		id := r.Forms(text.At("bibliographic-data", "publication-reference")).Best()
		if id.Number == "" {
			id = exchange.ID{Country: text.Attr("country"), Number: text.Attr("doc-number"), Kind: text.Attr("kind")}
		}
		d, reject := exchange.Numbered(id)
		if reject == nil {
			tag := text.Attr("lang")
			for _, c := range text.All("claims") {
				language(d, record.FactClaimsLanguage, c.Attr("lang"), tag)
				d.Claims = max(d.Claims, count(c))
			}
			for _, c := range text.All("description") {
				language(d, record.FactDescriptionLanguage, c.Attr("lang"), tag)
			}
			d.Flags = r.List
		}
		a.document(d, reject)
	}
}

// language notes a language that the source has text in, once.
func language(d *record.Document, fact string, tags ...string) {
	tag := ""
	for _, t := range tags {
		if tag == "" {
			tag = t
		}
	}
	f := record.Fact{Name: fact, Text: exchange.Lang(tag)}
	for _, o := range d.Facts {
		if o == f {
			return
		}
	}
	d.Facts = append(d.Facts, f)
}

// count tells how many claims there are: those whose numbers, at the beginning
// of a text, go on by one; without numbers, as many as there are texts.
func count(n *xmlrec.Node) int {
	texts, number := 0, 0
	for _, claim := range n.All("claim") {
		for _, c := range claim.All("claim-text") {
			texts++
			text := strings.TrimSpace(c.Value())
			end := strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
			if end < 1 || end > 5 {
				continue
			}
			if k, _ := strconv.Atoi(text[:end]); k == number+1 {
				number = k
			}
		}
	}
	if number > 0 {
		return number
	}
	return texts
}

// inquiry reads which text there is of a publication.
func (a *answer) inquiry(n *xmlrec.Node) {
	n.Child("publication-reference").Use() // the one that was asked for
	for _, result := range n.All("inquiry-result") {
		var r exchange.Notes
		d, reject := exchange.Numbered(r.Forms(result.All("publication-reference")...).Best())
		if reject == nil {
			for _, text := range result.All("fulltext-instance") {
				text.Attr("system")
				text.Child("fulltext-format-options").Use()
				switch tag := text.Attr("lang"); text.Attr("desc") {
				case "claims":
					language(d, record.FactClaimsLanguage, tag)
				case "description":
					language(d, record.FactDescriptionLanguage, tag)
				}
			}
			d.Flags = r.List
		}
		a.document(d, reject)
	}
}
