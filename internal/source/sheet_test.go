package source_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"onewindow/defs"
	"onewindow/internal/source"
	"onewindow/internal/source/sourcetest"
	"onewindow/internal/source/tabular"
)

// sheets writes a workbook with a sheet for each name.
func sheets(t *testing.T, names []string, rows map[string][][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for j, row := range rows[name] {
			cell, err := excelize.CoordinatesToCellName(1, j+1)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetSheetRow(name, cell, &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readFile reads one file with the ready mappings and returns a line for each entry.
func readFile(t *testing.T, name string, data []byte, as string) ([]string, source.Summary) {
	t.Helper()
	set, err := tabular.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := source.Find(t.Context(), []string{path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	s, err := source.Read(t.Context(), files[0], source.Options{As: as, More: set.Formats(), TempDir: t.TempDir()}, func(e source.Entry) error {
		line := e.Member + " " + e.Format + " "
		if e.Reject != nil {
			line += "! " + e.Reject.Code
		} else {
			line += e.Doc.DocID()
		}
		out = append(out, line)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, s
}

func TestWorkbooksAreReadSheetBySheet(t *testing.T) {
	rows := map[string][][]any{
		"商标": {{"样例清单"}, {}, {"注册号", "商标名称", "类别", "申请人", "注册公告日期"}, {90000001, "样例", "09", "甲公司", 43844}},
		"软件": {{"登记号", "软件全称", "版本号", "著作权人", "登记日期"}, {"2020SR9000001", "样例软件", "V1", "甲公司", "2020-01-01"}},
		"公报": {{"名称", "公开（公告）号", "公开（公告）日", "申请号"}, {"样例电池", "CN109000001A", "2019-07-01", "201810000001.6"}},
		"说明": {{"请逐行填写"}},
	}
	names := []string{"商标", "说明", "软件", "公报"}
	book := sheets(t, names, rows)
	want := []string{"商标 trademarks tm:CN90000001", "软件 software sw:CN2020SR9000001", "公报 cnipa-gazette-csv CN109000001A"}
	got, s := readFile(t, "样例_20260131.xlsx", book, "")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if s.Unread["sheet: 说明"] != 1 {
		t.Errorf("unread: %v", s.Unread)
	}

	packed := sourcetest.Zip(t, sourcetest.Packed{Name: "a/b.xlsx", Data: book})
	if got, _ := readFile(t, "x.zip", packed, ""); len(got) != 3 || got[0] != "a/b.xlsx!商标 trademarks tm:CN90000001" {
		t.Errorf("in an archive: %v", got)
	}
	if got, _ := readFile(t, "x.xlsx", book, "software"); len(got) != 1 || got[0] != want[1] {
		t.Errorf("as one format alone: %v", got)
	}
	if got, _ := readFile(t, "x.xlsx", sheets(t, []string{"说明"}, rows), ""); len(got) != 1 || got[0] != "  ! workbook.no_table" {
		t.Errorf("without a table: %v", got)
	}
	if got, _ := readFile(t, "x.xlsx", sheets(t, []string{"说明"}, rows), "software"); len(got) != 1 || got[0] != "说明 software ! header.columns" {
		t.Errorf("the only sheet, taken for a table: %v", got)
	}
	if got, _ := readFile(t, "x.xlsx", book[:len(book)-40], ""); len(got) != 1 || got[0][:3] != "  !" {
		t.Errorf("cut off: %v", got)
	}
}
