package xmlrec

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

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
	decoder := xml.NewDecoder(bytes.NewReader(kept))
	decoder.Strict = false // entities of DTDs that are not at hand stay as they are
	decoder.Entity = entities
	top := &Node{}
	open := []*Node{top}
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, malformed(err)
		}
		parent := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			if len(t.Attr) > limits.Attributes {
				return nil, entry.Refuse("xml.attributes", ierr.Args{"limit": limits.Attributes, "element": entry.Clip(t.Name.Local)}, "")
			}
			if len(open) > limits.XMLDepth {
				return nil, entry.Refuse("xml.depth", ierr.Args{"limit": limits.XMLDepth}, "")
			}
			n := newNode(t)
			if _, is := bulk[n.Name]; is && len(counts) > 0 {
				n.Count, n.contents = counts[0].n, counts[0].contents
				counts = counts[1:]
			}
			parent.Children = append(parent.Children, n)
			open = append(open, n)
		case xml.EndElement:
			if len(open) == 1 || joined(t.Name) != parent.Name {
				return nil, malformed(errors.New("</" + joined(t.Name) + "> ends no open element"))
			}
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				parent.addText(string(t))
			}
		}
	}
	if len(open) != 1 || len(top.Children) != 1 {
		return nil, malformed(errors.New("an element has no end"))
	}
	return top.Children[0], nil
}

func malformed(err error) *entry.Reject {
	return entry.Refuse("xml.malformed", ierr.Args{"error": entry.Clip(err.Error())}, "")
}

func joined(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func newNode(t xml.StartElement) *Node {
	n := &Node{Name: joined(t.Name)}
	if len(t.Attr) > 0 {
		n.attrs = make([]attr, len(t.Attr))
		for i, a := range t.Attr {
			n.attrs[i] = attr{name: joined(a.Name), value: a.Value}
		}
	}
	return n
}

// addText keeps a run of text; blanks between elements are kept only next to
// text, where they part words.
func (n *Node) addText(s string) {
	if k := len(n.Children); k > 0 && n.Children[k-1].Name == "" {
		n.Children[k-1].text += s
		return
	}
	if strings.TrimSpace(s) == "" && len(n.Children) == 0 {
		return
	}
	n.Children = append(n.Children, &Node{text: s})
}

// found is what a bulk element held.
type found struct {
	n        int
	contents bool
}

// reduce returns data without the content of bulk elements, and what they held
// in the order in which they stand.
func reduce(data []byte, bulk Bulk) ([]byte, []found, error) {
	if len(bulk) == 0 {
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
