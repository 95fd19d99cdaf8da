package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"onewindow/internal/source/entry"
)

// book writes a workbook; fill puts cells into its first sheet.
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func textOf(t testing.TB, data []byte, sheet string) string {
	t.Helper()
	b, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir())
	must(t, err)
	defer b.Close()
	r, err := b.Text(sheet)
	must(t, err)
	defer r.Close()
	out, err := io.ReadAll(r)
	must(t, err)
	return string(out)
}

func TestCellsKeepWhatIsStored(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		day := "yyyy-mm-dd"
		han := `yyyy"年"m"月"d"日"`
		own := func(format string) int {
			id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			must(t, err)
			return id
		}
		standard, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		must(t, err)
		must(t,
			f.SetSheetRow("Sheet1", "A1", &[]any{"号", "日", "中文日", "短日", "数", "文"}),
			f.SetCellValue("Sheet1", "A2", 201710601862.3), f.SetCellValue("Sheet1", "B2", 43831), f.SetCellValue("Sheet1", "C2", 43832.75),
			f.SetCellValue("Sheet1", "D2", 43833), f.SetCellValue("Sheet1", "E2", 90000001), f.SetCellStr("Sheet1", "F2", "a,\"b\"\nc"),
			f.SetCellStyle("Sheet1", "B2", "B2", own(day)), f.SetCellStyle("Sheet1", "C2", "C2", own(han)), f.SetCellStyle("Sheet1", "D2", "D2", standard),
			f.SetCellStr("Sheet1", "A4", "007"), f.SetCellValue("Sheet1", "B4", 20200101),
		)
	})
	want := "号,日,中文日,短日,数,文\r\n" +
		"201710601862.3,2020-01-01,2020-01-02,2020-01-03,90000001,\"a,\"\"b\"\"\nc\"\r\n" +
		"\r\n" +
		"007,20200101,,,,\r\n"
	if got := textOf(t, data, "Sheet1"); got != want {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

func TestWhatIsNoWorkbookIsRejected(t *testing.T) {
	var empty bytes.Buffer
	z := zip.NewWriter(&empty)
	w, err := z.Create("xl/workbook.xml")
	must(t, err)
	_, err = w.Write([]byte("<nonsense"))
	must(t, err, z.Close())
	for name, data := range map[string][]byte{"no zip": []byte("PK nothing"), "a broken part": empty.Bytes()} {
		b, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir())
		if err == nil {
			sheets := b.Sheets()
			must(t, b.Close())
			if len(sheets) > 0 {
				t.Errorf("%s: sheets %v", name, sheets)
			}
			continue
		}
		var r *entry.Reject
		if !errors.As(err, &r) || r.Code != "workbook.damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
	var r *entry.Reject
	if _, err := Open(bytes.NewReader(nil), packedBytes+1, ""); !errors.As(err, &r) || r.Code != "workbook.size" {
		t.Errorf("too large: %v", err)
	}
}

func TestRowsThatAreTooWideEndTheSheet(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		must(t, f.SetCellStr("Sheet1", "A1", "a"), f.SetCellStr("Sheet1", "XFD2", "far"))
	})
	b, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir())
	must(t, err)
	defer b.Close()
	r, err := b.Text("Sheet1")
	must(t, err)
	defer r.Close()
	out, err := io.ReadAll(r)
	var reject *entry.Reject
	if !errors.As(err, &reject) || reject.Code != "workbook.columns" || string(out) != "a\r\n" {
		t.Errorf("%q, %v", out, err)
	}
	if _, err := b.Text("nosuch"); err == nil {
		t.Error("a sheet that there is not is read")
	}
}

func TestLargeSheetsAreReadFromDisk(t *testing.T) {
	const rows = 120_000
	data := book(t, func(f *excelize.File) {
		w, err := f.NewStreamWriter("Sheet1")
		must(t, err)
		for i := range rows {
			must(t, w.SetRow(fmt.Sprintf("A%d", i+1), []any{fmt.Sprintf("%08d", i), strings.Repeat("样", 40)}))
		}
		must(t, w.Flush())
	})
	got := textOf(t, data, "Sheet1")
	if n := strings.Count(got, "\r\n"); n != rows {
		t.Errorf("%d rows, want %d", n, rows)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(book(f, func(x *excelize.File) { must(f, x.SetCellStr("Sheet1", "A1", "号")) }))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir())
		if err != nil {
			return
		}
		defer b.Close()
		for _, sheet := range b.Sheets() {
			if r, err := b.Text(sheet); err == nil {
				_, _ = io.Copy(io.Discard, io.LimitReader(r, 1<<20))
				r.Close()
			}
		}
	})
}
