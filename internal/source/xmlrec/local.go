package xmlrec

import "strings"

// Local takes the namespace prefixes off the names of n and of everything in
// it, for formats whose files bind prefixes of their own choice. Declarations
// of namespaces and attributes of XML Schema keep theirs. It returns n.
func (n *Node) Local() *Node {
	if n == nil {
		return nil
	}
	if _, local, ok := strings.Cut(n.Name, ":"); ok {
		n.Name = local
	}
	for i := range n.attrs {
		a := &n.attrs[i]
		if prefix, local, ok := strings.Cut(a.name, ":"); ok && prefix != "xmlns" && prefix != "xsi" {
			a.name = local
		}
	}
	for _, c := range n.Children {
		c.Local()
	}
	return n
}
