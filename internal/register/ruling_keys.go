package register

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"onewindow/internal/record"
)

// caseSeparator stands between the number of a right and what of it is meant.
const caseSeparator = "|"

// CaseKey names one doubt of one right: by a number of the right and, where a right
// can have several such doubts, by what is doubted.
func CaseKey(number string, detail ...string) string {
	return strings.Join(append([]string{number}, detail...), caseSeparator)
}

// caseKeys returns CaseKey for each number of a right.
func (v *View) caseKeys(detail ...string) []string {
	out := make([]string, len(v.Keys))
	for i, k := range v.Keys {
		out[i] = CaseKey(k, detail...)
	}
	return out
}

// RegionKey names the rights that say the same of where their principal is: one
// wording of the address with its postcode, country and region; where none is
// given, one principal; where that is missing too, one format.
func RegionKey(v *View) string {
	p := v.Principal()
	if p == nil {
		return v.formatKey()
	}
	if p.Address == "" && p.Postcode == "" && p.Region == "" {
		return "holder" + caseSeparator + holderWording(&p.Party) + caseSeparator + p.Country
	}
	return strings.Join([]string{"address", record.FoldName(p.Address), p.Postcode, p.Country, record.FoldName(p.Region)}, caseSeparator)
}

// HolderKey names the rights whose principal is worded alike.
func HolderKey(v *View) string {
	p := v.Principal()
	if p == nil {
		return v.formatKey()
	}
	return "holder" + caseSeparator + holderWording(&p.Party)
}

func holderWording(p *record.Party) string {
	parts := []string{p.Ident}
	for i := range p.Names {
		parts = append(parts, record.FoldName(p.Names[i].Text))
	}
	return strings.Join(parts, caseSeparator)
}

// formatKey names the rights without a principal by the format of the best
// statement.
func (v *View) formatKey() string {
	if len(v.Statements) == 0 {
		return ""
	}
	return "format" + caseSeparator + v.Statements[0].File.Format
}

// RowsKey names all disputes between the same entries of sources, whichever their
// fields.
func RowsKey(d *Dispute, st []Statement) string {
	var hashes []string
	for _, variant := range d.Variants {
		for _, i := range variant.From {
			hashes = append(hashes, st[i].Hash.String())
		}
	}
	slices.Sort(hashes)
	sum := sha256.Sum256([]byte(strings.Join(slices.Compact(hashes), " ")))
	return "rows" + caseSeparator + hex.EncodeToString(sum[:16])
}

// FormatsKey names all disputes on one field between the same formats, "" where it
// cannot tell the sides apart.
func FormatsKey(d *Dispute, st []Statement) string {
	var formats []string
	for _, variant := range d.Variants {
		own := map[string]bool{}
		for _, i := range variant.From {
			own[st[i].File.Format] = true
		}
		for f := range own {
			if slices.Contains(formats, f) {
				return ""
			}
			formats = append(formats, f)
		}
	}
	slices.Sort(formats)
	return strings.Join(append([]string{"formats", d.Field.String()}, formats...), caseSeparator)
}

// ConflictCase is the detail of the case of a dispute.
func ConflictCase(d *Dispute, st []Statement) []string {
	return []string{d.Field.String(), d.Part, RowsKey(d, st)}
}
