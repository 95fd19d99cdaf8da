package source

import (
	"bufio"
	"errors"
	"io"

	"onewindow/internal/source/entry"
	"onewindow/internal/source/workbook"
)

// workbook reads a spreadsheet, sheet by sheet. Sheets that are no table of any
// format, such as remarks beside a table, are passed over and counted, unless no
// sheet is one.
func (w *walk) workbook(m member, at io.ReaderAt, size int64) {
	book, err := workbook.Open(at, size, w.options.TempDir)
	if err != nil {
		w.reject(m, Format{}, problem(err))
		return
	}
	defer book.Close()
	found := false
	var passed []string
	sheets := book.Sheets()
	for _, sheet := range sheets {
		if w.ctx.Err() != nil || w.spent {
			return
		}
		if w.sheet(m, book, sheet, w.forced && len(sheets) == 1) {
			found = true
		} else {
			passed = append(passed, sheet)
		}
	}
	switch {
	case found:
		for _, sheet := range passed {
			w.leave("sheet: " + sheet)
		}
	default:
		w.reject(m, Format{}, entry.Refuse("workbook.no_table", nil, ""))
	}
}

// sheet reads one sheet and tells whether it was one of a known format, or is to be
// taken for one. A sheet that cannot be read is rejected, and counts as known.
func (w *walk) sheet(m member, book *workbook.Book, name string, taken bool) bool {
	place := name
	if m.place != "" {
		place = m.place + "!" + name
	}
	inner := member{place: place, name: m.name, depth: m.depth + 1}
	text, err := book.Text(name)
	if err != nil {
		w.reject(inner, Format{}, problem(err))
		return true
	}
	defer text.Close()
	br := bufio.NewReaderSize(&liveReader{ctx: w.ctx, r: text}, headBytes)
	head, err := br.Peek(headBytes)
	if len(head) == 0 {
		if err != nil && !errors.Is(err, io.EOF) {
			w.reject(inner, Format{}, problem(err))
			return true
		}
		return false
	}
	for _, f := range w.formats {
		if taken || f.Detect(m.name, head) {
			w.split(inner, br, f)
			return true
		}
	}
	return false
}
