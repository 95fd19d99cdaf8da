package mapping

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"onewindow/defs"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/source/tabular"
)

func library(t testing.TB) *Library {
	t.Helper()
	l, err := Open(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func says(t testing.TB, lang string) *i18n.Printer {
	t.Helper()
	c, err := i18n.Load(defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c.Printer(lang)
}

// TestEveryTemplateIsReadBack fills each template with the examples of its mapping,
// in both languages, and reads the workbook: the explaining sheets are passed over,
// the rows are documents without flags.
func TestEveryTemplateIsReadBack(t *testing.T) {
	l := library(t)
	for _, m := range l.All() {
		for _, lang := range []string{"en", "zh"} {
			say := says(t, lang)
			var b bytes.Buffer
			if err := TemplateXLSX(&b, m, say); err != nil {
				t.Fatal(m.ID, err)
			}
			f, err := excelize.OpenReader(&b)
			if err != nil {
				t.Fatal(err)
			}
			sheet := f.GetSheetList()[0]
			rows := 0
			for i, c := range m.HeadColumns(lang) {
				for j, example := range c.Examples {
					cell, _ := excelize.CoordinatesToCellName(i+1, j+2)
					if err := f.SetCellStr(sheet, cell, example); err != nil {
						t.Fatal(err)
					}
					rows = max(rows, j+1)
				}
			}
			path := filepath.Join(t.TempDir(), "t_20260131.xlsx")
			if err := f.SaveAs(path); err != nil {
				t.Fatal(err)
			}
			lists, err := f.GetDataValidations(sheet)
			if err != nil {
				t.Fatal(err)
			}
			words := 0
			for _, c := range m.HeadColumns(lang) {
				if len(c.Values) > 0 && c.Split == "" {
					words++
				}
			}
			if len(lists) != words {
				t.Errorf("%s: %d lists, want %d", m.ID, len(lists), words)
			}
			f.Close()
			r, err := l.Check(t.Context(), path, "", nil)
			if err != nil {
				t.Fatal(err)
			}
			if r.Read < 1 || r.Rejected > 0 || r.Flagged > 0 || len(r.Formats) != 1 || r.Formats[0].Name != m.ID {
				t.Errorf("%s in %s: %+v", m.ID, lang, r)
			}
			for _, u := range r.Unread {
				if !strings.HasPrefix(u.Name, "sheet: ") {
					t.Errorf("%s: unread %v", m.ID, u)
				}
			}
		}
	}
}

// TestAProposalForAKnownTableSaysTheSame proposes a mapping for the fixture of each
// ready one and reads the fixture with it.
func TestAProposalForAKnownTableSaysTheSame(t *testing.T) {
	l := library(t)
	for _, m := range l.All() {
		path := filepath.Join(t.TempDir(), "t.csv")
		var b bytes.Buffer
		if err := m.WriteExamples(&b, tabular.WriteOptions{Lang: "zh"}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := l.Propose(path, says(t, "en"))
		if err != nil {
			t.Errorf("%s: %v", m.ID, err)
			continue
		}
		if !strings.Contains(string(text), "Nearest ready mapping: "+m.ID+" ") {
			t.Errorf("%s: the nearest one is another:\n%.300s", m.ID, text)
		}
		own, err := l.Parse("own.yaml", text)
		if err != nil {
			t.Fatal(m.ID, err)
		}
		r, err := l.Check(t.Context(), path, "", own)
		if err != nil {
			t.Fatal(err)
		}
		if r.Read == 0 {
			t.Errorf("%s: nothing is read with the proposal: %+v\n%s", m.ID, r, text)
		}
	}
}

func TestProposalsRestOnValues(t *testing.T) {
	l := library(t)
	propose := func(name, table string) (string, error) {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
			t.Fatal(err)
		}
		text, err := l.Propose(path, says(t, "en"))
		return string(text), err
	}
	text, err := propose("a.csv", "甲,乙,丙,丁,戊,己\n201710601862.3,样例公司,31/12/2020,H01M10/0525,9001,320500\n202010000005.X,虚构大学,15/06/2020,A61K31/00,9002,320583\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"# likely: 2 of 2 values have the form cn_patent_application_2003\n  - id: c1\n    heads: {zh: [\"甲\"]}\n    field: [application]\n    required: true\n    forms: cn_patent_application_2003",
		"# a guess: 2 of 2 values are names of firms or other bodies",
		`# not read: "丙" 2 of 2 values are days`,
		"field: [class.ipc]",
		`# not read: "戊"`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if text, err = propose("b.csv", "内部编号,登记日期\nA-1,31/12/2020\nA-2,15/06/2020\n"); err != nil || !strings.Contains(text, "dates: dmy") || !strings.Contains(text, "differs in every row") {
		t.Errorf("%v\n%s", err, text)
	}
	for name, table := range map[string]string{"c.csv": "色,形\n红,圆\n", "d.txt": "Notes.\n", "e.xml": "<a/>"} {
		if text, err := propose(name, table); ierr.KindOf(err) != ierr.Invalid {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
	}
	if _, err := l.Propose(filepath.Join(t.TempDir(), "absent.csv"), says(t, "en")); ierr.KindOf(err) != ierr.NotFound {
		t.Errorf("absent: %v", err)
	}
}

func TestAProposalReadsWorkbooks(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range [][]any{{"登记编号", "软件名称", "开发者"}, {"2020SR9000001", "样例软件", "某甲"}} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	text, err := library(t).Propose(path, says(t, "zh"))
	if err != nil || !strings.Contains(string(text), "kind: software") || !strings.Contains(string(text), "Sheet1") {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestOneOwnMappingAlone(t *testing.T) {
	l := library(t)
	if _, err := l.Named("nosuch"); ierr.KindOf(err) != ierr.NotFound {
		t.Error(err)
	}
	if m, err := l.Named("works"); err != nil || m.ID != "works" {
		t.Error(m, err)
	}
	if _, err := l.Parse("x.yaml", []byte("id: x")); ierr.KindOf(err) != ierr.Invalid {
		t.Error(err)
	}
	ids := []string{}
	for _, m := range l.All() {
		ids = append(ids, m.ID)
	}
	if !slices.IsSorted(ids) || len(ids) < 20 {
		t.Error(ids)
	}
	m, _ := l.Named("works")
	var b bytes.Buffer
	if err := TemplateCSV(&b, m, says(t, "zh")); err != nil || !strings.HasPrefix(b.String(), "\ufeff登记号,作品名称,") {
		t.Errorf("%v %q", err, b.String())
	}
}
