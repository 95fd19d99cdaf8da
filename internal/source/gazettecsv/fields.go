package gazettecsv

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
)

// list appends the values of a cell to out: "甲;??乙" where the space behind the
// semicolon was lost on the way, "甲;\u2002乙" where it was not, "甲;".
func list(out []string, s string, c column, f *cnfield.Flags) []string {
	for first := true; s != ""; first = false {
		value, rest := s, ""
		if i, size := separator(s); size > 0 {
			value, rest = s[:i], s[i+size:]
			if cnfield.Trim(rest) == "" {
				f.Add("separator.trailing", c.String(), "")
				rest = ""
			}
		}
		if !first && strings.HasPrefix(value, "?") {
			f.Add("separator.damaged", c.String(), "")
			value = strings.TrimLeft(value, "?")
		}
		if value = cnfield.Trim(value); value != "" {
			out = append(out, value)
		}
		s = rest
	}
	return out
}

// separator finds the first semicolon in s and its size, which is 0 if there is
// none.
func separator(s string) (i, size int) {
	for i := range len(s) {
		switch {
		case s[i] == ';':
			return i, 1
		case s[i] == 0xEF && strings.HasPrefix(s[i:], "；"):
			return i, len("；")
		}
	}
	return 0, 0
}

// incomplete tells whether a name has lost a character: a gazette puts an
// asterisk where it has no sign, and conversions leave question marks.
func incomplete(name string) bool {
	for i := range len(name) {
		switch name[i] {
		case '*', '?':
			return true
		case 0xEF: // leads the full-width forms and U+FFFD
			if strings.HasPrefix(name[i:], "＊") || strings.HasPrefix(name[i:], "？") || strings.HasPrefix(name[i:], "\uFFFD") {
				return true
			}
		}
	}
	return false
}

// postcode splits the postcode that is glued to the front of an address.
func postcode(s string, f *cnfield.Flags) (code, address string) {
	code, address, unclear := cnfield.Postcode(s)
	switch {
	case unclear:
		f.Add("postcode.unclear", colAddress.String(), "")
	case code != "":
		f.Add("postcode.glued", colAddress.String(), "")
	}
	return code, address
}

// parties appends the people and bodies that a cell names to out.
func parties(out []record.Party, cell string, c column, role record.Role, f *cnfield.Flags) []record.Party {
	var few [8]string
	names := list(few[:0], cell, c, f)
	texts := make([]record.Text, len(names))
	for i, n := range names {
		if incomplete(n) {
			f.Add("name.incomplete", c.String(), n)
		}
		texts[i] = record.Text{Lang: "zh", Text: n}
		out = append(out, record.Party{Role: role, Names: texts[i : i+1 : i+1]})
	}
	return out
}

// classes reads the symbols of IPC, or of Locarno for a design.
func classes(cell string, kind record.Kind, f *cnfield.Flags) []record.Class {
	parse := record.ParseIPC
	if kind == record.Design {
		parse = record.ParseLocarno
	}
	var few [8]string
	symbols := list(few[:0], cell, colClasses, f)
	out := make([]record.Class, 0, len(symbols))
	for _, s := range symbols {
		c, err := parse(s)
		if err != nil {
			f.Add("class.unreadable", colClasses.String(), s)
			continue
		}
		out = append(out, c)
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
