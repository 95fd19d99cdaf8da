package gazettecsv

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/delimited"
)

// How many first rows, and how many bytes of them, a table is judged by.
const (
	surveyRows  = 200
	surveyBytes = 1 << 20
)

// survey looks at the first rows: whether the columns called address and
// designer hold each other's content, and which kind of right the file is of.
func (t *table) survey(rows []delimited.Row, enc charset.Encoding) {
	decoder := enc.NewDecoder()
	kinds := map[record.Kind]int{}
	named, other := 0, 0 // rows with a place in the address column, in the person's column
	var cells []string
	for _, r := range rows {
		if r.Reject != nil {
			continue
		}
		text, _ := decoder.String(r.Raw)
		cells, _ = delimited.Cells(cells[:0], text, ',')
		if pub, err := record.ParsePublicationCN(t.header.cell(cells, colNumber)); err == nil {
			kinds[pub.Kind()]++
		}
		if isPlace(t.header.cell(cells, colAddress)) {
			named++
		}
		if isPlace(t.header.cell(cells, colPerson)) {
			other++
		}
	}
	if other > 2*named {
		t.header.swapped = true
		t.header.at[colAddress], t.header.at[colPerson] = t.header.at[colPerson], t.header.at[colAddress]
	}
	all := 0
	for _, n := range kinds {
		all += n
	}
	for kind, n := range kinds {
		if n*10 >= all*9 {
			t.kind = kind
		}
	}
}

// isPlace tells whether a cell is an address and cannot be people's names: a
// postcode leads it, or it names a street number or an administrative unit.
func isPlace(s string) bool {
	if code, _, _ := cnfield.Postcode(s); code != "" {
		return true
	}
	if strings.ContainsAny(s, ";；·") {
		return false
	}
	units := 0
	for _, unit := range [...]string{"省", "自治区", "市", "县", "区", "镇", "路", "街", "号", "国", "州"} {
		if strings.Contains(s, unit) {
			units++
		}
	}
	return units >= 2
}
