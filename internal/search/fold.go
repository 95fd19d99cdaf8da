package search

import (
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// class says what a character does to the word it meets.
type class uint8

const (
	classBreak class = iota // ends a word
	classWord               // belongs to a word, as its folded form
	classMark               // is dropped: a combining mark
	classHan                // belongs to a run of Chinese, Japanese or Korean
)

type folded struct {
	class class
	text  string
}

// Folded characters lie in a table up to foldTop, beyond Chinese punctuation, and
// from fullWidth on, 256 of them; the others are folded anew each time, being rare.
const (
	foldTop   = 0x3040
	fullWidth = 0xff00
)

var foldTable = sync.OnceValue(func() *[foldTop + 256]folded {
	t := new([foldTop + 256]folded)
	for r := range rune(foldTop) {
		t[r] = foldRune(r)
	}
	for i := range rune(256) {
		t[foldTop+i] = foldRune(fullWidth + i)
	}
	return t
})

// letters that no Unicode decomposition takes apart, as they are commonly written
// without their own sign.
var plainLetters = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th", 'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ŧ': "t", 'ς': "σ",
}

// foldRune lower-cases r, drops its accents and replaces compatibility forms
// (full-width letters, superscript digits, Roman numerals) by the plain ones.
func foldRune(r rune) folded {
	if isHan(r) {
		return folded{classHan, string(hanFold(r))}
	}
	if unicode.Is(unicode.M, r) || r == 0x200b || r == 0xad {
		return folded{class: classMark}
	}
	var out []byte
	for _, x := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.M, x):
		case unicode.IsLetter(x):
			x = unicode.ToLower(x)
			if p, ok := plainLetters[x]; ok {
				out = append(out, p...)
			} else {
				out = append(out, string(x)...)
			}
		case unicode.IsDigit(x):
			out = append(out, string(x)...)
		default:
			return folded{}
		}
	}
	if len(out) == 0 {
		return folded{}
	}
	return folded{classWord, string(out)}
}

func fold(r rune) folded {
	switch {
	case r < foldTop:
		return foldTable()[r]
	case r&^0xff == fullWidth:
		return foldTable()[foldTop+r&0xff]
	}
	return foldRune(r)
}

// isHan tells the characters that are written without spaces between words: Han,
// kana and Hangul.
func isHan(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r >= 0x4e00 && r <= 0x9fff, // unified ideographs
		r >= 0x3400 && r <= 0x4dbf,                             // extension A
		r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fe, // kana
		r >= 0xac00 && r <= 0xd7a3, // Hangul
		r >= 0xf900 && r <= 0xfaff, // compatibility ideographs
		r >= 0x2e80 && r <= 0x2fd5, // radicals
		r >= 0x20000 && r <= 0x3ffff,
		r == 0x3005, r == 0x3007:
		return true
	}
	return false
}

// hanFold gives the unified ideograph of a radical or compatibility ideograph.
func hanFold(r rune) rune {
	if r >= 0x4e00 && r <= 0x9fff || !(r <= 0x2fd5 || r >= 0xf900 && r <= 0xfaff || r >= 0x2f800) {
		return r
	}
	for _, x := range norm.NFKC.String(string(r)) {
		return x
	}
	return r
}
