package web

import (
	"context"
	"html/template"
	"io"

	"onewindow/internal/api/v1"
)

// Figures is what the pages ask about figures. It answers in the words of the API, in
// the language asked for.
type Figures interface {
	// Catalogue lists the indicators whose id, name or explanation holds a word, by
	// subject, each with its newest figure for the whole region.
	Catalogue(ctx context.Context, lang, word string) (*v1.FigureCatalogue, error)
	// Headlines are a few figures that stand for the whole.
	Headlines(ctx context.Context, lang string) ([]v1.Figure, error)
	// Figure evaluates one figure with the table around it. NotFound where there is no
	// such indicator, Invalid where there is no such part of it.
	Figure(ctx context.Context, lang string, ask FigureAsk) (*FigureSheet, error)
	// Compare evaluates indicators for regions.
	Compare(ctx context.Context, lang string, ask CompareAsk) (*Comparison, error)
	// Explore counts records by what a reader chooses.
	Explore(ctx context.Context, lang string, ask ExploreAsk) (*Exploration, error)
	// WriteCounts writes counts as WriteFigures writes figures.
	WriteCounts(w io.Writer, lang, form string, x *Exploration) error
	// WriteFigures writes a table of figures as csv, meta (which describes the csv
	// file), xlsx or json.
	WriteFigures(w io.Writer, lang, form string, t *v1.FigureTable) error
}

// FigureAsk says which figure is asked for, and how the table around it is laid out.
// What is empty is chosen: the whole region, the newest period that has a figure, the
// first breakdown that has figures.
type FigureAsk struct {
	v1.FigureParams
	Rows    string // region, period, or a dimension
	Columns string // view, period, or a dimension
}

// FigureSheet is a figure, what it means and rests on, and the figures around it.
type FigureSheet struct {
	Indicator v1.Indicator
	Figure    v1.Figure
	Ask       FigureAsk   // with all that was chosen
	Beside    []v1.Figure // the same in other views
	Table     *v1.FigureTable
	Drawings  []template.HTML // charts
	Regions   []ChoiceGroup
	Periods   []Choice
	Parts     []ListChoice // by dimension
	Views     []Choice
	Axes      []Choice // that rows can be
	Across    []Choice // that columns can be
	Fitting   int64    // records that fit what is counted, where their count is no figure
}

// MaxCompared is how many indicators are compared at once.
const MaxCompared = 3

// CompareAsk says what is compared. What is empty is chosen: an indicator that stands
// for the whole, all reporting units, the newest period.
type CompareAsk struct {
	Indicators []string
	Regions    []string
	Period     string
}

// Comparison is a table of regions by indicators.
type Comparison struct {
	Ask      CompareAsk // with all that was chosen
	Table    *v1.FigureTable
	Drawings []template.HTML
	Choices  []ChoiceGroup // indicators by subject
	Regions  []ChoiceGroup
	Periods  []Choice
}

// ExploreAsk says what is counted, and by what.
type ExploreAsk struct {
	Unit     Unit
	By       []string // at most v1.MaxBy dimensions
	Query    string
	Region   string
	From, To string // of the latest publication: days, months or years
}

// Exploration is a table of counts with the ways to its records. With two dimensions
// or more the last of them stands across where it has few values.
type Exploration struct {
	Ask        ExploreAsk
	Count      *v1.Count
	Title      string
	By         []Choice    // dimensions of the rows
	Heads      []CountHead // of the columns of a table of two ways, none where it is a list
	Rows       []CountRow
	Dimensions []Choice // that can be counted by
	Regions    []ChoiceGroup
	Drawings   []template.HTML
}

// CountHead heads a column of counts.
type CountHead struct {
	Code, Label string
	Sum         int64
}

// CountRow is a row of counts: one cell in a list, one a column in a table of two ways.
type CountRow struct {
	Codes, Labels []string
	Cells         []CountCell
	Sum           int64
}

// CountCell is a count and the query that finds what it counts, "" where none does.
type CountCell struct {
	N     int64
	Query string
}
