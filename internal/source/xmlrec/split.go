package xmlrec

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"

	"onewindow/internal/ierr"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/entry"
)

// Place is where a record begins in its member.
type Place struct {
	Number int64 // from 1
	Line   int64 // from 1
	Offset int64 // bytes of the member as UTF-8
}

// Found is one record, or the reason why there is none at its place.
type Found struct {
	Place
	Root    string // name of its element; empty with a reject
	Data    []byte // UTF-8, belongs to the caller
	Recoded bool   // the bytes were in another encoding than XML supposes
	Reject  *entry.Reject
}

// Split hands the records of a member to each, in order: the elements of the
// given name wherever they stand. A record without an end is rejected and the
// next one begins at the next declaration or start tag of that name; so is one
// that exceeds a limit, stands under a DOCTYPE that declares entities, or is
// text between the records. Elements around records are passed over. Split
// returns the error of each as it is; any other error ends the member.
func Split(in *entry.Input, root string, each func(Found) error) error {
	return SplitAny(in, []string{root}, each)
}

// SplitAny does what Split does for records of several names, none of which
// stands inside another; Found.Root tells them apart.
func SplitAny(in *entry.Input, roots []string, each func(Found) error) error {
	t := toolkits.Get().(*toolkit)
	t.reader.Reset(in.R)
	defer t.lay()
	src, recoded, err := toUTF8(t.reader)
	if err != nil {
		return err
	}
	s := &splitter{
		scanner: scanner{src: src, mem: t.buffer, buf: t.buffer, max: in.Limits.Record},
		roots:   roots, limits: in.Limits, recoded: recoded, each: each,
		place: Place{Line: 1},
	}
	err = s.run()
	t.buffer = s.mem[:0]
	return err
}

// toolkit is what a member is read with. Members are many and mostly small, so
// it serves one after the other.
type toolkit struct {
	reader *bufio.Reader
	buffer []byte // empty
}

var toolkits = sync.Pool{New: func() any {
	return &toolkit{bufio.NewReaderSize(nil, chunk), make([]byte, 0, 4*chunk)}
}}

// lay puts the toolkit back, unless a large record made its buffer grow.
func (t *toolkit) lay() {
	t.reader.Reset(nil)
	if cap(t.buffer) <= 64*chunk {
		toolkits.Put(t)
	}
}

// Detect tells whether the beginning of a member is XML with elements of a name.
func Detect(head []byte, root string) bool {
	enc, bom, _, err := encodingOf(head)
	if err != nil {
		return false
	}
	text := head[bom:]
	if enc != charset.UTF8 && enc != charset.Undecided {
		text, _ = io.ReadAll(enc.NewReader(bytes.NewReader(text)))
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\uFEFF")), " \t\r\n")
	i := bytes.Index(text, []byte("<"+root))
	if !bytes.HasPrefix(text, []byte("<")) || i < 0 {
		return false
	}
	after := text[i+1+len(root):]
	return len(after) > 0 && bytes.IndexByte([]byte(" \t\r\n/>"), after[0]) >= 0
}

// toUTF8 returns the text of a member, and whether it was in another encoding
// than XML supposes.
func toUTF8(br *bufio.Reader) (_ io.Reader, recoded bool, _ error) {
	head, err := br.Peek(chunk)
	if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return nil, false, err
	}
	enc, bom, recoded, err := encodingOf(head)
	if err != nil {
		return nil, false, err
	}
	_, err = br.Discard(bom)
	return enc.NewReader(br), recoded, err
}

// encodingOf settles the encoding of a member by its beginning: its byte order
// mark, else what its declaration names, else what its bytes look like. bom is
// how many bytes of a mark the reader of the encoding does not pass over itself.
func encodingOf(head []byte) (enc charset.Encoding, bom int, recoded bool, _ error) {
	switch enc, bom = charset.Mark(head); {
	case enc == charset.UTF8:
		return enc, bom, false, nil
	case bom > 0:
		return enc, 0, false, nil
	}
	if name := declared(head); name != "" {
		named, known := charset.Named(name)
		if !known {
			return enc, 0, false, entry.Refuse("encoding.unsupported", ierr.Args{"encoding": entry.Clip(name)}, "")
		}
		return named, 0, false, nil
	}
	enc, _, ok := charset.Sniff(head)
	if !ok {
		return enc, 0, false, entry.Refuse("encoding.unknown", nil, string(head[:min(len(head), entry.RawLimit)]))
	}
	return enc, 0, enc == charset.GB18030, nil
}

// declared returns the encoding that an XML declaration names, if any.
func declared(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, _ := bytes.Cut(head, []byte("?>"))
	_, value, ok := bytes.Cut(decl, []byte("encoding"))
	value = bytes.TrimLeft(value, " \t\r\n=")
	if !ok || len(value) == 0 {
		return ""
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	return string(name)
}

type splitter struct {
	scanner
	roots   []string
	limits  entry.Limits
	recoded bool
	each    func(Found) error
	place   Place // of buf[0], with the number of the last record
	bomb    bool  // the DOCTYPE before the next record declares entities
}

func (s *splitter) run() error {
	for {
		m, ok := s.next()
		if !ok && errors.Is(s.err, errTooLong) {
			if err := s.tooLong(); err != nil {
				return err
			}
			continue
		}
		if !ok {
			return s.end()
		}
		if stray := bytes.TrimSpace(s.buf[:m.start]); len(stray) > 0 && !bytes.Equal(stray, []byte("\uFEFF")) {
			if err := s.refuse("xml.stray", nil, stray); err != nil {
				return err
			}
		}
		var err error
		switch root := s.rootOf(m); {
		case m.kind == directive:
			s.bomb = s.bomb || declaresText(s.buf[m.start:m.end])
			s.forget(m.end)
		case m.kind == emptyTag && root != "":
			err = s.record(root, m.start, m.end, false)
		case m.kind == startTag && root != "":
			err = s.whole(root, m)
		default:
			s.forget(m.end)
		}
		if err != nil {
			return err
		}
	}
}

// end says what is left when no more markup comes.
func (s *splitter) end() error {
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return s.err
	}
	if rest := bytes.TrimSpace(s.buf); len(rest) > 0 {
		return s.refuse("xml.stray", nil, rest)
	}
	if s.place.Number == 0 {
		return entry.Refuse("xml.no_record", ierr.Args{"element": strings.Join(s.roots, ", ")}, "")
	}
	return nil
}

// rootOf returns the name of the record that a tag belongs to, "" if to none.
func (s *splitter) rootOf(m markup) string {
	name := s.name(m)
	for _, root := range s.roots {
		if string(name) == root {
			return root
		}
	}
	return ""
}

// declaresText tells whether a DOCTYPE declares entities that would be replaced
// by text. Those that name a picture or another file that is not XML, with
// NDATA, only stand in attributes and are never replaced.
func declaresText(doctype []byte) bool {
	for {
		_, rest, ok := bytes.Cut(doctype, []byte("<!ENTITY"))
		if !ok {
			return false
		}
		words, after := declaration(rest)
		if len(words) != 5 || words[1] != "SYSTEM" || words[3] != "NDATA" {
			if len(words) != 6 || words[1] != "PUBLIC" || words[4] != "NDATA" {
				return true
			}
		}
		doctype = after
	}
}

// declaration returns the words of a markup declaration, a quoted value being
// one, and what follows it. No more than seven are returned.
func declaration(b []byte) (words []string, after []byte) {
	for {
		b = bytes.TrimLeft(b, " \t\r\n")
		if len(b) == 0 || b[0] == '>' || len(words) == 7 {
			return words, b
		}
		end := bytes.IndexAny(b, " \t\r\n>")
		if b[0] == '"' || b[0] == '\'' {
			if end = bytes.IndexByte(b[1:], b[0]); end >= 0 {
				end += 2
			}
		}
		if end < 0 {
			end = len(b)
		}
		words, b = append(words, string(b[:end])), b[end:]
	}
}

// whole finds the end of the record that begins with m.
func (s *splitter) whole(root string, m markup) error {
	begin := m.start
	deep := false
	for depth := 1; ; {
		m, ok := s.next()
		if !ok {
			return s.unended(begin)
		}
		switch m.kind {
		case startTag:
			if s.rootOf(m) != "" {
				return s.broken(begin, m.start)
			}
			depth++
			deep = deep || depth > s.limits.XMLDepth
		case endTag:
			if depth--; depth == 0 {
				return s.record(root, begin, m.end, deep)
			}
		case instruction:
			if bytes.HasPrefix(s.buf[m.start:m.end], []byte("<?xml ")) {
				return s.broken(begin, m.start)
			}
		case directive:
			return s.broken(begin, m.start)
		}
	}
}

// record hands over buf[begin:end].
func (s *splitter) record(root string, begin, end int, deep bool) error {
	s.forget(begin)
	end -= begin
	s.place.Number++
	f := Found{Place: s.place, Recoded: s.recoded}
	switch {
	case s.bomb:
		f.Reject = entry.Refuse("xml.entities", nil, "")
	case deep:
		f.Reject = entry.Refuse("xml.depth", ierr.Args{"limit": s.limits.XMLDepth}, "")
	default:
		f.Root, f.Data = root, bytes.Clone(s.buf[:end])
	}
	s.bomb = false
	s.forget(end)
	return s.each(f)
}

// broken rejects a record that another one begins inside of.
func (s *splitter) broken(begin, next int) error {
	s.forget(begin)
	if err := s.refuse("xml.unended", nil, s.buf[:next-begin]); err != nil {
		return err
	}
	s.bomb = false
	s.forget(next - begin)
	return nil
}

// unended rejects a record that the stream ends in, or that fills the buffer.
func (s *splitter) unended(begin int) error {
	s.forget(begin)
	switch {
	case errors.Is(s.err, errTooLong):
		return s.tooLong()
	case !errors.Is(s.err, io.EOF):
		return s.err
	}
	err := s.refuse("xml.unended", nil, s.buf)
	s.forget(len(s.buf))
	return err
}

// tooLong rejects what fills the buffer and passes over everything up to the
// next declaration or start tag of a record.
func (s *splitter) tooLong() error {
	if err := s.refuse("xml.too_long", ierr.Args{"limit": s.limits.Record}, s.buf); err != nil {
		return err
	}
	s.bomb = false
	s.err = nil
	marks, longest := []string{"<?xml "}, len("<?xml ")
	for _, root := range s.roots {
		marks, longest = append(marks, "<"+root), max(longest, len(root)+1)
	}
	s.forget(1)
	for {
		next := -1
		for _, mark := range marks {
			if i := bytes.Index(s.buf, []byte(mark)); i >= 0 && (next < 0 || i < next) {
				next = i
			}
		}
		if next >= 0 {
			s.forget(next)
			return nil
		}
		s.forget(max(len(s.buf)-longest, 0))
		if !s.fill() {
			s.forget(len(s.buf))
			return nil // what ended the stream is still to be told
		}
	}
}

// refuse hands over a reject at the place of buf[0].
func (s *splitter) refuse(code string, args ierr.Args, raw []byte) error {
	s.place.Number++
	return s.each(Found{Place: s.place, Reject: entry.Refuse(code, args, string(raw[:min(len(raw), entry.RawLimit)]))})
}

// forget drops the bytes before i, goes on there and keeps the place right.
func (s *splitter) forget(i int) {
	s.place.Line += int64(bytes.Count(s.buf[:i], []byte("\n")))
	s.place.Offset += int64(i)
	s.buf = s.buf[i:]
	s.pos = 0
}
