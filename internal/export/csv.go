package export

import (
	"encoding/csv"
	"fmt"
	"io"

	"onewindow/internal/i18n"
	"onewindow/internal/source/workbook"
)

// separated writes CSV with a byte order mark, which spreadsheets need to read
// Chinese. Of invented data every row says so.
type separated struct {
	to     io.Writer
	w      *csv.Writer
	say    *i18n.Printer
	head   Head
	begun  bool
	report Report
}

func newSeparated(w io.Writer, say *i18n.Printer, h Head) *separated {
	return &separated{to: w, w: csv.NewWriter(w), say: say, head: h}
}

func (s *separated) begin() error {
	if s.begun {
		return nil
	}
	s.begun = true
	if _, err := io.WriteString(s.to, "\ufeff"); err != nil {
		return err
	}
	return s.row(func(c *column) any { return s.say.T(c.head, nil) })
}

func (s *separated) Write(r *Right) error {
	if err := s.begin(); err != nil {
		return err
	}
	s.report.Written++
	return s.row(func(c *column) any { return c.cell(r, s.say.Lang()) })
}

func (s *separated) row(cell func(*column) any) error {
	var cells []string
	for i := range columns {
		cells = append(cells, workbook.Harmless(fmt.Sprint(cell(&columns[i]))))
	}
	if s.head.Sample {
		cells = append(cells, s.say.T("web.sample.short", nil))
	}
	return s.w.Write(cells)
}

func (s *separated) Close() (*Report, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	s.w.Flush()
	return &s.report, s.w.Error()
}

// Discard does nothing: what was written has left.
func (*separated) Discard() {}
