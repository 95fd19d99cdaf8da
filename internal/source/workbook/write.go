package workbook

import (
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Write writes a workbook of one sheet: a bold first row that stays in sight, and
// cells as they are given, numbers as numbers and texts as texts, never as formulas.
func Write(w io.Writer, sheet string, rows [][]any, widths []float64) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	s, err := f.NewStreamWriter(sheet)
	if err != nil {
		return err
	}
	for i, width := range widths {
		if err := s.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	if err := s.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, row := range rows {
		cells := make([]any, len(row))
		for k, c := range row {
			cells[k] = c
			if i == 0 {
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
	if err := s.Flush(); err != nil {
		return err
	}
	return f.Write(w)
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
