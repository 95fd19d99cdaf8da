package party

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isHan tells whether a name holds a Chinese, Japanese or Korean character, and
// so is none in Latin letters.
func isHan(s string) bool {
	for _, r := range s {
		if r >= 0x2E80 {
			return true
		}
	}
	return false
}

// foldLatin makes spellings in Latin letters equal: small letters without
// accents, apostrophes left out, every other sign a blank, one between words.
func foldLatin(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r), r == '\'', r == '’', r == '`':
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		case r == '&':
			b.WriteString(" and")
			gap = true
		default:
			gap = true
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

// latinName folds a name in Latin letters, its legal form in one spelling.
func (r *rules) latinName(s string) string {
	s = foldLatin(s)
	for _, f := range r.latinForms {
		if stem, ok := strings.CutSuffix(s, f.spelling); ok && stem != "" {
			return stem + f.form
		}
	}
	return s
}

// latinCore returns a folded name in Latin letters without its legal form.
func (r *rules) latinCore(s string) string {
	for _, f := range r.latinForms {
		if stem, ok := strings.CutSuffix(s, f.spelling); ok && stem != "" {
			return stem
		}
	}
	return s
}

// withoutForm returns a folded Chinese name without its legal form.
func (r *rules) withoutForm(s string) string {
	for _, f := range r.forms {
		if stem, ok := strings.CutSuffix(s, f); ok && stem != "" {
			return stem
		}
	}
	return s
}

// maxPlaces is how many places a name may begin with: province, city, county.
const maxPlaces = 3

// shortPlace returns a folded Chinese name with the last of the places that it
// begins with, in its short form, in the place of all.
func (r *rules) shortPlace(s string) string {
	last := ""
	for range maxPlaces {
		name, rest := r.leadingPlace(s)
		if name == "" || utf8.RuneCountInString(rest) < 2 {
			break
		}
		last, s = name, rest
	}
	return last + s
}

// leadingPlace returns the short form of the longest place that s begins with,
// and what follows it.
func (r *rules) leadingPlace(s string) (short, rest string) {
	n := 0
	for i := range s {
		if n > 1 {
			if p, ok := r.places[s[:i]]; ok {
				short, rest = p, s[i:]
			}
		}
		if n++; n > r.placeRunes+1 {
			break
		}
	}
	return short, rest
}

// withoutBrackets returns a folded name without what stands in brackets at its
// end, "" where there is nothing to leave out.
func withoutBrackets(s string) string {
	if strings.HasSuffix(s, ")") {
		if i := strings.LastIndexByte(s, '('); i > 0 {
			return s[:i]
		}
	}
	return ""
}

// isBranch tells whether a key is that of a branch's name.
func (r *rules) isBranch(key string) bool {
	ends := r.branches
	if strings.HasPrefix(key, nodeLatin) {
		ends = r.latinEnds
	}
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(key, end) })
}

// alike tells whether two folded names differ in at most two characters, none of
// them a number or a letter, which tell bodies apart that are otherwise called alike.
func (r *rules) alike(a, b string) bool {
	s, t := []rune(a), []rune(b)
	if len(s) > len(t) {
		s, t = t, s
	}
	if len(s) < 5 || len(t)-len(s) > 2 {
		return false
	}
	i := 0
	for i < len(s) && s[i] == t[i] {
		i++
	}
	for len(s) > i && s[len(s)-1] == t[len(t)-1] {
		s, t = s[:len(s)-1], t[:len(t)-1]
	}
	s, t = s[i:], t[i:]
	if len(s) > 2 || len(t) > 2 {
		return false
	}
	for _, c := range append(s, t...) {
		if unicode.IsNumber(c) || c < utf8.RuneSelf || strings.ContainsRune(r.ordinals, c) {
			return false
		}
	}
	return true
}

// similar tells whether half of the pairs of neighbouring characters of two
// texts are the same (Dice's coefficient).
func similar(a, b string) bool {
	s, t := []rune(a), []rune(b)
	if len(s) < 4 || len(t) < 4 {
		return false
	}
	same := 0
	for i := 1; i < len(s); i++ {
		for k := 1; k < len(t); k++ {
			if s[i-1] == t[k-1] && s[i] == t[k] {
				same++
				break
			}
		}
	}
	return 2*2*same >= len(s)+len(t)-2
}
