package publish

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/chart"
	"onewindow/internal/ierr"
	"onewindow/internal/paper"
)

// sheets writes a workbook: contents, a sheet for each table and picture, and the
// definitions. Pictures are native charts over their numbers.
type sheets struct {
	e      *Edition
	d      *paper.Document
	f      *excelize.File
	styles map[string]int
}

// writeXLSX writes the edition as a workbook.
func writeXLSX(e *Edition, d *paper.Document, w io.Writer) error {
	s := &sheets{e: e, d: d, f: excelize.NewFile(), styles: map[string]int{}}
	defer s.f.Close()
	if err := s.properties(); err != nil {
		return err
	}
	if err := s.contents(); err != nil {
		return err
	}
	for _, t := range d.Tables {
		if err := s.table(s.name("paper.see.table", t.N), t); err != nil {
			return err
		}
	}
	for _, c := range d.Charts {
		if err := s.chart(c); err != nil {
			return err
		}
	}
	if err := s.definitions(); err != nil {
		return err
	}
	return s.f.Write(w)
}

func (s *sheets) properties() error {
	at := time.Date(s.e.Released.Year(), time.Month(s.e.Released.Month()), s.e.Released.Day(), 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
	return s.f.SetDocProps(&excelize.DocProperties{
		Title: s.d.Title, Subject: s.e.Name(), Creator: s.d.Publisher, Description: s.e.about(s.d), Language: s.d.Lang, Created: at, Modified: at,
	})
}

// name is the name of a sheet: Table 2.
func (s *sheets) name(message string, n int) string {
	return s.e.say(s.d).T(message, ierr.Args{"n": n})
}

// style returns a style, made at the first call.
func (s *sheets) style(name string, of *excelize.Style) int {
	if id, ok := s.styles[name]; ok {
		return id
	}
	id, err := s.f.NewStyle(of)
	if err != nil {
		return 0 // the plain style: what is shown stays the same
	}
	s.styles[name] = id
	return id
}

func (s *sheets) title() int {
	return s.style("title", &excelize.Style{Font: &excelize.Font{Bold: true, Size: 14, Color: "12395F"}})
}

func (s *sheets) soft() int {
	return s.style("soft", &excelize.Style{Font: &excelize.Font{Color: "526170"}})
}

func (s *sheets) head(number bool) int {
	name, at := "head", "left"
	if number {
		name, at = "head-number", "right"
	}
	return s.style(name, &excelize.Style{
		Font: &excelize.Font{Bold: true}, Alignment: &excelize.Alignment{WrapText: true, Horizontal: at, Vertical: "bottom"},
		Border: []excelize.Border{{Type: "top", Color: "16212C", Style: 1}, {Type: "bottom", Color: "16212C", Style: 1}},
	})
}

// number returns the style of a number with decimal places.
func (s *sheets) number(places int, strong bool) int {
	format := "#,##0"
	if places > 0 {
		format += "." + strings.Repeat("0", places)
	}
	return s.style(fmt.Sprint("number", places, strong), &excelize.Style{CustomNumFmt: &format, Font: &excelize.Font{Bold: strong}, Alignment: &excelize.Alignment{Horizontal: "right"}})
}

func cellAt(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

// top writes what stands above every sheet and returns the first free row.
func (s *sheets) top(sheet, title, below string) (int, error) {
	if _, err := s.f.NewSheet(sheet); err != nil {
		return 0, err
	}
	if err := s.f.SetCellValue(sheet, "A1", title); err != nil {
		return 0, err
	}
	if err := s.f.SetCellStyle(sheet, "A1", "A1", s.title()); err != nil {
		return 0, err
	}
	row := 2
	lines := []string{below, s.d.Title + " · " + s.e.Name()}
	if s.d.Sample {
		lines = append(lines, s.e.say(s.d).T("paper.sample.word", nil)+": "+s.e.say(s.d).T("paper.sample.note", nil))
	}
	for _, l := range lines {
		if l == "" {
			continue
		}
		if err := s.f.SetCellValue(sheet, cellAt(1, row), l); err != nil {
			return 0, err
		}
		if err := s.f.SetCellStyle(sheet, cellAt(1, row), cellAt(1, row), s.soft()); err != nil {
			return 0, err
		}
		row++
	}
	if err := s.onPaper(sheet); err != nil {
		return 0, err
	}
	return row + 1, s.f.SetColWidth(sheet, "A", "A", 34)
}

// onPaper sets how a sheet is printed: A4 across, as wide as a page.
func (s *sheets) onPaper(sheet string) error {
	a4, across, one, any, fit := 9, "landscape", 1, 0, true
	if err := s.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &one, FitToHeight: &any}); err != nil {
		return err
	}
	return s.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit})
}

// contents is the first sheet: a link to each of the others.
func (s *sheets) contents() error {
	name := s.e.say(s.d).T("paper.contents", nil)
	row, err := s.top(name, s.d.Title, s.d.Subtitle)
	if err != nil {
		return err
	}
	if err := s.f.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	link := s.style("link", &excelize.Style{Font: &excelize.Font{Color: "0B5394", Underline: "single"}})
	add := func(sheet, title string) error {
		at := cellAt(1, row)
		if err := s.f.SetCellValue(name, at, sheet+"  "+title); err != nil {
			return err
		}
		if err := s.f.SetCellHyperLink(name, at, "'"+sheet+"'!A1", "Location"); err != nil {
			return err
		}
		row++
		return s.f.SetCellStyle(name, at, at, link)
	}
	for _, t := range s.d.Tables {
		if err := add(s.name("paper.see.table", t.N), paper.Plain(t.Title)); err != nil {
			return err
		}
	}
	for _, c := range s.d.Charts {
		if err := add(s.name("paper.see.chart", c.N), paper.Plain(c.Title)); err != nil {
			return err
		}
	}
	if err := add(s.e.say(s.d).T("paper.definitions", nil), ""); err != nil {
		return err
	}
	return s.f.SetColWidth(name, "A", "A", 110)
}

// table writes a table to a sheet of its own.
func (s *sheets) table(sheet string, t *paper.Table) error {
	row, err := s.top(sheet, paper.Plain(t.Title), t.Unit)
	if err != nil {
		return err
	}
	_, err = s.cells(sheet, row, t)
	return err
}

// cells writes head, rows and notes from a row on, and returns the row of the first
// numbers.
func (s *sheets) cells(sheet string, row int, t *paper.Table) (first int, err error) {
	set := func(column, row int, v any, style int) {
		at := cellAt(column, row)
		if err == nil {
			err = s.f.SetCellValue(sheet, at, v)
		}
		if err == nil && style != 0 {
			err = s.f.SetCellStyle(sheet, at, at, style)
		}
	}
	set(1, row, t.Stub, s.head(false))
	for i, c := range t.Columns {
		text := c.Head
		if c.Unit != "" {
			text += "\n" + c.Unit
		}
		set(i+2, row, text, s.head(true))
	}
	if err == nil && len(t.Columns) > 0 {
		last, _ := excelize.ColumnNumberToName(len(t.Columns) + 1)
		err = s.f.SetColWidth(sheet, "B", last, 16)
	}
	if err == nil {
		err = s.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: row, TopLeftCell: cellAt(2, row+1), ActivePane: "bottomRight"})
	}
	if err == nil && slices.ContainsFunc(t.Columns, func(c paper.ColumnHead) bool { return c.Unit != "" || len(c.Head) > 16 }) {
		err = s.f.SetRowHeight(sheet, row, 48)
	}
	strong := s.style("strong", &excelize.Style{Font: &excelize.Font{Bold: true}})
	first = row + 1
	for _, r := range t.Rows {
		row++
		bold := r.Kind == paper.RowWhole || r.Kind == paper.RowGroup
		style := 0
		if bold {
			style = strong
		}
		set(1, row, r.Name, style)
		for i, c := range r.Cells {
			n, ok := c.Figure.Published()
			if !ok || c.Figure.Qualifier != "" {
				set(i+2, row, c.Text+c.Note, s.number(0, bold))
				continue
			}
			set(i+2, row, n.Float(), s.number(c.Figure.Places, bold))
		}
	}
	for _, n := range t.Notes {
		row++
		set(1, row+1, n, s.soft())
	}
	return first, err
}

// nativeCharts are the kinds of a workbook's own charts.
var nativeCharts = map[paper.ChartKind]excelize.ChartType{
	paper.Bars: excelize.Bar, paper.Map: excelize.Bar, paper.Stack: excelize.BarPercentStacked, paper.Lines: excelize.Line, paper.Multiples: excelize.Line,
}

// chart writes a picture's numbers and a native chart beside them.
func (s *sheets) chart(c *paper.Chart) error {
	sheet := s.name("paper.see.chart", c.N)
	row, err := s.top(sheet, paper.Plain(c.Title), c.Subtitle)
	if err != nil {
		return err
	}
	t := c.Grid(s.e.say(s.d))
	first, err := s.cells(sheet, row, t)
	if err != nil {
		return err
	}
	n := len(c.Series[0].Points)
	out := &excelize.Chart{
		Type: nativeCharts[c.Kind], Dimension: excelize.ChartDimension{Width: 760, Height: uint(max(320, 26*n+120))},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: paper.Plain(c.Title), Font: &excelize.Font{Size: 12, Bold: true}}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, XAxis: excelize.ChartAxis{ReverseOrder: nativeCharts[c.Kind] != excelize.Line},
	}
	if len(c.Series) == 1 {
		out.Legend.Position = "none"
	}
	quoted := "'" + strings.ReplaceAll(sheet, "'", "''") + "'!"
	for i := range c.Series {
		column, _ := excelize.ColumnNumberToName(i + 2)
		out.Series = append(out.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s$%s$%d", quoted, column, first-1),
			Categories: fmt.Sprintf("%s$A$%d:$A$%d", quoted, first, first+n-1),
			Values:     fmt.Sprintf("%s$%s$%d:$%s$%d", quoted, column, first, column, first+n-1),
			Fill:       excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{chart.Light.Hex(chart.Series(i))}},
		})
	}
	return s.f.AddChart(sheet, cellAt(len(c.Series)+4, row), out)
}

// definitions lists what the figures mean and where they come from.
func (s *sheets) definitions() error {
	say := s.e.say(s.d)
	sheet := say.T("paper.definitions", nil)
	row, err := s.top(sheet, sheet, "")
	if err != nil {
		return err
	}
	put := func(values ...any) {
		at := cellAt(1, row)
		if err == nil {
			err = s.f.SetSheetRow(sheet, at, &values)
		}
		row++
	}
	put(say.T("paper.figure", nil), say.T("paper.identifier", nil), say.T("paper.unit", nil), say.T("paper.basis", nil), say.T("paper.origin", nil), say.T("paper.definitions", nil))
	if err == nil {
		err = s.f.SetCellStyle(sheet, cellAt(1, row-1), cellAt(6, row-1), s.head(false))
	}
	for _, d := range s.d.Definitions {
		put(d.Name, d.ID, d.Unit, d.Basis, strings.Join(d.Origins, "; "), d.About)
	}
	if err != nil {
		return err
	}
	return s.f.SetColWidth(sheet, "B", "F", 34)
}
