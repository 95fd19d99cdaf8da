package dataset_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"onewindow/internal/dataset"
	"onewindow/internal/source/workbook"
)

func lamps() *dataset.Dataset {
	return &dataset.Dataset{
		ID: "lamps", Title: "Lamps", Lang: "en", Sample: "SAMPLE: invented", Notes: []dataset.Note{{Label: "Basis", Text: "counted at night"}},
		Columns: []dataset.Column{{ID: "city", Title: "City"}, {ID: "value", Title: "Lamps (pieces)", Number: true}},
		Rows:    [][]dataset.Cell{{"East, harbour", "-12.50"}, {"=HYPERLINK(1)", ""}, {"West", "340"}},
	}
}

func TestNothingInACSVFileIsAFormulaAndAbsentIsEmpty(t *testing.T) {
	var b bytes.Buffer
	if err := lamps().CSV(&b); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"city", "value"}, {"East, harbour", "-12.50"}, {"'=HYPERLINK(1)", ""}, {"West", "340"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestMetadataDescribesEveryColumnAndSaysThatItIsASample(t *testing.T) {
	var b bytes.Buffer
	if err := lamps().Metadata(&b, "lamps.csv"); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Context     []any `json:"@context"`
		URL         string
		Provenance  string              `json:"dc:provenance"`
		Notes       []map[string]string `json:"notes"`
		TableSchema struct {
			Columns []struct {
				Name, Datatype string
				Titles         map[string]string
			}
		}
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Context) != 2 || got.Context[0] != "http://www.w3.org/ns/csvw" || got.URL != "lamps.csv" || !strings.HasPrefix(got.Provenance, "SAMPLE") {
		t.Errorf("got %+v", got)
	}
	c := got.TableSchema.Columns
	if len(c) != 2 || c[0].Name != "city" || c[0].Datatype != "string" || c[1].Datatype != "decimal" || c[1].Titles["en"] != "Lamps (pieces)" {
		t.Errorf("columns %+v", c)
	}
	if got.Notes[0]["dc:description"] != "counted at night" {
		t.Errorf("notes %+v", got.Notes)
	}
}

func TestAWorkbookHoldsNumbersTextsAndTheMark(t *testing.T) {
	var b bytes.Buffer
	if err := workbook.WriteSheets(&b, lamps().Sheet("Table"), lamps().About("About")); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if diff := cmp.Diff([]string{"Table", "About"}, f.GetSheetList()); diff != "" {
		t.Error(diff)
	}
	for cell, want := range map[string]string{"A1": "Lamps", "A2": "SAMPLE: invented", "A4": "City", "B4": "Lamps (pieces)", "A5": "East, harbour", "B5": "-12.5", "A6": "=HYPERLINK(1)", "B6": "", "B7": "340"} {
		if got, err := f.GetCellValue("Table", cell); err != nil || got != want {
			t.Errorf("%s holds %q, want %q (%v)", cell, got, want, err)
		}
	}
	if kind, err := f.GetCellType("Table", "B5"); err != nil || kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
		t.Errorf("B5 is of type %v, no number (%v)", kind, err)
	}
	if formula, err := f.GetCellFormula("Table", "A6"); err != nil || formula != "" {
		t.Errorf("A6 runs %q", formula)
	}
	if got, err := f.GetCellValue("About", "B3"); err != nil || got != "counted at night" {
		t.Errorf("the notes say %q (%v)", got, err)
	}
}
