package publish

// element is a part of the document's logical structure, as readers that speak tell
// it (ISO 32000-1, 14.7 and 14.8).
type element struct {
	tag    string // Document, Sect, H1, P, L, Table, Figure, Link …
	alt    string // what a picture shows, in words
	column bool   // of a head: of a column, not of a row
	parent *element
	kids   []kid
	joined bool // it is among the kids of its parent
}

// kid is what an element holds: another element, what is marked on a page, or a link.
type kid struct {
	el         *element
	page, mark int // of what is marked, where el is nil and door is 0
	door       int // number of a link, from 1
}

// child adds an element to another.
func (e *element) child(tag string) *element {
	c := e.inline(tag)
	c.join()
	return c
}

// inline returns an element that joins another once it is drawn, after what of that
// has been drawn before it.
func (e *element) inline(tag string) *element { return &element{tag: tag, parent: e} }

// join makes the element one of its parent's kids.
func (e *element) join() {
	if e.joined || e.parent == nil {
		return
	}
	e.joined = true
	e.parent.join()
	e.parent.kids = append(e.parent.kids, kid{el: e})
}
