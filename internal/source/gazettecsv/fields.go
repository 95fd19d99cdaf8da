package gazettecsv

import (
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
)

// list splits a cell that holds several values: "甲;??乙" where the space behind
// the semicolon was lost on the way, "甲;\u2002乙" where it was not, "甲;".
func list(s string, c column, f *cnfield.Flags) []string {
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
			f.Add("separator.damaged", c.String(), "")
			p = strings.TrimLeft(p, "?")
		}
		if p = cnfield.Trim(p); p != "" {
			out = append(out, p)
		}
	}
	if strings.HasSuffix(s, ";") || strings.HasSuffix(s, "；") {
		f.Add("separator.trailing", c.String(), "")
	}
	return out
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

// parties reads the names of a cell. A gazette replaces a character that it has
// no sign for by an asterisk, and conversions leave question marks.
func parties(cell string, c column, role record.Role, f *cnfield.Flags) []record.Party {
	names := list(cell, c, f)
	out := make([]record.Party, 0, len(names))
	for _, n := range names {
		if strings.ContainsAny(n, "*?＊？\uFFFD") {
			f.Add("name.incomplete", c.String(), n)
		}
		out = append(out, record.Party{Role: role, Names: []record.Text{{Lang: "zh", Text: n}}})
	}
	return out
}

// classes reads the symbols of IPC, or of Locarno for a design.
func classes(cell string, kind record.Kind, f *cnfield.Flags) []record.Class {
	parse := record.ParseIPC
	if kind == record.Design {
		parse = record.ParseLocarno
	}
	var out []record.Class
	for _, s := range list(cell, colClasses, f) {
		c, err := parse(s)
		if err != nil {
			f.Add("class.unreadable", colClasses.String(), s)
			continue
		}
		out = append(out, c)
	}
	return out
}
