package returns

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// FuzzReadXLSX wants that a damaged workbook is refused, never more.
func FuzzReadXLSX(f *testing.F) {
	book := excelize.NewFile()
	for i, row := range [][]any{{"figure", "value", "note"}, {"court.accepted@320000", 1200, "x"}, {"court.accepted@320500", "1.5", ""}} {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		if err != nil {
			f.Fatal(err)
		}
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			f.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	if values, err := ReadXLSX(bytes.NewReader(b.Bytes()), int64(b.Len()), year, nil); err != nil || len(values) != 2 {
		f.Fatalf("%+v, %v", values, err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:b.Len()/2])
	f.Add([]byte("PK\x05\x06" + string(make([]byte, 18))))
	f.Fuzz(func(t *testing.T, b []byte) {
		values, err := ReadXLSX(bytes.NewReader(b), int64(len(b)), year, nil)
		if err == nil && len(values) > MaxCells {
			t.Errorf("%d values", len(values))
		}
	})
}
