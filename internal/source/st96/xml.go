package st96

import (
	"bytes"
	"encoding/xml"
	"strconv"

	"onewindow/internal/date"
)

// xmlWriter builds one instance in memory. Names carry the customary prefixes.
type xmlWriter struct {
	b    bytes.Buffer
	open []string
}

// start begins an element, with attributes in pairs of name and value; those
// with an empty value are left out.
func (w *xmlWriter) start(name string, attrs ...string) {
	w.b.WriteString("\n<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.b.WriteString(" " + attrs[i] + `="`)
			w.escape(attrs[i+1])
			w.b.WriteByte('"')
		}
	}
	w.b.WriteByte('>')
	w.open = append(w.open, name)
}

// end ends the element that began last.
func (w *xmlWriter) end() {
	last := len(w.open) - 1
	w.b.WriteString("</" + w.open[last] + ">")
	w.open = w.open[:last]
}

// in writes an element with what content writes, and nothing where that is nothing.
func (w *xmlWriter) in(name string, content func(), attrs ...string) {
	before := w.b.Len()
	w.start(name, attrs...)
	begun := w.b.Len()
	content()
	if w.b.Len() == begun {
		w.b.Truncate(before)
		w.open = w.open[:len(w.open)-1]
		return
	}
	w.end()
}

// leaf writes an element that holds text, where there is text for it.
func (w *xmlWriter) leaf(name, text string, attrs ...string) {
	if text != "" {
		w.start(name, attrs...)
		w.escape(text)
		w.end()
	}
}

func (w *xmlWriter) day(name string, d date.Date) { w.leaf(name, d.String()) }

func (w *xmlWriter) escape(s string) {
	// Writing to memory does not fail.
	_ = xml.EscapeText(&w.b, []byte(s))
}

// place writes the number of a place in a list, from 0 on, as ST.96's instances do.
func place(i int) string { return strconv.Itoa(i + 1) }
