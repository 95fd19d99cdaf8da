// Package usfield reads the fields that files of the United States patent and
// trademark office write alike, whatever their format.
package usfield

import (
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/xmlrec"
)

// Office is the office's ST.3 code.
const Office = "US"

// Notes reads the values of one document and remembers what was wrong with them.
type Notes struct{ cnfield.Flags }

// Value returns the text of n with its inline elements, empty for the words that
// the office puts where nothing is known.
func (r *Notes) Value(n *xmlrec.Node) string {
	v := n.Text(nil)
	if n != nil {
		r.entity(v, n.Name)
	}
	if v == "unknown" || v == "omitted" {
		return ""
	}
	return v
}

// entity flags an entity that no table resolves.
func (r *Notes) entity(s, field string) {
	if name := unresolved(s); name != "" {
		r.Add("entity.unknown", field, name)
	}
}

// unresolved returns the first entity in s that was not resolved, "" if none.
func unresolved(s string) string {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return ""
		}
		s = s[i:]
		end := strings.IndexByte(s, ';')
		if end > 1 && end <= 32 && strings.Trim(s[1:end], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.") == "" {
			return s[:end+1]
		}
		s = s[1:]
	}
}

// Day returns the date in n: eight digits, zeros for none.
func (r *Notes) Day(n *xmlrec.Node) date.Date {
	v := r.Value(n)
	if v == "" {
		return 0
	}
	return r.DayOf(v, n.Name)
}

// DayOf reads a date of eight digits. One without a day or month, as old
// documents have, is no date; it is flagged and left out.
func (r *Notes) DayOf(v, field string) date.Date {
	return cnfield.Day(v, field, &r.Flags)
}

// Paragraphs returns the text of the paragraphs, one a line, without what leave
// names.
func (r *Notes) Paragraphs(list []*xmlrec.Node, leave func(string) bool) string {
	var lines []string
	for _, p := range list {
		if text := p.Text(leave); text != "" {
			r.entity(text, p.Name)
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, "\n")
}

// English returns text in English as a list, nil where there is none.
func English(s string) []record.Text {
	if s == "" {
		return nil
	}
	return []record.Text{{Lang: "en", Text: s}}
}

// CheckPatent flags what a patent document says of itself that cannot be.
func (r *Notes) CheckPatent(d *record.Document) {
	if len(d.Titles) == 0 {
		r.Add("title.missing", "title", "")
	}
	if d.Published != 0 && d.Application.Filed > d.Published {
		r.Add("date.order", "application", "")
	}
}

// CitedDay writes a citation's date, of which the office often knows the month
// or the year alone: "1982.02" for 19820200.
func CitedDay(s string) string {
	if len(s) != 8 || strings.Trim(s, "0123456789") != "" {
		return s
	}
	parts := []string{s[:4], s[4:6], s[6:]}
	for len(parts) > 0 && strings.Trim(parts[len(parts)-1], "0") == "" {
		parts = parts[:len(parts)-1]
	}
	return strings.Join(parts, ".")
}
