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
