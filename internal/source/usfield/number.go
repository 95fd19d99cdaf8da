package usfield

import (
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// DocumentNumber normalises the number of a publication or grant, which files
// pad with zeros: "07521043" is 7521043, "D0586076" D586076, "RE038765"
// RE38765; the eleven digits of an application's publication stay. It returns ""
// for what is no such number.
func DocumentNumber(s string) string {
	s = strings.ToUpper(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,/-.", r) {
			return -1
		}
		return r
	}, s))
	digits := strings.TrimLeft(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	letters := s[:len(s)-len(digits)]
	digits = strings.TrimLeft(digits, "0")
	if !allDigits(digits) || len(digits) > 11 || len(letters) > 2 {
		return ""
	}
	return letters + digits
}

// Application normalises an application number to the two digits of its series
// and the six of its serial number, "29297569". A number of six digits takes the
// series given apart. Anything else is flagged and gives "".
func (r *Notes) Application(raw, series, field string) string {
	if raw == "" {
		r.Add("application_number.missing", field, "")
		return ""
	}
	digits := strings.NewReplacer("/", "", ",", "", " ", "", "-", "").Replace(raw)
	if len(digits) < 8 && len(series) == 2 {
		digits = series + strings.Repeat("0", max(6-len(digits), 0)) + digits
	}
	if len(digits) != 8 || !allDigits(digits) {
		r.Add("application_number.unreadable", field, "")
		return ""
	}
	return digits
}

// Identify fills in the number of a patent document, or says why it cannot.
func Identify(d *record.Document, office, number, code, element string) *entry.Reject {
	if number == "" {
		return entry.Refuse("number.missing", ierr.Args{"column": element}, "")
	}
	d.Office, d.Number, d.Code = Office, DocumentNumber(number), code
	if d.Number == "" || office != "" && office != Office || len(code) > 2 {
		return entry.Refuse("uspto.number", ierr.Args{"number": entry.Clip(office + number + code)}, "")
	}
	return nil
}

// KindOf tells the kind of right from the office's type of application and the
// number: plant patents and statutory invention registrations are inventions.
func KindOf(applicationType, number string) record.Kind {
	if strings.HasPrefix(applicationType, "design") || strings.HasPrefix(number, "D") {
		return record.Design
	}
	return record.Invention
}

// GrantCode returns the letter of ST.16 that a grant's number implies, where the
// file states none: S for designs, P for plants, E for reissues, H for statutory
// invention registrations, B for patents since 2001 and A before, when 6167569
// was the first B.
func GrantCode(number string) string {
	for _, c := range [...]struct{ prefix, code string }{{"D", "S"}, {"PP", "P"}, {"RE", "E"}, {"H", "H"}} {
		if strings.HasPrefix(number, c.prefix) {
			return c.code
		}
	}
	if len(number) > 7 || len(number) == 7 && number >= "6167569" {
		return "B"
	}
	return "A"
}

func allDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
