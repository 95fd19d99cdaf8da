package xmlrec

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// quick builds the tree of a record that is plain: well formed, with quoted
// attributes, names in ASCII and no entities but XML's own five and references to
// characters. Nearly every record is. It returns false for any other, which then takes the way through
// encoding/xml; where it returns true, both ways give the same tree.
func (b *builder) quick(data []byte) bool {
	if !utf8.Valid(data) || bytes.Contains(data, []byte("\uFFFE")) || bytes.Contains(data, []byte("\uFFFF")) {
		return false
	}
	for _, c := range data {
		if c < ' ' && c != '\t' && c != '\n' { // carriage returns are not kept as they are
			return false
		}
	}
	q := quickParser{s: string(data), b: b}
	for q.s != "" {
		if !q.piece() || len(b.open) == 1 && q.s != "" {
			return false
		}
	}
	return b.whole()
}

// quickParser reads what is left in s.
type quickParser struct {
	s     string
	b     *builder
	attrs []attr // of the tag being read
}

// piece reads a run of text or one piece of markup.
func (q *quickParser) piece() bool {
	switch s := q.s; {
	case s[0] != '<':
		end := strings.IndexByte(s, '<')
		if end < 0 {
			return false
		}
		text, ok := plainText(s[:end])
		q.b.text(text)
		q.s = s[end:]
		return ok
	case strings.HasPrefix(s, "</"):
		name, rest := cutName(s[2:])
		rest = strings.TrimLeft(rest, blanks)
		if name == "" || !strings.HasPrefix(rest, ">") || !q.b.end(name) {
			return false
		}
		q.s = rest[1:]
		return true
	case strings.HasPrefix(s, cdataBegin):
		text, rest, ok := strings.Cut(s[len(cdataBegin):], "]]>")
		q.b.text(text)
		q.s = rest
		return ok
	}
	return q.tag()
}

const (
	blanks     = " \t\n"
	cdataBegin = "<![CDATA["
)

// tag reads a start tag or the tag of an empty element.
func (q *quickParser) tag() bool {
	name, s := cutName(q.s[1:])
	if name == "" {
		return false
	}
	n := q.b.node()
	n.Name = name
	q.attrs = q.attrs[:0]
	for {
		rest := strings.TrimLeft(s, blanks)
		empty := strings.HasPrefix(rest, "/>")
		if empty || strings.HasPrefix(rest, ">") {
			if len(q.attrs) > 0 {
				n.attrs = q.b.attrs.take(len(q.attrs))
				copy(n.attrs, q.attrs)
			}
			if !q.b.start(n) {
				return false
			}
			if q.s = rest[1:]; empty {
				q.s = rest[2:]
				return q.b.end(name)
			}
			return true
		}
		if len(rest) == len(s) {
			return false // nothing parts what stands there from what came before
		}
		a, after, ok := cutAttr(rest)
		if !ok {
			return false
		}
		q.attrs = append(q.attrs, a)
		s = after
	}
}

// cutAttr cuts an attribute off.
func cutAttr(s string) (a attr, rest string, ok bool) {
	name, s := cutName(s)
	if name == "" || len(s) < 3 || s[0] != '=' || s[1] != '"' && s[1] != '\'' {
		return a, s, false
	}
	end := strings.IndexByte(s[2:], s[1])
	if end < 0 || strings.IndexByte(s[2:2+end], '<') >= 0 {
		return a, s, false
	}
	value, ok := plainText(s[2 : 2+end])
	return attr{name: name, value: value}, s[3+end:], ok
}

// cutName cuts a name of ASCII off, with at most one colon; empty for any other.
func cutName(s string) (name, rest string) {
	end, colons := 0, 0
	for end < len(s) {
		c := s[end]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_':
		case end > 0 && ('0' <= c && c <= '9' || c == '-' || c == '.'):
		case end > 0 && c == ':':
			colons++
		case c >= utf8.RuneSelf || c == ':':
			return "", s
		default:
			if colons > 1 {
				return "", s
			}
			return s[:end], s[end:]
		}
		end++
	}
	return "", s
}

// plainText resolves XML's own entities and references to characters. It is false
// where others stand.
func plainText(s string) (string, bool) {
	if strings.Contains(s, "]]>") {
		return "", false
	}
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	for ; i >= 0; i = strings.IndexByte(s, '&') {
		b.WriteString(s[:i])
		name, _, ended := strings.Cut(s[i+1:min(len(s), i+longestEntity)], ";")
		r := resolve(name)
		if !ended || r == 0 {
			return "", false
		}
		b.WriteRune(r)
		s = s[i+1+len(name)+1:]
	}
	b.WriteString(s)
	return b.String(), true
}

// longestEntity is the length of &#x10FFFF;.
const longestEntity = 10

// resolve returns the character that an entity stands for, 0 for any that is not
// XML's own and for characters that XML does not have or would change.
func resolve(name string) rune {
	switch name {
	case "amp":
		return '&'
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "quot":
		return '"'
	case "apos":
		return '\''
	}
	digits, base := strings.TrimPrefix(name, "#"), 10
	if len(digits) == len(name) {
		return 0
	}
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n < ' ' && n != '\t' && n != '\n' || n > unicode.MaxRune || n == 0xFFFE || n == 0xFFFF || !utf8.ValidRune(rune(n)) {
		return 0
	}
	return rune(n)
}
