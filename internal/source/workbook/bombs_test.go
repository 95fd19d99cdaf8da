package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"onewindow/internal/source/entry"
)

// hostile makes a workbook of parts as an attacker would write them.
func hostile(t *testing.T, sheets []string, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		must(t, err)
		_, err = io.WriteString(w, text)
		must(t, err)
	}
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	var list, links strings.Builder
	for i, rows := range sheets {
		fmt.Fprintf(&list, `<sheet name="S%d" sheetId="%d" r:id="rId%d"/>`, i, i+1, i+1)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i+1, rel, i+1)
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet xmlns="`+main+`"><sheetData>`+rows+`</sheetData></worksheet>`)
	}
	put("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`)
	put("_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="`+rel+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`)
	put("xl/workbook.xml", `<workbook xmlns="`+main+`" xmlns:r="`+rel+`"><sheets>`+list.String()+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`+links.String()+
		`<Relationship Id="rId9999" Type="`+rel+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)
	for name, text := range parts {
		put(name, text)
	}
	must(t, z.Close())
	return b.Bytes()
}

func shared(text string) map[string]string {
	return map[string]string{"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>` + text + `</t></si></sst>`}
}

const oneRow = `<row r="1"><c r="A1" t="inlineStr"><is><t>号</t></is></c></row>`

func TestBombsAreRefusedBeforeTheyAreInMemory(t *testing.T) {
	for _, c := range []struct {
		name, code string
		data       func() []byte
	}{
		{"a text that no cell can hold", "workbook.cell", func() []byte { return hostile(t, []string{oneRow}, shared(strings.Repeat("x", cellBytes+1))) }},
		{"styles without end", "workbook.size", func() []byte {
			return hostile(t, []string{oneRow}, map[string]string{"xl/styles.xml": strings.Repeat("<xf/>", otherBytes/4)})
		}},
		{"more sheets than anybody has", "workbook.sheets", func() []byte { return hostile(t, make([]string, sheets+1), nil) }},
	} {
		data := c.data()
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		b, err := Open(bytes.NewReader(data), int64(len(data)), t.TempDir())
		runtime.ReadMemStats(&after)
		var r *entry.Reject
		if !errors.As(err, &r) || r.Code != c.code || b != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 200 {
			t.Errorf("%s: %d MB were taken to refuse it", c.name, grown)
		}
	}
}

func TestPicturesDoNotCount(t *testing.T) {
	data := hostile(t, []string{oneRow}, map[string]string{"xl/media/image1.png": strings.Repeat("\x00", otherBytes+1), "docProps/core.xml": "<x"})
	if got := textOf(t, data, "S0"); got != "号\r\n" {
		t.Errorf("%q", got)
	}
}

func TestOneTextInManyCellsIsCutAtTheLengthOfARow(t *testing.T) {
	row := `<row r="%d">` + strings.Repeat(`<c t="s"><v>0</v></c>`, 300) + `</row>`
	data := hostile(t, []string{fmt.Sprintf(row, 1)}, shared(strings.Repeat("x", 100_000)))
	got := textOf(t, data, "S0")
	if len(got) < rowBytes || len(got) > rowBytes+200_000 {
		t.Errorf("a row of %d bytes", len(got))
	}
}

func TestALastRowFarBelowTakesLittle(t *testing.T) {
	begun := time.Now()
	data := hostile(t, []string{oneRow + `<row r="1048576"><c r="A1048576"><v>1</v></c></row>`}, nil)
	got := textOf(t, data, "S0")
	if len(got) > 4<<20 || !strings.HasSuffix(got, "\r\n1\r\n") {
		t.Errorf("%d bytes, the end %q", len(got), got[max(0, len(got)-20):])
	}
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}
