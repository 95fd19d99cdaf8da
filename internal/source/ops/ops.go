// Package ops reads the answers of the EPO's Open Patent Services: bibliographic
// data, families, legal events, the European Patent Register, searches, full
// text and numbers. What an answer states of rights becomes documents and
// notices; an answer that states nothing of a right, and one that reports an
// error, is rejected by a reason of its own.
package ops

import (
	"bufio"
	"bytes"
	"errors"
	"regexp"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "epo-ops"

const (
	headBytes = 64 << 10 // how much of a file its elements are looked for in
	root      = "world-patent-data"
	fault     = "fault"
	namespace = "http://ops.epo.org"
)

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

// bare is an answer in which nothing follows the name of its style sheet.
var bare = regexp.MustCompile(`^\s*(?:<\?xml\s[^>]*\?>\s*)?<\?xml-stylesheet\s[^>]*href=['"][./]*(?:\d[\d.]*/)?style/[a-z-]+\.xsl['"][^>]*\?>\s*$`)

func detect(_ string, head []byte) bool {
	switch _, name := exchange.First(head); name {
	case root:
		return true
	case fault:
		return bytes.Contains(head, []byte(namespace))
	case "":
		return bare.Match(head)
	}
	return false
}

func split(in *entry.Input, emit func(entry.Batch) error) error {
	r := bufio.NewReaderSize(in.R, headBytes)
	head, _ := r.Peek(headBytes) // what is wrong with the stream comes out when it is read
	first, name := exchange.First(head)
	if name != root && name != fault {
		first = exchange.Written(head, root)
	}
	again := *in
	again.R = r
	rows := int64(0)
	err := xmlrec.Split(&again, first, func(f xmlrec.Found) error {
		b := answered(f, rows, in.Limits)
		rows += int64(b.N)
		return emit(b)
	})
	var reject *entry.Reject
	if bare.Match(head) && errors.As(err, &reject) && reject.Code == "xml.no_record" {
		return entry.Refuse("ops.empty", nil, string(head))
	}
	return err
}

// answered reads one answer. How many entries it gives is known only then.
func answered(f xmlrec.Found, rows int64, limits entry.Limits) entry.Batch {
	a := &answer{at: entry.Entry{Row: rows, Line: f.Line, Offset: f.Offset}, budget: familyBudget}
	if f.Reject != nil {
		a.refuse(f.Reject)
		return entry.One(a.entries[0])
	}
	tree, reject := xmlrec.Parse(f.Data, nil, limits)
	if reject != nil {
		reject.Raw = entry.Clip(string(f.Data))
		a.refuse(reject)
		return entry.One(a.entries[0])
	}
	a.read(tree.Local())
	return entry.Batch{N: len(a.entries), Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
		tree.Unread(u)
		return a.entries
	}}
}

// answer collects what one answer states.
type answer struct {
	at      entry.Entry // its place; Row counts on
	entries []entry.Entry
	budget  int // how many filings of families may still be listed
}

func (a *answer) add(e entry.Entry) {
	a.at.Row++
	e.Row, e.Line, e.Offset = a.at.Row, a.at.Line, a.at.Offset
	a.entries = append(a.entries, e)
}

func (a *answer) refuse(r *entry.Reject) { a.add(entry.Entry{Reject: r}) }

func (a *answer) document(d *record.Document, r *entry.Reject) {
	if r != nil {
		a.refuse(r)
		return
	}
	a.add(entry.Entry{Doc: d})
}

// read reads all parts of an answer. Each kind of answer is an element of its own.
func (a *answer) read(n *xmlrec.Node) {
	if n.Name == fault {
		a.fault(n)
		return
	}
	for _, part := range n.All(names(n)...) {
		a.part(part)
	}
	if len(a.entries) == 0 {
		a.refuse(entry.Refuse("ops.empty", nil, ""))
	}
}

// names lists the names of the elements in n, each once.
func names(n *xmlrec.Node) []string {
	if n == nil {
		return nil
	}
	seen := map[string]bool{}
	var out []string
	for _, c := range n.Children {
		if c.Name != "" && !seen[c.Name] {
			seen[c.Name] = true
			out = append(out, c.Name)
		}
	}
	return out
}

func (a *answer) part(n *xmlrec.Node) {
	switch n.Name {
	case "exchange-documents":
		a.exchange(n)
	case "biblio-search":
		a.search(n)
	case "patent-family":
		a.family(n)
	case "register-search":
		a.register(n)
	case "fulltext-documents":
		a.fulltext(n)
	case "fulltext-inquiry":
		a.inquiry(n)
	case "equivalents-inquiry":
		a.equivalents(n)
	case "standardization":
		a.conversion(n)
	case fault:
		a.fault(n)
	case "meta":
		n.Attr("name")
		n.Attr("value")
	case "document-inquiry", "classification-scheme", "classification-search", "mappings", "cpc":
		n.Use()
		a.refuse(entry.Refuse("ops.no_right", ierr.Args{"answer": n.Name}, ""))
	default:
		a.refuse(entry.Refuse("ops.unknown", ierr.Args{"element": entry.Clip(n.Name)}, ""))
	}
}

// fault rejects an error by the code and message of the office.
func (a *answer) fault(n *xmlrec.Node) {
	message := strings.TrimSpace(n.Child("message").Value())
	if more := n.Child("description").Value(); more != "" {
		message = strings.TrimSpace(message + ". " + more)
	}
	a.refuse(entry.Refuse("ops.fault", ierr.Args{
		"code": entry.Clip(n.Child("code").Value()), "message": entry.Clip(message),
	}, ""))
}

func (a *answer) exchange(n *xmlrec.Node) {
	for _, c := range n.All("exchange-document") {
		c.Attr("system")
		a.document(exchange.Document(c, 0))
	}
}

// search reads what was found: whole documents, or numbers with their family.
func (a *answer) search(n *xmlrec.Node) {
	asked(n)
	for _, found := range append(n.All("search-result"), n) {
		for _, list := range found.All("exchange-documents") {
			a.exchange(list)
		}
		for _, ref := range found.All("publication-reference") {
			ref.Attr("system")
			var r exchange.Notes
			d, reject := exchange.Numbered(r.Forms(ref).Best())
			if reject == nil {
				family(d, ref.Attr("family-id"))
				d.Flags = r.List
			}
			a.document(d, reject)
		}
	}
}

// asked marks as read what an answer repeats of the question.
func asked(n *xmlrec.Node) {
	n.Attr("total-result-count")
	n.Child("query").Use()
	n.Child("range").Use()
}

// family adds the number of the simple family that a document belongs to.
func family(d *record.Document, id string) {
	if id != "" && id != "-1" {
		d.Facts = append(d.Facts, record.Fact{Name: record.FactFamily, Text: entry.Clip(id)})
	}
}
