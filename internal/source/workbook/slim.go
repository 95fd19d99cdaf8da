package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"io"
	"strings"

	"onewindow/internal/ierr"
	"onewindow/internal/source/entry"
)

// unused are the folders of a workbook that hold nothing of its cells: pictures,
// charts, what is embedded.
var unused = []string{"xl/media/", "xl/drawings/", "xl/charts/", "xl/embeddings/", "xl/printersettings/", "xl/pivotcache/", "xl/externallinks/", "xl/vbaproject", "customxml/", "docprops/"}

// slim returns a workbook without what no cell needs, since all parts but sheets and
// their texts are held in memory. Whether it is a workbook at all is not its matter: an
// archive that cannot be read is returned as it is.
func slim(at io.ReaderAt, size int64) (io.Reader, error) {
	whole := io.NewSectionReader(at, 0, size)
	archive, err := zip.NewReader(at, size)
	if err != nil {
		return whole, nil
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	others := uint64(0)
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if strings.HasSuffix(name, "/") || begins(name, unused) {
			continue
		}
		if !strings.HasPrefix(name, "xl/worksheets/") && name != "xl/sharedstrings.xml" {
			if others += f.UncompressedSize64; others > otherBytes {
				return nil, entry.Refuse("workbook.size", ierr.Args{"limit": otherBytes >> 20}, "")
			}
		}
		if name == "xl/sharedstrings.xml" && longest(f) > cellBytes {
			return nil, entry.Refuse("workbook.cell", ierr.Args{"limit": cellBytes >> 10}, "")
		}
		if err := w.Copy(f); err != nil {
			return nil, entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
		}
	}
	if err := w.Close(); err != nil {
		return nil, entry.Refuse("workbook.damaged", ierr.Args{"error": err.Error()}, "")
	}
	return &out, nil
}

// longest returns how many bytes the longest of the texts that cells share has, or of
// what can be read of them. A text longer than a cell may hold would be copied for
// every cell that names it.
func longest(f *zip.File) int {
	r, err := f.Open()
	if err != nil {
		return 0
	}
	defer r.Close()
	top, n, tag, item := 0, 0, false, bufio.NewReaderSize(r, 1<<16)
	for {
		c, err := item.ReadByte()
		switch {
		case err != nil:
			return top
		case c == '<':
			tag = true
			if next, _ := item.Peek(2); string(next) == "si" {
				n = 0
			}
		case c == '>':
			tag = false
		case !tag:
			n++
			top = max(top, n)
			if top > cellBytes {
				return top
			}
		}
	}
}

func begins(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return false
}
