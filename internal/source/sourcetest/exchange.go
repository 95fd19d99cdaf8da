package sourcetest

import (
	"fmt"
	"html"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// ExchangeDocument writes a document as the EPO's database states it: numbers
// without check digits, in the forms docdb and epodoc, names in capitals as docdb
// and as printed as docdba. prefix stands before the names of its elements.
func ExchangeDocument(d *record.Document, prefix string) string {
	var b strings.Builder
	w := func(format string, args ...any) { fmt.Fprintf(&b, strings.ReplaceAll(format, "~", prefix), args...) }
	w(`<~exchange-document country="%s" doc-number="%s" kind="%s" date-publ="%s" family-id="7000001" date-of-last-exchange="%s"><~bibliographic-data>`,
		d.Office, d.Number, d.Code, day(d.Published), day(d.Issued))
	w(`<~publication-reference data-format="docdb"><document-id lang="zh"><country>%s</country><doc-number>%s</doc-number><kind>%s</kind><date>%s</date></document-id></~publication-reference>`,
		d.Office, d.Number, d.Code, day(d.Published))
	w(`<~publication-reference data-format="epodoc"><document-id><doc-number>%s%s</doc-number></document-id></~publication-reference>`, d.Office, d.Number)
	number, _, _ := strings.Cut(d.Application.Number, ".")
	w(`<~classifications-ipcr>`)
	for i, c := range d.Classes {
		if c.Scheme == record.IPC {
			w(`<classification-ipcr sequence="%d"><text>%s</text></classification-ipcr>`, i+1, padded(c))
		}
	}
	w(`</~classifications-ipcr><~application-reference data-format="docdb"><document-id><country>%s</country><doc-number>%s</doc-number><kind>A</kind><date>%s</date></document-id></~application-reference>`,
		d.Office, number, day(d.Application.Filed))
	w(`<~application-reference data-format="epodoc"><document-id><doc-number>%s%s</doc-number></document-id></~application-reference>`, d.Office, number)
	w(`<~priority-claims><~priority-claim sequence="1" data-format="docdb"><document-id><country>%s</country><doc-number>%s</doc-number><kind>A</kind><date>%s</date></document-id></~priority-claim></~priority-claims>`,
		d.Office, number, day(d.Application.Filed))
	w(`<~parties>`)
	writeNames(w, d, "applicant", record.Applicant, record.Holder)
	writeNames(w, d, "inventor", record.Inventor)
	w(`</~parties>`)
	for _, t := range d.Titles {
		w(`<~invention-title lang="%s" data-format="docdba">%s</~invention-title>`, t.Lang, html.EscapeString(t.Text))
	}
	w(`</~bibliographic-data>`)
	for _, t := range d.Abstracts {
		w(`<~abstract lang="%s" data-format="docdba"><~p>%s</~p></~abstract>`, t.Lang, html.EscapeString(t.Text))
	}
	w(`</~exchange-document>`)
	return b.String()
}

func writeNames(w func(string, ...any), d *record.Document, element string, roles ...record.Role) {
	w(`<~` + element + `s>`)
	for _, form := range [...]string{"docdb", "docdba"} {
		seq := 0
		for _, p := range d.Parties {
			for _, role := range roles {
				if p.Role != role {
					continue
				}
				seq++
				name, country := html.EscapeString(p.Name()), ""
				if form == "docdb" {
					name = fmt.Sprintf("%s %d", strings.ToUpper(element), seq)
					country = "<residence><country>CN</country></residence>"
				}
				w(`<~`+element+` sequence="%d" data-format="`+form+`"><~`+element+`-name><name>%s</name></~`+element+`-name>%s</~`+element+`>`, seq, name, country)
			}
		}
	}
	w(`</~` + element + `s>`)
}

// padded writes a symbol as ST.8 pads it.
func padded(c record.Class) string {
	group, sub, _ := strings.Cut(c.Symbol[4:], "/")
	return fmt.Sprintf("%s%4s/%-6s     %s01A%s%s20200101BHCN        ", c.Symbol[:4], group, sub,
		strings.ReplaceAll(c.Version, ".", ""), "F", c.Value)
}

func day(d date.Date) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprint(int(d))
}
