package gazettecsv

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

// row is one row as it stands, not yet decoded.
type row struct {
	raw    []byte // without its line end
	number int64  // from 1, the header not counted
	line   int64
	offset int64
	reject *entry.Reject // when it cannot be cut out
}

// lines cuts a stream into rows: lines, joined where a quotation runs over a
// line end. The cut is made on bytes, before decoding: in GB 18030 as in UTF-8
// no line end, comma or quote is part of another character. It is done here and
// not by encoding/csv since a row that never ends its quotation, or its line,
// must cost that row and not the rest of the file.
type lines struct {
	r       *bufio.Reader
	limit   int
	line    int64
	offset  int64
	rows    int64
	pending []row // lines read while looking for the end of a quotation
}

// next returns the next row that holds anything. At the end it returns io.EOF,
// when the stream breaks that error.
func (l *lines) next() (row, error) {
	for {
		r, err := l.physical()
		if err != nil {
			return row{}, err
		}
		if r.reject == nil && len(bytes.Trim(r.raw, ", \t\r")) == 0 {
			continue
		}
		if r.reject == nil && bytes.IndexByte(r.raw, '"') >= 0 {
			r = l.join(r)
		}
		l.rows++
		r.number = l.rows
		return r, nil
	}
}

// join adds to r the lines that its quotation runs over. If the quotation does
// not end, r is rejected and the lines are read as rows of their own.
func (l *lines) join(r row) row {
	if !openQuote(r.raw) {
		return r
	}
	first := r.raw
	joined := bytes.Clone(r.raw)
	var taken []row
	for len(taken) < maxJoined && len(joined) <= l.limit {
		more, err := l.physical()
		if err != nil {
			break // the stream gives the same answer again
		}
		taken = append(taken, more)
		if more.reject != nil {
			break
		}
		joined = append(append(joined, '\n'), more.raw...)
		if !openQuote(joined) && len(joined) <= l.limit {
			r.raw = joined
			return r
		}
	}
	l.pending = append(taken, l.pending...)
	r.raw = first
	r.reject = entry.Refuse("row.quote_open", nil, string(first))
	return r
}

// physical returns the next line.
func (l *lines) physical() (row, error) {
	if len(l.pending) > 0 {
		r := l.pending[0]
		l.pending = l.pending[1:]
		return r, nil
	}
	r := row{line: l.line + 1, offset: l.offset}
	for {
		part, err := l.r.ReadSlice('\n')
		l.offset += int64(len(part))
		if len(r.raw)+len(part) > l.limit+2 {
			return l.tooLong(r, part, err)
		}
		r.raw = append(r.raw, part...)
		switch {
		case err == nil || errors.Is(err, io.EOF) && len(r.raw) > 0:
			l.line++
			r.raw = bytes.TrimSuffix(bytes.TrimSuffix(r.raw, []byte("\n")), []byte("\r"))
			return r, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return row{}, err
		}
	}
}

// tooLong rejects a line beyond the limit and reads past its end.
func (l *lines) tooLong(r row, part []byte, err error) (row, error) {
	r.raw = append(r.raw, part[:min(len(part), entry.RawLimit)]...)
	r.reject = entry.Refuse("row.too_long", ierr.Args{"limit": l.limit}, string(r.raw[:min(len(r.raw), entry.RawLimit)]))
	r.raw = nil
	for errors.Is(err, bufio.ErrBufferFull) {
		part, err = l.r.ReadSlice('\n')
		l.offset += int64(len(part))
	}
	l.line++
	if err != nil && !errors.Is(err, io.EOF) {
		return row{}, err
	}
	return r, nil
}

// openQuote tells whether a row ends inside a quotation.
func openQuote(raw []byte) bool {
	_, open := splitCells(nil, string(raw))
	return open
}

// splitCells appends the cells of a row to cells, by RFC 4180; a quote inside
// an unquoted cell stands for itself. open tells that the last cell is a
// quotation without an end.
func splitCells(cells []string, s string) (_ []string, open bool) {
	for {
		if !strings.HasPrefix(s, `"`) {
			cell, rest, more := strings.Cut(s, ",")
			cells = append(cells, cell)
			if !more {
				return cells, false
			}
			s = rest
			continue
		}
		end := closingQuote(s)
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
// beginning of s: one followed by a comma or by the end, after pairs.
func closingQuote(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] != '"':
		case i+1 == len(s) || s[i+1] == ',':
			return i
		case s[i+1] == '"':
			i++
		}
	}
	return -1
}
