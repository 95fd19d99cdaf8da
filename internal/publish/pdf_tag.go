package publish

import (
	"fmt"
	"strings"
)

// tagger writes the structure of a document and its links.
type tagger struct {
	*book
	*file
	number map[*element]int // of the object
	marks  [][]*element     // by page, then by number of the mark
	doors  []doorAt
}

// doorAt is a link on a page.
type doorAt struct {
	door
	page, object int
	key          int // in the parent tree
}

// pageObject returns the number of a page's object: fpdf writes a page and what it
// shows by turns from 3 on.
func pageObject(page int) int { return 3 + 2*page }

// tree writes everything and returns the number of the root.
func (t *tagger) tree(sheets []*sheet) (int, error) {
	if err := t.link(sheets); err != nil {
		return 0, err
	}
	root := t.keep()
	t.count(t.book.root)
	t.collect(t.book.root)
	t.element(t.book.root, root)
	parents := t.add(t.parents())
	t.file.set(root, fmt.Appendf(nil, "<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>", t.number[t.book.root], parents, len(t.marks)+len(t.doors)))
	return root, nil
}

// link writes the links of every page.
func (t *tagger) link(sheets []*sheet) error {
	for i, s := range sheets {
		var list strings.Builder
		for _, d := range s.doors {
			where, ok := t.where(d.to, sheets)
			if !ok {
				continue
			}
			at := doorAt{door: d, page: i, key: len(sheets) + len(t.doors)}
			h := s.height()
			parent := ""
			if d.el != nil {
				parent = fmt.Sprintf("/StructParent %d", at.key)
			}
			at.object = t.add(fmt.Appendf(nil, "<</Type/Annot/Subtype/Link/F 4/Rect[%.2f %.2f %.2f %.2f]/Border[0 0 0]%s%s/Contents %s>>", d.x, h-d.y-d.h, d.x+d.w, h-d.y, where, parent, literal(d.says)))
			fmt.Fprintf(&list, "%d 0 R ", at.object)
			t.doors = append(t.doors, at)
			if d.el != nil {
				d.el.kids = append(d.el.kids, kid{door: len(t.doors)})
			}
		}
		entries := fmt.Sprintf("/StructParents %d/Tabs/S", i)
		if list.Len() > 0 {
			entries += "/Annots[" + list.String() + "]"
		}
		if err := t.extend(pageObject(i), entries); err != nil {
			return err
		}
	}
	return nil
}

// where writes what a link leads to; ok is false where that is nowhere.
func (t *tagger) where(to string, sheets []*sheet) (string, bool) {
	id, inside := strings.CutPrefix(to, "#")
	if !inside {
		return "/A<</S/URI/URI " + plainLiteral(to) + ">>", true
	}
	p, ok := t.body.places[id]
	if !ok {
		return "", false
	}
	page := p.page + len(t.front)
	return fmt.Sprintf("/Dest[%d 0 R/XYZ 0 %.2f null]", pageObject(page), sheets[page].height()-p.y+8), true
}

// plainLiteral writes an address, of which every character is of ASCII.
func plainLiteral(s string) string {
	var out strings.Builder
	for _, c := range []byte(s) {
		fmt.Fprintf(&out, "%02X", c)
	}
	return "<" + out.String() + ">"
}

// count gives the elements the numbers of their objects.
func (t *tagger) count(e *element) {
	t.number[e] = t.keep()
	for _, k := range e.kids {
		if k.el != nil {
			t.count(k.el)
		}
	}
}

// collect finds the element of every mark.
func (t *tagger) collect(e *element) {
	for _, k := range e.kids {
		switch {
		case k.el != nil:
			t.collect(k.el)
		case k.door == 0:
			for len(t.marks[k.page]) <= k.mark {
				t.marks[k.page] = append(t.marks[k.page], nil)
			}
			t.marks[k.page][k.mark] = e
		}
	}
}

// element writes an element and those in it.
func (t *tagger) element(e *element, parent int) {
	var kids strings.Builder
	for _, k := range e.kids {
		switch {
		case k.el != nil:
			t.element(k.el, t.number[e])
			fmt.Fprintf(&kids, "%d 0 R ", t.number[k.el])
		case k.door > 0:
			d := t.doors[k.door-1]
			fmt.Fprintf(&kids, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", d.object, pageObject(d.page))
		default:
			fmt.Fprintf(&kids, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObject(k.page), k.mark)
		}
	}
	more := ""
	if e.alt != "" {
		more = "/Alt " + literal(e.alt)
	}
	if e.tag == "TH" {
		scope := "Row"
		if e.column {
			scope = "Column"
		}
		more += "/A<</O/Table/Scope/" + scope + ">>"
	}
	t.file.set(t.number[e], fmt.Appendf(nil, "<</Type/StructElem/S/%s/P %d 0 R/K[%s]%s>>", e.tag, parent, kids.String(), more))
}

// parents writes which elements what is marked on pages, and the links, are of.
func (t *tagger) parents() []byte {
	var out strings.Builder
	out.WriteString("<</Nums[")
	for i, marks := range t.marks {
		fmt.Fprintf(&out, "%d[", i)
		for _, e := range marks {
			fmt.Fprintf(&out, "%d 0 R ", t.number[e])
		}
		out.WriteString("]")
	}
	for _, d := range t.doors {
		if d.el != nil {
			fmt.Fprintf(&out, "%d %d 0 R ", d.key, t.number[d.el])
		}
	}
	out.WriteString("]>>")
	return []byte(out.String())
}
