// Package cnfield reads the fields that Chinese sources write alike, whatever
// their format, and collects what is damaged or doubtful in them.
package cnfield

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// Flags collects the flags of one document: one for each code, which names
// every field that it concerns, parted by spaces.
type Flags struct{ List []record.Flag }

// Add flags a field under code. raw is what stood there, where the document
// does not keep it elsewhere.
func (f *Flags) Add(code, field, raw string) {
	for i := range f.List {
		if f.List[i].Code == code {
			if have := f.List[i].Field; !strings.Contains(" "+have+" ", " "+field+" ") {
				f.List[i].Field = have + " " + field
			}
			return
		}
	}
	if f.List == nil {
		f.List = make([]record.Flag, 0, 4)
	}
	f.List = append(f.List, record.Flag{Code: code, Field: field, Raw: entry.Clip(raw)})
}

// Trim takes away every kind of space around s, and byte order marks.
func Trim(s string) string {
	if s == "" || plain(s[0]) && plain(s[len(s)-1]) {
		return s
	}
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' })
}

// plain tells whether a byte can neither begin nor end a character that Trim
// takes away: visible ASCII only.
func plain(c byte) bool { return c > ' ' && c < utf8.RuneSelf }

// Zero tells whether s is one of the fillers that mean empty: "0", "00000000".
func Zero(s string) bool { return s != "" && strings.Trim(s, "0") == "" }

// Application normalises an application number. A number with a wrong check
// digit is kept; of anything else that cannot be read nothing is, "2.02E+12"
// included, which a spreadsheet makes of it: what is lost is not guessed.
func Application(raw, field string, f *Flags) string {
	if raw == "" {
		f.Add("application_number.missing", field, "")
		return ""
	}
	number, err := record.ParseApplicationCN(raw)
	switch {
	case err == nil:
	case errors.Is(err, record.ErrCheckDigit):
		f.Add("application_number.check_digit", field, "")
	case isFloat(raw):
		f.Add("application_number.damaged", field, "")
	default:
		f.Add("application_number.unreadable", field, "")
	}
	return number
}

// isFloat recognises what a spreadsheet makes of a long number, "2.0193E+12".
func isFloat(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return ok && digits(whole) && whole != "" && digits(fraction) &&
		digits(strings.TrimPrefix(exponent, "+")) && exponent != ""
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// Day reads a date; nothing and zeros mean none.
func Day(raw, field string, f *Flags) date.Date {
	if raw == "" || Zero(raw) {
		return 0
	}
	d, err := date.Parse(raw)
	if err != nil {
		f.Add("date.unreadable", field, raw)
	}
	return d
}

// Postcode splits the six digits, half or full width, that lead a Chinese
// address from the rest. code is empty where there are none; unclear tells that
// more digits follow, so that nothing can be split.
func Postcode(s string) (code, address string, unclear bool) {
	rest := s
	var six [6]byte
	for i := range six {
		d, size := digit(rest)
		if size == 0 {
			return "", s, false
		}
		six[i], rest = d, rest[size:]
	}
	if _, more := digit(rest); more > 0 {
		return "", s, true
	}
	if rest = Trim(rest); rest == "" {
		return "", s, false
	}
	return string(six[:]), rest, false
}

// digit returns the digit that s begins with as ASCII, and its bytes in s, 0 if
// there is none.
func digit(s string) (byte, int) {
	r, size := utf8.DecodeRuneInString(s)
	if r >= '０' && r <= '９' {
		r -= '０' - '0'
	}
	if r < '0' || r > '9' {
		return 0, 0
	}
	return byte(r), size
}
