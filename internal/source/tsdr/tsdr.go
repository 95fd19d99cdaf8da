// Package tsdr reads what the United States office's service for the status of
// trademarks hands out: transactions of WIPO Standard ST.66, and of ST.96 in the
// versions that the service has gone through.
package tsdr

import (
	"bufio"
	"regexp"

	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/usfield"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "uspto-tsdr"

// headBytes is how much of a file the prefixes of its namespaces are looked for in.
const headBytes = 16 << 10

// layouts are the two standards: the element of one mark, the one that names what
// the transaction is about, and how a mark is read.
var layouts = []struct {
	body, each, about *regexp.Regexp
	read              func(*xmlrec.Node) (*record.Document, *entry.Reject)
}{
	{element("TradeMarkTransactionBody"), element("TransactionContentDetails"), nil, readST66},
	{element("TrademarkTransactionBody"), element("Trademark"), element("TransactionCategory"), readST96},
}

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

func detect(_ string, head []byte) bool {
	for _, l := range layouts {
		if name := prefixed(head, l.body); name != "" && xmlrec.Detect(head, name) {
			return true
		}
	}
	return false
}

// element finds a start tag of a local name, whatever prefix a file binds.
func element(local string) *regexp.Regexp {
	return regexp.MustCompile(`<((?:[A-Za-z_][\w.-]*:)?` + local + `)[\s/>]`)
}

// prefixed returns the name of an element with the prefix that a file binds, "" if
// there is none.
func prefixed(head []byte, tag *regexp.Regexp) string {
	found := tag.FindSubmatch(head)
	if found == nil {
		return ""
	}
	return string(found[1])
}

func split(in *entry.Input, emit func(entry.Batch) error) error {
	br := bufio.NewReaderSize(in.R, headBytes)
	head, _ := br.Peek(headBytes) // what is wrong with the stream is met again
	limits := in.Limits
	from := *in
	from.R = br
	for _, l := range layouts {
		each, about := prefixed(head, l.each), ""
		if each == "" || prefixed(head, l.body) == "" {
			continue
		}
		roots := []string{each}
		if l.about != nil {
			if about = prefixed(head, l.about); about != "" {
				roots = append(roots, about)
			}
		}
		row := int64(0)
		layout := usfield.Layout{Read: l.read}
		err := xmlrec.SplitAny(&from, roots, func(f xmlrec.Found) error {
			if f.Root == about && f.Reject == nil {
				return nil // says that it is about a trademark
			}
			row++
			at := row
			return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
				e := entry.Entry{Row: at, Line: f.Line, Offset: f.Offset}
				e.Doc, e.Reject = layout.Decode(f, limits, u)
				return []entry.Entry{e}
			}})
		})
		if err == nil && row == 0 {
			return entry.Refuse("xml.no_record", ierr.Args{"element": each}, "")
		}
		return err
	}
	return entry.Refuse("xml.no_record", ierr.Args{"element": "Trademark"}, "")
}

// day cuts the zone from a date, "2013-01-29-05:00", which is a day at the office.
func day(s string) string { return s[:min(len(s), len("2006-01-02"))] }
