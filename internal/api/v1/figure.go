package v1

import "time"

// FigureParams ask for a figure.
type FigureParams struct {
	Indicator string `query:"indicator" required:"true" minLength:"1" maxLength:"100"`
	Region    string `query:"region" maxLength:"50" doc:"A code or a name; the whole region where none is given."`
	Period    string `query:"period" required:"true" maxLength:"10" doc:"2020, 2020-Q1."`
	Parts     string `query:"parts" maxLength:"200" doc:"dimension=code, with semicolons between several."`
	View      string `query:"view" maxLength:"30" doc:"growth, share, share-change, change, rank, national-rank, cagr-2015, hhi-DIMENSION, cr4-DIMENSION or lq; rows is the dimension of the reporting units."`
	State     int64  `query:"state" minimum:"0" doc:"Of the register, that of now for 0."`
	Approval  int64  `query:"approval" minimum:"0" doc:"Of the returns, that of now for 0."`
}

// Figure is a number with what it means and what it rests on, or why there is none.
type Figure struct {
	Sample     bool     `json:"sample" doc:"True where it rests on invented records or on returns that no real body signed."`
	Figure     string   `json:"figure" doc:"indicator{parts}@region/period#view"`
	Name       string   `json:"name"`
	Indicator  string   `json:"indicator"`
	Region     Class    `json:"region"`
	Period     string   `json:"period"`
	Parts      string   `json:"parts,omitempty"`
	View       string   `json:"view,omitempty"`
	Status     Class    `json:"status" doc:"final, revised or provisional; nothing where there is no number."`
	Value      string   `json:"value" doc:"Rounded as it is published, empty where there is none."`
	Exact      string   `json:"exact,omitempty" doc:"To at most twelve places."`
	Unit       Class    `json:"unit"`
	Qualifier  string   `json:"qualifier,omitempty"`
	Absent     string   `json:"absent,omitempty" doc:"Why there is no number."`
	About      string   `json:"about,omitempty" doc:"What the indicator counts."`
	Basis      string   `json:"basis,omitempty"`
	Method     string   `json:"method,omitempty" doc:"How a derived view is computed."`
	Definition string   `json:"definition,omitempty" doc:"Hash of the definition."`
	Origin     Class    `json:"origin"`
	Reported   bool     `json:"reported,omitempty" doc:"A derived number that is taken as reported."`
	Vintage    string   `json:"vintage,omitempty" doc:"The day that the denominator is of."`
	State      int64    `json:"state,omitempty" doc:"Of the register."`
	Approval   int64    `json:"approval,omitempty" doc:"Of the returns."`
	Query      string   `json:"query,omitempty" doc:"What was counted."`
	On         string   `json:"on,omitempty"`
	Return     int64    `json:"return,omitempty"`
	Source     string   `json:"source,omitempty"`
	Signed     *Signed  `json:"signed,omitempty" doc:"Of the return."`
	Inputs     []Figure `json:"inputs,omitempty"`
	Records    string   `json:"records,omitempty" doc:"How many records were counted."`
	Command    string   `json:"command,omitempty" doc:"Lists them."`
	Complete   string   `json:"complete,omitempty" doc:"The declarations by which the count is complete."`
	Beside     *Figure  `json:"beside,omitempty" doc:"What another source than that of record says: a reconciliation line."`
	Difference string   `json:"difference,omitempty" doc:"Of a reconciliation line: the figure less it."`
}

// Signed says who signed the return that a figure is from.
type Signed struct {
	Form       Class     `json:"form"`
	Revision   int       `json:"revision"`
	Reason     string    `json:"reason,omitempty" doc:"Of a revision."`
	CutOff     string    `json:"cut_off"`
	PreparedBy string    `json:"prepared_by,omitempty" doc:"For people who work with returns."`
	ApprovedBy string    `json:"approved_by,omitempty"`
	ApprovedAt time.Time `json:"approved_at"`
	Hash       string    `json:"hash"`
}

// Indicator is what an indicator means.
type Indicator struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	Subject     Class                `json:"subject"`
	About       string               `json:"about,omitempty"`
	Unit        Class                `json:"unit"`
	Kind        Class                `json:"kind" doc:"flow, stock, ratio or maximum."`
	Places      int                  `json:"places" doc:"Decimal places that it is published with."`
	Basis       string               `json:"basis,omitempty" doc:"How cases of doubt are counted."`
	Units       string               `json:"reporting_units,omitempty"`
	Dimensions  []IndicatorDimension `json:"dimensions,omitempty"`
	Numerator   *Class               `json:"numerator,omitempty" doc:"Of a ratio."`
	Denominator *Class               `json:"denominator,omitempty"`
	Times       int64                `json:"times,omitempty" doc:"The ratio is for so many of the denominator's unit."`
	Sum         []Class              `json:"sum,omitempty" doc:"What it is the sum of."`
	AtMost      []Class              `json:"at_most,omitempty" doc:"What it cannot exceed."`
	UsedBy      []Class              `json:"used_by,omitempty" doc:"What is computed with it."`
	Reported    []Class              `json:"reported,omitempty" doc:"Views that are taken as reported where no base is there."`
	Counted     bool                 `json:"counted" doc:"True where a register may count it."`
	Residents   bool                 `json:"residents" doc:"True where it is of the region's own data."`
	Query       string               `json:"query,omitempty" doc:"What is counted, whatever the period."`
	Absent      []string             `json:"absent,omitempty" doc:"Which series is not there, and why."`
	Hash        string               `json:"hash"`
}

// IndicatorDimension is one way in which an indicator is broken down.
type IndicatorDimension struct {
	ID    string  `json:"id"`
	Label string  `json:"label"`
	Parts string  `json:"parts" doc:"exhaustive, including or loose."`
	Codes []Class `json:"codes"`
}

// FigureAxis is a way in which figures are laid out: by region, period, view or
// indicator, or by a dimension.
type FigureAxis struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// FigureColumn heads figures of a table.
type FigureColumn struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Unit  Class  `json:"unit"`
}

// FigureRow is a row of a table of figures.
type FigureRow struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Kind    string   `json:"kind" doc:"part, whole or group."`
	Figures []Figure `json:"figures" doc:"One a column, without what they rest on."`
}

// FigureTable is a table of figures.
type FigureTable struct {
	Mark
	Approval int64          `json:"approval" doc:"Of the returns."`
	Title    string         `json:"title"`
	Rows     FigureAxis     `json:"rows_by"`
	Columns  FigureAxis     `json:"columns_by"`
	Heads    []FigureColumn `json:"columns"`
	Body     []FigureRow    `json:"rows"`
	Lacking  []string       `json:"lacking,omitempty" doc:"Columns that are left out, and why no figure of theirs is there."`
	About    []Indicator    `json:"indicators"`
}

// FigureCatalogue is all indicators with their newest figures.
type FigureCatalogue struct {
	Mark
	Approval int64           `json:"approval" doc:"Of the returns."`
	Subjects []FigureSubject `json:"subjects"`
	Total    int             `json:"total" doc:"Indicators, those that the word leaves out included."`
}

// FigureSubject is a group of indicators.
type FigureSubject struct {
	Class
	Items []FigureItem `json:"items"`
}

// FigureItem is an indicator with its newest figure for the whole region.
type FigureItem struct {
	Indicator Indicator `json:"indicator"`
	Figure    Figure    `json:"figure"`
}
