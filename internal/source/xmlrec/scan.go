// Package xmlrec cuts streams of XML into records, reads a record into a small
// tree and tells which of its elements no code has looked at.
//
// A record is one root element of concatenated documents, or one of many inside
// a wrapper. Namespace prefixes are taken as written: slices of bulk files often
// lack the declarations.
package xmlrec

import (
	"bytes"
	"errors"
	"io"
)

// kind is the kind of a piece of markup.
type kind byte

const (
	text kind = iota
	startTag
	emptyTag
	endTag
	instruction
	directive
	comment
	cdata
)

// markup is one piece of markup, by its place in the scanner's buffer.
type markup struct {
	kind       kind
	start, end int
}

// scanner finds markup in a stream, in one pass over its bytes: enough to cut
// records and to pass over what nobody reads, long before any of it is parsed.
type scanner struct {
	src io.Reader // nil when all is in buf
	mem []byte    // what buf lies in; nothing outside holds on to it
	buf []byte
	pos int
	max int // bytes that buf may hold
	err error
}

var errTooLong = errors.New("record too long")

const chunk = 64 << 10

// fill reads more; false at the end of the stream, when it breaks, and when the
// buffer is full.
func (s *scanner) fill() bool {
	if s.err != nil || s.src == nil {
		return false
	}
	if len(s.buf) >= s.max {
		s.err = errTooLong
		return false
	}
	if cap(s.buf)-len(s.buf) < chunk {
		if cap(s.mem) < 2*len(s.buf)+chunk {
			s.mem = make([]byte, 0, 2*len(s.buf)+2*chunk)
		}
		s.buf = append(s.mem[:0], s.buf...)
	}
	n, err := s.src.Read(s.buf[len(s.buf) : len(s.buf)+chunk])
	s.buf = s.buf[:len(s.buf)+n]
	if err != nil {
		s.err = err
	}
	return n > 0 || err == nil
}

// index returns where pattern begins at or after from, or -1 at the end.
func (s *scanner) index(from int, pattern string) int {
	for {
		if i := bytes.Index(s.buf[min(from, len(s.buf)):], []byte(pattern)); i >= 0 {
			return from + i
		}
		from = max(from, len(s.buf)-len(pattern)+1)
		if !s.fill() {
			return -1
		}
	}
}

// has tells whether the buffer goes on with pattern at i.
func (s *scanner) has(i int, pattern string) bool {
	for len(s.buf) < i+len(pattern) {
		if !s.fill() {
			return false
		}
	}
	return string(s.buf[i:i+len(pattern)]) == pattern
}

// next returns the next markup, ok is false when there is none that is whole.
// Text before it is left between the position and its start.
func (s *scanner) next() (m markup, ok bool) {
	m.start = s.index(s.pos, "<")
	if m.start < 0 {
		return m, false
	}
	for len(s.buf) < m.start+2 {
		if !s.fill() {
			return m, false
		}
	}
	closed, from := ">", m.start+2
	switch s.buf[m.start+1] {
	case '!':
		switch {
		case s.has(m.start, "<!--"):
			m.kind, closed, from = comment, "-->", m.start+4
		case s.has(m.start, "<![CDATA["):
			m.kind, closed, from = cdata, "]]>", m.start+9
		default:
			m.kind = directive
			m.end = s.directiveEnd(from)
			return s.finish(m)
		}
	case '?':
		m.kind, closed = instruction, "?>"
	case '/':
		m.kind = endTag
	default:
		m.kind = startTag
		m.end = s.tagEnd(m.start + 1)
		if m.end > 0 && s.buf[m.end-2] == '/' {
			m.kind = emptyTag
		}
		return s.finish(m)
	}
	if i := s.index(from, closed); i >= 0 {
		m.end = i + len(closed)
	}
	return s.finish(m)
}

func (s *scanner) finish(m markup) (markup, bool) {
	if m.end == 0 {
		return m, false
	}
	s.pos = m.end
	return m, true
}

// tagEnd returns the index behind the > that ends a tag, over quoted values; 0
// when there is none.
func (s *scanner) tagEnd(i int) int {
	var quote byte
	for {
		for ; i < len(s.buf); i++ {
			switch c := s.buf[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '>':
				return i + 1
			}
		}
		if !s.fill() {
			return 0
		}
	}
}

// directiveEnd does the same for a DOCTYPE with its internal subset.
func (s *scanner) directiveEnd(i int) int {
	var quote byte
	depth := 0
	for {
		for ; i < len(s.buf); i++ {
			switch c := s.buf[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '"' || c == '\'':
				quote = c
			case c == '[' || c == '<':
				depth++
			case c == ']' || c == '>' && depth > 0:
				depth--
			case c == '>':
				return i + 1
			}
		}
		if !s.fill() {
			return 0
		}
	}
}

// name returns the name of a tag.
func (s *scanner) name(m markup) []byte {
	b := s.buf[m.start+1 : m.end-1]
	if m.kind == endTag {
		b = b[1:]
	}
	for i, c := range b {
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '/' {
			return b[:i]
		}
	}
	return b
}
