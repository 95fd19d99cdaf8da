package query

import (
	"fmt"

	"onewindow/internal/ierr"
)

type args = map[string]any

// Error says why a query was refused and where. Its message stands in the
// catalogues under "err." + Code, with Args; Pos and End are rune offsets into
// the text as typed. Suggest, where it is not empty, is what could stand there
// instead.
type Error struct {
	Code     string
	Args     map[string]any
	Pos, End int
	Suggest  string
}

func fail(code string, pos, end int, a args) *Error {
	return &Error{Code: code, Args: a, Pos: pos, End: end}
}

// suggest names what could stand in the place of the error.
func (e *Error) suggest(text string) { e.Suggest, e.Args["suggest"] = text, text }

// Error writes the error for logs.
func (e *Error) Error() string {
	return fmt.Sprintf("%s at %d-%d: %v", e.Code, e.Pos, e.End, e.Args)
}

// Refusal returns the error for readers: of kind Invalid, with the place in Args
// as pos and end.
func (e *Error) Refusal() *ierr.Error {
	a := ierr.Args{"pos": e.Pos, "end": e.End}
	for k, v := range e.Args {
		a[k] = v
	}
	return ierr.New(ierr.Invalid, e.Code, a)
}
