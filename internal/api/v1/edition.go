package v1

// CountedEdition is what the register, as the source of record, says of the figures of
// a printed edition.
type CountedEdition struct {
	Mark
	State   int64           `json:"state" doc:"Of the register."`
	Figures []CountedFigure `json:"figures"`
}

// CountedFigure is a figure that rests on no return.
type CountedFigure struct {
	Figure string `json:"figure"`
	Value  string `json:"value" doc:"Unrounded, to eight places."`
	Query  string `json:"query,omitempty"`
}
