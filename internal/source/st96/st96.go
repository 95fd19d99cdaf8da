// Package st96 reads and writes WIPO Standard ST.96: patent publications and
// applications for trademarks, designs and geographical indications, each with
// the elements of version 6.0.
//
// Files bind namespace prefixes as they like; elements are known by their local
// names.
package st96

import (
	"bufio"
	"bytes"
	"regexp"
	"slices"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "st96"

// namespace is what the names of ST.96's namespaces begin with.
const namespace = "http://www.wipo.int/standards/XMLSchema/ST96/"

// instance is one kind of ST.96 document.
type instance struct {
	prefix, root string
	each         string // element that stands for one right; the root itself where empty
	read         func(root, each *xmlrec.Node) (*record.Document, *entry.Reject)
}

var instances = []instance{
	{"pat", "PatentPublication", "", readPatent},
	{"tmk", "TrademarkApplication", "Trademark", func(_, n *xmlrec.Node) (*record.Document, *entry.Reject) { return Trademark(n) }},
	{"dgn", "DesignApplication", "Design", readDesign},
	{"gin", "GIApplication", "", readIndication},
}

// Format returns ST.96 for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

func detect(_ string, head []byte) bool {
	return slices.ContainsFunc(roots(head), func(root string) bool { return xmlrec.Detect(head, root) })
}

var binding = regexp.MustCompile(`xmlns(?::([A-Za-z_][\w.-]*))?\s*=\s*["']` + regexp.QuoteMeta(namespace) + `(Patent|Trademark|Design|GeographicalIndication)["']`)

// prefixes returns the prefixes, with their colons, that elements of ST.96 may
// carry in a member that begins with head: those that it binds, and the
// customary ones.
func prefixes(head []byte) []string {
	out := []string{"pat:", "tmk:", "dgn:", "gin:"}
	for _, m := range binding.FindAllSubmatch(head, 16) {
		p := string(m[1])
		if p != "" {
			p += ":"
		}
		if !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// roots returns the names of the elements to look for.
func roots(head []byte) []string {
	var out []string
	for _, p := range prefixes(head) {
		for _, i := range instances {
			out = append(out, p+i.root)
		}
	}
	return out
}

// fullText names the elements that are passed over before parsing.
func fullText(head []byte) xmlrec.Bulk {
	bulk := xmlrec.Bulk{}
	for _, p := range prefixes(head) {
		bulk[p+"Description"], bulk[p+"Claims"] = "", p+"Claim"
	}
	return bulk
}

// headSize is how much of a member is searched for namespaces.
const headSize = 16 << 10

func split(in *entry.Input, emit func(entry.Batch) error) error {
	r := bufio.NewReaderSize(in.R, headSize)
	head, _ := r.Peek(headSize) // what breaks here breaks again when it is read
	head = bytes.Clone(head)
	bulk := fullText(head)
	member := *in
	member.R = r
	row := int64(0)
	return xmlrec.SplitAny(&member, roots(head), func(f xmlrec.Found) error {
		d := &decoder{found: f, bulk: bulk, limits: in.Limits, row: row}
		n := d.count()
		row += int64(n)
		return emit(entry.Batch{N: n, Size: len(f.Data), Decode: d.decode})
	})
}

// decoder reads the rights of one instance.
type decoder struct {
	found  xmlrec.Found
	bulk   xmlrec.Bulk
	limits entry.Limits
	row    int64 // entries before this one

	tree *xmlrec.Node
	each []*xmlrec.Node
	kind *instance
}

// count returns how many entries the instance gives. Only one that seems to
// hold several rights is parsed for that.
func (d *decoder) count() int {
	if d.found.Reject != nil {
		return 1
	}
	d.kind = kindOf(d.found.Root)
	if d.kind.each == "" || tags(d.found.Data, d.kind.each) < 2 || d.parse() != nil {
		return 1
	}
	return max(len(d.each), 1)
}

// tags counts what looks like a start tag of an element; never fewer than there are.
func tags(data []byte, local string) int {
	return len(regexp.MustCompile(`<(?:[\w.-]+:)?`+local+`[\s/>]`).FindAllIndex(data, 2))
}

func kindOf(root string) *instance {
	if _, local, ok := strings.Cut(root, ":"); ok {
		root = local
	}
	for i := range instances {
		if instances[i].root == root {
			return &instances[i]
		}
	}
	return nil
}

// parse builds the tree and finds what stands for the rights.
func (d *decoder) parse() *entry.Reject {
	if d.tree != nil {
		return nil
	}
	tree, reject := xmlrec.Parse(d.found.Data, d.bulk, d.limits)
	if reject != nil {
		reject.Raw = entry.Clip(string(d.found.Data[:min(len(d.found.Data), entry.RawLimit)]))
		return reject
	}
	d.tree = tree.Local()
	if d.kind.each == "" {
		d.each = []*xmlrec.Node{d.tree}
	} else {
		d.each = d.tree.Child(d.kind.each + "Bag").All(d.kind.each)
	}
	return nil
}

func (d *decoder) decode(u *entry.Unread) []entry.Entry {
	at := entry.Entry{Row: d.row + 1, Line: d.found.Line, Offset: d.found.Offset}
	refuse := func(r *entry.Reject) []entry.Entry {
		at.Reject = r
		return []entry.Entry{at}
	}
	if d.found.Reject != nil {
		return refuse(d.found.Reject)
	}
	if reject := d.parse(); reject != nil {
		return refuse(reject)
	}
	if len(d.each) == 0 {
		return refuse(entry.Refuse("xml.no_record", ierr.Args{"element": d.kind.each}, ""))
	}
	d.tree.Attr("st96Version")
	var out []entry.Entry
	for i, n := range d.each {
		e := at
		e.Row += int64(i)
		if e.Doc, e.Reject = d.kind.read(d.tree, n); e.Doc != nil && d.found.Recoded {
			e.Doc.Flags = append(e.Doc.Flags, record.Flag{Code: "encoding.undeclared"})
		}
		out = append(out, e)
	}
	d.tree.Unread(u)
	return out
}
