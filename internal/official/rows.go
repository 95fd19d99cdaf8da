package official

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/source/charset"
	"onewindow/internal/source/delimited"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/workbook"
)

// row is one row of a file with the number of its line.
type row struct {
	line  int
	cells []string
}

const (
	maxRows    = 5000
	maxColumns = 200
	maxLine    = 64 << 10 // bytes
)

// rowsOf cuts a file into rows: a workbook's first sheet that holds any, or text with
// commas, semicolons or tabs in any encoding that official files come in.
func rowsOf(file []byte) ([]row, error) {
	switch {
	case len(file) == 0:
		return nil, ierr.New(ierr.Invalid, "official.empty", nil)
	case len(file) > MaxBytes:
		return nil, ierr.New(ierr.TooLarge, "official.size", ierr.Args{"limit": MaxBytes >> 20})
	}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return sheetRows(file)
	}
	enc, bom, ok := charset.Sniff(file)
	if !ok {
		return nil, ierr.New(ierr.Invalid, "official.encoding", nil)
	}
	text := file[bom:]
	if enc == charset.UTF16LE || enc == charset.UTF16BE {
		var err error
		if text, err = io.ReadAll(enc.NewReader(bytes.NewReader(file))); err != nil {
			return nil, ierr.New(ierr.Invalid, "official.encoding", nil)
		}
		enc = charset.UTF8
	}
	return textRows(text, enc, separatorOf(text))
}

// sheetRows reads the first sheet of a workbook that holds rows.
func sheetRows(file []byte) ([]row, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil || !workbook.Is(archive) {
		return nil, ierr.Wrap(err, ierr.Invalid, "official.workbook", nil)
	}
	var unpacked uint64
	for _, f := range archive.File {
		if unpacked += f.UncompressedSize64; unpacked > 16*MaxBytes {
			return nil, ierr.New(ierr.TooLarge, "official.size", ierr.Args{"limit": MaxBytes >> 20})
		}
	}
	book, err := workbook.Open(bytes.NewReader(file), int64(len(file)), "")
	if err != nil {
		return nil, ierr.Wrap(err, ierr.Invalid, "official.workbook", nil)
	}
	defer book.Close()
	for _, sheet := range book.Sheets() {
		text, err := book.Text(sheet)
		if err != nil {
			return nil, ierr.Wrap(err, ierr.Invalid, "official.workbook", nil)
		}
		b, err := io.ReadAll(io.LimitReader(text, 16*MaxBytes))
		text.Close()
		if err != nil {
			return nil, ierr.Wrap(err, ierr.Invalid, "official.workbook", nil)
		}
		if rows, err := textRows(b, charset.UTF8, ','); err != nil || len(rows) > 0 {
			return rows, err
		}
	}
	return nil, ierr.New(ierr.Invalid, "official.empty", nil)
}

// separatorOf returns the separator that the text's lines agree on best.
func separatorOf(text []byte) byte {
	best, most := byte(','), 0
	for _, sep := range []byte{',', '\t', ';'} {
		if n := bytes.Count(text, []byte{sep}); n > most {
			best, most = sep, n
		}
	}
	return best
}

func textRows(text []byte, enc charset.Encoding, sep byte) ([]row, error) {
	r := delimited.NewReader(bufio.NewReader(bytes.NewReader(text)), sep, maxLine, 0)
	decoder := enc.NewDecoder()
	var out []row
	for {
		raw, err := r.Next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if raw.Reject != nil {
			return nil, ierr.New(ierr.Invalid, "official.row", ierr.Args{"row": raw.Line})
		}
		s, sound := decoder.String(raw.Raw)
		if !sound {
			return nil, ierr.New(ierr.Invalid, "official.row_encoding", ierr.Args{"row": raw.Line, "raw": entry.Clip(s)})
		}
		cells, _ := delimited.Cells(nil, s, sep)
		if len(out) == maxRows || len(cells) > maxColumns {
			return nil, ierr.New(ierr.TooLarge, "official.shape", ierr.Args{"rows": maxRows, "columns": maxColumns})
		}
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " \t\r\n\u3000\u00a0")
		}
		out = append(out, row{int(raw.Line), cells})
	}
}
