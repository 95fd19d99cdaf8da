// Package delimited cuts text with separated values (RFC 4180) into rows and rows
// into cells, so that a broken row costs no more than itself.
package delimited

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// maxJoined is how many lines one quoted row may run over.
const maxJoined = 64

// Row is one row as it stands, not yet decoded.
type Row struct {
	Raw    []byte        // without its line end
	Number int64         // from 1, see Reader.Restart
	Line   int64         // from 1
	Offset int64         // of its first byte
	Reject *entry.Reject // when it cannot be cut out
}

// Reader cuts a stream into rows: lines, joined where a quotation runs over a
// line end. The cut is made on bytes, before decoding: in GB 18030 as in UTF-8
// no line end, comma or quote is part of another character. It is done here and
// not by encoding/csv since a row that never ends its quotation, or its line,
// must cost that row and not the rest of the file.
type Reader struct {
	r         *bufio.Reader
	separator byte
	limit     int
	line      int64
	offset    int64
	rows      int64
	pending   []Row // lines read while looking for the end of a quotation
}

// NewReader returns a reader of rows whose cells are parted by separator: a comma,
// a semicolon or a tab. Rows longer than limit bytes are rejected. offset is the
// place of the first byte of r in its member.
func NewReader(r *bufio.Reader, separator byte, limit int, offset int64) *Reader {
	return &Reader{r: r, separator: separator, limit: limit, offset: offset}
}

// Restart counts rows from 1 again: behind a header.
func (l *Reader) Restart() { l.rows = 0 }

// Next returns the next row that holds anything. At the end it returns io.EOF,
// when the stream breaks that error.
func (l *Reader) Next() (Row, error) {
	for {
		r, err := l.physical()
		if err != nil {
			return Row{}, err
		}
		if r.Reject == nil && len(bytes.Trim(r.Raw, string(l.separator)+" \t\r")) == 0 {
			continue
		}
		if r.Reject == nil && bytes.IndexByte(r.Raw, '"') >= 0 {
			r = l.join(r)
		}
		l.rows++
		r.Number = l.rows
		return r, nil
	}
}

// join adds to r the lines that its quotation runs over. If the quotation does
// not end, r is rejected and the lines are read as rows of their own.
//
// Each line is looked at once for each row that it may belong to, of which there are
// no more than maxJoined.
func (l *Reader) join(r Row) Row {
	open := openAfter(false, r.Raw, l.separator)
	if !open {
		return r
	}
	first := r.Raw
	joined := bytes.Clone(r.Raw)
	var taken []Row
	for len(taken) < maxJoined && len(joined) <= l.limit {
		more, err := l.physical()
		if err != nil {
			break // the stream gives the same answer again
		}
		taken = append(taken, more)
		if more.Reject != nil {
			break
		}
		joined = append(append(joined, '\n'), more.Raw...)
		open = openAfter(open, more.Raw, l.separator)
		if !open && len(joined) <= l.limit {
			r.Raw = joined
			return r
		}
	}
	l.pending = append(taken, l.pending...)
	r.Raw = first
	r.Reject = entry.Refuse("row.quote_open", nil, string(first))
	return r
}

// physical returns the next line.
func (l *Reader) physical() (Row, error) {
	if len(l.pending) > 0 {
		r := l.pending[0]
		l.pending = l.pending[1:]
		return r, nil
	}
	r := Row{Line: l.line + 1, Offset: l.offset}
	for {
		part, err := l.r.ReadSlice('\n')
		l.offset += int64(len(part))
		if len(r.Raw)+len(part) > l.limit+2 {
			return l.tooLong(r, part, err)
		}
		r.Raw = append(r.Raw, part...)
		switch {
		case err == nil || errors.Is(err, io.EOF) && len(r.Raw) > 0:
			l.line++
			r.Raw = bytes.TrimSuffix(bytes.TrimSuffix(r.Raw, []byte("\n")), []byte("\r"))
			return r, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return Row{}, err
		}
	}
}

// tooLong rejects a line beyond the limit and reads past its end.
func (l *Reader) tooLong(r Row, part []byte, err error) (Row, error) {
	r.Raw = append(r.Raw, part[:min(len(part), entry.RawLimit)]...)
	r.Reject = entry.Refuse("row.too_long", ierr.Args{"limit": l.limit}, string(r.Raw[:min(len(r.Raw), entry.RawLimit)]))
	r.Raw = nil
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = l.r.ReadSlice('\n')
		l.offset += int64(len(part))
	}
	l.line++
	if err != nil && !errors.Is(err, io.EOF) {
		return Row{}, err
	}
	return r, nil
}

// openAfter tells whether a line ends inside a quotation that began in it or, with
// open, before it. It agrees with Cells: a quotation begins at the beginning of a cell.
func openAfter(open bool, line []byte, separator byte) bool {
	for i, begins := 0, !open; ; {
		switch {
		case open:
			end := bytes.IndexByte(line[i:], '"')
			if end < 0 {
				return true
			}
			i += end + 1
			switch {
			case i == len(line):
				return false
			case line[i] == separator:
				open, begins = false, true
				i++
			case line[i] == '"':
				i++
			}
		case i == len(line):
			return false
		case begins && line[i] == '"':
			open = true
			i++
		default:
			next := bytes.IndexByte(line[i:], separator)
			if next < 0 {
				return false
			}
			i += next + 1
		}
	}
}

// Cells appends the cells of a row to cells; a quote inside an unquoted cell
// stands for itself. open tells that the last cell is a quotation without an end.
func Cells(cells []string, s string, separator byte) (_ []string, open bool) {
	for {
		if !strings.HasPrefix(s, `"`) {
			at := strings.IndexByte(s, separator)
			if at < 0 {
				return append(cells, s), false
			}
			cells = append(cells, s[:at])
			s = s[at+1:]
			continue
		}
		end := closingQuote(s, separator)
		if end < 0 {
			return append(cells, s[1:]), true
		}
		cells = append(cells, strings.ReplaceAll(s[1:end], `""`, `"`))
		if end+1 == len(s) {
			return cells, false
		}
		s = s[end+2:]
	}
}

// closingQuote returns the index of the quote that ends the quotation at the
// beginning of s: one followed by a separator or by the end, after pairs.
func closingQuote(s string, separator byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != '"':
		case i+1 == len(s) || s[i+1] == separator:
			return i
		case s[i+1] == '"':
			i++
		}
	}
	return -1
}
