package xmlrec

import (
	"bytes"
	"encoding/xml"
	"errors"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// Node is an element of a record, or a run of text between elements, which has
// no name. What Value, Text and Attr return counts as read, and so do the
// elements that Child and All find.
type Node struct {
	Name     string
	Children []*Node
	Count    int // of a bulk element: how many of the elements it is asked to count stand in it

	text     string
	attrs    []attr
	used     bool
	contents bool // of a bulk element: something stood in it
}

type attr struct {
	name, value string
	used        bool
}

// Bulk names elements whose content is not parsed, each with the element to
// count in it, which may be empty. Full text is nearly all of a record.
type Bulk map[string]string

// Parse reads one record, without the content of bulk elements. It fails with a
// reject for what is not well formed or exceeds a limit. HTML's entities are
// known; others stay as they are.
func Parse(data []byte, bulk Bulk, limits entry.Limits) (*Node, *entry.Reject) {
	return ParseEntities(data, bulk, limits, xml.HTMLEntity)
}

// ParseEntities is Parse for a format that has entities of its own.
func ParseEntities(data []byte, bulk Bulk, limits entry.Limits, entities map[string]string) (*Node, *entry.Reject) {
	kept, counts, err := reduce(data, bulk)
	if err != nil {
		return nil, malformed(err)
	}
	b := newBuilder(bulk, counts, limits)
	if b.quick(kept) {
		return b.top.Children[0], nil
	}
	b = newBuilder(bulk, counts, limits)
	if reject := b.thorough(kept, entities); reject != nil {
		return nil, reject
	}
	return b.top.Children[0], nil
}

func malformed(err error) *entry.Reject {
	return entry.Refuse("xml.malformed", ierr.Args{"error": entry.Clip(err.Error())}, "")
}

// found is what a bulk element held.
type found struct {
	n        int
	contents bool
}

// in tells whether the name of a bulk element occurs in data.
func (b Bulk) in(data []byte) bool {
	for name := range b {
		if bytes.Contains(data, []byte("<"+name)) {
			return true
		}
	}
	return false
}

// reduce returns data without the content of bulk elements, and what they held
// in the order in which they stand.
func reduce(data []byte, bulk Bulk) ([]byte, []found, error) {
	if !bulk.in(data) {
		return data, nil, nil
	}
	s := scanner{buf: data}
	var kept []byte
	var held []found
	from := 0
	for {
		m, ok := s.next()
		if !ok {
			break
		}
		if m.kind != startTag && m.kind != emptyTag {
			continue
		}
		counted, is := bulk[string(s.name(m))]
		if !is {
			continue
		}
		if m.kind == emptyTag {
			held = append(held, found{})
			continue
		}
		end, h, err := s.skip(m, counted)
		if err != nil {
			return nil, nil, err
		}
		held = append(held, h)
		kept = append(kept, data[from:m.end]...)
		from = end
	}
	if from == 0 {
		return data, held, nil
	}
	return append(kept, data[from:]...), held, nil
}

// skip passes over the content of the element that m begins and returns where
// its end tag begins.
func (s *scanner) skip(m markup, counted string) (int, found, error) {
	name := string(s.name(m))
	h := found{}
	for depth := 1; ; {
		at := s.pos
		t, ok := s.next()
		if !ok {
			return 0, h, errors.New("<" + name + "> has no end")
		}
		h.contents = h.contents || t.kind != endTag || len(bytes.TrimSpace(s.buf[at:t.start])) > 0
		switch t.kind {
		case startTag, emptyTag:
			if counted != "" && string(s.name(t)) == counted {
				h.n++
			}
			if t.kind == startTag {
				depth++
			}
		case endTag:
			if depth--; depth == 0 {
				if string(s.name(t)) != name {
					return 0, h, errors.New("</" + string(s.name(t)) + "> ends <" + name + ">")
				}
				return t.start, h, nil
			}
		}
	}
}
