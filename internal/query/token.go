package query

import (
	"strconv"
	"strings"
	"unicode"
)

type kind uint8

const (
	end      kind = iota
	word          // a run without blanks and signs
	quoted        // text between double quotes
	opening       // (
	closing       // )
	relation      // = == < <= > >=
	nearness      // near/5/ordered
)

type token struct {
	kind     kind
	text     string // of quoted: what stands between the quotes
	pos, end int    // rune offsets
	distance int    // of nearness
	ordered  bool   // of nearness
}

// fold makes of a full-width sign or letter its plain form, of every double quote
// the straight one, and of what separates words a blank. It never changes how
// many runes there are.
func fold(r rune) rune {
	switch r {
	case '“', '”', '„', '‟', '「', '」', '『', '』', '＂':
		return '"'
	case '、', '，', ',', '；', ';', '\u200b', '\ufeff':
		return ' '
	case '：', ':', '＝':
		return '='
	case '≤', '≥':
		return r
	}
	if r >= '！' && r <= '～' {
		return fold(r - '！' + '!')
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		return ' '
	}
	return r
}

// lex cuts src into tokens, the last of which is an end.
func lex(src []rune) ([]token, *Error) {
	var tokens []token
	for i := 0; i < len(src); {
		t := token{pos: i, kind: word}
		switch r := fold(src[i]); r {
		case ' ':
			i++
			continue
		case '(', ')':
			t.kind, t.text = opening, string(r)
			if r == ')' {
				t.kind = closing
			}
			i++
		case '=', '<', '>', '≤', '≥':
			t.kind = relation
			t.text, i = readRelation(src, i)
		case '"':
			t.kind = quoted
			text, next := readQuoted(src, i+1)
			if next < 0 {
				return nil, fail("query.quote_open", i, len(src), nil)
			}
			t.text, i = text, next
		default:
			i = wordEnd(src, i)
			t.text = foldAll(src[t.pos:i])
			if low := strings.ToLower(t.text); strings.HasPrefix(low, "near/") || strings.HasPrefix(low, "prox/") {
				for i < len(src) && !strings.ContainsRune(` ()"`, fold(src[i])) {
					i++
				}
				t.kind, t.end, t.text = nearness, i, foldAll(src[t.pos:i])
				if err := t.readNearness(); err != nil {
					return nil, err
				}
			}
		}
		t.end = i
		tokens = append(tokens, t)
	}
	return append(tokens, token{kind: end, pos: len(src), end: len(src)}), nil
}

func foldAll(src []rune) string {
	var b strings.Builder
	for _, r := range src {
		b.WriteRune(fold(r))
	}
	return b.String()
}

// wordEnd returns where the word that begins at i ends.
func wordEnd(src []rune, i int) int {
	for i < len(src) && !strings.ContainsRune(` ()"=<>≤≥`, fold(src[i])) {
		i++
	}
	return i
}

func readRelation(src []rune, i int) (string, int) {
	r := fold(src[i])
	switch {
	case r == '≤':
		return "<=", i + 1
	case r == '≥':
		return ">=", i + 1
	case i+1 < len(src) && fold(src[i+1]) == '=':
		return string(r) + "=", i + 2
	}
	return string(r), i + 1
}

// isCorner tells corner brackets from the other quotes: a text that begins with
// one kind ends with the same kind.
func isCorner(r rune) bool { return strings.ContainsRune("「」『』", r) }

// readQuoted reads from behind the opening quote and returns the text and the
// place behind the closing one, -1 if there is none. A backslash lets a quote or
// a backslash stand for itself.
func readQuoted(src []rune, i int) (string, int) {
	var b strings.Builder
	corner := isCorner(src[i-1])
	for ; i < len(src); i++ {
		switch {
		case src[i] == '\\' && i+1 < len(src) && (fold(src[i+1]) == '"' || src[i+1] == '\\'):
			i++
			b.WriteRune(src[i])
		case fold(src[i]) == '"' && isCorner(src[i]) == corner:
			return b.String(), i + 1
		default:
			b.WriteRune(src[i])
		}
	}
	return "", -1
}

// readNearness reads near/5, near/5/ordered and, as Espacenet writes it,
// prox/distance<5 and prox/ordered in any order of their parts.
func (t *token) readNearness() *Error {
	parts := strings.Split(strings.ToLower(t.text), "/")
	t.distance = -1
	for _, part := range parts[1:] {
		limit, less := part, 0
		if rest, ok := strings.CutPrefix(part, "distance"); ok && parts[0] == "prox" {
			if limit, ok = strings.CutPrefix(rest, "<="); !ok {
				limit, less = strings.TrimPrefix(rest, "<"), 1
			}
		}
		n, err := strconv.Atoi(limit)
		switch {
		case part == "ordered":
			t.ordered = true
		case err == nil && t.distance < 0:
			if t.distance = n - less; t.distance < 1 || t.distance > MaxDistance {
				return fail("query.near_distance", t.pos, t.end, args{"value": t.text, "limit": MaxDistance})
			}
		default:
			return fail("query.near_form", t.pos, t.end, args{"value": t.text})
		}
	}
	if t.distance < 0 && parts[0] == "prox" {
		t.distance = 1 // the default of CQL
	}
	if t.distance < 0 {
		return fail("query.near_form", t.pos, t.end, args{"value": t.text})
	}
	return nil
}

// keywords are the words that join, in the spellings that people use.
var keywords = map[string]string{
	"and": "and", "与": "and", "且": "and", "并且": "and",
	"or": "or", "或": "or", "或者": "or",
	"not": "not", "非": "not",
}

// keyword returns and, or or not if t is one of them in any spelling, else "".
func (t token) keyword() string {
	if t.kind != word {
		return ""
	}
	return keywords[strings.ToLower(t.text)]
}

// plain tells whether text is read as one word and nothing else.
func plain(text string) bool {
	runes := []rune(text)
	tokens, err := lex(runes)
	return err == nil && len(tokens) == 2 && tokens[0].kind == word && tokens[0].text == text && tokens[0].keyword() == ""
}
