package returns

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
)

// lines lists what a file for a period holds: for each number that the form asks for
// its figure, name, unit, and what is reported already.
func lines(set *indicator.Set, f *Form, r *Return, say indicator.Say, name func(indicator.Ref) string) [][]string {
	old := map[indicator.Ref]Value{}
	for _, v := range r.Values {
		old[v.Ref] = v
	}
	out := make([][]string, 0, len(f.Cells))
	for _, c := range f.Cells {
		ref := c.Ref.In(r.Period)
		d := set.Definition(ref.Indicator)
		row := []string{ref.String(), name(ref), indicator.InLang(set.Units[d.UnitOf(ref.View)].Names, say.Lang()), "", "", "", ""}
		if v, ok := old[ref]; ok {
			row[3], row[4], row[5], row[6] = v.Value.Text(v.Places), string(v.Qualifier), v.Note, v.Reason
		}
		out = append(out, row)
	}
	return out
}

// WriteCSV writes a return as a file that ReadCSV reads, with a byte order mark, by
// which spreadsheets know UTF-8: with the numbers that r holds, to be filled in where
// it holds none. name says in words what a figure is.
func WriteCSV(w io.Writer, set *indicator.Set, f *Form, r *Return, say indicator.Say, name func(indicator.Ref) string) error {
	if _, err := io.WriteString(w, "\xef\xbb\xbf"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(heads(say)); err != nil {
		return err
	}
	if err := out.WriteAll(lines(set, f, r, say, name)); err != nil {
		return err
	}
	return out.Error()
}

func heads(say indicator.Say) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = say.T("returns.column."+c, nil)
	}
	return out
}

// WriteXLSX writes the workbook that is made for a form: a row a number, its name and
// unit locked, the number checked as it is typed (whole or decimal, its sign), the
// qualifier out of a list; and what the workbook is for on top of the page when it is
// printed. ReadXLSX reads it.
func WriteXLSX(w io.Writer, set *indicator.Set, f *Form, r *Return, say indicator.Say, name func(indicator.Ref) string) error {
	b := &sheetMaker{file: excelize.NewFile(), set: set, form: f, say: say, rows: lines(set, f, r, say, name)}
	defer b.file.Close()
	b.sheet = "1"
	for _, step := range []func() error{b.styles, b.fill, b.rules, b.page} {
		if err := step(); err != nil {
			return ierr.Wrap(err, ierr.Internal, "returns.template", ierr.Args{"reason": err.Error()})
		}
	}
	return b.file.Write(w)
}

type sheetMaker struct {
	file  *excelize.File
	set   *indicator.Set
	form  *Form
	say   indicator.Say
	sheet string
	rows  [][]string

	head, fixed, free, whole, decimal int // styles
}

func (b *sheetMaker) styles() (err error) {
	line := []excelize.Border{{Type: "bottom", Style: 1, Color: "A6A6A6"}}
	middle := &excelize.Alignment{Vertical: "center"}
	open := &excelize.Protection{Locked: false}
	asText, asWhole, asDecimal := "@", "#,##0", "#,##0.00"
	typed := func(format *string) excelize.Style {
		return excelize.Style{Border: line, Protection: open, CustomNumFmt: format, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8E1"}}, Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}}
	}
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&b.head, excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"12385F"}}, Alignment: middle}},
		{&b.fixed, excelize.Style{Border: line, Alignment: middle, Font: &excelize.Font{Color: "595959"}}},
		{&b.free, excelize.Style{Border: line, Alignment: middle, Protection: open, CustomNumFmt: &asText}},
		{&b.whole, typed(&asWhole)},
		{&b.decimal, typed(&asDecimal)},
	} {
		if *s.into, err = b.file.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// fill writes heads, names and what is reported already.
func (b *sheetMaker) fill() error {
	if err := b.file.SetSheetName("Sheet1", b.sheet); err != nil {
		return err
	}
	for i, h := range heads(b.say) {
		at := string(rune('A'+i)) + "1"
		if err := b.file.SetCellStr(b.sheet, at, h); err != nil {
			return err
		}
	}
	for i, row := range b.rows {
		for k, text := range row {
			at := string(rune('A'+k)) + strconv.Itoa(i+2)
			if columns[k] == colValue && text != "" {
				// A number is stored as one, so that spreadsheets add it up.
				if err := b.file.SetCellDefault(b.sheet, at, text); err != nil {
					return err
				}
			} else if err := b.file.SetCellStr(b.sheet, at, text); err != nil {
				return err
			}
		}
	}
	last := strconv.Itoa(len(b.rows) + 1)
	for _, s := range []struct {
		from, to string
		style    int
		width    float64
	}{{"A", "A", b.fixed, 58}, {"B", "B", b.fixed, 58}, {"C", "C", b.fixed, 16}, {"D", "D", b.whole, 18}, {"E", "E", b.free, 14}, {"F", "G", b.free, 28}} {
		if err := b.file.SetColWidth(b.sheet, s.from, s.to, s.width); err != nil {
			return err
		}
		if err := b.file.SetCellStyle(b.sheet, s.from+"2", s.to+last, s.style); err != nil {
			return err
		}
	}
	for i := range len(b.rows) + 1 {
		if err := b.file.SetRowHeight(b.sheet, i+1, 20); err != nil {
			return err
		}
	}
	return b.file.SetCellStyle(b.sheet, "A1", "G1", b.head)
}

// rules makes the workbook check what is typed.
func (b *sheetMaker) rules() error {
	for i := range b.rows {
		ref := b.form.Cells[i].Ref
		d := b.set.Definition(ref.Indicator)
		unit := b.set.Units[d.UnitOf(ref.View)]
		rule := excelize.NewDataValidation(true)
		rule.Sqref = "D" + strconv.Itoa(i+2)
		kind, low := excelize.DataValidationTypeDecimal, "0"
		if unit.Whole {
			kind = excelize.DataValidationTypeWhole
		} else if err := b.file.SetCellStyle(b.sheet, rule.Sqref, rule.Sqref, b.decimal); err != nil {
			return err
		}
		if unit.Sign {
			low = "-1000000000000"
		}
		if err := rule.SetRange(low, "1000000000000000", kind, excelize.DataValidationOperatorBetween); err != nil {
			return err
		}
		rule.SetError(excelize.DataValidationErrorStyleStop, b.say.T("returns.column."+colValue, nil), b.say.T("returns.sheet.number", nil))
		if err := b.file.AddDataValidation(b.sheet, rule); err != nil {
			return err
		}
	}
	rule := excelize.NewDataValidation(true)
	rule.Sqref = "E2:E" + strconv.Itoa(len(b.rows)+1)
	var words []string
	for _, q := range indicator.Qualifiers[1:] {
		words = append(words, string(q))
	}
	if err := rule.SetDropList(words); err != nil {
		return err
	}
	if err := b.file.AddDataValidation(b.sheet, rule); err != nil {
		return err
	}
	return b.file.ProtectSheet(b.sheet, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true, FormatColumns: true, FormatRows: true})
}

// page freezes the head and sets how the sheet is printed.
func (b *sheetMaker) page() error {
	landscape, wide, long := "landscape", 1, 0
	for _, err := range []error{
		b.file.SetPanes(b.sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		b.file.SetPageLayout(b.sheet, &excelize.PageLayoutOptions{Orientation: &landscape, FitToWidth: &wide, FitToHeight: &long}),
		b.file.SetHeaderFooter(b.sheet, &excelize.HeaderFooterOptions{OddHeader: "&L" + printed(b.form.Names, b.say) + "&R" + printed(b.form.Body, b.say), OddFooter: "&R&P / &N"}),
	} {
		if err != nil {
			return err
		}
	}
	fit := true
	return b.file.SetSheetProps(b.sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// printed returns a name as the head of a printed page takes it.
func printed(names map[string]string, say indicator.Say) string {
	return strings.ReplaceAll(indicator.InLang(names, say.Lang()), "&", "&&")
}
