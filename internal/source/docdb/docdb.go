// Package docdb reads the bulk files of DOCDB, the EPO's worldwide database of
// bibliographic data: exchange documents in a wrapper, or slices of one.
package docdb

import (
	"bufio"
	"bytes"
	"regexp"

	"onewindow/internal/date"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/exchange"
	"onewindow/internal/source/xmlrec"
)

// ID names the format.
const ID = "epo-docdb"

// headBytes is how much of a file its prefix and its day are looked for in.
const headBytes = 64 << 10

const root = "exchange-document"

var made = regexp.MustCompile(`\bdate-of-exchange\s*=\s*["'](\d{8})["']`)

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

func detect(_ string, head []byte) bool {
	_, name := exchange.First(head)
	return name == root || name == root+"s"
}

func split(in *entry.Input, emit func(entry.Batch) error) error {
	r := bufio.NewReaderSize(in.R, headBytes)
	head, _ := r.Peek(headBytes) // what is wrong with the stream comes out when it is read
	exchanged := exchangeDay(head)
	limits := in.Limits
	again := *in
	again.R = r
	return xmlrec.Split(&again, exchange.Written(head, root), func(f xmlrec.Found) error {
		return emit(entry.Batch{N: 1, Size: len(f.Data), Decode: func(u *entry.Unread) []entry.Entry {
			return []entry.Entry{decode(f, exchanged, limits, u)}
		}})
	})
}

// exchangeDay reads the day from the wrapper's attributes, 0 where there is none.
func exchangeDay(head []byte) date.Date {
	before, _, _ := bytes.Cut(head, []byte(root+" "))
	m := made.FindSubmatch(before)
	if m == nil {
		return 0
	}
	day, _ := date.Parse(string(m[1])) // what is no day is none
	return day
}

func decode(f xmlrec.Found, exchanged date.Date, limits entry.Limits, u *entry.Unread) entry.Entry {
	e := entry.Entry{Row: f.Number, Line: f.Line, Offset: f.Offset, Reject: f.Reject}
	if f.Reject != nil {
		return e
	}
	tree, reject := xmlrec.Parse(f.Data, nil, limits)
	if reject == nil {
		e.Doc, reject = exchange.Document(tree.Local(), exchanged)
	}
	if reject != nil {
		reject.Raw = entry.Clip(string(f.Data[:min(len(f.Data), entry.RawLimit)]))
		e.Reject = reject
		return e
	}
	tree.Unread(u)
	return e
}
