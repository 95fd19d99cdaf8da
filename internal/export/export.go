// Package export writes the rights that a query found as files that other
// programs read: CSV, spreadsheets and WIPO ST.96. Rights are written as they
// come, so that memory does not grow with their number.
package export

import (
	"io"
	"time"

	"onewindow/internal/date"
	"onewindow/internal/i18n"
	"onewindow/internal/ierr"
	"onewindow/internal/record"
	"onewindow/internal/register"
)

// Format is a form in which rights leave.
type Format string

// The formats. Lines of JSON are not among them: the API writes them itself.
const (
	CSV  Format = "csv"  // RFC 4180, UTF-8 with a byte order mark
	XLSX Format = "xlsx" // Office Open XML, a sheet of rights and one of notes
	ST96 Format = "st96" // WIPO ST.96, with an element around several instances
)

// Formats lists the formats.
var Formats = []Format{CSV, XLSX, ST96}

// MediaType is what the format is called on the network.
func (f Format) MediaType() string {
	switch f {
	case XLSX:
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ST96:
		return "application/xml; charset=utf-8"
	}
	return "text/csv; charset=utf-8"
}

// FileName is what a file in the format is called: of invented data its name
// says so.
func (f Format) FileName(sample bool) string {
	ending := string(f)
	if f == ST96 {
		ending = "xml"
	}
	if sample {
		return "sample-onewindow." + ending
	}
	return "onewindow." + ending
}

// Head says what an export holds and where it comes from.
type Head struct {
	Query      string   // in its canonical form, "" for everything
	Understood []string // how it was understood, a line a step
	Notes      []string // readings that were guessed
	Total      int64    // rights that the query finds
	Limit      int      // how many are written at most, 0 for all
	State      int64    // of the register
	Made       time.Time
	Region     string
	Producer   string // the program and its version
	Sample     bool   // the rights are invented
}

// Right is one right with what the register concludes of it, in the reader's
// language.
type Right struct {
	View                            *register.View
	Kind, Region, HolderType, Field string
	RegionCode                      string
	State, Certainty                string // of its life, as of the day of the export
	Ends                            date.Date
}

// Report says what came of an export.
type Report struct {
	Written int
	LeftOut map[record.Kind]int // rights of kinds that the format has no form for
}

// Left is how many rights were left out.
func (r *Report) Left() int {
	n := 0
	for _, k := range r.LeftOut {
		n += k
	}
	return n
}

// asked is the query in words where it asks for everything.
func asked(say *i18n.Printer, h Head) string {
	if h.Query == "" || h.Query == "*" {
		return say.T("export.everything", nil)
	}
	return h.Query
}

// Writer writes rights in one format. Close completes the file; without it what
// was written is no whole.
type Writer interface {
	Write(*Right) error
	Close() (*Report, error)
	Discard() // gives up what is held for a file that will not be complete
}

// New returns a writer to w whose texts say speaks. Errors of w are returned as
// they are. It fails with TooLarge, "export.rows", where the format has no room
// for so many rights.
func New(f Format, w io.Writer, say *i18n.Printer, h Head) (Writer, error) {
	switch f {
	case CSV:
		return newSeparated(w, say, h), nil
	case XLSX:
		return newBook(w, say, h)
	case ST96:
		return newInstances(w, say, h), nil
	}
	return nil, ierr.New(ierr.Invalid, "export.format", ierr.Args{"format": string(f), "known": Formats})
}
