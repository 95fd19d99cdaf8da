package record

import "strings"

// RegistrationNumber normalises a registration or application number of a right
// that is no patent, in the spellings of offices and people: no blanks, dots or
// 第…号 around it, capital letters, plain digits and hyphens; the G before the
// number of an international mark falls away. It returns "" where nothing is left.
func RegistrationNumber(kind Kind, s string) string {
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "第"), "号")
	for _, wide := range [...]string{"－", "—", "–", "‐", "﹣"} {
		s = strings.ReplaceAll(s, wide, "-")
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		}
		switch {
		case r == '.' || r == ' ' || r == '\u3000' || r == '\u00a0' || r == '\t':
			continue
		case r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		b.WriteRune(r)
	}
	n := b.String()
	if kind == Madrid {
		n = strings.TrimPrefix(n, "G")
	}
	return n
}

// RegistrationKeys returns the keys that a number as people write it may stand
// for among rights that are no patents: of the office named, or of China's and
// WIPO's registers where office is "".
func RegistrationKeys(office, number string) []string {
	var keys []string
	for _, kind := range Kinds {
		prefix := kind.Prefix()
		n := RegistrationNumber(kind, number)
		if prefix == "" || n == "" {
			continue
		}
		offices := []string{office}
		if office == "" {
			offices = []string{"CN", "WO"}
		}
		for _, o := range offices {
			keys = append(keys, prefix+":"+o+n, prefix+"-app:"+o+n)
		}
	}
	return keys
}
