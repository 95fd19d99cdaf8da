package paper

import (
	"onewindow/internal/indicator"
)

// Document is a paper in one language, made with the figures of one state.
type Document struct {
	Paper       *Paper
	Lang        string
	Title       string
	Subtitle    string
	Publisher   string
	Sample      bool // something in it rests on invented records
	Blocks      []Block
	Notes       [][]Block // footnotes; the first has the number 1
	Tables      []*Table  // in the order in which they stand, as Charts
	Charts      []*Chart
	Contents    []Entry
	Figures     []*indicator.Figure // all that are stated, each once, in the order in which they stand
	Names       []string            // of the figures
	Definitions []Definition        // of the figures, and of those that they rest on, by id

	number map[indicator.Ref]int
}

// Entry is a line of the contents.
type Entry struct {
	Level      int
	Number, ID string
	Text       string
}

// Table is a table with its figures.
type Table struct {
	ID      string
	N       int
	Title   []Span
	Stub    string // head of the first column
	Unit    string // of all columns, empty where they have several
	Columns []ColumnHead
	Rows    []Row
	Notes   []string // the table's own, then why figures are not there
}

// ColumnHead is the head of a column and the unit of its figures, empty where the
// table has one for all.
type ColumnHead struct{ Head, Unit string }

// RowKind is what a row is to the others.
type RowKind string

// The kinds of rows.
const (
	RowUnit  RowKind = "unit"
	RowGroup RowKind = "group" // a sum of some of the others
	RowOther RowKind = "other" // what lies in none
	RowWhole RowKind = "whole"
)

// Row is a row of a table.
type Row struct {
	Kind  RowKind
	Name  string
	Cells []Cell
}

// Cell is a figure as it is printed. What is not there has a reason and no number.
type Cell struct {
	Figure *indicator.Figure
	Text   string
	Note   string // letter of the note that says why there is none
}

// Chart is a picture's figures.
type Chart struct {
	ID        string
	N         int
	Kind      ChartKind
	Title     []Span
	Subtitle  string // what is drawn: name, unit and period
	Unit      string
	Series    []Series
	Reference *Point // a line of comparison
	Notes     []string
	Sample    bool
}

// Series is a row of points of one sort.
type Series struct {
	Name   string
	Points []Point
}

// Point is a mark of a picture.
type Point struct {
	Label, Code string
	Figure      *indicator.Figure
	Text        string
}

// NumberOf returns the number of a figure among those of the document, the first is
// 1; 0 where it is not stated.
func (d *Document) NumberOf(r indicator.Ref) int { return d.number[r] }

// Plain returns the words of spans.
func Plain(spans []Span) string {
	s := ""
	for _, x := range spans {
		if x.Kind != Mark {
			s += x.Text
		}
	}
	return s
}
