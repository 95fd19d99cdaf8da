package usfield

import (
	"strings"

	"onewindow/internal/record"
)

// Symbol puts together a symbol of IPC or CPC that comes in parts, with its
// version as a date, "20130101" for 2013.01. CPC's A, for additional, is N as in
// IPC. ok is false where the parts are none.
func Symbol(scheme record.Scheme, section, class, subclass, group, subgroup, version, value string) (c record.Class, ok bool) {
	s := section + class + subclass
	if group != "" {
		s += group + "/" + subgroup
	}
	c, err := record.ParseIPC(asIPC(s))
	if err != nil {
		return c, false
	}
	c.Scheme = scheme
	if strings.HasPrefix(s, "Y") {
		c.Symbol = "Y" + c.Symbol[1:]
	}
	if len(version) == 8 {
		c.Version = version[:4] + "." + version[4:6]
	}
	if c.Value = value; value == "A" {
		c.Value = "N"
	}
	return c, true
}

// asIPC spells CPC's section Y, which IPC has not, as one that it has.
func asIPC(s string) string {
	if strings.HasPrefix(s, "Y") {
		return "A" + s[1:]
	}
	return s
}

// IPC reads a symbol as files spelt it until 2005, the group padded with zeros or
// blanks, the slash sometimes left out: "G06F015/00", "A61B 5/00", "H04N 700".
func IPC(s, edition string) (c record.Class, ok bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	if len(s) < 3 {
		return c, false
	}
	if len(s) > 4 {
		group := s[4:]
		if !strings.Contains(group, "/") && len(group) > 2 {
			at := 3
			if len(group) < 5 { // blanks got lost on the way
				at = len(group) - 2
			}
			group = group[:at] + "/" + group[at:]
		}
		group = strings.TrimLeft(strings.ReplaceAll(group, " ", ""), "0")
		s = s[:4] + group
	}
	c, err := record.ParseIPC(s)
	if err != nil {
		return c, false
	}
	if c.Version == "" {
		c.Version = strings.TrimLeft(edition, "0")
	}
	return c, true
}

// USPC reads a symbol of the United States classification in fixed columns:
// three of the class, three of the subclass, and its decimals or letters,
// " 15104002" for 15/104.002, "D 1121" for D1/121, "24265 WS" for 24/265WS,
// "DIG" among the digests. Applications pad the decimals with zeros.
func USPC(s string) (c record.Class, ok bool) {
	if s = strings.TrimRight(s, " "); len(s) < 4 {
		return c, false
	}
	if lost := 6 - len(s); lost > 0 { // blanks got lost on the way
		at := 0
		if s[3] == ' ' {
			at = 3
		}
		s = s[:at] + strings.Repeat(" ", lost) + s[at:]
	}
	class := strings.ReplaceAll(s[:3], " ", "")
	if letters := strings.TrimRight(class, "0123456789"); letters != class {
		class = letters + strings.TrimLeft(class[len(letters):], "0")
	}
	sub, tail := strings.TrimSpace(s[3:min(6, len(s))]), ""
	if len(s) > 6 {
		tail = strings.TrimSpace(s[6:])
	}
	if allDigits(sub) {
		sub = strings.TrimLeft(sub, "0")
	}
	decimals := tail[:len(tail)-len(strings.TrimLeft(tail, "0123456789"))]
	suffix := strings.TrimSpace(tail[len(decimals):])
	switch trimmed := strings.TrimRight(decimals, "0"); {
	case sub == "DIG":
		decimals = strings.TrimLeft(decimals, "0")
	case trimmed != "":
		decimals = "." + trimmed
	default:
		decimals = ""
	}
	c = record.Class{Scheme: record.USPC, Symbol: class + "/" + sub + decimals + suffix}
	return c, class != "" && sub != "" && plain(c.Symbol)
}

// plain tells whether a symbol consists of what symbols consist of.
func plain(s string) bool {
	return len(s) <= 16 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./") == ""
}

// Locarno reads a class of industrial designs, "0101" or "01-01".
func Locarno(s, edition string) (c record.Class, ok bool) {
	if len(s) == 4 {
		s = s[:2] + "-" + s[2:]
	}
	c, err := record.ParseLocarno(s)
	if err != nil {
		return c, false
	}
	c.Version = strings.TrimLeft(edition, "0")
	return c, true
}

// Class adds a class that was read, once, or flags it.
func (r *Notes) Class(d *record.Document, c record.Class, ok bool, raw, field string) {
	if raw == "" {
		return
	}
	if !ok {
		r.Add("class.unreadable", field, raw)
		return
	}
	for _, have := range d.Classes {
		if have == c {
			return
		}
	}
	d.Classes = append(d.Classes, c)
}
