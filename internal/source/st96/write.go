package st96

import (
	"fmt"
	"io"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
)

// The version of ST.96 that is written, and its namespaces.
const (
	version     = "V6_0"
	exportSpace = "urn:onewindow:st96-export:1"
)

// Meta says of an export when it was made and by whom.
type Meta struct {
	Created  date.Date
	Producer string   // software and office, as readers are to see it
	Sample   bool     // the documents are invented: the export says so in an attribute
	Notes    []string // what else to know of the export, a comment each
}

// Writer writes documents as instances of ST.96, as a stream. A single document
// is an instance by itself. Several stand in one element of the program's own,
// each a whole instance that may be cut out: ST.96 has no element for rights of
// several kinds. Read with Format, the documents are what they were but for what
// doc/formats.md lists: among it the events of patents and the day of issue of
// all other rights.
type Writer struct {
	w     io.Writer
	meta  Meta
	first []byte   // the first instance, until it is known whether others follow
	last  []string // remarks for the end
	n     int
	err   error
}

// NewWriter returns a writer to w, which must be closed to be complete.
func NewWriter(w io.Writer, meta Meta) *Writer { return &Writer{w: w, meta: meta} }

// Instance returns the name of the ST.96 document that rights of a kind are
// written as; false where ST.96 has none for them.
func Instance(kind record.Kind) (string, bool) {
	switch kind {
	case record.Invention, record.UtilityModel, record.PCT:
		return "PatentPublication", true
	case record.Trademark, record.Madrid:
		return "TrademarkApplication", true
	case record.Design:
		return "DesignApplication", true
	case record.Indication:
		return "GIApplication", true
	}
	return "", false
}

// Write writes one document. It fails with an *ierr.Error of kind Unsupported,
// "st96.kind" or "st96.notice", for what ST.96 has no instance for, which leaves
// the writer as it was, and with the error of the underlying writer.
func (w *Writer) Write(d *record.Document) error {
	if w.err != nil {
		return w.err
	}
	name, ok := Instance(d.Kind)
	if d.Notice {
		return ierr.New(ierr.Unsupported, "st96.notice", ierr.Args{"id": d.DocID()})
	}
	if !ok {
		return ierr.New(ierr.Unsupported, "st96.kind", ierr.Args{"kind": string(d.Kind), "id": d.DocID()})
	}
	x := &xmlWriter{}
	switch name {
	case "PatentPublication":
		x.patent(d)
	case "TrademarkApplication":
		x.trademarkApplication(d)
	case "DesignApplication":
		x.designApplication(d)
	case "GIApplication":
		x.indication(d)
	}
	w.n++
	switch w.n {
	case 1:
		w.first = x.b.Bytes()
		return nil
	case 2:
		w.begin()
	}
	w.put(x.b.Bytes())
	return w.err
}

// begin writes what stands before the first of several instances.
func (w *Writer) begin() {
	x := &xmlWriter{}
	x.start("ow:Export", "xmlns:ow", exportSpace, "created", w.meta.Created.String(), "producer", w.meta.Producer, "sample", w.meta.sample())
	w.declare()
	w.put(x.b.Bytes())
	w.put(w.first)
	w.first = nil
}

// declare writes what stands before the first element: the notes as comments, so
// that a single instance can carry them too.
func (w *Writer) declare() {
	w.put([]byte(xmlDeclaration))
	for _, n := range w.meta.Notes {
		w.put(comment(n))
	}
}

func (m Meta) sample() string {
	if m.Sample {
		return "true"
	}
	return ""
}

// comment writes a text as a comment, in which two hyphens may not follow one
// another.
func comment(text string) []byte {
	for strings.Contains(text, "--") {
		text = strings.ReplaceAll(text, "--", "- -")
	}
	text = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, text)
	return []byte("\n<!-- " + text + " -->")
}

// Note adds a remark, which stands as a comment behind everything else.
func (w *Writer) Note(text string) { w.last = append(w.last, text) }

const xmlDeclaration = `<?xml version="1.0" encoding="UTF-8"?>`

// Close writes the end of the export. Without a document it is an element with
// nothing in it.
func (w *Writer) Close() error {
	switch {
	case w.n == 0:
		w.begin()
		w.put([]byte("\n</ow:Export>\n"))
	case w.n == 1:
		w.declare()
		w.put(w.first)
		w.put([]byte("\n"))
	default:
		w.put([]byte("\n</ow:Export>\n"))
	}
	for _, n := range w.last {
		w.put(append(comment(n)[1:], '\n'))
	}
	if w.err == nil {
		w.err = errClosed
		return nil
	}
	return w.err
}

var errClosed = fmt.Errorf("st96: the export is closed")

func (w *Writer) put(b []byte) {
	if w.err == nil {
		_, w.err = w.w.Write(b)
	}
}

// root begins the element of an instance with its namespaces.
func (w *xmlWriter) root(name, prefix, space string, attrs ...string) {
	w.start(prefix+":"+name, append([]string{
		"xmlns:" + prefix, namespace + space, "xmlns:com", namespace + "Common", "com:st96Version", version}, attrs...)...)
}
