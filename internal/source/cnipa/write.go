package cnipa

import (
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
)

// writer builds a file in memory; a layout's writer says which elements.
type writer struct{ b bytes.Buffer }

// open writes a start tag with attributes in pairs of name and value; those
// with an empty value are left out.
func (w *writer) open(name string, attrs ...string) {
	w.tag(name, attrs)
	w.b.WriteByte('>')
}

func (w *writer) tag(name string, attrs []string) {
	w.b.WriteString("\n<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.b.WriteString(" " + attrs[i] + `="`)
			w.escape(attrs[i+1])
			w.b.WriteByte('"')
		}
	}
}

func (w *writer) end(name string) { w.b.WriteString("</" + name + ">") }

// leaf writes an element that holds text.
func (w *writer) leaf(name, text string, attrs ...string) {
	w.open(name, attrs...)
	w.escape(text)
	w.end(name)
}

// some writes an element where there is text for it.
func (w *writer) some(name, text string, attrs ...string) {
	if text != "" {
		w.leaf(name, text, attrs...)
	}
}

func (w *writer) escape(s string) {
	// Writing to memory does not fail.
	_ = xml.EscapeText(&w.b, []byte(s))
}

func (w *writer) flush(out io.Writer) error {
	_, err := out.Write(w.b.Bytes())
	return err
}

// compactDate writes a day as both layouts do, zeros for none.
func compactDate(d date.Date) string {
	if d == 0 {
		return "00000000"
	}
	return strings.ReplaceAll(d.String(), "-", "")
}

// symbolText writes an IPC symbol padded as the office prints it:
// "G06F   13/12    (2006.01)".
func symbolText(c record.Class) string {
	if !strings.Contains(c.Symbol, "/") {
		return c.Symbol
	}
	group, sub, _ := strings.Cut(c.Symbol[4:], "/")
	s := c.Symbol[:4] + strings.Repeat(" ", max(5-len(group), 0)) + group + "/" + sub
	if c.Version == "" {
		return s
	}
	return s + strings.Repeat(" ", max(6-len(sub), 1)) + "(" + c.Version + ")" + c.Value
}

// paddedSymbol writes an IPC symbol in the fourteen characters of ST.8.
func paddedSymbol(c record.Class) string {
	group, sub, _ := strings.Cut(c.Symbol[4:], "/")
	return c.Symbol[:4] + strings.Repeat("0", 4-len(group)) + group + sub + strings.Repeat("0", 6-len(sub))
}

// agencyName writes an agency's name with its code behind it.
func agencyName(p *record.Party) string {
	if p.Ident == "" {
		return p.Name()
	}
	return p.Name() + " " + p.Ident
}

// printedAddress writes an address with its postcode before it.
func printedAddress(p *record.Party) string {
	if p.Postcode == "" {
		return p.Address
	}
	return p.Postcode + " " + p.Address
}

// byRole returns the parties of a role in order.
func byRole(d *record.Document, role record.Role) []*record.Party {
	var out []*record.Party
	for i := range d.Parties {
		if d.Parties[i].Role == role {
			out = append(out, &d.Parties[i])
		}
	}
	return out
}

// byRelation returns the filings of a relation in order.
func byRelation(d *record.Document, relation string) []record.Filing {
	var out []record.Filing
	for _, f := range d.Filings {
		if f.Relation == relation {
			out = append(out, f)
		}
	}
	return out
}

// splitNumber parts an earlier publication's number from its kind code.
func splitNumber(s string) (number, code string) {
	if i := strings.IndexAny(s, "ABCDUSYZ"); i > 0 {
		return s[:i], s[i:]
	}
	return s, ""
}
