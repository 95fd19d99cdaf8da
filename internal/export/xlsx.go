package export

import (
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/source/workbook"
)

// MaxRows is how many rights a workbook holds: about what spreadsheets can still
// work with. Sheets end at 1,048,576 rows.
const MaxRows = 500_000

// maxCell is the longest text of a cell that spreadsheets read, in UTF-16 units.
const maxCell = 32_767

// lineHeight is the height of a line of the notes, in points.
const lineHeight = 16

// book writes a workbook: a sheet of rights with a fixed head, days as days,
// numbers as numbers and a filter, and a sheet that tells what they are. Texts
// are stored as such, never as formulas; those that would become formulas where
// the sheet is saved as CSV are escaped besides.
type book struct {
	to     io.Writer
	file   *excelize.File
	rights *excelize.StreamWriter
	say    *i18n.Printer
	head   Head
	day    int // style
	names  [2]string
	report Report
}

func newBook(w io.Writer, say *i18n.Printer, h Head) (*book, error) {
	n := h.Total
	if h.Limit > 0 {
		n = min(n, int64(h.Limit))
	}
	if n > MaxRows {
		return nil, ierr.New(ierr.TooLarge, "export.rows", ierr.Args{"n": n, "limit": MaxRows})
	}
	b := &book{to: w, file: excelize.NewFile(), say: say, head: h}
	if err := b.begin(); err != nil {
		return nil, err
	}
	return b, nil
}

// begin names the sheets and writes the head of the first one.
func (b *book) begin() error {
	b.names = [2]string{b.say.T("export.sheet.rights", nil), b.say.T("export.sheet.notes", nil)}
	if b.head.Sample {
		b.names[0] = b.say.T("web.sample.short", nil) + " – " + b.names[0]
	}
	if err := b.file.SetSheetName(b.file.GetSheetName(0), b.names[0]); err != nil {
		return err
	}
	if _, err := b.file.NewSheet(b.names[1]); err != nil {
		return err
	}
	for _, name := range b.names {
		if err := b.onPaper(name); err != nil {
			return err
		}
	}
	var err error
	if b.rights, err = b.file.NewStreamWriter(b.names[0]); err != nil {
		return err
	}
	format := "yyyy-mm-dd"
	if b.day, err = b.file.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return err
	}
	bold, err := b.bold()
	if err != nil {
		return err
	}
	var cells []any
	for i := range columns {
		if err := b.rights.SetColWidth(i+1, i+1, columns[i].width); err != nil {
			return err
		}
		cells = append(cells, excelize.Cell{StyleID: bold, Value: b.say.T(columns[i].head, nil)})
	}
	if b.head.Sample {
		cells = append(cells, excelize.Cell{StyleID: bold, Value: b.say.T("web.sample.short", nil)})
	}
	if err := b.rights.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return b.rights.SetRow("A1", cells)
}

// onPaper lets a sheet be printed across, no wider than a page.
func (b *book) onPaper(sheet string) error {
	fit, across, wide, high := true, "landscape", 1, 0
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &across, FitToWidth: &wide, FitToHeight: &high})
}

func (b *book) bold() (int, error) {
	return b.file.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DCE6F1"}},
	})
}

func (b *book) Write(r *Right) error {
	if b.report.Written >= MaxRows {
		return ierr.New(ierr.TooLarge, "export.rows", ierr.Args{"n": b.head.Total, "limit": MaxRows})
	}
	b.report.Written++
	var cells []any
	for i := range columns {
		cells = append(cells, b.cell(columns[i].cell(r, b.say.Lang())))
	}
	if b.head.Sample {
		cells = append(cells, b.say.T("web.sample.short", nil))
	}
	return b.rights.SetRow(fmt.Sprintf("A%d", b.report.Written+1), cells)
}

// cell writes a value in its type. A day that spreadsheets cannot count to is text.
func (b *book) cell(value any) any {
	switch value := value.(type) {
	case date.Date:
		switch {
		case value == 0:
			return nil
		case value.Year() < 1900:
			return value.String()
		}
		at := time.Date(value.Year(), time.Month(value.Month()), value.Day(), 0, 0, 0, 0, time.UTC)
		return excelize.Cell{StyleID: b.day, Value: at}
	case string:
		return fitting(workbook.Harmless(value))
	}
	return value
}

// fitting cuts a text that no cell can hold and marks the cut.
func fitting(s string) string {
	units, cut := 0, 0
	for i, r := range s {
		if units < maxCell { // what stands before i leaves room for the mark
			cut = i
		}
		if units += utf16.RuneLen(r); units > maxCell {
			return s[:cut] + "…"
		}
	}
	return s
}

// Discard removes the files that hold the rows of a large sheet. What it fails
// with leaves a temporary file, which nobody can help.
func (b *book) Discard() { _ = b.file.Close() }

func (b *book) Close() (*Report, error) {
	defer b.Discard()
	last, err := excelize.CoordinatesToCellName(len(columns), b.report.Written+1)
	if err != nil {
		return nil, err
	}
	if err := b.file.AutoFilter(b.names[0], "A1:"+last, nil); err != nil {
		return nil, err
	}
	if err := b.rights.Flush(); err != nil {
		return nil, err
	}
	if err := b.notes(); err != nil {
		return nil, err
	}
	if err := b.file.SetDocProps(&excelize.DocProperties{Creator: b.head.Producer, Title: b.names[0], Description: b.head.Query,
		Created: b.head.Made.UTC().Format(time.RFC3339), Modified: b.head.Made.UTC().Format(time.RFC3339), Language: b.say.Lang()}); err != nil {
		return nil, err
	}
	return &b.report, b.file.Write(b.to)
}

// notes writes the sheet that tells what the rights are.
func (b *book) notes() error {
	bold, err := b.bold()
	if err != nil {
		return err
	}
	wrap, err := b.file.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top", Horizontal: "left"}})
	if err != nil {
		return err
	}
	w, err := b.file.NewStreamWriter(b.names[1])
	if err != nil {
		return err
	}
	if err := w.SetColWidth(1, 1, 26); err != nil {
		return err
	}
	if err := w.SetColWidth(2, 2, 100); err != nil {
		return err
	}
	for i, n := range b.lines() {
		value := n[1]
		if text, ok := value.(string); ok {
			value = fitting(workbook.Harmless(text))
		}
		cells := []any{excelize.Cell{StyleID: bold, Value: n[0]}, excelize.Cell{StyleID: wrap, Value: value}}
		if err := w.SetRow(fmt.Sprintf("A%d", i+1), cells, excelize.RowOpts{Height: lineHeight * float64(1+strings.Count(fmt.Sprint(value), "\n"))}); err != nil {
			return err
		}
	}
	return w.Flush()
}

// lines are the names and values of the sheet of notes.
func (b *book) lines() [][2]any {
	h, t := b.head, b.say.T
	var out [][2]any
	if h.Sample {
		out = append(out, [2]any{t("web.sample.short", nil), t("export.sample", nil)})
	}
	out = append(out,
		[2]any{t("export.note.region", nil), h.Region},
		[2]any{t("export.note.query", nil), asked(b.say, h)},
		[2]any{t("web.understood", nil), strings.Join(h.Understood, "\n")},
		[2]any{t("export.note.total", nil), h.Total},
		[2]any{t("export.note.written", nil), b.report.Written},
		[2]any{t("web.home.state", nil), h.State},
		[2]any{t("export.note.made", nil), b.say.Moment(h.Made)},
		[2]any{t("export.note.coverage", nil), t("export.coverage", nil)},
		[2]any{t("export.note.producer", nil), h.Producer},
	)
	for _, n := range h.Notes {
		out = append(out, [2]any{t("export.note.note", nil), n})
	}
	return out
}
