package record

import "unicode/utf8"

// FoldName folds a name to what two spellings of it have in common: no blanks,
// one form of brackets, dots and letters.
func FoldName(s string) string { return string(AppendFoldedName(make([]byte, 0, len(s)), s)) }

// AppendFoldedName appends FoldName of s to b.
func AppendFoldedName(b []byte, s string) []byte {
	for _, r := range s {
		if r = foldName(r); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// foldName folds a character of a name, to -1 where it does not count.
func foldName(r rune) rune {
	switch {
	case r >= 'A' && r <= 'Z':
		return r + 'a' - 'A'
	case r >= '！' && r <= '～':
		r -= '！' - '!'
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case r == ' ' || r == '\u3000' || r == '\u00a0' || r == '·' || r == '•' || r == '・':
		return -1
	}
	return r
}
