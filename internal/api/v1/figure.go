package v1

import "time"

// FigureParams ask for a figure.
type FigureParams struct {
	Indicator string `query:"indicator" required:"true" minLength:"1" maxLength:"100"`
	Region    string `query:"region" maxLength:"50" doc:"A code or a name; the whole region where none is given."`
	Period    string `query:"period" required:"true" maxLength:"10" doc:"2020, 2020-Q1."`
	Parts     string `query:"parts" maxLength:"200" doc:"dimension=code, with semicolons between several."`
	View      string `query:"view" maxLength:"30" doc:"growth, share, share-change, change, rank, national-rank."`
	State     int64  `query:"state" minimum:"0" doc:"Of the register, that of now for 0."`
	Approval  int64  `query:"approval" minimum:"0" doc:"Of the returns, that of now for 0."`
}

// Figure is a number with what it means and what it rests on, or why there is none.
type Figure struct {
	Sample     bool     `json:"sample" doc:"True where it rests on invented records or on returns that no real body signed."`
	Figure     string   `json:"figure" doc:"indicator{parts}@region/period#view"`
	Name       string   `json:"name"`
	Value      string   `json:"value" doc:"Rounded as it is published, empty where there is none."`
	Exact      string   `json:"exact,omitempty" doc:"To at most twelve places."`
	Unit       Class    `json:"unit"`
	Qualifier  string   `json:"qualifier,omitempty"`
	Absent     string   `json:"absent,omitempty" doc:"Why there is no number."`
	About      string   `json:"about,omitempty" doc:"What the indicator counts."`
	Basis      string   `json:"basis,omitempty"`
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
	Beside     *Figure  `json:"beside,omitempty" doc:"What another source than that of record says: a reconciliation line."`
	Difference string   `json:"difference,omitempty" doc:"Of a reconciliation line: the figure less it."`
}

// Signed says who signed the return that a figure is from.
type Signed struct {
	PreparedBy string    `json:"prepared_by"`
	ApprovedBy string    `json:"approved_by"`
	ApprovedAt time.Time `json:"approved_at"`
	Hash       string    `json:"hash"`
}
