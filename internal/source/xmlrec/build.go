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

// builder grows the tree of one record.
type builder struct {
	bulk   Bulk
	held   []found // of the bulk elements still to come
	limits entry.Limits
	top    *Node
	open   []*Node
	marks  []int   // of each open element, where its children begin among those
	those  []*Node // children of the open elements
	spare  slab[Node]
	links  slab[*Node]
	attrs  slab[attr]
}

// slab makes the small pieces of a tree by the dozen.
type slab[T any] struct{ rest []T }

// take returns n new pieces that lie together.
func (s *slab[T]) take(n int) []T {
	if len(s.rest) < n {
		s.rest = make([]T, max(n, 64))
	}
	out := s.rest[:n:n]
	s.rest = s.rest[n:]
	return out
}

func newBuilder(bulk Bulk, held []found, limits entry.Limits) *builder {
	top := &Node{}
	return &builder{bulk: bulk, held: held, limits: limits, top: top, open: []*Node{top}, marks: []int{0}}
}

// node returns a new node.
func (b *builder) node() *Node { return &b.spare.take(1)[0] }

// start opens an element; false where it exceeds a limit.
func (b *builder) start(n *Node) bool {
	if len(n.attrs) > b.limits.Attributes || len(b.open) > b.limits.XMLDepth {
		return false
	}
	if _, is := b.bulk[n.Name]; is && len(b.held) > 0 {
		n.Count, n.contents = b.held[0].n, b.held[0].contents
		b.held = b.held[1:]
	}
	b.those = append(b.those, n)
	b.open = append(b.open, n)
	b.marks = append(b.marks, len(b.those))
	return true
}

// end closes the innermost element; false where it has another name.
func (b *builder) end(name string) bool {
	last := len(b.open) - 1
	if last == 0 || b.open[last].Name != name {
		return false
	}
	b.settle(last)
	b.open, b.marks = b.open[:last], b.marks[:last]
	return true
}

// settle gives open element i, the innermost one, its children.
func (b *builder) settle(i int) {
	children := b.those[b.marks[i]:]
	if len(children) > 0 {
		b.open[i].Children = b.links.take(len(children))
		copy(b.open[i].Children, children)
		b.those = b.those[:b.marks[i]]
	}
}

// text adds a run of text to the innermost element; what stands outside of the
// record is nothing. Blanks between elements are kept only next to text, where
// they part words.
func (b *builder) text(s string) {
	children := b.those[b.marks[len(b.marks)-1]:]
	k := len(children)
	switch {
	case len(b.open) == 1:
	case k > 0 && children[k-1].Name == "":
		children[k-1].text += s
	case k > 0 || strings.TrimSpace(s) != "":
		t := b.node()
		t.text = s
		b.those = append(b.those, t)
	}
}

// whole tells whether one element stands there from beginning to end.
func (b *builder) whole() bool {
	if len(b.open) != 1 {
		return false
	}
	b.settle(0)
	return len(b.top.Children) == 1
}

// thorough builds the tree of any record that encoding/xml can read, with the
// given entities.
func (b *builder) thorough(data []byte, entities map[string]string) *entry.Reject {
	decoder := xml.NewDecoder(bytes.NewReader(data))
	decoder.Strict = false // entities of DTDs that are not at hand stay as they are
	decoder.Entity = entities
	for {
		token, err := decoder.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return malformed(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if !b.start(b.element(t)) {
				return b.beyond(t)
			}
		case xml.EndElement:
			if !b.end(joined(t.Name)) {
				return malformed(errors.New("</" + joined(t.Name) + "> ends no open element"))
			}
		case xml.CharData:
			b.text(string(t))
		}
	}
	if !b.whole() {
		return malformed(errors.New("an element has no end"))
	}
	return nil
}

// beyond says which limit an element exceeds.
func (b *builder) beyond(t xml.StartElement) *entry.Reject {
	if len(t.Attr) > b.limits.Attributes {
		return entry.Refuse("xml.attributes", ierr.Args{"limit": b.limits.Attributes, "element": entry.Clip(t.Name.Local)}, "")
	}
	return entry.Refuse("xml.depth", ierr.Args{"limit": b.limits.XMLDepth}, "")
}

func (b *builder) element(t xml.StartElement) *Node {
	n := b.node()
	n.Name = joined(t.Name)
	if len(t.Attr) > 0 {
		n.attrs = b.attrs.take(len(t.Attr))
		for i, a := range t.Attr {
			n.attrs[i] = attr{name: joined(a.Name), value: a.Value}
		}
	}
	return n
}

func joined(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
