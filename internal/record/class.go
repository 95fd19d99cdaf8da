package record

import "strings"

// ParseIPC reads one symbol of the International Patent Classification in the
// spellings of offices: "C08F265/04(2006.01)I", "G06F   13/12    (2006.01)",
// and the padded ST.8 form "B03C0003090000". A class or subclass alone, "H01M",
// is a symbol too. It fails with ErrFormat.
func ParseIPC(s string) (Class, error) {
	c := Class{Scheme: IPC}
	rest := strings.TrimSpace(s)
	if strings.Contains(rest, "（") {
		rest = strings.ReplaceAll(strings.ReplaceAll(rest, "（", "("), "）", ")")
	}
	if i := strings.IndexByte(rest, '('); i >= 0 {
		tail := rest[i:]
		version, value, closed := strings.Cut(tail[1:], ")")
		c.Version, c.Value = strings.TrimSpace(version), strings.TrimSpace(value)
		if !closed || !isVersion(c.Version) || c.Value != "" && c.Value != "I" && c.Value != "N" {
			return Class{}, ErrFormat
		}
		rest = rest[:i]
	}
	sym := strings.ToUpper(rest)
	if strings.ContainsAny(sym, " \t\u3000") {
		sym = strings.Join(strings.Fields(sym), "")
	}
	if len(sym) == 14 && digitsOnly(sym[4:]) {
		sym = unpadIPC(sym)
	}
	if !isIPC(sym) {
		return Class{}, ErrFormat
	}
	c.Symbol = sym
	return c, nil
}

// unpadIPC turns ST.8's fourteen characters, a main group of four digits and a
// subgroup of six, into the printed form.
func unpadIPC(s string) string {
	group := strings.TrimLeft(s[4:8], "0")
	sub := strings.TrimRight(s[8:], "0")
	for len(sub) < 2 {
		sub += "0"
	}
	return s[:4] + group + "/" + sub
}

func isIPC(s string) bool {
	if len(s) < 3 || s[0] < 'A' || s[0] > 'H' || !digitsOnly(s[1:3]) {
		return false
	}
	if len(s) == 3 {
		return true
	}
	if s[3] < 'A' || s[3] > 'Z' {
		return false
	}
	if len(s) == 4 {
		return true
	}
	group, sub, ok := strings.Cut(s[4:], "/")
	return ok && len(group) <= 4 && digitsOnly(group) && group[0] != '0' &&
		len(sub) >= 2 && len(sub) <= 6 && digitsOnly(sub)
}

// isVersion accepts a year and month, "2006.01".
func isVersion(s string) bool {
	return len(s) == 7 && s[4] == '.' && digitsOnly(s[:4]) && digitsOnly(s[5:])
}

// ParseLocarno reads one class of the Locarno Classification with its edition:
// "01-01 (12)", "LOC(12)Cl.09-03", "09-03". It fails with ErrFormat.
func ParseLocarno(s string) (Class, error) {
	c := Class{Scheme: Locarno}
	rest := strings.ReplaceAll(strings.ReplaceAll(s, "（", "("), "）", ")")
	if open := strings.IndexByte(rest, '('); open >= 0 {
		edition, tail, closed := strings.Cut(rest[open+1:], ")")
		c.Version = strings.TrimSpace(edition)
		if !closed || len(c.Version) > 2 || !digitsOnly(c.Version) {
			return Class{}, ErrFormat
		}
		rest = strings.TrimPrefix(strings.TrimSpace(rest[:open]), "LOC") + strings.TrimPrefix(strings.TrimSpace(tail), "Cl.")
	}
	c.Symbol = strings.TrimSpace(rest)
	if len(c.Symbol) != 5 || c.Symbol[2] != '-' || !digitsOnly(c.Symbol[:2]) || !digitsOnly(c.Symbol[3:]) {
		return Class{}, ErrFormat
	}
	return c, nil
}
