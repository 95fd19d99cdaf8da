package cli

import (
	"strings"
	"unicode"
)

// plain returns s on one line and without what would steer a terminal: files
// and their names come from strangers.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if steers(r) {
			return ' '
		}
		return r
	}, s)
}

// plainLines is plain for text of several lines.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = plain(lines[i])
	}
	return strings.Join(lines, "\n")
}

// steers tells whether a character is for terminals and not for readers: a
// control character, a separator of lines, or one that turns the direction of
// what follows.
func steers(r rune) bool {
	return unicode.IsControl(r) || unicode.In(r, unicode.Zl, unicode.Zp, unicode.Bidi_Control)
}
