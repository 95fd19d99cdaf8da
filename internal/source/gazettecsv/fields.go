package gazettecsv

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
)

// trim takes away every kind of space around s, and byte order marks.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' })
}

// flags collects the flags of one entry: one for each code, which names every
// column that it concerns.
type flags struct{ list []record.Flag }

// add flags column c under code; raw is what stood there, where it is not kept
// elsewhere in the document.
func (f *flags) add(code string, c column, raw string) {
	for i := range f.list {
		if f.list[i].Code == code {
			if have := f.list[i].Field; !strings.Contains(" "+have+" ", " "+c.String()+" ") {
				f.list[i].Field = have + " " + c.String()
			}
			return
		}
	}
	f.list = append(f.list, record.Flag{Code: code, Field: c.String(), Raw: entry.Clip(raw)})
}

// list splits a cell that holds several values: "甲;??乙" where the space behind
// the semicolon was lost on the way, "甲;\u2002乙" where it was not, "甲;".
func list(s string, c column, f *flags) []string {
	if !strings.ContainsAny(s, ";；") {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ';' || r == '；' })
	out := parts[:0]
	for i, p := range parts {
		if i > 0 && strings.HasPrefix(p, "?") {
			f.add("separator.damaged", c, "")
			p = strings.TrimLeft(p, "?")
		}
		if p = trim(p); p != "" {
			out = append(out, p)
		}
	}
	if strings.HasSuffix(s, ";") || strings.HasSuffix(s, "；") {
		f.add("separator.trailing", c, "")
	}
	return out
}

// application reads the application number: most have been through a
// spreadsheet, which left "2.02E+12" of them. What is lost is not guessed.
func application(raw string, f *flags) (number string) {
	if raw == "" {
		f.add("application_number.missing", colFilingID, "")
		return ""
	}
	number, err := record.ParseApplicationCN(raw)
	switch {
	case err == nil:
	case errors.Is(err, record.ErrCheckDigit):
		f.add("application_number.check_digit", colFilingID, "")
	case isFloat(raw):
		f.add("application_number.damaged", colFilingID, "")
	default:
		f.add("application_number.unreadable", colFilingID, "")
	}
	return number
}

// isFloat recognises what a spreadsheet makes of a long number, "2.0193E+12".
func isFloat(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E")
	exponent = strings.TrimPrefix(exponent, "+")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	return ok && digits(whole) == len(whole) && whole != "" && digits(fraction) == len(fraction) &&
		exponent != "" && digits(exponent) == len(exponent)
}

// digits counts the ASCII digits that s begins with.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// day reads a date; 0 and nothing mean none.
func day(raw string, c column, f *flags) date.Date {
	if strings.Trim(raw, "0") == "" {
		return 0
	}
	d, err := date.Parse(raw)
	if err != nil {
		f.add("date.unreadable", c, raw)
	}
	return d
}

// postcode splits the six digits, half or full width, that are glued to the
// front of an address. Foreign addresses have none.
func postcode(s string, f *flags) (code, address string) {
	n, rest := 0, s
	var six [6]byte
	for n < len(six) && rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		if r >= '０' && r <= '９' {
			r -= '０' - '0'
		}
		if r < '0' || r > '9' {
			return "", s
		}
		six[n] = byte(r)
		n, rest = n+1, rest[size:]
	}
	rest = trim(rest)
	if n < len(six) || rest == "" {
		return "", s
	}
	if r, _ := utf8.DecodeRuneInString(rest); r >= '0' && r <= '9' || r >= '０' && r <= '９' {
		f.add("postcode.unclear", colAddress, "")
		return "", s
	}
	f.add("postcode.glued", colAddress, "")
	return string(six[:]), rest
}

// parties reads the names of a cell. A gazette replaces a character that it has
// no sign for by an asterisk, and conversions leave question marks.
func parties(cell string, c column, role record.Role, f *flags) []record.Party {
	names := list(cell, c, f)
	out := make([]record.Party, 0, len(names))
	for _, n := range names {
		if strings.ContainsAny(n, "*?＊？\uFFFD") {
			f.add("name.incomplete", c, n)
		}
		out = append(out, record.Party{Role: role, Names: []record.Text{{Lang: "zh", Text: n}}})
	}
	return out
}

// classes reads the symbols of IPC, or of Locarno for a design.
func classes(cell string, kind record.Kind, f *flags) []record.Class {
	parse := record.ParseIPC
	if kind == record.Design {
		parse = record.ParseLocarno
	}
	var out []record.Class
	for _, s := range list(cell, colClasses, f) {
		c, err := parse(s)
		if err != nil {
			f.add("class.unreadable", colClasses, s)
			continue
		}
		out = append(out, c)
	}
	return out
}
