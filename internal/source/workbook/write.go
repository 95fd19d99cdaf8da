package workbook

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Sheet is a sheet to be written: a bold first row that stays in sight, and cells as
// they are given, numbers as numbers and texts as texts, never as formulas.
type Sheet struct {
	Name   string // at most 31 characters, without : \ / ? * [ ]
	Rows   [][]any
	Widths []float64 // of columns, in characters
	Head   int       // rows above the heads, which stay in sight with them
}

// Write writes a workbook of one sheet.
func Write(w io.Writer, sheet string, rows [][]any, widths []float64) error {
	return WriteSheets(w, Sheet{Name: sheet, Rows: rows, Widths: widths})
}

// WriteSheets writes a workbook of sheets, at least one.
func WriteSheets(w io.Writer, sheets ...Sheet) error {
	f := excelize.NewFile()
	defer f.Close()
	for i, sheet := range sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", sheet.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(sheet.Name); err != nil {
			return err
		}
		if err := sheet.fill(f); err != nil {
			return err
		}
	}
	return f.Write(w)
}

func (x Sheet) fill(f *excelize.File) error {
	s, err := f.NewStreamWriter(x.Name)
	if err != nil {
		return err
	}
	for i, width := range x.Widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	below, err := excelize.CoordinatesToCellName(1, x.Head+2)
	if err != nil {
		return err
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: x.Head + 1, TopLeftCell: below, ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, row := range x.Rows {
		cells := make([]any, len(row))
		for k, c := range row {
			cells[k] = c
			if i == x.Head {
				cells[k] = excelize.Cell{StyleID: bold, Value: c}
			}
		}
		at, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			return err
		}
		if err := s.SetRow(at, cells); err != nil {
			return err
		}
	}
	return s.Flush()
}

// formulaSigns begin what spreadsheets run as a formula when they read a text from CSV,
// in either width; white space before one does not stop all of them.
const formulaSigns = "=+-@\t\r\n＝＋－＠"

// Harmless leads a text that a spreadsheet would run as a formula with an apostrophe.
func Harmless(text string) string {
	if r, n := utf8.DecodeRuneInString(text); n > 0 && strings.ContainsRune(formulaSigns, r) {
		return "'" + text
	}
	return text
}
