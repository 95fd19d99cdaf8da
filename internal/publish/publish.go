// Package publish writes editions of papers in every format: pages, print, documents,
// sheets and open data. It takes figures and never numbers.
package publish

import (
	"fmt"
	"io"
	"strings"

	"onewindow/internal/chart"
	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/indicator"
	"onewindow/internal/paper"
)

// Status says how final an edition is.
type Status string

// The statuses of editions.
const (
	Provisional Status = "provisional"
	Revised     Status = "revised"
	Final       Status = "final"
)

// Statuses are all statuses.
var Statuses = []Status{Provisional, Revised, Final}

// Edition is a paper with what it is published with.
type Edition struct {
	Made     *paper.Made
	Makers   map[string]*paper.Maker  // by language
	Printers map[string]*i18n.Printer // by language
	Outlines *chart.Outlines          // of the region's areas; nil where there are none
	N        int                      // number of the edition, the first is 1; 0 for a proof
	Status   Status
	Released date.Date
	State    int64  // of the register
	Approval int64  // of the returns
	Head     string // signed head of the log; empty where there is none yet
}

// Name names the edition, jiangsu-2020@1.
func (e *Edition) Name() string { return fmt.Sprintf("%s@%d", e.Made.Paper.ID, e.N) }

// Sample tells whether something in the edition rests on invented records.
func (e *Edition) Sample() bool {
	for _, d := range e.Made.Docs {
		if d.Sample {
			return true
		}
	}
	return false
}

// Doc returns the document in a language, nil where there is none.
func (e *Edition) Doc(lang string) *paper.Document {
	for _, d := range e.Made.Docs {
		if d.Lang == lang {
			return d
		}
	}
	return nil
}

// Format is a format that editions come out in.
type Format struct {
	ID        string // as people name it
	Extension string
	Media     string
	PerLang   bool // one file a language
	write     func(e *Edition, d *paper.Document, w io.Writer) error
}

// Formats returns all formats. What is one file for all languages is written from the
// first document.
func Formats() []Format {
	return []Format{
		{"html", ".html", "text/html; charset=utf-8", true, writeHTML},
		{"pdf", ".pdf", "application/pdf", true, writePDF},
		{"docx", ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", true, writeDOCX},
		{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true, writeXLSX},
		{"csv", ".csv", "text/csv; charset=utf-8", true, writeCSV},
		{"datapackage", ".datapackage.json", "application/json", false, writeDataPackage},
		{"jsonstat", ".jsonstat.json", "application/json", true, writeJSONStat},
		{"sdmx-csv", ".sdmx.csv", "application/vnd.sdmx.data+csv; version=2.0.0", false, writeSDMXCSV},
		{"sdmx-json", ".sdmx.json", "application/vnd.sdmx.data+json; version=2.0.0", false, writeSDMXJSON},
		{"dcat", ".dcat.jsonld", "application/ld+json", false, writeDCAT},
	}
}

// Get returns a format by its id, nil where there is none.
func Get(id string) *Format {
	for _, f := range Formats() {
		if f.ID == id {
			return &f
		}
	}
	return nil
}

// File is one file of an edition.
type File struct {
	Name   string
	Format *Format
	doc    *paper.Document
}

// Lang returns the language of a file, that of the first document where it is one file
// for all.
func (f File) Lang() string { return f.doc.Lang }

// Files lists the files of an edition in some formats, all where none is named.
// Names of samples say so.
func (e *Edition) Files(formats ...string) ([]File, error) {
	var out []File
	chosen := Formats()
	if len(formats) > 0 {
		chosen = nil
		for _, id := range formats {
			f := Get(id)
			if f == nil {
				return nil, ierr.New(ierr.Invalid, "publish.format", ierr.Args{"format": id, "formats": strings.Join(ids(), ", ")})
			}
			chosen = append(chosen, *f)
		}
	}
	base := fileBase(e)
	for i := range chosen {
		f := Get(chosen[i].ID)
		docs := e.Made.Docs
		if !f.PerLang {
			docs = docs[:1]
		}
		for _, d := range docs {
			name := base + f.Extension
			if f.PerLang {
				name = base + "." + d.Lang + f.Extension
			}
			out = append(out, File{name, f, d})
		}
	}
	return out, nil
}

// fileBase begins the names of an edition's files.
func fileBase(e *Edition) string {
	base := e.Made.Paper.ID
	if e.N > 0 {
		base += fmt.Sprintf("-%d", e.N)
	}
	if e.Sample() {
		base = "SAMPLE-" + base
	}
	return base
}

func ids() []string {
	var out []string
	for _, f := range Formats() {
		out = append(out, f.ID)
	}
	return out
}

// Write writes a file of the edition.
func (e *Edition) Write(f File, w io.Writer) error { return f.Format.write(e, f.doc, w) }

// StatusName names the edition's status in a document's language.
func (e *Edition) StatusName(d *paper.Document) string {
	return e.say(d).T("paper.status."+string(e.Status), nil)
}

// Explained returns the notes that explain what does not add up, in a document's
// language.
func (e *Edition) Explained(d *paper.Document) []string {
	var out []string
	for _, n := range e.Made.Report.Explained() {
		out = append(out, indicator.InLang(n.Text, d.Lang))
	}
	return out
}

// say returns what writes in a document's language.
func (e *Edition) say(d *paper.Document) paper.Say { return e.Makers[d.Lang].Say }
