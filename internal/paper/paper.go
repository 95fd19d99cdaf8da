// Package paper is the document that an office publishes: a text whose every number
// is a figure, with tables and pictures. A paper is read from the definitions (Load),
// made with the figures of one state (Make) and checked (Check). It knows nothing of
// the formats that it comes out in.
package paper

import (
	"onewindow/internal/indicator"
)

// Folder is where papers stand in the definitions.
const Folder = "papers"

// Names are texts by language.
type Names map[string]string

// Paper is a paper as its folder defines it.
type Paper struct {
	ID         string           `yaml:"id"`
	Region     string           `yaml:"region"` // id of a region pack
	Period     indicator.Period `yaml:"period"`
	Titles     Names            `yaml:"titles"`
	Subtitles  Names            `yaml:"subtitles"`
	Publishers Names            `yaml:"publisher"`
	Printed    string           `yaml:"printed"` // an edition whose notes hold here too
	Tables     []*TableSpec     `yaml:"tables"`
	Charts     []*ChartSpec     `yaml:"charts"`

	Texts map[string]*Text  `yaml:"-"` // by language
	Notes []*indicator.Note `yaml:"-"`
	File  string            `yaml:"-"`
}

// Langs returns the languages that the paper is written in, in the order of want;
// other languages are left out.
func (p *Paper) Langs(want []string) []string {
	var out []string
	for _, lang := range want {
		if p.Texts[lang] != nil {
			out = append(out, lang)
		}
	}
	return out
}

// TableSpec says what stands in a table.
type TableSpec struct {
	ID      string   `yaml:"id"`
	Titles  Names    `yaml:"titles"`
	Rows    []Axis   `yaml:"rows"`
	Columns []Column `yaml:"columns"`
	Notes   Names    `yaml:"notes"`

	titles map[string][]Span
	line   int
}

// Axis is one or more places along an axis: the figure is changed by what it says.
type Axis struct {
	Set     string             `yaml:"-"` // units, groups, other, whole; empty where it is one of the others
	Region  string             `yaml:"region"`
	Codes   string             `yaml:"codes"` // each part of this dimension
	Periods []indicator.Period `yaml:"periods"`
	Figure  string             `yaml:"figure"`
	Views   []indicator.View   `yaml:"views"`
	Heads   Names              `yaml:"heads"` // instead of the name that it has by itself
}

// Column is a column of a table.
type Column struct {
	Figure string           `yaml:"figure"`
	View   indicator.View   `yaml:"view"`
	Period indicator.Period `yaml:"period"`
	Codes  string           `yaml:"codes"` // a column for each part of this dimension
	Heads  Names            `yaml:"heads"`
}

// ChartKind is how a picture is drawn.
type ChartKind string

// The kinds of pictures.
const (
	Bars      ChartKind = "bars"      // one number for each mark
	Stack     ChartKind = "stack"     // parts of a hundred
	Lines     ChartKind = "lines"     // over periods
	Map       ChartKind = "map"       // areas by classes
	Multiples ChartKind = "multiples" // a small picture for each series
)

// ChartKinds are all kinds of pictures.
var ChartKinds = []ChartKind{Bars, Stack, Lines, Map, Multiples}

// ChartSpec says what a picture shows and what it finds.
type ChartSpec struct {
	ID        string    `yaml:"id"`
	Kind      ChartKind `yaml:"kind"`
	Titles    Names     `yaml:"titles"` // the finding
	Claims    []string  `yaml:"claims"` // what must hold for it
	Figure    string    `yaml:"figure"`
	Over      Axis      `yaml:"over"`
	By        *Axis     `yaml:"by"`
	Reference string    `yaml:"reference"`
	Notes     Names     `yaml:"notes"`

	titles map[string][]Span
	claims []claim
	line   int
}

// Text is a paper's text in one language, as it is written.
type Text struct {
	Lang   string
	File   string
	Blocks []Block
	Notes  [][]Block // footnotes; the first has the number 1
}
