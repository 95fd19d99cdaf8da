package search

import "unicode/utf8"

// Word is one term that a text is looked up by.
type Word struct {
	Text string
	// Pos is the word's place in the text, counted from 0. A run of n Chinese
	// characters takes n places.
	Pos int
	// Char marks a single Chinese character: it stands for itself anywhere in a
	// run, so it is found as the beginning of pairs and at the end of runs.
	Char bool
}

// Analyse takes a text apart as questions do.
//
// Words are runs of letters and digits, lower-cased, without accents, in plain
// forms (Ａ is a, é is e, ₂ is 2), cut to [MaxWord] bytes; whatever else, hyphens
// too, divides them, and an English 's falls away. A run of Chinese, Japanese or
// Korean characters becomes its overlapping pairs; one character alone stays one.
func Analyse(text string) []Word {
	var a analyser
	a.text(text)
	out := make([]Word, 0, len(a.toks))
	for _, t := range a.toks {
		if t.kind != tokLast {
			out = append(out, Word{Text: string(a.buf[t.off:t.end]), Pos: int(t.pos), Char: t.kind == tokChar})
		}
	}
	return out
}

type tokKind uint8

const (
	tokWord tokKind = iota
	tokPair         // two characters of a run
	tokLast         // the last character of a run of two or more, indexed alone
	tokChar         // a run of one character
)

type token struct {
	off, end uint32 // in analyser.buf
	pos      uint32
	kind     tokKind
}

// analyser holds the tokens of one text. It is used again for the next.
type analyser struct {
	buf  []byte
	toks []token
	next uint32 // positions used
}

// asciiFold maps ASCII letters and digits to their folded byte, other bytes to 0.
var asciiFold = func() (t [256]byte) {
	for c := byte('0'); c <= '9'; c++ {
		t[c] = c
	}
	for c := byte('a'); c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = c, c
	}
	return t
}()

// text analyses s, replacing what the analyser held.
func (a *analyser) text(s string) {
	a.buf, a.toks, a.next = a.buf[:0], a.toks[:0], 0
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if asciiFold[c] == 0 {
				i++
				continue
			}
			i = a.word(s, i)
			continue
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		if isHan(r) {
			i = a.run(s, i)
			continue
		}
		if f := fold(r); f.class == classWord {
			i = a.word(s, i)
			continue
		}
		i += w
	}
}

// word takes the word at s[i:] and returns the place after it.
func (a *analyser) word(s string, i int) int {
	start := len(a.buf)
	for i < len(s) {
		from := i
		for i < len(s) && asciiFold[s[i]] != 0 {
			i++
		}
		at := len(a.buf)
		a.buf = append(a.buf, s[from:min(i, from+MaxWord-(at-start))]...)
		for k, c := range a.buf[at:] {
			a.buf[at+k] = asciiFold[c]
		}
		if i == len(s) || s[i] < utf8.RuneSelf {
			break
		}
		r, w := utf8.DecodeRuneInString(s[i:])
		f := fold(r)
		if f.class != classWord && f.class != classMark {
			break
		}
		if len(a.buf)-start+len(f.text) <= MaxWord {
			a.buf = append(a.buf, f.text...)
		}
		i += w
	}
	a.toks = append(a.toks, token{uint32(start), uint32(len(a.buf)), a.next, tokWord})
	a.next++
	return afterPossessive(s, i)
}

// afterPossessive steps over an English 's that ends the word before s[i:].
func afterPossessive(s string, i int) int {
	j := i
	switch {
	case j < len(s) && s[j] == '\'':
		j++
	case j+2 < len(s) && s[j:j+3] == "’":
		j += 3
	default:
		return i
	}
	if j >= len(s) || s[j]|0x20 != 's' {
		return i
	}
	j++
	if j < len(s) {
		if r, _ := utf8.DecodeRuneInString(s[j:]); fold(r).class == classWord {
			return i
		}
	}
	return j
}

// run takes the run of characters at s[i:] and returns the place after it.
func (a *analyser) run(s string, i int) int {
	start := len(a.buf)
	prev, last := start, start // where the last two characters begin
	n := uint32(0)
	for i < len(s) {
		r, w := utf8.DecodeRuneInString(s[i:])
		if !isHan(r) {
			break
		}
		prev, last = last, len(a.buf)
		if r >= 0x3041 && r < 0xf900 { // its own folded form
			a.buf = append(a.buf, s[i:i+w]...)
		} else {
			a.buf = utf8.AppendRune(a.buf, hanFold(r))
		}
		if n > 0 {
			a.toks = append(a.toks, token{uint32(prev), uint32(len(a.buf)), a.next + n - 1, tokPair})
		}
		n++
		i += w
	}
	kind := tokLast
	if n == 1 {
		kind = tokChar
	}
	a.toks = append(a.toks, token{uint32(last), uint32(len(a.buf)), a.next + n - 1, kind})
	a.next += n
	return i
}
