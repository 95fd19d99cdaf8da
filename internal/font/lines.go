package font

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Signs that may not begin and may not end a line (GB/T 15834-2011, 5.1).
const (
	notFirst = ",.;:!?)]}%’”»，。、；：？！）］｝〕〉》」』】〗％‰℃·…—～"
	notLast  = "([{‘“«（［｛〔〈《「『【〖￥$¥"
)

// Ellipsis stands for what was cut off.
const Ellipsis = "…"

// Plain returns a text as one line: control characters and runs of blanks become
// one blank, what is no UTF-8 the replacement character.
func Plain(text string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r) || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
	return strings.Join(strings.Fields(clean), " ")
}

// Wrap parts a text into lines no wider than width: at blanks, after hyphens and
// slashes and between Chinese characters, and within a word only where it is wider
// than a line. A line holds one character at least. An empty text has no lines.
func (f *Face) Wrap(text string, size, width float64) []string {
	text = Plain(text)
	var lines []string
	for text != "" {
		n := f.lineEnd(text, size, width)
		lines = append(lines, strings.TrimRight(text[:n], " "))
		text = strings.TrimLeft(text[n:], " ")
	}
	return lines
}

// lineEnd returns where the first line of a text ends, in bytes.
func (f *Face) lineEnd(text string, size, width float64) int {
	scale := size / float64(f.em)
	sum, end := 0.0, 0
	var before rune
	for i, r := range text {
		if i > 0 && Breaks(before, r) {
			end = i
		}
		if r == ' ' {
			sum += float64(f.advance(r)) * scale
			before = r
			continue
		}
		if sum += float64(f.advance(r)) * scale; sum > width && i > 0 {
			if end > 0 {
				return end
			}
			return i
		}
		before = r
	}
	return len(text)
}

// Breaks tells whether a line may end between two characters that follow each other.
func Breaks(a, b rune) bool {
	switch {
	case a == ' ':
		return true
	case b == ' ' || strings.ContainsRune(notFirst, b) || strings.ContainsRune(notLast, a):
		return false
	case a == '-' || a == '/' || a == '–':
		return !unicode.IsDigit(b)
	}
	return ideograph(a) || ideograph(b)
}

// ideograph tells whether lines may end beside a character: Han, kana, and the
// full-width signs.
func ideograph(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r >= 0x3000 && r < 0x3040 || r >= 0xFF00 && r < 0xFFE0
}

// Elide returns a text no wider than width: whole where it fits, else its beginning
// and an ellipsis. The ellipsis alone may be wider.
func (f *Face) Elide(text string, size, width float64) string {
	text = Plain(text)
	if f.Width(text, size) <= width {
		return text
	}
	sum, end := f.Width(Ellipsis, size), 0
	for i, r := range text {
		if sum += float64(f.advance(r)) * size / float64(f.em); sum > width {
			break
		}
		end = i + utf8.RuneLen(r)
	}
	return strings.TrimRight(text[:end], " ") + Ellipsis
}

// Fit wraps a text into most lines at most; what does not fit is cut off with an
// ellipsis. whole tells whether all of it is there.
func (f *Face) Fit(text string, size, width float64, most int) (lines []string, whole bool) {
	lines = f.Wrap(text, size, width)
	if len(lines) <= most {
		for _, l := range lines {
			if f.Width(l, size) > width {
				return []string{f.Elide(text, size, width)}, false
			}
		}
		return lines, true
	}
	lines = lines[:most:most]
	last := f.Elide(lines[most-1]+Ellipsis, size, width)
	lines[most-1] = strings.TrimRight(strings.TrimSuffix(last, Ellipsis+Ellipsis), Ellipsis) + Ellipsis
	return lines, false
}
