// Package workbook opens spreadsheets (Office Open XML) and gives their sheets as
// text with separated values, so that whatever reads such text reads them.
package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/date"
	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// Limits of a workbook.
const (
	unpackedBytes = 2 << 30  // of all its parts
	memoryBytes   = 16 << 20 // of a part beyond which it is kept on disk while read
	columns       = 1024     // of a sheet
	rowBytes      = 2 << 20  // of a row's text, beyond which it is cut; a row may have far less
	textBytes     = 4 << 30  // of the text of all sheets: one shared text may stand in many cells
	sheets        = 255
	cellBytes     = 256 << 10 // of a text that cells share: a cell holds 32,767 characters
	otherBytes    = 64 << 20  // of the parts that are neither sheets nor their texts
	packedBytes   = 512 << 20
)

// Is tells whether an archive is a workbook.
func Is(archive *zip.Reader) bool {
	for _, f := range archive.File {
		if strings.EqualFold(strings.ReplaceAll(f.Name, `\`, "/"), "xl/workbook.xml") {
			return true
		}
	}
	return false
}

// Book is an open workbook. It is not for use by several goroutines.
type Book struct {
	file    *excelize.File
	written int64 // text that was given so far
}

// Open opens a workbook of size bytes. Parts that are large are kept in tempDir
// ("" for the system's) until Close. What is no workbook, is protected or unpacks to
// too much is an *entry.Reject.
func Open(at io.ReaderAt, size int64, tempDir string) (*Book, error) {
	if size > packedBytes {
		return nil, entry.Refuse("workbook.size", ierr.Args{"limit": packedBytes >> 20}, "")
	}
	slim, err := slim(at, size)
	if err != nil {
		return nil, err
	}
	file, err := excelize.OpenReader(slim, excelize.Options{
		UnzipSizeLimit: unpackedBytes, UnzipXMLSizeLimit: memoryBytes, TmpDir: tempDir,
		ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	switch {
	case err == nil && len(file.GetSheetList()) > sheets:
		return nil, errors.Join(entry.Refuse("workbook.sheets", ierr.Args{"limit": sheets}, ""), file.Close())
	case err == nil:
		return &Book{file: file}, nil
	case strings.Contains(err.Error(), "unzip size"):
		return nil, entry.Refuse("workbook.size", ierr.Args{"limit": unpackedBytes >> 20}, "")
	case errors.Is(err, excelize.ErrWorkbookPassword), errors.Is(err, excelize.ErrUnsupportedEncryptMechanism):
		return nil, entry.Refuse("archive.encrypted", nil, "")
	}
	return nil, entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
}

// Close gives back what is on disk.
func (b *Book) Close() error { return b.file.Close() }

// Sheets lists the names of the sheets, hidden ones included, in their order.
func (b *Book) Sheets() []string { return b.file.GetSheetList() }

// Text returns a sheet as text: UTF-8, commas, RFC 4180, a line for every row down
// to the last one. Cells hold what is stored and not what is shown, so that no digit
// of a number is lost, but cells shown as days hold the day, 2020-01-31.
func (b *Book) Text(sheet string) (io.ReadCloser, error) {
	stored, err := b.file.Rows(sheet)
	if err != nil {
		return nil, entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
	}
	shown, err := b.file.Rows(sheet)
	if err != nil {
		stored.Close()
		return nil, entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
	}
	return &text{book: b, stored: stored, shown: shown}, nil
}

// text turns rows into lines as they are read.
type text struct {
	book          *Book
	stored, shown *excelize.Rows
	line          bytes.Buffer
	widest        int
	err           error
}

func (t *text) Read(p []byte) (int, error) {
	for t.line.Len() == 0 {
		if t.err == nil {
			t.err = t.row()
		}
		if t.err != nil {
			return 0, t.err
		}
	}
	return t.line.Read(p)
}

func (t *text) Close() error { return errors.Join(t.stored.Close(), t.shown.Close()) }

// row writes the next row to the line.
func (t *text) row() error {
	if !t.stored.Next() || !t.shown.Next() {
		if err := errors.Join(t.stored.Error(), t.shown.Error()); err != nil {
			return entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
		}
		return io.EOF
	}
	stored, err := t.stored.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
	}
	shown, err := t.shown.Columns()
	if err != nil {
		return entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
	}
	if len(stored) > columns {
		return entry.Refuse("workbook.columns", ierr.Args{"limit": columns}, "")
	}
	t.line.Reset()
	if len(stored) == 0 {
		t.line.WriteString("\r\n")
		return nil
	}
	for i, cell := range stored {
		if t.line.Len() > rowBytes {
			break
		}
		if i > 0 {
			t.line.WriteByte(',')
		}
		if i < len(shown) && shown[i] != cell {
			cell = settle(cell, shown[i])
		}
		quote(&t.line, cell)
	}
	// Rows end at their last cell that holds something; all are made as wide as the
	// widest before them, so that none looks cut off.
	t.widest = max(t.widest, len(stored))
	for range t.widest - max(len(stored), 1) {
		t.line.WriteByte(',')
	}
	t.line.WriteString("\r\n")
	if t.book.written += int64(t.line.Len()); t.book.written > textBytes {
		return entry.Refuse("workbook.size", ierr.Args{"limit": textBytes >> 20}, "")
	}
	return nil
}

// settle chooses between a number as stored and as shown: the day where it is shown
// as one, else the number in its shortest decimal form.
func settle(stored, shown string) string {
	x, err := strconv.ParseFloat(stored, 64)
	if err != nil {
		return stored
	}
	day, _, _ := strings.Cut(shown, " ")
	if d, err := date.Parse(day); err == nil && len(day) >= len("2020-1-1") && !strings.HasPrefix(stored, strconv.Itoa(d.Year())) {
		return d.String()
	}
	if strings.ContainsAny(stored, ".eE") {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return stored
}

// quote writes a cell by RFC 4180.
func quote(w *bytes.Buffer, cell string) {
	if !strings.ContainsAny(cell, ",\"\r\n") {
		w.WriteString(cell)
		return
	}
	w.WriteByte('"')
	w.WriteString(strings.ReplaceAll(cell, `"`, `""`))
	w.WriteByte('"')
}
