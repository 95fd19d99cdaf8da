package xmlrec

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"onewindow/internal/source/entry"
)

// Child returns the first child with one of the names, nil if there is none. It
// may be called on nil.
func (n *Node) Child(names ...string) *Node {
	if n == nil {
		return nil
	}
	for _, name := range names {
		for _, c := range n.Children {
			if c.Name == name {
				c.used = true
				return c
			}
		}
	}
	return nil
}

// At follows a path of children, nil where it ends.
func (n *Node) At(path ...string) *Node {
	for _, name := range path {
		n = n.Child(name)
	}
	return n
}

// All returns the children with one of the names, in order.
func (n *Node) All(names ...string) []*Node {
	if n == nil {
		return nil
	}
	var out []*Node
	for _, c := range n.Children {
		for _, name := range names {
			if c.Name == name {
				c.used = true
				out = append(out, c)
			}
		}
	}
	return out
}

// Attr returns the value of an attribute, trimmed; empty where there is none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for i := range n.attrs {
		if n.attrs[i].name == name {
			n.attrs[i].used = true
			return strings.Clone(strings.TrimSpace(n.attrs[i].value))
		}
	}
	return ""
}

// Use marks n and everything in it as read: for what says the same a second
// time. It returns n.
func (n *Node) Use() *Node {
	if n == nil {
		return nil
	}
	n.used = true
	for i := range n.attrs {
		n.attrs[i].used = true
	}
	for _, c := range n.Children {
		c.Use()
	}
	return n
}

// Value returns the text that stands in n itself, with every run of blanks as
// one space, trimmed.
func (n *Node) Value() string {
	if n == nil {
		return ""
	}
	n.used = true
	for _, c := range n.Children {
		if c.Name == "" {
			if len(n.Children) == 1 {
				return spaced(c.text)
			}
			return n.Text(nil)
		}
	}
	return ""
}

// spaced returns s with every run of blanks as one space, trimmed. It is a copy:
// what is kept of a record must not hold the whole of it in memory.
func spaced(s string) string {
	if plainly(s) {
		return strings.Clone(s)
	}
	return strings.Clone(strings.Join(strings.Fields(s), " "))
}

// Raw returns the text that stands in n itself as it was written: for values in
// fixed columns, where blanks count.
func (n *Node) Raw() string {
	if n == nil {
		return ""
	}
	n.used = true
	var b strings.Builder
	for _, c := range n.Children {
		if c.Name == "" {
			b.WriteString(c.text)
		}
	}
	return b.String()
}

// Peek returns the text that stands in n itself and does not count as reading it.
func (n *Node) Peek() string {
	if len(n.Children) == 1 && n.Children[0].Name == "" {
		return strings.Clone(strings.TrimSpace(n.Children[0].text))
	}
	return ""
}

// Text returns all text in n in one piece: inline elements give their content,
// formulas their letters and signs, and elements for which leave is true are
// left out and stay unread. A line broken in running Chinese text is joined
// without a space.
func (n *Node) Text(leave func(name string) bool) string {
	if n == nil {
		return ""
	}
	if len(n.Children) == 1 && n.Children[0].Name == "" {
		n.used = true
		return joinLines(formula(n.Children[0].text))
	}
	var b strings.Builder
	n.appendText(&b, leave)
	return joinLines(b.String())
}

func (n *Node) appendText(b *strings.Builder, leave func(string) bool) {
	n.used = true
	for _, c := range n.Children {
		switch {
		case c.Name == "":
			b.WriteString(formula(c.text))
		case leave != nil && leave(c.Name):
		case c.Name == "br" || strings.HasSuffix(c.Name, ":br"):
			c.used = true
			b.WriteByte('\n')
		default:
			c.appendText(b, leave)
		}
	}
}

// formula returns the letters and signs of MathML that stands in a CDATA
// section, where its entities were never resolved; other text as it is.
func formula(s string) string {
	if !strings.Contains(s, "<math") && !strings.Contains(s, "<m:math") && !strings.Contains(s, ":math ") {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			break
		}
		if _, s, ok = strings.Cut(rest, ">"); !ok {
			break
		}
	}
	return html.UnescapeString(b.String())
}

// plainly tells whether s is ASCII that joinLines would leave as it is.
func plainly(s string) bool {
	blank := true // before the text
	for i := range len(s) {
		switch c := s[i]; {
		case c > ' ' && c < utf8.RuneSelf:
			blank = false
		case c != ' ' || blank:
			return false
		default:
			blank = true
		}
	}
	return !blank || s == ""
}

// joinLines turns every run of blanks into one space, or into nothing where it
// holds a line break next to a Chinese character or sign. The result is a copy.
func joinLines(s string) string {
	if plainly(s) {
		return strings.Clone(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	gap, broken := false, false
	var last rune
	for _, r := range s {
		if unicode.IsSpace(r) {
			gap = true
			broken = broken || r == '\n'
			continue
		}
		if gap && last != 0 && !(broken && (wide(last) || wide(r))) {
			b.WriteByte(' ')
		}
		gap, broken = false, false
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// wide tells whether a character stands in running Chinese or Japanese text
// without spaces.
func wide(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFFEF || r >= 0x20000 && r <= 0x3FFFF
}

// Unread counts what holds something in the record and has not been read: the
// outermost such elements, and attributes of elements that have. Paths begin
// below the record's root.
func (n *Node) Unread(u *entry.Unread) {
	n.unread(make([]byte, 0, 256), u)
}

func (n *Node) unread(path []byte, u *entry.Unread) {
	for _, a := range n.attrs {
		if !a.used && a.value != "" && !strings.HasPrefix(a.name, "xmlns") && !strings.HasPrefix(a.name, "xsi:") {
			u.Count(append(append(path, '@'), a.name...))
		}
	}
	for _, c := range n.Children {
		if c.Name == "" {
			continue
		}
		at := path
		if len(at) > 0 {
			at = append(at, '/')
		}
		at = append(at, c.Name...)
		if c.used {
			c.unread(at, u)
		} else if c.holds() {
			u.Count(at)
		}
	}
}

// holds tells whether there is anything in n.
func (n *Node) holds() bool {
	if n.contents || len(n.attrs) > 0 || strings.TrimSpace(n.text) != "" {
		return true
	}
	for _, c := range n.Children {
		if c.holds() {
			return true
		}
	}
	return false
}
