// Package web serves the pages: what an office and the public read of the
// register, in every language of the catalogues, rendered on the server. It
// parses requests, asks a Register, and renders; it knows no storage and decides
// nothing about rights.
package web

import (
	"context"
	"io"

	"onewindow/internal/date"
)

// Register is what the pages ask. Labels of regions, holder types, fields and
// classes come in the language asked for. Errors are *ierr.Error; one about a
// query carries the place of its fault as the arguments pos and end, in runes,
// and may carry suggest, what could stand there instead.
type Register interface {
	// Overview tells what the register holds as a whole.
	Overview(ctx context.Context, lang string) (Overview, error)
	// Search runs a query.
	Search(ctx context.Context, lang string, q Question) (Results, error)
	// Export writes every result of a query to w, in its order, as csv, xlsx or
	// st96; Page, Size and Unit do not count. What it refuses it refuses before
	// the first byte.
	Export(ctx context.Context, lang string, q Question, format string, w io.Writer) error
	// Number returns the record that a number names, in any spelling.
	Number(ctx context.Context, number string) (int64, error)
	// Record returns one record as it stood and as it was known then.
	Record(ctx context.Context, lang string, id int64, at Then) (Record, error)
	// Loads returns loads from the newest on, size of them from page on, and
	// how many there are.
	Loads(ctx context.Context, lang string, page, size int) ([]Load, int64, error)
	// Load returns one load with size of its rejected entries from page on.
	Load(ctx context.Context, lang string, id int64, page, size int) (LoadDetail, error)
	Holders
	Composer
	// Decide accepts a load that is held back, and starts to read it, or refuses it, in
	// the name of whoever is signed in.
	Decide(ctx context.Context, load int64, accept bool, reason string) error
	// Sources lists who delivers files.
	Sources(ctx context.Context, lang string) ([]Source, error)
	// Source returns one source with its deliveries and declarations.
	Source(ctx context.Context, lang, id string) (SourceDetail, error)
	// Fields lists what queries can ask about.
	Fields(lang string) []Field
	// Mappings lists the tables that can be read without more ado.
	Mappings(lang string) []Mapping
	// Template writes an empty table of a mapping, as xlsx or csv. NotFound where
	// there is no such mapping, before the first byte.
	Template(lang, mapping, format string, w io.Writer) error
}

// Mapping says how a table of some register is read.
type Mapping struct {
	ID, Name, About string
	Columns         []MappingColumn
}

// MappingColumn is a column of such a table.
type MappingColumn struct {
	Head, About, Example string
	Required             bool
	Words                []string // that may stand in it, none where any may
}

// Question is a query with the part of its answer that is wanted.
type Question struct {
	Query string // as typed; empty asks for everything
	Page  int    // from 1
	Size  int    // items on a page
	Sort  Sort
	Unit  Unit
}

// Sort is an order of results.
type Sort string

// The orders of results.
const (
	ByRank   Sort = "rank"   // best first
	ByNewest Sort = "date"   // latest publication first
	ByOldest Sort = "oldest" // earliest publication first
)

// Unit is what totals count.
type Unit string

// The units of totals.
const (
	Rights       Unit = "right"
	Publications Unit = "publication"
)

// Then names two times: On, the day up to whose end things had happened (zero
// for today), and Known, a day, a load or a state up to which this register had
// learned of them ("" for now).
type Then struct {
	On    date.Date
	Known string
}

// Field is something that queries can ask about.
type Field struct {
	Name    string
	Label   string
	Aliases []string // in the reader's language
}
