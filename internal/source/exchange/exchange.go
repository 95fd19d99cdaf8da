// Package exchange reads the exchange-document of the European Patent Office,
// the form in which its worldwide database, DOCDB, states a publication of any
// office: in bulk files as in answers of its Open Patent Services.
//
// Elements are known by their local names: deliveries write them with the
// prefix exch, with none, and with prefixes that nobody declares.
package exchange

import (
	"regexp"
	"strings"

	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/source/cnfield"
	"onewindow/internal/source/xmlrec"
)

// Notes reads the values of one document and remembers what was wrong with them.
type Notes struct{ cnfield.Flags }

// Day returns the date in n, 0 for none and for one that cannot be read.
func (r *Notes) Day(n *xmlrec.Node) date.Date {
	if n == nil {
		return 0
	}
	return cnfield.Day(n.Value(), n.Name, &r.Flags)
}

// local is a name without its prefix.
func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		return name[i+1:]
	}
	return name
}

var (
	comments = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)
	element  = regexp.MustCompile(`<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[\s/>]`)
)

// First returns the name of the first element in the beginning of a file, as
// written and without its prefix; both are empty where there is none.
func First(head []byte) (written, name string) {
	m := element.FindSubmatch(comments.ReplaceAll(head, nil))
	if m == nil {
		return "", ""
	}
	return string(m[1]), local(string(m[1]))
}

// Written returns how the beginning of a file writes the first element with a
// local name, that name itself where it has none.
func Written(head []byte, name string) string {
	for _, m := range element.FindAllSubmatch(head, -1) {
		if local(string(m[1])) == name {
			return string(m[1])
		}
	}
	return name
}

// AddText adds text in a language that is not there yet.
func AddText(list []record.Text, tag, text string) []record.Text {
	if text == "" {
		return list
	}
	for _, t := range list {
		if t.Lang == tag {
			return list
		}
	}
	return append(list, record.Text{Lang: tag, Text: text})
}

// Lang returns the tag of a language as the EPO writes it: "ol", the original
// language, and none are undetermined.
func Lang(s string) string {
	if s = strings.ToLower(s); len(s) != 2 || s == "ol" || s == "xx" {
		return "und"
	}
	return s
}

// Script returns the language of a name by its script: names in the letters of
// Rome are tagged English, the language of the database.
func Script(name, country string) string {
	tag := "en"
	for _, r := range name {
		switch {
		case r >= 0x3040 && r <= 0x30FF:
			return "ja"
		case r >= 0xAC00 && r <= 0xD7AF:
			return "ko"
		case r >= 0x0400 && r <= 0x04FF:
			return "ru"
		case r >= 0x3400 && r <= 0x9FFF:
			if tag = "zh"; country == "JP" {
				tag = "ja"
			}
		}
	}
	return tag
}
