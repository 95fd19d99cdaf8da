// Package gazettecsv reads and writes China's patent gazette as tables: one row
// for each publication, in the layout of the gazette's own list of results.
//
// Such tables have often been through a spreadsheet, which damages application
// numbers, and through encodings that lost the spaces behind semicolons. Every
// repair is flagged; nothing that was lost is guessed.
package gazettecsv

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"onewindow/internal/ierr"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/delimited"
	"onewindow/internal/source/entry"
)

// ID names the format.
const ID = "cnipa-gazette-csv"

// Format returns the format for the table of formats.
func Format(rank int) entry.Format {
	return entry.Format{ID: ID, Rank: rank, Detect: detect, Split: split}
}

// Size of a batch, and of the beginning by which the encoding is judged.
const (
	batchRows  = 256
	batchBytes = 256 << 10
	sniffBytes = 64 << 10
)

// detect knows the format by its header.
func detect(_ string, head []byte) bool {
	_, _, err := firstRow(head)
	return err == nil
}

var errHeader = errors.New("no header of this format")

// firstRow reads the encoding and the header from the beginning of a member.
func firstRow(head []byte) (charset.Encoding, header, error) {
	enc, bom, ok := charset.Sniff(head)
	if !ok {
		return enc, header{}, errors.New("unknown encoding")
	}
	head = head[bom:]
	if enc == charset.UTF16LE || enc == charset.UTF16BE {
		head, _ = io.ReadAll(enc.NewReader(bytes.NewReader(head)))
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	text, _ := enc.NewDecoder().String(bytes.TrimSuffix(first, []byte("\r")))
	cells, _ := delimited.Cells(nil, text, ',')
	h, ok := readHeader(cells)
	if !ok {
		return enc, h, errHeader
	}
	return enc, h, nil
}

// split cuts a member into batches of rows.
func split(in *entry.Input, emit func(entry.Batch) error) error {
	br := bufio.NewReaderSize(in.R, sniffBytes)
	head, err := br.Peek(sniffBytes)
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return err
	}
	enc, bom, ok := charset.Sniff(head)
	if !ok {
		return entry.Refuse("encoding.unknown", nil, string(head[:min(len(head), entry.RawLimit)]))
	}
	if enc == charset.UTF16LE || enc == charset.UTF16BE {
		br = bufio.NewReaderSize(enc.NewReader(br), sniffBytes)
		enc, bom = charset.UTF8, 0
	}
	if _, err := br.Discard(bom); err != nil {
		return err
	}
	return (&reading{
		lines: delimited.NewReader(br, ',', in.Limits.Line, int64(bom)),
		enc:   enc,
		emit:  emit,
	}).run()
}

// reading is the state of one member while it is cut up.
type reading struct {
	lines *delimited.Reader
	enc   charset.Encoding
	table table
	emit  func(entry.Batch) error
}

func (r *reading) run() error {
	first, err := r.lines.Next()
	if errors.Is(err, io.EOF) {
		return entry.Refuse("file.empty", nil, "")
	}
	if err != nil {
		return err
	}
	text, _ := r.enc.NewDecoder().String(first.Raw)
	cells, _ := delimited.Cells(nil, text, ',')
	h, ok := readHeader(cells)
	if !ok || first.Reject != nil {
		return entry.Refuse("header.unknown", ierr.Args{"format": ID}, text)
	}
	r.table.header = h
	r.lines.Restart()

	rows, broken := r.take(surveyRows, surveyBytes)
	r.table.survey(rows, r.enc)
	for len(rows) > 0 {
		if err := r.emit(r.batch(rows)); err != nil {
			return err
		}
		if broken != nil {
			break
		}
		rows, broken = r.take(batchRows, batchBytes)
	}
	if errors.Is(broken, io.EOF) {
		return nil
	}
	return broken
}

// take reads rows up to a number and a size. With the last rows it returns the
// error that ended the stream.
func (r *reading) take(count, size int) ([]delimited.Row, error) {
	rows := make([]delimited.Row, 0, count)
	for bytes := 0; len(rows) < count && bytes < size; {
		next, err := r.lines.Next()
		if err != nil {
			return rows, err
		}
		r.settle(next.Raw)
		rows = append(rows, next)
		bytes += len(next.Raw)
	}
	return rows, nil
}

// settle decides the encoding by the first row that is not ASCII, where the
// beginning of the member was.
func (r *reading) settle(raw []byte) {
	if r.enc == charset.Undecided && !charset.ASCII(raw) {
		if enc, _, ok := charset.Sniff(raw); ok {
			r.enc = enc
		}
	}
}

// batch prepares rows for decoding.
func (r *reading) batch(rows []delimited.Row) entry.Batch {
	size := 0
	for _, row := range rows {
		size += len(row.Raw)
	}
	table, enc := &r.table, r.enc
	return entry.Batch{N: len(rows), Size: size, Decode: func(u *entry.Unread) []entry.Entry {
		return table.decode(rows, enc, u)
	}}
}
