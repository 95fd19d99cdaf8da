package tabular

import (
	"bufio"
	"bytes"
	"io"

	"onewindow/internal/source/charset"
	"onewindow/internal/source/delimited"
	"onewindow/internal/source/entry"
)

// separators are what may part the cells of a text, tried in this order.
var separators = [...]byte{',', '\t', ';'}

// beginnings returns the first rows of a table by each way in which its beginning
// can be read: with every separator, or as JSON. None for what is no table.
func beginnings(head []byte) [][][]string {
	enc, bom, ok := charset.Sniff(head)
	if !ok {
		return nil
	}
	text := head[bom:]
	if enc == charset.UTF16LE || enc == charset.UTF16BE {
		text, _ = io.ReadAll(enc.NewReader(bytes.NewReader(head))) // half a character at the end is none
		enc = charset.UTF8
	}
	switch lead := bytes.TrimLeft(text, " \t\r\n"); {
	case len(lead) == 0 || lead[0] == '<' || lead[0] == '{':
		return nil
	case lead[0] == '[':
		if rows := firstObjects(lead); rows != nil {
			return [][][]string{rows}
		}
		return nil
	}
	var out [][][]string
	for _, sep := range separators {
		if bytes.IndexByte(text, sep) >= 0 || sep == separators[0] {
			out = append(out, firstRows(text, enc, sep))
		}
	}
	return out
}

// firstLimit is how many rows of a beginning are cut: those among which a header is
// looked for, and enough below it to tell what its columns hold.
const firstLimit = 200

// firstRows cuts the first rows of a text.
func firstRows(text []byte, enc charset.Encoding, sep byte) [][]string {
	r := delimited.NewReader(bufio.NewReader(bytes.NewReader(text)), sep, sniffBytes, 0)
	decoder := enc.NewDecoder()
	var rows [][]string
	for len(rows) < firstLimit {
		row, err := r.Next()
		if err != nil {
			break
		}
		s, _ := decoder.String(row.Raw)
		cells, _ := delimited.Cells(nil, s, sep)
		rows = append(rows, cells)
	}
	return rows
}

// open starts to read a member, by the way in which the mapping reads most of it.
func (m *Mapping) open(br *bufio.Reader, head []byte, limits entry.Limits) (source, error) {
	enc, bom, ok := charset.Sniff(head)
	if !ok {
		return nil, entry.Refuse("encoding.unknown", nil, string(head[:min(len(head), entry.RawLimit)]))
	}
	if enc == charset.UTF16LE || enc == charset.UTF16BE {
		br = bufio.NewReaderSize(enc.NewReader(br), sniffBytes)
		enc, bom = charset.UTF8, 0
		var err error
		if head, err = br.Peek(sniffBytes); err != nil && len(head) == 0 {
			return nil, err
		}
	}
	if _, err := br.Discard(bom); err != nil {
		return nil, err
	}
	text := head[min(bom, len(head)):]
	if lead := bytes.TrimLeft(text, " \t\r\n"); len(lead) > 0 && lead[0] == '[' {
		return newObjects(br, limits.Record), nil
	}
	sep, most := separators[0], 0
	for _, s := range separators {
		if _, n := best([]*Mapping{m}, firstRows(text, enc, s)); n > most {
			sep, most = s, n
		}
	}
	return &separated{r: delimited.NewReader(br, sep, limits.Line, int64(bom)), enc: enc, sep: sep, decoder: enc.NewDecoder()}, nil
}

// separated is a table of separated values.
type separated struct {
	r       *delimited.Reader
	sep     byte
	enc     charset.Encoding
	decoder *charset.Decoder
}

func (s *separated) restart() { s.r.Restart() }

func (s *separated) next() (line, error) {
	row, err := s.r.Next()
	if err != nil {
		return line{}, err
	}
	if s.enc == charset.Undecided && !charset.ASCII(row.Raw) {
		if enc, _, ok := charset.Sniff(row.Raw); ok {
			s.enc, s.decoder = enc, enc.NewDecoder()
		}
	}
	l := line{row: row.Number, line: row.Line, offset: row.Offset, reject: row.Reject}
	if row.Reject != nil {
		return l, nil
	}
	l.raw, l.sound = s.decoder.String(row.Raw)
	l.cells, _ = delimited.Cells(nil, l.raw, s.sep)
	return l, nil
}
