package exchange

import (
	"regexp"
	"strings"

	"onewindow/internal/record"
	"onewindow/internal/source/xmlrec"
)

var (
	// padded is a symbol as ST.8 pads it: "C07K  16/28        20060101AFI20230209BHEP",
	// in answers also "B28B   1/    29            A I".
	padded = regexp.MustCompile(`^([A-H]\d\d[A-Z])\s*(\d{1,4})\s*/\s*(\d{2,6})(?:\s+(.*))?$`)
	// seventh is a symbol of the seventh edition and before: "7A 61K   9/16   A".
	seventh = regexp.MustCompile(`^(?:(\d)\s*)?([A-H])\s*(\d\d)\s*([A-Z])\s*(\d{1,4})/(\d{2,6})`)
	cpc     = regexp.MustCompile(`^[A-HY]\d\d[A-Z]\d{1,4}/\d{2,6}$`)
)

// classes reads IPC from its eighth edition, before it where there is nothing
// newer, CPC and the classification of the United States.
func (r *reader) classes() {
	for _, n := range r.bib.Child("classifications-ipcr").All("classification-ipcr") {
		n.Attr("sequence")
		r.doc.Classes = r.ipc(r.doc.Classes, n)
	}
	if older := r.bib.Child("classification-ipc"); len(r.doc.Classes) > 0 {
		older.Use() // what the reform of 2006 has put anew
	} else {
		r.editions(older)
	}
	for _, n := range r.bib.Child("patent-classifications").All("patent-classification") {
		n.Attr("sequence")
		r.patent(n)
	}
}

// ipc reads the symbol of one element.
func (r *reader) ipc(list []record.Class, n *xmlrec.Node) []record.Class {
	text := n.Child("text").Value()
	if text == "" {
		return list
	}
	c, ok := IPC(text)
	if !ok {
		r.Add("class.unreadable", n.Name, text)
		return list
	}
	return AddClass(list, c)
}

// IPC reads one symbol of the International Patent Classification in the forms
// of the EPO.
func IPC(text string) (record.Class, bool) {
	m := padded.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		c, err := record.ParseIPC(text)
		return c, err == nil
	}
	c := record.Class{Scheme: record.IPC, Symbol: m[1] + strings.TrimLeft(m[2], "0") + "/" + m[3]}
	tail := m[4]
	if len(tail) >= 8 && digits(tail[:8]) {
		c.Version, tail = tail[:4]+"."+tail[4:6], tail[8:]
	}
	if level := strings.TrimLeft(tail, " "); len(level) > 2 && strings.ContainsRune("ACS", rune(level[0])) {
		if v := level[2:3]; v == "I" || v == "N" {
			c.Value = v
		} else if v := level[1:2]; v == "I" || v == "N" {
			c.Value = v // a blank position has been lost
		}
	} else if level == "AI" || level == "A I" {
		c.Value = "I"
	}
	_, err := record.ParseIPC(c.Symbol)
	return c, err == nil
}

// editions reads the classification of the seventh edition and before.
func (r *reader) editions(n *xmlrec.Node) {
	edition := n.Child("edition").Value()
	for _, symbol := range n.All("main-classification", "further-classification", "text") {
		m := seventh.FindStringSubmatch(symbol.Value())
		if m == nil {
			if v := symbol.Value(); v != "" {
				r.Add("class.unreadable", symbol.Name, v)
			}
			continue
		}
		if m[1] == "" {
			m[1] = edition
		}
		c := record.Class{Scheme: record.IPC, Symbol: m[2] + m[3] + m[4] + m[5] + "/" + m[6]}
		if m[1] != "" {
			c.Version = m[1]
		}
		r.doc.Classes = AddClass(r.doc.Classes, c)
	}
}

// patent reads one symbol of another classification. Those of the EPO before
// CPC stay unread.
func (r *reader) patent(n *xmlrec.Node) {
	scheme := n.Child("classification-scheme")
	office, name := scheme.Attr("office"), scheme.Attr("scheme")
	switch {
	case strings.HasPrefix(name, "CPC"):
		c := record.Class{Scheme: record.CPC, Symbol: symbol(n)}
		if !cpc.MatchString(c.Symbol) {
			r.Add("class.unreadable", n.Name, c.Symbol)
			return
		}
		if day := scheme.Child("date").Value(); len(day) == 8 && digits(day) {
			c.Version = day[:4] + "." + day[4:6]
		}
		if c.Value = n.Child("classification-value").Value(); c.Value == "A" {
			c.Value = "N" // additional
		}
		r.doc.Classes = AddClass(r.doc.Classes, c)
	case name == "UC" && (office == "US" || office == "EP"):
		if s := symbol(n); s != "" {
			r.doc.Classes = AddClass(r.doc.Classes, record.Class{Scheme: record.USPC, Symbol: s})
		}
	}
}

// symbol returns a symbol in one piece, from its text or its parts.
func symbol(n *xmlrec.Node) string {
	if s := n.Child("classification-symbol").Value(); s != "" {
		return strings.ReplaceAll(s, " ", "")
	}
	var b strings.Builder
	for _, part := range [...]string{"section", "class", "subclass", "main-group"} {
		b.WriteString(n.Child(part).Value())
	}
	if sub := n.Child("subgroup").Value(); sub != "" {
		b.WriteString("/" + sub)
	}
	return b.String()
}

// AddClass adds a class that is not there yet: offices classify for themselves,
// and DOCDB lists what each of them found.
func AddClass(list []record.Class, c record.Class) []record.Class {
	for i := range list {
		if list[i].Scheme == c.Scheme && list[i].Symbol == c.Symbol {
			if c.Value == "I" {
				list[i].Value = "I"
			}
			return list
		}
	}
	return append(list, c)
}
