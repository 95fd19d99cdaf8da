package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
	"onewindow/internal/source/entry"
	"onewindow/internal/source/sourcetest"
	"onewindow/internal/source/st96"
)

func speak(t *testing.T, lang string) *i18n.Printer {
	t.Helper()
	c, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// right makes a right of one document.
func right(id int64, d record.Document) *Right {
	v := register.Merge(id, []register.Statement{{ID: id, File: &register.File{}, Doc: &d}}, 0)
	return &Right{View: v, Kind: "K", Region: "Invented City", RegionCode: "990100", State: "in force", Ends: date.Of(2031, 5, 2)}
}

func patent(id int64, title string) *Right {
	return right(id, record.Document{
		Office: "CN", Number: "10000000" + string(rune('0'+id)), Code: "A", Kind: record.Invention, Published: date.Of(2020, 3, 1),
		Titles:  []record.Text{{Lang: "zh", Text: title}, {Lang: "en", Text: "An invented thing"}},
		Parties: []record.Party{{Role: record.Applicant, Names: []record.Text{{Lang: "zh", Text: "样例公司"}}}},
		Classes: []record.Class{{Scheme: record.IPC, Symbol: "H01M10/0525"}},
	})
}

func work(id int64) *Right {
	return right(id, record.Document{Office: "CN", Number: "W1", Kind: record.Work, Titles: []record.Text{{Lang: "zh", Text: "样例作品"}}})
}

var head = Head{
	Query: "kind=invention", Understood: []string{"kind is invention"}, Total: 3, State: 7, Made: time.Date(2024, 5, 1, 9, 0, 0, 0, time.UTC),
	Region: "Sample", Producer: "OneWindow test",
}

// write writes rights in a format.
func write(t *testing.T, f Format, lang string, h Head, rights ...*Right) ([]byte, *Report, error) {
	t.Helper()
	var b bytes.Buffer
	w, err := New(f, &b, speak(t, lang), h)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rights {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	report, err := w.Close()
	return b.Bytes(), report, err
}

func TestCSVMarksInventedRowsAndHoldsNoFormulas(t *testing.T) {
	h := head
	h.Sample = true
	for _, title := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1"} {
		b, _, err := write(t, CSV, "zh", h, patent(1, title))
		if err != nil {
			t.Fatal(err)
		}
		body, ok := strings.CutPrefix(string(b), "\ufeff")
		if !ok {
			t.Fatal("no byte order mark")
		}
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		if err != nil || len(rows) != 2 {
			t.Fatalf("%q, %v", rows, err)
		}
		for _, row := range rows {
			if last := row[len(row)-1]; last != "样例数据" {
				t.Errorf("the row is not marked: %q", row)
			}
		}
		if cell := rows[1][4]; cell != "'"+title {
			t.Errorf("%q is written as %q", title, cell)
		}
		if rows[1][13] != "2020-03-01" || rows[1][11] != "H01M10/0525" || rows[1][16] != "2031-05-02" {
			t.Errorf("row %q", rows[1])
		}
	}
	real, _, _ := write(t, CSV, "zh", head)
	if strings.Contains(string(real), "样例") || strings.Count(string(real), "\n") != 1 {
		t.Errorf("nothing found gives %q", real)
	}
}

func TestAWorkbookHasTypesAndNotes(t *testing.T) {
	h := head
	h.Sample = true
	b, report, err := write(t, XLSX, "en", h, patent(1, "=cmd()"), patent(2, "电池"), work(3))
	if err != nil || report.Written != 3 {
		t.Fatal(report, err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	sheets := f.GetSheetList()
	if len(sheets) != 2 || !strings.Contains(sheets[0], "Sample") {
		t.Fatalf("sheets %q", sheets)
	}
	rows, err := f.GetRows(sheets[0])
	if err != nil || len(rows) != 4 || rows[0][0] != "Record" || rows[1][4] != "An invented thing" || rows[1][5] != "'=cmd()" || rows[1][13] != "2020-03-01" || rows[3][17] != "Sample" {
		t.Fatalf("%q %v", rows, err)
	}
	for cell, want := range map[string]excelize.CellType{"A2": excelize.CellTypeUnset, "N2": excelize.CellTypeUnset, "E2": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType(sheets[0], cell); got != want || err != nil {
			t.Errorf("%s has type %d, %v", cell, got, err)
		}
	}
	if text, _ := f.GetCellFormula(sheets[0], "F2"); text != "" {
		t.Errorf("a title became the formula %q", text)
	}
	panes, err := f.GetPanes(sheets[0])
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if filters := f.GetDefinedName(); len(filters) != 1 || !strings.Contains(filters[0].RefersTo, "$Q$4") {
		t.Errorf("filters %+v", filters)
	}
	notes, err := f.GetRows(sheets[1])
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, n := range notes {
		all += strings.Join(n, "|") + "\n"
	}
	for _, want := range []string{"invented", "Query|kind=invention", "State of the register|7", "Rights in this file|3", "OneWindow test"} {
		if !strings.Contains(all, want) {
			t.Errorf("the notes lack %q:\n%s", want, all)
		}
	}
}

func TestAWorkbookRefusesMoreThanItHolds(t *testing.T) {
	h := head
	h.Total = MaxRows + 1
	if _, err := New(XLSX, io.Discard, speak(t, "en"), h); ierr.KindOf(err) != ierr.TooLarge {
		t.Errorf("too many: %v", err)
	}
	h.Limit = 5
	if w, err := New(XLSX, io.Discard, speak(t, "en"), h); err != nil {
		t.Errorf("a few of many: %v", err)
	} else {
		w.Discard()
	}
}

func TestST96LeavesOutWhatItHasNoSchemaForAndSaysSo(t *testing.T) {
	h := head
	h.Sample, h.Query = true, "ti=a--b"
	b, report, err := write(t, ST96, "en", h, patent(1, "甲"), work(2), patent(3, "乙"), work(4))
	if err != nil || report.Written != 2 || report.LeftOut[record.Work] != 2 || report.Left() != 2 {
		t.Fatalf("%+v %v", report, err)
	}
	for _, want := range []string{`sample="true"`, "invented", "Left out: 2 rights", "ti=a- -b"} {
		if !strings.Contains(string(b), want) {
			t.Errorf("the file lacks %q:\n%.600s", want, b)
		}
	}
	for _, n := range []int{1, 2} {
		part, _, err := write(t, ST96, "en", h, []*Right{patent(1, "甲"), patent(3, "乙")}[:n]...)
		if err != nil {
			t.Fatal(err)
		}
		got, _, fault := sourcetest.Entries(st96.Format(1), part, entry.Limits{})
		if len(got) != n || got[0].Doc == nil || got[0].Doc.Titles[0].Text != "甲" {
			t.Errorf("read back: %+v %v", got, fault)
		}
	}
	_, _, err = write(t, ST96, "zh", h, work(2))
	if ierr.KindOf(err) != ierr.Unsupported || !strings.Contains(speak(t, "zh").Error(err), "作品") {
		t.Errorf("nothing but works: %v", err)
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAWriterThatFailsIsTold(t *testing.T) {
	for _, f := range Formats {
		w, err := New(f, full{}, speak(t, "en"), head)
		if err != nil {
			t.Fatal(err)
		}
		err = w.Write(patent(1, "甲"))
		if err == nil {
			_, err = w.Close()
		}
		if err == nil {
			t.Errorf("%s: a full disk goes unnoticed", f)
		}
	}
	if _, err := New("pdf", io.Discard, speak(t, "en"), head); ierr.KindOf(err) != ierr.Invalid {
		t.Errorf("no such format: %v", err)
	}
}

func TestCellsHoldAllThatTheyCan(t *testing.T) {
	for _, c := range []struct {
		sign  string
		n     int
		whole bool
	}{{"a", maxCell, true}, {"池", maxCell, true}, {"😀", maxCell / 2, true}, {"a", maxCell + 1, false}, {"池", maxCell + 1, false}, {"😀", maxCell/2 + 1, false}} {
		text := strings.Repeat(c.sign, c.n)
		got := fitting(text)
		units := len(utf16.Encode([]rune(got)))
		if (got == text) != c.whole || units > maxCell || !c.whole && (!strings.HasSuffix(got, "…") || units < maxCell-1) {
			t.Errorf("%d of %s: %d units, whole %v", c.n, c.sign, units, got == text)
		}
	}
}
