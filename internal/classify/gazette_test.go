package classify

import (
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"onewindow/defs"
	"onewindow/internal/date"
	"onewindow/internal/record"
	"onewindow/internal/region"
)

// issueDay is the day of the gazette that the measurements read.
const issueDay = date.Date(20190709)

func load(t testing.TB, pack string) *Classifier {
	t.Helper()
	p, err := region.Load(defs.FS, pack)
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(p, defs.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sharedData returns the folder of real files beside the module, or skips.
func sharedData(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			data := filepath.Join(filepath.Dir(dir), "shared", "data")
			if _, err := os.Stat(data); err != nil {
				t.Skipf("no real files: %v", err)
			}
			return data
		}
	}
	t.Fatal("no go.mod above the test")
	return ""
}

var (
	sixDigits = regexp.MustCompile(`^[0-9]{6}`)
	separator = regexp.MustCompile(`[;；](\?\?)?`)
)

// gazette reads all rows of the real gazette as documents with their parties
// and classes, and nothing else.
func gazette(t testing.TB) []*record.Document {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(sharedData(t), "cnipa-gazette-csv", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Skipf("no gazette: %v", err)
	}
	var docs []*record.Document
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		r := csv.NewReader(simplifiedchinese.GB18030.NewDecoder().Reader(f))
		heads, err := r.Read()
		if err != nil {
			t.Fatal(err)
		}
		column := map[string]int{}
		for i, h := range heads {
			column[h] = i
		}
		// In one file two heads stand over each other's columns.
		if strings.Contains(file, "invention_granted") {
			column["address"], column["designer"] = column["designer"], column["address"]
		}
		for {
			row, err := r.Read()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			docs = append(docs, rowDocument(row, column))
		}
		f.Close()
	}
	return docs
}

func rowDocument(row []string, column map[string]int) *record.Document {
	id := row[column["authorization_notice_id"]]
	d := &record.Document{Office: "CN", Number: strings.Trim(id, "CNABUS"), Code: id[len(id)-1:], Published: issueDay}
	address := row[column["address"]]
	postcode := sixDigits.FindString(address)
	for _, name := range separator.Split(row[column["patentee"]], -1) {
		if name == "" {
			continue
		}
		d.Parties = append(d.Parties, record.Party{Role: record.Holder, Names: []record.Text{{Lang: "zh", Text: name}},
			Address: address[len(postcode):], Postcode: postcode})
		address, postcode = "", ""
	}
	for _, name := range separator.Split(row[column["designer"]], -1) {
		if name != "" {
			d.Parties = append(d.Parties, record.Party{Role: record.Inventor, Names: []record.Text{{Lang: "zh", Text: name}}})
		}
	}
	for _, symbol := range separator.Split(row[column["Int.Cl."]], -1) {
		if symbol = strings.TrimSpace(symbol); symbol == "" {
			continue
		}
		scheme := record.Locarno
		if symbol[0] >= 'A' && symbol[0] <= 'H' {
			scheme = record.IPC
			symbol, _, _ = strings.Cut(symbol, "(")
		}
		d.Classes = append(d.Classes, record.Class{Scheme: scheme, Symbol: symbol})
	}
	return d
}
