package mapping

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/ierr"
	"onewindow/internal/source/tabular"
)

// TemplateCSV writes the heads of a mapping in the reader's language as CSV, with a
// byte order mark, by which spreadsheets know UTF-8.
func TemplateCSV(w io.Writer, m *tabular.Mapping, say Say) error {
	return m.Write(w, tabular.WriteOptions{Lang: say.Lang(), BOM: true}, nil)
}

// templateRows is how many rows of a template offer their lists of words.
const templateRows = 5000

// TemplateXLSX writes a workbook: a sheet to be filled in, whose cells keep numbers
// as they are typed and offer the words that are known, and a sheet that explains
// the columns.
func TemplateXLSX(w io.Writer, m *tabular.Mapping, say Say) error {
	t := &template{f: excelize.NewFile(), m: m, say: say, columns: m.HeadColumns(say.Lang())}
	defer t.f.Close()
	for _, step := range []func() error{t.styles, t.table, t.lists, t.explain} {
		if err := step(); err != nil {
			return ierr.Wrap(err, ierr.Internal, "mapping.template", ierr.Args{"reason": err.Error()})
		}
	}
	return t.f.Write(w)
}

type template struct {
	f       *excelize.File
	m       *tabular.Mapping
	say     Say
	columns []*tabular.Column
	data    string // names of the sheets
	words   string

	head, required, text, day, wrapped int // styles
}

func (t *template) styles() (err error) {
	border := []excelize.Border{{Type: "bottom", Style: 1, Color: "808080"}}
	middle := &excelize.Alignment{WrapText: true, Vertical: "center"}
	asText := "@"
	asDay := "yyyy-mm-dd"
	for _, s := range []struct {
		into  *int
		style excelize.Style
	}{
		{&t.head, excelize.Style{Font: &excelize.Font{Bold: true}, Border: border, Alignment: middle, CustomNumFmt: &asText}},
		{&t.required, excelize.Style{Font: &excelize.Font{Bold: true, Color: "9C0006"}, Border: border, Alignment: middle, CustomNumFmt: &asText}},
		{&t.text, excelize.Style{CustomNumFmt: &asText}},
		{&t.day, excelize.Style{CustomNumFmt: &asDay}},
		{&t.wrapped, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
	} {
		if *s.into, err = t.f.NewStyle(&s.style); err != nil {
			return err
		}
	}
	return nil
}

// sheetName makes a text fit for the name of a sheet.
func sheetName(s string) string {
	s = strings.NewReplacer(":", "", `\`, "", "/", "", "?", "", "*", "", "[", "", "]", "", "'", "").Replace(s)
	if r := []rune(s); len(r) > 28 {
		s = string(r[:28])
	}
	return s
}

// table writes the sheet to be filled in.
func (t *template) table() error {
	t.data = sheetName(t.m.Name(t.say.Lang()))
	if err := t.f.SetSheetName("Sheet1", t.data); err != nil {
		return err
	}
	for i, c := range t.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		head, style, cells := c.Head(t.say.Lang()), t.head, t.text
		if c.Required {
			head, style = head+" *", t.required
		}
		if c.IsDate {
			cells = t.day
		}
		for _, err := range []error{
			t.f.SetColWidth(t.data, name, name, float64(min(40, max(12, 2*len([]rune(head))+2)))),
			t.f.SetColStyle(t.data, name, cells),
			t.f.SetCellStr(t.data, name+"1", head),
			t.f.SetCellStyle(t.data, name+"1", name+"1", style),
		} {
			if err != nil {
				return err
			}
		}
	}
	return t.f.SetPanes(t.data, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

// lists lets cells offer the words that a column knows. They stand in a sheet of
// their own, since a list within a cell's rule may have 255 characters alone.
func (t *template) lists() error {
	t.words = t.say.T("mapping.sheet.words", nil)
	n := 0
	for i, c := range t.columns {
		if len(c.Values) == 0 || c.Split != "" {
			continue
		}
		if n++; n == 1 {
			if _, err := t.f.NewSheet(t.words); err != nil {
				return err
			}
		}
		from, err1 := excelize.ColumnNumberToName(n)
		to, err2 := excelize.ColumnNumberToName(i + 1)
		if err1 != nil || err2 != nil {
			return err1
		}
		for row, v := range c.Values {
			if err := t.f.SetCellStr(t.words, from+itoa(row+1), v.Says); err != nil {
				return err
			}
		}
		rule := excelize.NewDataValidation(true)
		rule.Sqref = to + "2:" + to + itoa(templateRows)
		rule.SetSqrefDropList("'" + t.words + "'!$" + from + "$1:$" + from + "$" + itoa(len(c.Values)))
		rule.SetError(excelize.DataValidationErrorStyleWarning, c.Head(t.say.Lang()), t.say.T("mapping.sheet.not-listed", nil))
		if err := t.f.AddDataValidation(t.data, rule); err != nil {
			return err
		}
	}
	if n == 0 {
		return nil
	}
	return t.f.SetSheetVisible(t.words, false)
}

// explain writes the sheet that explains the columns.
func (t *template) explain() error {
	sheet := t.say.T("mapping.sheet.about", nil)
	if _, err := t.f.NewSheet(sheet); err != nil {
		return err
	}
	lang := t.say.Lang()
	rows := [][]any{
		{t.m.Name(lang)}, {t.m.About[lang]}, {t.say.T("mapping.sheet.how", ierr.Args{"id": t.m.ID})}, {},
		{t.say.T("mapping.column.head", nil), t.say.T("mapping.column.about", nil), t.say.T("mapping.column.required", nil),
			t.say.T("mapping.column.words", nil), t.say.T("mapping.column.example", nil)},
	}
	for _, c := range t.columns {
		required := ""
		if c.Required {
			required = t.say.T("mapping.yes", nil)
		}
		words := make([]string, len(c.Values))
		for i, v := range c.Values {
			words[i] = v.Says
		}
		example := ""
		if len(c.Examples) > 0 {
			example = c.Examples[0]
		}
		rows = append(rows, []any{c.Head(lang), c.Explained(lang), required, strings.Join(words, " · "), example})
	}
	for i := range rows {
		if err := t.f.SetSheetRow(sheet, "A"+itoa(i+1), &rows[i]); err != nil {
			return err
		}
	}
	for _, err := range []error{
		t.f.SetCellStyle(sheet, "A1", "A1", t.head),
		t.f.SetCellStyle(sheet, "A5", "E5", t.head),
		t.f.SetCellStyle(sheet, "A6", "E"+itoa(len(rows)), t.wrapped),
		t.f.SetColWidth(sheet, "A", "A", 24),
		t.f.SetColWidth(sheet, "B", "B", 48),
		t.f.SetColWidth(sheet, "C", "C", 10),
		t.f.SetColWidth(sheet, "D", "E", 32),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}
